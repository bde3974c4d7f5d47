"""Simple sums that a reader of the article would do: a share, a difference, the value before a growth.

Every operand is a figure of the article, found and checked like any answer, and cited. What comes out is
labelled 推算 by its `Finding.formula`; nothing is worked out when the article states it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from rag.answer.figure_ranking import ScoredFigure
from rag.answer.figures import find_figures
from rag.answer.reading import Finding
from rag.question.focus import Focus, find_focus
from rag.text.dates import Period
from rag.text.numbers import Quantity, format_quantity

Rank = Callable[[Focus], list[ScoredFigure]]
"""Figures for a focus, best first."""

_SHARE = re.compile(
    r"^(?P<a>.+?)(?:大约|约)?(?:占了?|占到)(?P<b>.+?)的?(?:比例|比重|百分之几|百分之多少|百分比|几成|多少|多大)"
)
_SHARE_WITHIN = re.compile(
    r"^(?P<b>.+?)(?:中|里|里面|当中|之中)[,，]?(?P<a>.+?)(?:占了?|占到|的?占比)(?:是|为)?"
    r"(?:比例|比重|百分之几|百分之多少|百分比|几成|多少|多大|$)"
)
_DIFFERENCE = re.compile(
    r"^(?P<a>.+?)(?:比|较)(?P<b>.+?)(?:多|少|高|低|增加|减少|长|短|增长|大|小)(?:出|了)?(?:多少|几)(?!倍|成)"
)
_APART = re.compile(r"^(?P<a>.+?)(?:和|与|跟)(?P<b>.+?)(?:相差|差了?|差距是?)(?:多少|几)")
_SUM = re.compile(
    r"^(?P<a>.+?)(?:和|与|加上|加|、)(?P<b>.+?)(?:一共|总共|合计|加起来|加在一起|共计|共|之和)(?:是|有|为)?.{0,6}?(?:多少|几)"
)
_TIMES = re.compile(r"^(?P<a>.+?)(?:是|为|相当于)(?P<b>.+?)的(?:几倍|多少倍)")
_MEASURED = re.compile(r"(?:量|额|数|值|率|长|度|积|人次|收入|利润|规模|面积|金额)$")
_DECREASE = re.compile(r"下降|减少|降低|下滑|减产|少|低|短")
_SINCE_BEFORE = re.compile(r"同比|比上年|比去年|较上年|较去年|上年同期|去年同期|比前一年")
_LEAST_CONFIDENCE = 0.5
_MOST_OPERANDS = 4
_NEARLY_AS_GOOD = 0.12
_SIGNS = {"": "=", "约": "≈", "不到": "<"}


@dataclass(frozen=True, slots=True)
class _Operands:
    a: ScoredFigure
    b: ScoredFigure

    @property
    def texts(self) -> tuple[str, str]:
        return self.a.figure.quantity.text, self.b.figure.quantity.text

    @property
    def same_unit(self) -> bool:
        return self.a.figure.quantity.unit == self.b.figure.quantity.unit


def compute(question: str, focus: Focus, rank: Rank) -> Finding | None:
    """Work the answer out of cited figures; None where the question asks for no sum or an operand is missing."""
    text = question.rstrip("?？。 呢吗啊")
    for pattern, work in (
        (_SHARE_WITHIN, _share),
        (_SHARE, _share),
        (_TIMES, _multiple),
        (_DIFFERENCE, _difference),
        (_APART, _difference),
        (_SUM, _sum),
    ):
        match = pattern.search(text)
        if match is None:
            continue
        operands = _find_operands(match, focus, rank)
        finding = work(operands) if operands else None
        if finding is not None:
            return finding
    return None


def compute_earlier(focus: Focus, rank: Rank) -> Finding | None:
    """The value of the year before, from a later year's value and its growth (or the amount of change).

    去年上半年 from 今年上半年…48.9万辆,同比增长25% is 48.9 ÷ (1 + 25%). Likewise the value of a year that a
    later one is said to be a multiple of (是2021年的6倍).
    """
    periods = [time.period for time in focus.times if time.period is not None]
    if len(periods) != 1 or focus.asks_change:
        return None
    asked = periods[0]
    return _from_growth(focus, asked, rank) or _from_multiple(focus, asked, rank)


def _from_growth(focus: Focus, asked: Period, rank: Rank) -> Finding | None:
    later = _shift(asked, 1)
    if later is not None:
        value = _sure(rank(_with_period(focus, asked, later)))
        change = _change_of(value, lambda between: bool(_SINCE_BEFORE.search(between))) if value else None
        if value is not None and change is not None:
            return _before_change(value, change)
    for value in rank(dataclasses.replace(focus, times=())):
        if value.confidence < _LEAST_CONFIDENCE:
            break
        # 138个,比2021年多出92个: the change is counted from the asked year itself.
        bases = [time for time in value.figure.sentence.times if time.period == asked]
        base = next((time for time in bases if value.figure.sentence.is_reference(time)), None)
        change = _change_of(value, lambda _: True) if base and base.start > value.figure.quantity.end else None
        if change is not None and base is not None and change.start >= base.end:
            return _before_change(value, change)
    return None


def _before_change(value: ScoredFigure, change: Quantity) -> Finding | None:
    """The value before a change by a rate or an amount."""
    amount = value.figure.quantity
    falls = bool(_DECREASE.search(value.figure.sentence.folded[amount.end : change.start]))
    if change.unit == "%":
        factor = 1 + (-change.value if falls else change.value) / 100
        if factor <= 0:
            return None
        formula = f"{amount.text} ÷ (1 {'−' if falls else '+'} {change.text})"
        return _finding(amount.value / factor, amount.unit, formula, (value,))
    if change.unit == amount.unit:
        formula = f"{amount.text} {'+' if falls else '−'} {change.text}"
        earlier = amount.value + change.value if falls else amount.value - change.value
        return _finding(earlier, amount.unit, formula, (value,))
    return None


def _from_multiple(focus: Focus, asked: Period, rank: Rank) -> Finding | None:
    undated = dataclasses.replace(focus, times=())
    for scored in rank(undated):
        sentence = scored.figure.sentence
        if scored.confidence < _LEAST_CONFIDENCE or not any(
            time.period == asked and sentence.is_reference(time) for time in sentence.times
        ):
            continue
        for multiple in sentence.quantities:
            follows = next((t for t in sentence.times if t.period == asked and 0 <= multiple.start - t.end <= 3), None)
            if multiple.unit == "倍" and follows and multiple.start > scored.figure.quantity.end:
                amount = scored.figure.quantity
                formula = f"{amount.text} ÷ {multiple.text}"
                bound = "under" if multiple.bound == "over" else "about"
                return _finding(amount.value / multiple.value, amount.unit, formula, (scored,), bound=bound)
    return None


def _change_of(value: ScoredFigure, fits: Callable[[str], bool]) -> Quantity | None:
    """The figure right behind ``value`` if it says how much it changed and ``fits`` the words between the two."""
    sentence, amount = value.figure.sentence, value.figure.quantity
    figures = [figure for figure in find_figures(sentence) if figure.quantity.start >= amount.end]
    if not figures or not figures[0].is_change:
        return None
    between = sentence.folded[amount.end : figures[0].quantity.start]
    return figures[0].quantity if len(between) <= 16 and fits(between) else None


def _share(operands: _Operands) -> Finding | None:
    part, whole = operands.a.figure.quantity, operands.b.figure.quantity
    if not operands.same_unit or whole.value <= 0 or part.value > whole.value:
        return None
    formula = f"{part.text} ÷ {whole.text}"
    return _finding(round(part.value / whole.value * 100, 1), "%", formula, (operands.a, operands.b))


def _multiple(operands: _Operands) -> Finding | None:
    large, small = operands.a.figure.quantity, operands.b.figure.quantity
    if not operands.same_unit or small.value <= 0:
        return None
    return _finding(large.value / small.value, "倍", f"{large.text} ÷ {small.text}", (operands.a, operands.b))


def _difference(operands: _Operands) -> Finding | None:
    first, second = operands.a.figure.quantity, operands.b.figure.quantity
    if not operands.same_unit:
        return None
    large, small = (first, second) if first.value >= second.value else (second, first)
    unit = "个百分点" if first.unit == "%" else first.unit
    return _finding(large.value - small.value, unit, f"{large.text} − {small.text}", (operands.a, operands.b))


def _sum(operands: _Operands) -> Finding | None:
    first, second = operands.a.figure.quantity, operands.b.figure.quantity
    if not operands.same_unit or first.unit == "%":
        return None
    return _finding(first.value + second.value, first.unit, f"{first.text} + {second.text}", (operands.a, operands.b))


def _find_operands(match: re.Match[str], focus: Focus, rank: Rank) -> _Operands | None:
    """The two figures: each side of the question read on its own, lacking words taken from the other side.

    Where the question sets no two times against each other, both must be of the same time.
    """
    groups = match.groupdict()
    a, b = _sides(groups["a"], groups["b"], focus)
    one_time = [time.period for time in a.times] == [time.period for time in b.times]
    for first in _sure_ones(rank(a)):
        for second in _sure_ones(rank(b)):
            if first.figure.span != second.figure.span and (not one_time or _same_time(first, second)):
                return _Operands(first, second)
    return None


def _same_time(first: ScoredFigure, second: ScoredFigure) -> bool:
    times = [scored.figure.time.period if scored.figure.time else None for scored in (first, second)]
    return times[0] == times[1]


def _sides(left: str, right: str, focus: Focus) -> tuple[Focus, Focus]:
    """What each side asks for. What is said once holds for both: the place, the year, the thing measured."""
    anchor = next((time.period.first for time in focus.times if time.period), None)
    a, b = find_focus(f"{left}是多少", anchor), find_focus(f"{right}是多少", anchor)
    if not b.terms:
        b = dataclasses.replace(b, terms=a.terms)
    if not a.terms:
        a = dataclasses.replace(a, terms=b.terms)
    if a.terms is not b.terms:
        a, b = _lend_measure(a, b), _lend_measure(b, a)
        if not b.names and not _MEASURED.search(left):
            places = tuple(term for term in a.terms if term.tag == "ns")
            b = dataclasses.replace(b, terms=(*b.terms, *places))
    units = a.units or b.units
    return (
        dataclasses.replace(a, times=a.times or b.times, claimed=(), units=units),
        dataclasses.replace(b, times=b.times or a.times, claimed=(), units=units),
    )


def _lend_measure(to: Focus, other: Focus) -> Focus:
    """``to`` with the thing measured of ``other`` (玉米产量比大豆多多少), if it names none itself."""
    if any(_MEASURED.search(term.text) for term in to.terms):
        return to
    measured = tuple(term for term in other.terms if _MEASURED.search(term.text))
    return dataclasses.replace(to, terms=(*to.terms, *measured)) if measured else to


def _sure_ones(ranked: Sequence[ScoredFigure]) -> list[ScoredFigure]:
    """The best figure, and those that fit nearly as well."""
    return [
        scored
        for scored in ranked[:_MOST_OPERANDS]
        if scored.confidence >= _LEAST_CONFIDENCE and scored.score >= ranked[0].score - _NEARLY_AS_GOOD
    ]


def _sure(ranked: Sequence[ScoredFigure]) -> ScoredFigure | None:
    return ranked[0] if ranked and ranked[0].confidence >= _LEAST_CONFIDENCE else None


def _finding(
    value: Decimal, unit: str, formula: str, operands: Sequence[ScoredFigure], bound: str = "exact"
) -> Finding:
    if "÷" in formula and unit != "%":
        value = value.normalize(Context(prec=3))
    shown = format_quantity(value, unit)
    exact = bound == "exact" and all(scored.figure.quantity.bound == "exact" for scored in operands)
    prefix = {"under": "不到"}.get(bound, "" if exact and "÷" not in formula else "约")
    return Finding(
        short=f"{prefix}{shown}",
        answer_span=None,
        support=tuple(dict.fromkeys(part for scored in operands for part in scored.support)),
        confidence=min(scored.confidence for scored in operands),
        formula=f"{formula} {_SIGNS[prefix]} {shown}",
    )


def _shift(period: Period, years: int) -> Period | None:
    try:
        return Period(
            period.first.replace(year=period.first.year + years), period.last.replace(year=period.last.year + years)
        )
    except ValueError:
        return None  # 29 February has no like in the year beside it.


def _with_period(focus: Focus, old: Period, new: Period) -> Focus:
    times = tuple(dataclasses.replace(t, period=new) if t.period == old else t for t in focus.times)
    return dataclasses.replace(focus, times=times)
