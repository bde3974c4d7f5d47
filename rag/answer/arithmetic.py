"""Simple sums that a reader of the article would do: a share, a difference, the value before a growth.

Every operand is a figure of the article, found and checked like any answer, and cited. What comes out is
labelled 推算 by its `Finding.formula`; nothing is worked out when the article states it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answer.figure_ranking import ScoredFigure
from rag.answer.reading import Finding
from rag.question.focus import Focus, find_focus
from rag.text.dates import Period
from rag.text.normalise import fold
from rag.text.numbers import Quantity, format_quantity

Rank = Callable[[Focus], list[ScoredFigure]]
"""Figures for a focus, best first."""

_SHARE = re.compile(
    r"^(?P<a>.+?)(?:在(?P<c>.+?)中)?(?:大约|约)?(?:占了?|占到)(?P<b>.*?)的?(?:比例|比重|百分之几|百分比|几成|多少|多大)"
)
_DIFFERENCE = re.compile(
    r"^(?P<a>.+?)(?:比|较)(?P<b>.+?)(?:多|少|高|低|增加|减少|长|短|增长|大|小)(?:出|了)?(?:多少|几)(?!倍|成|个百分点)"
)
_APART = re.compile(r"^(?P<a>.+?)(?:和|与|跟)(?P<b>.+?)(?:相差|差了?|差距是?)(?:多少|几)")
_SUM = re.compile(
    r"^(?P<a>.+?)(?:和|与|加上|加|、)(?P<b>.+?)(?:一共|总共|合计|加起来|加在一起|共计|共|之和)(?:是|有|为)?.{0,6}?(?:多少|几)"
)
_TIMES = re.compile(r"^(?P<a>.+?)(?:是|为|相当于)(?P<b>.+?)的(?:几倍|多少倍)")
_LEAST_CONFIDENCE = 0.5


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
    if later is None:
        return None
    moved = _with_period(focus, asked, later)
    value = _sure(rank(moved))
    if value is None:
        return None
    for change in _changes_of(value):
        quantity, amount = change, value.figure.quantity
        sign = -1 if re.search(r"下降|减少|降低|下滑|减产|少", _stretch(value, change)) else 1
        if quantity.unit == "%":
            earlier = amount.value / (1 + sign * quantity.value / 100)
            operator = "+" if sign > 0 else "−"
            formula = f"{amount.text} ÷ (1 {operator} {quantity.text})"
        elif quantity.unit == amount.unit:
            earlier = amount.value - sign * quantity.value
            formula = f"{amount.text} {'−' if sign > 0 else '+'} {quantity.text}"
        else:
            continue
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
                formula = f"{amount.text} ÷ {multiple.text.removesuffix('多').rstrip('倍')}"
                bound = "under" if multiple.bound == "over" else "about"
                return _finding(amount.value / multiple.value, amount.unit, formula, (scored,), bound=bound)
    return None


def _changes_of(value: ScoredFigure) -> list[Quantity]:
    """The figures right behind ``value`` that say how much it changed since the year before."""
    sentence = value.figure.sentence
    later = [q for q in sentence.quantities if q.start > value.figure.quantity.end]
    changes = []
    for quantity in later:
        between = sentence.folded[value.figure.quantity.end : quantity.start]
        if re.search(r"同比|比上年|比去年|较上年|较去年|上年同期", between) and len(between) <= 16:
            changes.append(quantity)
        break
    return changes


def _stretch(value: ScoredFigure, change: Quantity) -> str:
    return value.figure.sentence.folded[value.figure.quantity.end : change.end]


def _share(operands: _Operands) -> Finding | None:
    part, whole = operands.a.figure.quantity, operands.b.figure.quantity
    if not operands.same_unit or whole.value <= 0 or part.value > whole.value:
        return None
    formula = f"{part.text} ÷ {whole.text}"
    return _finding(part.value / whole.value * 100, "%", formula, (operands.a, operands.b))


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
    """The two figures: each side of the question read on its own, lacking words taken from the other side."""
    groups = match.groupdict()
    left, right = groups["a"], groups.get("c") or groups["b"]
    a, b = _sides(left, right or "", focus)
    first, second = _sure(rank(a)), _sure(rank(b))
    if first is None or second is None or first.figure.span == second.figure.span:
        return None
    return _Operands(first, second)


def _sides(left: str, right: str, focus: Focus) -> tuple[Focus, Focus]:
    anchor = focus.times[0].period.first if focus.times and focus.times[0].period else None
    a, b = find_focus(f"{left}是多少", anchor), find_focus(f"{right}是多少", anchor)
    a_words, b_words = ({term.text for term in side.terms} for side in (a, b))
    # The measured thing is often said once: 玉米产量比大豆多多少; 2024年比2023年多多少.
    head = (b.terms or a.terms)[-1:]
    other_names = [term for term in a.terms if term.is_name]
    b_terms = [*b.terms, *(term for term in other_names if term.text not in b_words and not b.names)]
    if not b.terms:
        b_terms = list(a.terms)
    if not a.terms:
        a = dataclasses.replace(a, terms=b.terms)
    elif head and head[0].text not in a_words and not _has_measure(left):
        a = dataclasses.replace(a, terms=(*a.terms, head[0]))
    return (
        dataclasses.replace(a, times=a.times or b.times, claimed=()),
        dataclasses.replace(b, terms=tuple(b_terms), times=b.times or a.times, claimed=()),
    )


def _has_measure(text: str) -> bool:
    return bool(re.search(r"(?:量|额|数|值|率|长|度|积|人次|收入|利润)$", fold(text)))


def _sure(ranked: Sequence[ScoredFigure]) -> ScoredFigure | None:
    return ranked[0] if ranked and ranked[0].confidence >= _LEAST_CONFIDENCE else None


def _finding(
    value: Decimal, unit: str, formula: str, operands: Sequence[ScoredFigure], bound: str = "exact"
) -> Finding:
    shown = format_quantity(value, unit)
    exact = bound == "exact" and all(scored.figure.quantity.bound == "exact" for scored in operands)
    prefix = {"under": "不到"}.get(bound, "" if exact and "÷" not in formula else "约")
    return Finding(
        short=f"{prefix}{shown}",
        answer_span=None,
        support=tuple(dict.fromkeys(part for scored in operands for part in scored.support)),
        confidence=min(scored.confidence for scored in operands),
        formula=f"{formula} {'=' if prefix == '' else '≈'} {shown}",
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
