"""A reader without a trained model: it weighs words, figures, times and places, and knows when to say no."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence

from rag.answer.coverage import TermWeights
from rag.answer.credits.credit_reader import CreditReader
from rag.answer.credits.shown import as_told, shown_in, with_captions, without_credits
from rag.answer.evidence import Sentence, gather
from rag.answer.figure_ranking import ScoredFigure, Similarity, rank_figures, time_support
from rag.answer.outline import as_asked
from rag.answer.reading import Finding, Material, Reading, Support
from rag.answer.sentence_ranking import ScoredSentence, rank_sentences
from rag.answer.sums.arithmetic import compute, states_the_sum
from rag.answer.sums.counted_date import compute_counted_date
from rag.answer.sums.earlier_value import compute_earlier
from rag.answer.sums.gain import compute_gain
from rag.answer.sums.growth import Rank
from rag.answer.sums.rest_of_year import compute_rest_of_year
from rag.answer.sums.told_sums import compute_told
from rag.answer.sums.without_part import compute_without, is_left_out, leaves_out
from rag.answer.times.time_ranges import asked_end
from rag.question.asked_credit import Scene, asked_credit
from rag.question.asked_outline import asked_line, asked_part
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.text.numbers import same_quantity
from rag.types import Passage, Span

_MOST_FINDINGS = 5
_SURE = 0.5
"""A stated figure at least so likely is preferred to one that would have to be worked out."""
MOST_CLOSEST = 2
"""Sentences shown with a refusal."""
_A_MONTH = 27
_LEAD_IN = re.compile(r"^(?:达到?|为|有)(?=\d)")
_CHANGES = re.compile(r"(?:增长|增加|提高|上升|下降|减少|降低)了?$")

_TAKES = re.compile(r"[拍摄]|供图|photo|picture|took", re.IGNORECASE)
Settle = Callable[[Reading, Material], Reading]


class SentenceReader:
    """Ranks the sentences of the passages, or their figures, by what the question asks for.

    ``similarity`` gives the cosine of a question with each sentence of some passages, keyed by article id,
    start and end; ``weigh`` the weight of a question's term.
    """

    def __init__(self, similarity: Callable[[str, Sequence[Passage]], Similarity], weigh: TermWeights) -> None:
        self._similarity = similarity
        self._weigh = weigh
        self._credits = CreditReader(weigh)

    def read_credits(self, material: Material) -> Reading | None:
        """What credits, titles and headings say; None where the question asks for none of them."""
        line, part = asked_line(material.focus.wording), asked_part(material.question)
        if line is not None:
            return self._credits.read_line(line, material)
        if part is not None:
            # A part that is not there tells nothing; what is told in one that is, is prose.
            return None if self._credits.material_in(part, material) else Reading((), (), "kind")
        if asked_credit(material.focus.wording) is None:
            return self._credits.read_post(material)
        return self._credits.read(material, self._similarity(material.question, material.passages))

    def narrow(self, material: Material) -> tuple[Material, Settle]:
        """What can answer: a part of the article or one picture where the question asks of these, or else all of it.

        Who took a picture is left out where that is not asked. With it comes what makes of the reading of it the
        reading that is given.
        """
        part = asked_part(material.question)
        inside = self._credits.material_in(part, material) if part else None
        if inside is not None:
            return inside, as_asked
        asked = asked_credit(material.focus.wording)
        if asked is None:
            return (
                (material, _as_it_is)
                if _TAKES.search(material.question)
                else (without_credits(material), with_captions)
            )
        if asked.asks is not Scene.WITHIN:
            return material, _as_it_is
        pictures = self._credits.pictures_asked(material, self._similarity(material.question, material.passages))
        return (shown_in(pictures, material), as_told) if pictures else (without_credits(material), with_captions)

    def read(self, material: Material) -> Reading:
        """Find the answer in ``material``; see `rag.answer.reading.Reader`."""
        credited = self.read_credits(material)
        if credited is not None:
            return credited
        sentences = gather(material.passages, material.articles)
        similarity = self._similarity(material.question, material.passages)
        focus = material.focus

        def rank(other: Focus) -> list[ScoredFigure]:
            return rank_figures(other, sentences, similarity, self._weigh)

        if focus.is_claim:
            return self._verify(focus, rank)
        if focus.kind is AnswerKind.QUANTITY:
            return self._figures(material.question, focus, rank, sentences)
        return self._sentences(focus, sentences, similarity)

    def _figures(
        self, question: str, focus: Focus, rank: Callable[[Focus], list[ScoredFigure]], sentences: Sequence[Sentence]
    ) -> Reading:
        ranked = rank(focus)
        findings = [
            _figure_finding(scored, focus)
            for scored in ranked
            if not scored.obstacle and states_the_sum(question, focus, scored.figure)
        ]
        computed = self._sum(
            question, focus, rank, sentences, stated=bool(findings) and findings[0].confidence >= _SURE
        )
        if computed is not None and (not findings or (computed.confidence > 0.0 and not _is_stated(focus, ranked))):
            findings.insert(0, computed)
        return Reading(
            tuple(findings[:_MOST_FINDINGS]),
            _closest_figures(ranked),
            ranked[0].obstacle if ranked else "kind",
        )

    def _sum(
        self, question: str, focus: Focus, rank: Rank, sentences: Sequence[Sentence], *, stated: bool
    ) -> Finding | None:
        """What the question asks for worked out; where it seems ``stated``, only what two figures come to."""
        if leaves_out(focus):
            # Any other sum would take the part that is left out for what is asked.
            return compute_without(focus, sentences)
        computed = compute(question, focus, rank)
        if computed is not None or stated:
            return computed
        return (
            compute_earlier(focus, rank)
            or compute_gain(question, focus, rank)
            or compute_rest_of_year(focus, rank)
            or compute_told(question, focus, sentences)
        )

    def _verify(self, focus: Focus, rank: Callable[[Focus], list[ScoredFigure]]) -> Reading:
        """A question that states a figure: look the true one up and say whether they agree."""
        claim = focus.claimed[0]
        asked = dataclasses.replace(
            focus,
            claimed=(),
            kind=AnswerKind.QUANTITY,
            units=frozenset({claim.unit}),
            asks_change=bool(_CHANGES.search(focus.wording[: claim.start])),
        )
        ranked = [scored for scored in rank(asked) if not scored.obstacle and not is_left_out(asked, scored.figure)]
        if not ranked:
            return Reading((), _closest_figures(rank(asked)), "kind")
        best = ranked[0]
        agrees = same_quantity(best.figure.quantity, claim)
        finding = dataclasses.replace(_figure_finding(best, asked), note="confirmed" if agrees else "contradicted")
        return Reading((finding,), _closest_figures(ranked))

    def _sentences(self, focus: Focus, sentences: Sequence[Sentence], similarity: Similarity) -> Reading:
        ranked = rank_sentences(focus, sentences, similarity, self._weigh)
        findings = tuple(_sentence_finding(scored) for scored in ranked[:_MOST_FINDINGS] if not scored.obstacle)
        counted = compute_counted_date(focus, sentences)
        findings = (counted, *findings) if counted is not None else findings
        closest = tuple(
            Support(scored.sentence.article_id, scored.sentence.span)
            for scored in sorted(ranked, key=lambda scored: -scored.score)[:MOST_CLOSEST]
        )
        return Reading(findings, closest, ranked[0].obstacle if ranked else "kind")


def _figure_finding(scored: ScoredFigure, focus: Focus) -> Finding:
    span = scored.figure.span
    asked = asked_end(focus, span, scored.figure.sentence)
    if asked != span:
        sentence = scored.figure.sentence
        text = sentence.text[asked.start - sentence.start : asked.end - sentence.start]
        return Finding(text, asked, scored.support, scored.confidence)
    text = scored.figure.quantity.text
    lead = _LEAD_IN.match(text)
    cut = lead.end() if lead else 0
    period = scored.figure.time.period if scored.figure.time and not focus.times else None
    spans_a_while = period is not None and (period.last - period.first).days >= _A_MONTH
    return Finding(
        text[cut:],
        Span(span.start + cut, span.end),
        scored.support,
        scored.confidence,
        period=period.label if period and spans_a_while else None,
    )


def _sentence_finding(scored: ScoredSentence) -> Finding:
    sentence, answer = scored.sentence, scored.answer
    support = (Support(sentence.article_id, sentence.span), *time_support(sentence, answer.start if answer else 0))
    if answer is None:
        return Finding(None, None, support, scored.confidence)
    span = dataclasses.replace(answer, start=sentence.start + answer.start, end=sentence.start + answer.end)
    return Finding(sentence.text[answer.start : answer.end], span, support, scored.confidence)


def _closest_figures(ranked: Sequence[ScoredFigure]) -> tuple[Support, ...]:
    best = sorted(ranked, key=lambda scored: -scored.score)
    supports = (Support(s.figure.sentence.article_id, s.figure.sentence.span) for s in best)
    return tuple(dict.fromkeys(supports))[:MOST_CLOSEST]


def _is_stated(focus: Focus, ranked: Sequence[ScoredFigure]) -> bool:
    """Whether the article states the asked share, growth or multiple itself, so that nothing need be worked out."""
    if not ranked or ranked[0].obstacle or not focus.units:
        return False
    return (
        ranked[0].figure.quantity.unit in focus.units
        and ranked[0].confidence >= _SURE
        and bool(focus.asks_change or ranked[0].figure.is_rate or ranked[0].figure.quantity.unit == "倍")
    )


def _as_it_is(reading: Reading, _: Material) -> Reading:
    return reading
