"""The check of a worded sentence against the passages it cites, and the narrowing of its citation.

A sentence passes only if each number it cites is a passage's, and each figure, time, name and quotation in it stands
in the sentences of these passages, said of the same thing. What comes out are the sentences that carry the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.figure_ranking import time_support
from rag.answer.figures import Figure, find_figures
from rag.answer.grounding import check_grounding
from rag.answer.reading import Support
from rag.answer.worded.claim import NAME_TAGS, Claim, plain
from rag.answer.worded.english_names import missing_name
from rag.answer.worded.figure_claims import figures_like, misattributed
from rag.answer.worded.polarity import changed_polarity
from rag.question.terms import Term, find_terms
from rag.text.dates import Period
from rag.types import Language, Span

LEAST_COVERED = 0.34
"""The least share of a claim's words that its source must hold: below it, the claim is about something else."""

_TELLING = 100
_LEAP_AND_LONG_MONTHS = 4
_OF_NATURE = tuple("河江湖海山岛港路街桥")


class Fault(StrEnum):
    """Why a sentence does not pass."""

    CITATION = "citation"
    LANGUAGE = "language"
    LINK = "link"
    FIGURE = "figure"
    TIME = "time"
    NAME = "name"
    KIND = "kind"
    QUOTATION = "quotation"
    POLARITY = "polarity"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``fault`` is None where the sentence passes; ``words`` are those at fault. ``support`` carries it, best first."""

    support: tuple[Support, ...] = ()
    fault: Fault | None = None
    words: str = ""

    @property
    def passed(self) -> bool:
        """Whether the sentence may be shown."""
        return self.fault is None


def check_claim(
    claim: Claim, passages: Mapping[int, Sequence[Sentence]], language: Language, computed: Sequence[str] = ()
) -> Verdict:
    """Check one sentence of a worded answer.

    Args:
        claim: the sentence.
        passages: the sentences of each numbered passage that the model was given.
        language: that of the question, in which the answer must be.
        computed: figures that were worked out of cited ones, which need not stand in a passage.
    """
    unknown = [number for number in claim.cited if number not in passages]
    if not claim.cited or unknown:
        return Verdict(fault=Fault.CITATION, words="".join(f"[{number}]" for number in unknown))
    if claim.links:
        return Verdict(fault=Fault.LINK, words=claim.links[0])
    if claim.language != language and any(character.isalpha() for character in claim.text):
        return Verdict(fault=Fault.LANGUAGE)
    pool = list({(s.article_id, s.start): s for number in claim.cited for s in passages[number]}.values())
    copied = _copied_from(claim, pool)
    if copied:
        return Verdict(tuple(Support(sentence.article_id, sentence.span) for sentence in copied))
    if claim.text.endswith(("?", "？")):
        return Verdict(fault=Fault.WORDING)
    return _check_against(claim, pool, computed)


def _copied_from(claim: Claim, pool: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that the claim is a copy of, word for word from one comma or full stop to another; or none."""
    clauses = [
        (sentence, _words(sentence.text[clause.start : clause.end]))
        for sentence in sorted(pool, key=lambda sentence: (sentence.article_id, sentence.start))
        for clause in sentence.clauses
    ]
    words = _words(claim.text)
    for first in range(len(clauses)):
        joined = ""
        for last in range(first, len(clauses)):
            joined += clauses[last][1]
            if joined == words:
                return list(dict.fromkeys(sentence for sentence, _ in clauses[first : last + 1]))
            if not words.startswith(joined):
                break
    return []


def _words(text: str) -> str:
    """The letters and digits of a text, with what belongs to numbers."""
    return re.sub(r"[^\w.%]|(?<!\d)\.|\.(?!\d)", "", plain(text))


def _check_against(claim: Claim, pool: Sequence[Sentence], computed: Sequence[str]) -> Verdict:
    main = max(pool, key=lambda sentence: _closeness(claim, sentence))
    carriers = [main]
    # What an English sentence says of a Chinese text, beyond figures, times and names, no rule can tell.
    english = claim.language == "en"
    for check in (_figures, _digits, _times, _english_names if english else _names, _quotations):
        fault = check(claim, pool, carriers, computed)
        if fault is not None:
            return Verdict(fault=fault[0], words=fault[1])
    texts = [sentence.folded for sentence in carriers]
    if not english and (word := changed_polarity(claim.text, texts)):
        return Verdict(fault=Fault.POLARITY, words=word)
    if not english and _covered(claim, carriers) < LEAST_COVERED:
        return Verdict(fault=Fault.WORDING)
    support = [Support(sentence.article_id, sentence.span) for sentence in carriers]
    if claim.sentence.times:
        support += [part for sentence in carriers for part in time_support(sentence, 0)]
    return Verdict(tuple(dict.fromkeys(support)))


_Found = tuple[Fault, str] | None


def _figures(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence], computed: Sequence[str]) -> _Found:
    for said in find_figures(claim.sentence):
        if _is_indefinite(said) or check_grounding(said.quantity.text, (), computed).passed:
            continue
        faults = []
        for source in sorted(figures_like(said, pool), key=lambda figure: figure.sentence is not carriers[0]):
            fault = misattributed(claim, said, source, pool)
            if not fault:
                _add(carriers, source.sentence)
                break
            faults.append(fault)
        else:
            return (Fault(faults[0]) if faults else Fault.FIGURE, said.quantity.text)
    return None


def _digits(claim: Claim, pool: Sequence[Sentence], _: list[Sentence], __: Sequence[str]) -> _Found:
    """Digits that are of no figure and no time known here (the 6 in 2块6) must stand with what is before them."""
    figures = [Span(one.start, one.end) for one in claim.figures if one.unit or one.value >= _TELLING]
    known = [*figures, *(Span(time.start, time.end) for time in claim.sentence.times)]
    text = plain("\n".join(sentence.folded for sentence in pool))
    for run in re.finditer(r"\d[\d.]*", claim.sentence.folded):
        if any(part.covers(Span(run.start(), run.end())) for part in known):
            continue
        before = claim.sentence.folded[max(0, run.start() - 1) : run.start()].strip()
        if before + run.group() not in text:
            return Fault.FIGURE, run.group()
    return None


def _is_indefinite(figure: Figure) -> bool:
    """Whether a figure is a one in words (第一次, 一年), which an article says in many ways (首次, 每年)."""
    return figure.quantity.value == 1 and not figure.is_strong


def _times(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence], _: Sequence[str]) -> _Found:
    main = carriers[0]
    for time in claim.sentence.times:
        if time.period is None:
            if not any(plain(time.text) in plain(sentence.folded) for sentence in carriers):
                return Fault.TIME, time.text
            continue
        if any(_tells_of(time.period, sentence) for sentence in carriers):
            continue
        source = next((s for s in pool if any(other.period == time.period for other in s.times)), None)
        if source is None or any(other.period and not main.is_reference(other) for other in main.times):
            return Fault.TIME, time.text
        _add(carriers, source)
    return None


def _tells_of(asked: Period, sentence: Sentence) -> bool:
    """Whether a sentence speaks of a time: names it or a part of it, or names none and was written in it."""
    own = [time.period for time in sentence.times if time.period is not None]
    if asked in own:
        return True
    set_for = [time.period for time in sentence.times if time.period is not None and not sentence.is_reference(time)]
    # 2023年 may tell of 2023年3月, but not beside 2024年, for which it was put.
    if any(abs(_days(period) - _days(asked)) <= _LEAP_AND_LONG_MONTHS for period in set_for):
        return False
    if any(asked.covers(period) for period in own):
        return True
    if set_for:
        return False
    carried = sentence.time_at(0)
    if carried is not None and carried.period is not None:
        return asked.covers(carried.period) or carried.period.covers(asked)
    return sentence.published is not None and asked.covers(sentence.published)


def _days(period: Period) -> int:
    return (period.last - period.first).days


def _names(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence], _: Sequence[str]) -> _Found:
    if name_replaced := _replaced(claim, carriers[0]):
        return Fault.NAME, name_replaced
    for name in claim.names:
        if any(found(name, sentence.folded) for sentence in carriers):
            continue
        if _rival(claim, name, carriers[0]):
            return Fault.NAME, name.text
        if not name.is_name:
            continue  # the tagger takes many a common word for one
        source = next((sentence for sentence in pool if found(name, sentence.folded)), None)
        if source is not None:
            _add(carriers, source)
        elif not any(found(name, f"{sentence.before}\n{sentence.heading}") for sentence in carriers):
            return Fault.NAME, name.text
    return None


def _english_names(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence], _: Sequence[str]) -> _Found:
    near = [f"{sentence.text}\n{sentence.before}\n{sentence.heading}" for sentence in (*carriers, *pool)]
    missing = missing_name(claim.text, near)
    return (Fault.NAME, missing) if missing else None


def _quotations(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence], _: Sequence[str]) -> _Found:
    for quotation in claim.quotations:
        source = next((s for s in (*carriers, *pool) if plain(quotation) in plain(s.folded)), None)
        if source is None:
            return Fault.QUOTATION, quotation
        _add(carriers, source)
    return None


def _replaced(claim: Claim, sentence: Sentence) -> str:
    """What stands in the claim where the sentence has a name, between the same words; "" where nothing does."""
    for term in find_terms(sentence.text, (*sentence.times, *sentence.quantities)):
        if not term.is_name or term.text in claim.sentence.folded:
            continue
        end = term.start + len(term.text)
        left, right = sentence.folded[max(0, term.start - 2) : term.start], sentence.folded[end : end + 2]
        shortest, longest = max(1, len(term.text) - 2), len(term.text) + 2
        between = re.search(
            f"{re.escape(left) or '^'}(.{{{shortest},{longest}}}?){re.escape(right) or '$'}", claim.sentence.folded
        )
        if between is not None and between.group(1) not in sentence.folded:
            return between.group(1)
    return ""


def _rival(claim: Claim, name: Term, sentence: Sentence) -> bool:
    """Whether the sentence has another name of the same kind, which the claim leaves out."""
    kind = name.tag[:2]
    if kind not in NAME_TAGS or name.text.endswith(_OF_NATURE):
        return False
    others = [token.text.lower() for token in sentence.tokens if token.tag.startswith(kind) and len(token.text) > 1]
    return any(other not in claim.sentence.folded and not other.endswith(_OF_NATURE) for other in others)


def _closeness(claim: Claim, sentence: Sentence) -> float:
    """How much of what the claim states stands in a sentence."""
    figures = sum(1 for figure in find_figures(claim.sentence) for _ in list(figures_like(figure, [sentence]))[:1])
    quoted = sum(plain(quotation) in plain(sentence.folded) for quotation in claim.quotations)
    return 2.0 * figures + 2.0 * quoted + _share(claim.terms, sentence.folded) + _pairs(claim.text, sentence.folded)


def _covered(claim: Claim, carriers: Iterable[Sentence]) -> float:
    text = "\n".join(f"{sentence.folded}\n{sentence.before}\n{sentence.heading}" for sentence in carriers)
    terms = [term for term in claim.terms if not term.is_name]
    # The figures have been found already: they speak for a claim that is otherwise in other words.
    figures = len(claim.figures)
    return (len(terms) * _share(terms, text) + figures) / (len(terms) + figures) if terms else 1.0


def _share(terms: Sequence[Term], text: str) -> float:
    return sum(found(term, text) for term in terms) / len(terms) if terms else 1.0


def _pairs(text: str, source: str) -> float:
    """The share of pairs of characters that both have."""
    bare = plain(text)
    pairs = {bare[i : i + 2] for i in range(len(bare) - 1)}
    return sum(pair in source for pair in pairs) / len(pairs) if pairs else 0.0


def _add(carriers: list[Sentence], sentence: Sentence) -> None:
    if sentence not in carriers:
        carriers.append(sentence)
