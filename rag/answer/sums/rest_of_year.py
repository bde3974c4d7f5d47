"""What one part of a year comes to, as the year less its other part: 下半年 of 全年 and 上半年.

Only of what adds up over a year, such as 产量 and 收入, never of what there is at a time. The other part is told, or
worked out of the growth to the same part of the year after; both steps stand in the formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from rag.answer.figure_ranking import ScoredFigure
from rag.answer.figures import Figure
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.growth import Rank, growths_from
from rag.answer.sums.operand_fit import counts_target, is_another_part, says_more
from rag.answer.sums.told_of import same_unit, unit_is_asked
from rag.answer.times.governing_time import period_of
from rag.question.focus import Focus, find_focus
from rag.question.units import RATE_UNITS
from rag.text.period import Period

_ADDS_UP = re.compile(
    r"产量|销量|产值|增加值|销售额|营业额|成交额|交易额|进出口额|出口额|进口额|零售额|营业收入|营收|收入|利润|支出|"
    r"发电量|用电量|用水量|吞吐量|货运量|客运量|客流量|发送量|接待量|收购量|发货量|降[水雨雪]量|排放量|投资额?|人次|架次"
)
_AT_A_TIME = re.compile(r"截至|截止|累计|存量|余额|保有|库存|[年月季]末|年底|平均|均|预计|计划|目标|力争|有望")
_BODY = re.compile(r"全[市省县区镇村国厂校州]|[本该][市省县区镇村厂校]|公司|集团|企业")
_LEAST_CONFIDENCE = 0.5
_MOST_FIGURES = 6
_LEAST_DAYS = 28


@dataclass(frozen=True, slots=True)
class _Part:
    """The other part of the year: its value, as it is shown in the formula, and what it rests on."""

    value: Decimal
    formula: str
    operands: tuple[Operand, ...]
    figure: ScoredFigure
    inexact: bool


def compute_rest_of_year(focus: Focus, rank: Rank) -> Finding | None:
    """The value of the one part of a year that ``focus`` names; None where the year or its other part is not told."""
    times = [time for time in focus.times if time.period is not None]
    measured = _ADDS_UP.search(focus.wording)
    if len(times) != 1 or measured is None or _AT_A_TIME.search(focus.wording):
        return None
    if focus.asks_change or focus.asks_change_amount or focus.asks_order or focus.units & RATE_UNITS:
        return None
    time, asked = times[0], times[0].period
    other = _other_part(asked) if asked else None
    if asked is None or other is None:
        return None

    def at(period: Period) -> Focus:
        return find_focus(focus.wording[: time.start] + period.label + focus.wording[time.end :])

    whole = _the_one(_told(at(Period.year(asked.first.year)), rank, measured.group()))
    part = _other_value(at(other), rank, measured.group()) if whole else None
    if whole is None or part is None or not unit_is_asked(focus, whole.figure.quantity.unit):
        return None
    year = whole.figure.quantity
    if (
        not _of_one_body(whole.figure, part.figure.figure)
        or part.value >= year.value
        or not same_unit(year.unit, part.figure.figure.quantity.unit)
    ):
        return None
    operands = [Operand(year), *(Operand(one.quantity, rising=not one.rising) for one in part.operands)]
    formula = f"{year.text} − {part.formula}"
    return calculate(year.value - part.value, year.unit, formula, operands, (whole, part.figure), inexact=part.inexact)


def _other_part(asked: Period) -> Period | None:
    """The rest of the year of ``asked``, where that is one stretch of whole months."""
    year = Period.year(asked.first.year)
    if not year.covers(asked) or asked == year or asked.days < _LEAST_DAYS:
        return None
    if asked.last == year.last:
        return Period(year.first, asked.first - timedelta(days=1))
    return Period(asked.last + timedelta(days=1), year.last) if asked.first == year.first else None


def _other_value(focus: Focus, rank: Rank, measured: str) -> _Part | None:
    told = _the_one(_told(focus, rank, measured))
    if told is not None:
        amount = told.figure.quantity
        return _Part(amount.value, amount.text, (Operand(amount),), told, inexact=False)
    growth = next((one for one in growths_from(focus, rank) if _adds_up(focus, one.value, measured)), None)
    if growth is None:
        return None
    formula = growth.formula if growth.inexact else f"({growth.formula})"
    return _Part(growth.earlier, formula, growth.operands, growth.value, growth.inexact)


def _told(focus: Focus, rank: Rank, measured: str) -> Iterator[ScoredFigure]:
    """The figures that hold for the very time of ``focus``."""
    periods = [time.period for time in focus.times]
    for scored in rank(focus)[:_MOST_FIGURES]:
        if scored.confidence < _LEAST_CONFIDENCE:
            return
        if [period_of(scored.figure)] == periods and _adds_up(focus, scored, measured):
            yield scored


def _adds_up(focus: Focus, scored: ScoredFigure, measured: str) -> bool:
    """Whether a figure is the amount of what is asked over a stretch of time, and of nothing narrower."""
    figure = scored.figure
    if figure.is_change or figure.is_rate or figure.quantity.upper is not None or not figure.quantity.unit:
        return False
    if measured not in figure.own_text or _AT_A_TIME.search(figure.own_text):
        return False
    return counts_target(focus, figure) and not is_another_part(focus, figure) and not says_more(focus, figure)


def _of_one_body(one: Figure, other: Figure) -> bool:
    """Whether neither figure is of another body than the other (全市 beside 公司)."""
    bodies = [set(_BODY.findall(figure.own_text)) for figure in (one, other)]
    return not all(bodies) or bodies[0] == bodies[1]


def _the_one(told: Iterator[ScoredFigure]) -> ScoredFigure | None:
    """The figure that is told; None where another value is told too."""
    figures = list(told)
    values = {scored.figure.quantity.value for scored in figures}
    return figures[0] if len(values) == 1 else None
