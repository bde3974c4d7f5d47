"""The reader: a trained model finds the words that answer, rules doubt them, confirm them, or work out a figure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence

from rag.answer.candidates import Candidate, find_candidates
from rag.answer.confidence import ConfidenceModel, Signals
from rag.answer.dealt_reader import read_dealt_rows
from rag.answer.dealt_rows import row_support
from rag.answer.figure_ranking import time_support
from rag.answer.guards.asked_otherwise import is_another_dimension
from rag.answer.guards.namesakes import is_of_a_namesake
from rag.answer.guards.other_lines import is_of_another_line
from rag.answer.guards.quoted_names import is_of_another_quoted
from rag.answer.guards.span_guards import DECISIVE, GUARDS, OF_ANOTHER_FORM, YIELDING, obstacle_to
from rag.answer.guards.totals import is_part_of_total
from rag.answer.purposes import read_purposes
from rag.answer.reading import Finding, Material, Reading, Support
from rag.answer.sentence_reader import MOST_CLOSEST, SentenceReader
from rag.answer.statement_reader import read_statements
from rag.answer.sums.arithmetic import states_the_sum
from rag.answer.sums.counted_date import counted_on_from
from rag.answer.sums.elapsed import asks_elapsed
from rag.answer.tables.other_rows import of_named_rows
from rag.answer.tables.table_reader import read_tables
from rag.answer.tables.without_tables import without_tables
from rag.answer.times.stated_period import names_part_of
from rag.models.span_model import SpanModel
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind, asked_block
from rag.text.numbers import find_quantities, same_quantity
from rag.types import BlockKind

RULED_FROM = 0.9
"""From this confidence of their own on, the rules are right about figures and credits that the model misses."""
COMPUTED_FROM = 0.5
SURE_MARGIN = 2.5
"""From this margin over "no answer" on, the reader knows better than the guards of `YIELDING`.

Of 604 questions for calibration and development, `figure-worded` doubts ten right answers above it, and no near miss.
"""
SEEN_FROM = -4.0
"""From this margin on, the model holds what the rules found for possible; below it the rules are mostly wrong.

Of the figures that the rules were sure of in written articles that the reader has not seen, to questions without a
time, 3 of 12 between -6 and here were right, none of those below, and 90 of 125 above.
"""
OUTDONE_BY = 9.0
"""From this lead in margin of another candidate on, the model is right and not the rules.

Of 604 questions for calibration and development: three of three above it; of the ten below, the rules in six, the model
in two. A total for its part, which the model takes most often, leads by up to 7.
"""
OUTDONE_WITHOUT_TIME_BY = 3.0
"""The same where the question names no time, by which the rules tell figures apart.

Of those 125 figures, 2 of the 16 that are outdone by so much were right, and 88 of the other 109.
"""
_JUDGED = 8
_MOST_FINDINGS = 5
_SENTENCE_ENDS = ("。", "！", "？", "；", "!", "?", ";")
_A_MONTH = 27
_WORDS_BESIDE = 3
_YEAR = re.compile(r"[于在]?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?[初底末]?")
_ASKS_WHO_TOOK_IT = re.compile("[拍摄]|photo|took")


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with the signals for and against it.

    ``obstacle`` is why a guard doubts it ("" where none does); ``ruled_out`` whether that guard decides.
    """

    candidate: Candidate
    signals: Signals
    obstacle: str
    ruled_out: bool


class TrainedReader:
    """Reads passages with ``model``; ``rules`` read them too, to confirm, to compare and to compute.

    ``guards`` names which of `GUARDS` may speak against what the model finds.
    """

    def __init__(
        self,
        model: SpanModel,
        rules: SentenceReader,
        confidence: ConfidenceModel,
        guards: Collection[str] = tuple(GUARDS),
    ) -> None:
        self._model = model
        self._rules = rules
        self._confidence = confidence
        self._guards = frozenset(guards)

    def read(self, material: Material) -> Reading:
        """Find the answer in ``material``; see `rag.answer.reading.Reader`."""
        credited = self._rules.read_credits(material)
        if credited is not None:
            return credited
        only, settle = self._rules.narrow(material)
        told = read_tables(only)
        if told is not None:
            return told
        # What stands in a cell means nothing without its head and its label: no other reader sees it.
        prose = without_tables(only)
        return of_named_rows(settle(self._read_prose(prose), prose), prose)

    def _read_prose(self, material: Material) -> Reading:
        told = read_statements(material) or read_purposes(material)
        if told is not None:
            return told
        ruled = read_dealt_rows(material) or self._rules.read(material)
        if material.focus.is_claim or _is_credit(material.focus, ruled):
            return ruled
        judged = self.judge(material, ruled)
        findings = [self._finding(one, material.focus) for one in judged if not one.ruled_out]
        findings.sort(key=lambda found: -found.confidence)
        if ruled.best is not None:
            findings = self._with_ruled(ruled.best, findings, seen=sees_it_too(material.focus, judged))
        return Reading(tuple(findings[:_MOST_FINDINGS]), _closest(judged, ruled), ruled.obstacle)

    def judge(self, material: Material, ruled: Reading) -> list[Judged]:
        """The model's candidates, the widest margin first, with what speaks for and against each."""
        candidates = find_candidates(material, self._model)[:_JUDGED]
        focus, best = material.focus, ruled.best
        decided = self._ruled_out(material, candidates)
        rivals = [other for other in candidates if not obstacle_to(focus, other, self._guards & OF_ANOTHER_FORM)]
        is_date = focus.kind is AnswerKind.DATE
        judged = []
        for candidate, is_out in zip(candidates, decided, strict=True):
            others = [
                other.scored.margin
                for other in rivals
                if not other.span.overlaps(candidate.span) and not (is_date and names_part_of(other, candidate))
            ]
            obstacle = obstacle_to(focus, candidate, self._guards_for(candidate))
            agreed = best is not None and _same_place(best, candidate)
            signals = Signals(
                margin=candidate.scored.margin,
                answerable=candidate.scored.answerable,
                lead=candidate.scored.margin - max(others, default=candidate.scored.margin - 10.0),
                agreed=float(agreed),
                contradicted=float(best is not None and not agreed),
                unanswered=float(best is None),
                doubted=float(bool(obstacle)),
            )
            judged.append(Judged(candidate, signals, obstacle, is_out))
        return judged

    def _ruled_out(self, material: Material, candidates: Sequence[Candidate]) -> list[bool]:
        """Of each candidate whether a guard, or what stands beside it, decides that it is not the answer."""
        focus = material.focus
        decided = [
            bool(obstacle_to(focus, candidate, self._guards & DECISIVE))
            or not _states_what_is_asked(material, candidate)
            or is_of_another_line(material, candidate)
            or is_of_another_quoted(material, candidate)
            or is_of_a_namesake(material, candidate)
            for candidate in candidates
        ]
        standing = [candidate for candidate, is_out in zip(candidates, decided, strict=True) if not is_out]
        return [
            is_out or is_part_of_total(focus, candidate, standing) or is_another_dimension(focus, candidate, standing)
            for candidate, is_out in zip(candidates, decided, strict=True)
        ]

    def _guards_for(self, candidate: Candidate) -> frozenset[str]:
        """The guards that may doubt ``candidate``; one that misses the question's words yields to a sure reader."""
        return self._guards - YIELDING if candidate.scored.margin >= SURE_MARGIN else self._guards

    def _with_ruled(self, ruled: Finding, findings: list[Finding], *, seen: bool) -> list[Finding]:
        """``findings`` with what the rules worked out first, or with a figure that they are sure of at its place.

        A figure that the model does not see as well (not ``seen``) is left out.
        """
        sure = dataclasses.replace(ruled, confidence=self._confidence.ruled_figure)
        if ruled.formula is not None:
            return [sure, *findings] if ruled.confidence >= COMPUTED_FROM else [*findings, ruled]
        return (
            sorted([sure, *findings], key=lambda found: -found.confidence)
            if seen and is_sure_figure(ruled)
            else findings
        )

    def _finding(self, judged: Judged, focus: Focus) -> Finding:
        candidate = judged.candidate
        first = candidate.sentence
        support = [Support(sentence.article_id, sentence.span) for sentence in candidate.sentences]
        support += time_support(first, candidate.within.start)
        support += row_support(focus, candidate.figure) if candidate.figure else ()
        counted = counted_on_from(first, candidate.within)
        return Finding(
            candidate.text,
            candidate.span,
            tuple(dict.fromkeys([*support, *(counted.support if counted else ())])),
            self._confidence.probability(judged.signals),
            period=_period(candidate, focus),
            dated=(candidate.text, counted.short) if counted and counted.short else None,
        )


def _closest(judged: Sequence[Judged], ruled: Reading) -> tuple[Support, ...]:
    """The sentences to look at where nothing answers: that of the model's likeliest span, then those of the rules."""
    likeliest = sorted(judged, key=lambda one: one.ruled_out)[:1]
    first = [Support(one.candidate.sentence.article_id, one.candidate.sentence.span) for one in likeliest]
    return tuple(dict.fromkeys([*first, *ruled.closest]))[:MOST_CLOSEST]


def sees_it_too(focus: Focus, judged: Sequence[Judged]) -> bool:
    """Whether the model has what the rules found among its candidates, and none that it holds for far better.

    Where the question names no time, by which rules tell figures apart, the model must hold it for possible as well.
    """
    standing = [one for one in judged if not one.ruled_out]
    agreed = max((one.candidate.scored.margin for one in standing if one.signals.agreed), default=None)
    best = max((one.candidate.scored.margin for one in standing), default=0.0)
    if agreed is None or (agreed < SEEN_FROM and not focus.times):
        return False
    return not (best > 0 and best - agreed >= (OUTDONE_BY if focus.times else OUTDONE_WITHOUT_TIME_BY))


def _states_what_is_asked(material: Material, candidate: Candidate) -> bool:
    """False for one operand of a sum that the question asks for, and for a year where a span of years is asked.

    False as well where the question describes a thing by a figure that is not told up to there: the purpose of two
    carts is not that of a museum.
    """
    figure, focus = candidate.figure, material.focus
    if focus.kind is AnswerKind.DESCRIPTION and focus.claimed:
        told = find_quantities(candidate.sentence.before + candidate.sentence.folded)
        return all(any(same_quantity(one, claimed) for one in told) for claimed in focus.claimed)
    if focus.kind is not AnswerKind.QUANTITY:
        return True
    if figure is None:
        return not (asks_elapsed(material.question) and _YEAR.fullmatch(candidate.text.strip()))
    return states_the_sum(material.question, material.focus, figure)


def is_sure_figure(finding: Finding) -> bool:
    """Whether the rules found a figure, and not a stretch of text with one in it, and are sure of it."""
    short = finding.short or ""
    if finding.answer_span is None or short.endswith(_SENTENCE_ENDS):
        return False
    quantities = find_quantities(short)
    if finding.confidence < RULED_FROM or len(quantities) != 1:
        return False
    return len(short) - len(quantities[0].text) <= _WORDS_BESIDE


def _is_credit(focus: Focus, ruled: Reading) -> bool:
    """Whether the rules found who wrote an article or took a picture: credits are no prose for a model to read."""
    block = asked_block(focus.wording)
    asked = block is BlockKind.BYLINE or (block is BlockKind.CAPTION and _ASKS_WHO_TOOK_IT.search(focus.wording))
    if not asked or focus.kind is not AnswerKind.PERSON or ruled.best is None:
        return False
    return ruled.best.confidence >= RULED_FROM


def _same_place(finding: Finding, candidate: Candidate) -> bool:
    """Whether a finding of the rules and a candidate share words, or the sentence where the rules give no words."""
    first = finding.support[0]
    if first.article_id != candidate.sentence.article_id:
        return False
    return (finding.answer_span or first.span).overlaps(candidate.span)


def _period(candidate: Candidate, focus: Focus) -> str | None:
    """The time that a figure is for, where the question names none and it is no single day."""
    if candidate.figure is None or candidate.figure.time is None or focus.times:
        return None
    if candidate.figure.time in (*candidate.sentence.times_of_section, candidate.sentence.reported):
        # A head is not cited, so no time is said that only it gives.
        return None
    period = candidate.figure.time.period
    return period.label if period and (period.last - period.first).days >= _A_MONTH else None
