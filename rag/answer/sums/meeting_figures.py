"""Whether two figures may stand in one sum: of one unit, one kind, one time, and neither a part of the other."""

from __future__ import annotations

import re
from decimal import Decimal

from rag.answer.coverage import found
from rag.answer.figures import Figure
from rag.answer.sums.operand_fit import names_the_part
from rag.answer.sums.told_of import same_unit
from rag.answer.sums.two_figures import Sides, Sum
from rag.answer.times.governing_time import hold_together, period_of
from rag.answer.times.told_times import SAME_SPAN
from rag.question.focus import Focus
from rag.types import Span

_WHOLE_BEFORE_PARTS = re.compile(r"其中|包括|包含|含")
_OF_A_WHOLE = re.compile(r"其中|在[^,，。;；]{1,12}[中里][,，]")
_EVERYTHING = re.compile(r"全部|全体|所有|总计|合计|总额|总量|总数|总产量|总收入|全市|全省|全县|全国|全区")


def may_meet(sides: Sides, first: Figure, second: Figure) -> bool:
    """Whether two figures may stand in one sum: other figures, of one unit, one kind and, if need be, one time."""
    if first.span == second.span or not same_unit(first.quantity.unit, second.quantity.unit):
        return False
    if first.is_change != second.is_change:
        return False
    if _tells_another(sides.first, sides.second, first) or _tells_another(sides.second, sides.first, second):
        return False
    if sides.sum is Sum.SHARE and names_the_part(sides.first, sides.second, second):
        return False
    if first.is_rate and not _rates_may_meet(sides, first, second):
        return False
    if sides.one_time and not hold_together(first, second):
        return False
    if sides.only_times_differ and not sides.first.times and not _comes_after(first, second):
        return False
    if sides.sum is Sum.SHARE and _are_parts_of_one(first, second):
        return False
    return sides.sum is not Sum.TOTAL or not _overlap(sides, first, second)


def _tells_another(side: Focus, other: Focus, figure: Figure) -> bool:
    """Whether what sets a side apart stands with another figure of the sentence, not with this one."""
    shared = {term.text for term in other.terms}
    apart = [term for term in side.terms if term.text not in shared and (term.is_noun or term.is_name)]
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    others = _clauses_of_others(figure)
    folded = figure.sentence.folded
    theirs = " ".join(folded[span.start : span.end] for span in others)
    rest = "".join(" " if any(span.start <= at < span.end for span in others) else c for at, c in enumerate(folded))
    return any(found(term, theirs) and not found(term, own) and not found(term, rest) for term in apart)


def _clauses_of_others(figure: Figure) -> list[Span]:
    """The clauses of the sentence that hold another figure of the same unit, and what 分别 deals to the others."""
    sentence, own = figure.sentence, figure.quantity
    alike = [q for q in sentence.quantities if q != own and same_unit(q.unit, own.unit)]
    elsewhere = [clause for clause in sentence.clauses if not clause.start <= own.start < clause.end]
    spans = (*elsewhere, *figure.siblings)
    return [*(span for span in spans if any(span.start <= q.start < span.end for q in alike)), *figure.other_items]


def _rates_may_meet(sides: Sides, first: Figure, second: Figure) -> bool:
    """Whether two rates may stand in one sum: a difference, or the sum of two shares of one whole."""
    if sides.sum is Sum.DIFFERENCE:
        return True
    shares = first.quantity.unit == "%" and not first.is_change and not second.is_change
    within = first.quantity.value + second.quantity.value <= Decimal(100)
    return sides.sum is Sum.TOTAL and shares and within and first.sentence.span == second.sentence.span


def _comes_after(first: Figure, second: Figure) -> bool:
    """Whether the first figure holds later than the second, as it must where only the second is dated (比去年多)."""
    one, other = period_of(first), period_of(second)
    published = first.sentence.published
    if other is None:
        return False
    if published is not None and other.first > published.last:
        return True  # What is set against an aim may be of any time before.
    if one is None:
        return published is not None
    alike = abs(one.days - other.days) <= 1 or one.is_point or other.is_point
    return one.first > other.first and (alike or _of_the_same_span(second))


def _of_the_same_span(figure: Figure) -> bool:
    """Whether a figure is told for the same span of another year (上年同期为34%)."""
    time, sentence = figure.time, figure.sentence
    return time in sentence.times and time is not None and bool(SAME_SPAN.match(sentence.folded[time.end :]))


def _are_parts_of_one(first: Figure, second: Figure) -> bool:
    """Whether both figures are parts of one whole (其中夏粮…,秋粮…): neither is a share of the other."""
    if first.sentence.span != second.sentence.span:
        return False
    start = min(first.quantity.start, second.quantity.start)
    return bool(_OF_A_WHOLE.search(first.sentence.folded[:start]))


def _overlap(sides: Sides, first: Figure, second: Figure) -> bool:
    """Whether one of two figures is part of the other, so that their sum would count it twice."""
    one, other = ("".join(term.text for term in side.terms) for side in (sides.first, sides.second))
    if one in other or other in one:
        return not sides.only_times_differ
    if bool(_EVERYTHING.search(sides.first.wording)) != bool(_EVERYTHING.search(sides.second.wording)):
        return True
    earlier, later = sorted((first, second), key=lambda figure: figure.span.start)
    sentence = later.sentence
    gap_start = earlier.span.end - sentence.start
    if gap_start >= 0:
        between = sentence.folded[gap_start : later.quantity.start]
    else:
        between = sentence.before[gap_start:] + sentence.folded[: later.quantity.start]
    return bool(_WHOLE_BEFORE_PARTS.search(between))
