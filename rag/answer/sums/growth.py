"""What an article tells of a thing's growth: a value, the time it has grown from, and what it must have been then.

60万台,同比增长20% has grown from 60 ÷ (1 + 20%). 同比 and 去年同期 mean the same span one year before, so that the
time asked must be the period of the value, a year earlier: a half never stands for a year.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answer.coverage import found
from rag.answer.figure_ranking import ScoredFigure
from rag.answer.figures import find_figures
from rag.answer.sums.calculation import Operand
from rag.answer.sums.operand_fit import counts_target
from rag.answer.sums.told_of import same_unit
from rag.answer.times.governing_time import period_of
from rag.answer.times.told_times import SAME_SPAN, YEAR_BEFORE
from rag.question.focus import Focus
from rag.text.dates import Period, TimeExpression
from rag.text.numbers import Quantity
from rag.text.period import shift_years

Rank = Callable[[Focus], list[ScoredFigure]]
"""Figures for a focus, best first."""

_DECREASE = re.compile(r"下降|减少|降低|下滑|减产|下跌|缩短|少|低|短")
_YEAR_ON_YEAR = re.compile(r"同比|(?:比|较)(?:上年|去年|前一年|上一年)|(?:上年|去年|上一年|前一年)同期")
_BARE_GROWTH = re.compile(r"^[,，、;；\s]*(?:增长|增加|上升|提高|下降|减少|降低|下滑|提升|上涨|下跌)了?[约近超]?$")
_FROM_NOW = re.compile(r"环比|上月|上季|月度")
_PART_OF_YEAR = re.compile(r"季度|[一二三四]季|半年|月份|个月|月末|[上本每一]周|同期")
_POINTS = ("个百分点", "百分点")
_LONGEST_GAP = 16
_LEAST_CONFIDENCE = 0.5
_MOST_VALUES = 8


@dataclass(frozen=True, slots=True)
class Growth:
    """A value told with its growth: what it was at the earlier time, and how that is worked out.

    ``operands`` are those of ``earlier``; ``inexact`` whether it was divided by a rate or a multiple, which the article
    itself has rounded; ``falls`` whether the value is less than it was.
    """

    value: ScoredFigure
    earlier: Decimal
    formula: str
    operands: tuple[Operand, ...]
    falls: bool
    inexact: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """The figure that says how much a value changed, and the words between the two."""

    quantity: Quantity
    between: str

    @property
    def falls(self) -> bool:
        return bool(_DECREASE.search(self.between))


def growths_from(focus: Focus, rank: Rank) -> Iterator[Growth]:
    """The growths from the one time that ``focus`` names, of what it asks for; none where it names no time or several.

    A growth whose value does not lie as long after the asked time as the article counts it from is left out.
    """
    periods = [time.period for time in focus.times if time.period is not None]
    if len(periods) != 1 or focus.asks_order:
        return
    asked = periods[0]
    for value in _values(focus, asked, rank):
        change = _change_of(value)
        growth = _by_multiple(value, asked)
        if growth is None and change is not None and _counted_from(focus, asked, value, change):
            growth = _by_change(value, change)
        if growth is not None:
            yield growth


def _values(focus: Focus, asked: Period, rank: Rank) -> Iterator[ScoredFigure]:
    """The figures that answer the question but for its time, those of the year after first."""
    seen = set()
    later = shift_years(asked, 1)
    dated = tuple(dataclasses.replace(t, period=later) if t.period == asked else t for t in focus.times)
    for times in (dated, ()):
        for value in rank(dataclasses.replace(focus, times=times))[:_MOST_VALUES]:
            if value.confidence < _LEAST_CONFIDENCE:
                break
            key = (value.figure.sentence.article_id, value.figure.span)
            if key not in seen and _may_be_base(focus, value):
                seen.add(key)
                yield value


def _may_be_base(focus: Focus, value: ScoredFigure) -> bool:
    figure = value.figure
    if figure.is_change or figure.quantity.upper is not None or not counts_target(focus, figure):
        return False
    # What an earlier sentence tells of (其中外地游客…) has not grown with the whole.
    told = f"{figure.sentence.folded}\n{figure.sentence.heading}"
    things = [term for term in focus.terms if term.is_noun and not term.is_name and not term.is_measure]
    return all(found(term, told) for term in things)


def _change_of(value: ScoredFigure) -> _Change | None:
    """The change right behind the value, if that is what follows it."""
    sentence, amount = value.figure.sentence, value.figure.quantity
    figures = [figure for figure in find_figures(sentence) if figure.quantity.start >= amount.end]
    if not figures or not figures[0].is_change or figures[0].quantity.upper is not None:
        return None
    between = sentence.folded[amount.end : figures[0].quantity.start]
    if len(between) > _LONGEST_GAP or _FROM_NOW.search(between):
        return None
    return _Change(figures[0].quantity, between)


def _counted_from(focus: Focus, asked: Period, value: ScoredFigure, change: _Change) -> bool:
    """Whether the change is counted from the asked time."""
    sentence, amount = value.figure.sentence, value.figure.quantity
    bases = [
        time
        for time in sentence.times
        if amount.end <= time.start and time.end <= change.quantity.start and sentence.is_reference(time)
    ]
    if bases:
        return all(_is_base(focus, asked, value, time) for time in bases)
    others = [time for time in sentence.times if sentence.is_reference(time) and time.start < amount.start]
    if others:
        return False  # 与2019年相比,达到…,增长…: the growth is from there.
    if _YEAR_ON_YEAR.search(change.between):
        return _is_a_year_after(focus, value, asked)
    # 2022年收入248.6亿元,增长5.3%: of a span of time, growth is from the year before.
    period = period_of(value.figure)
    is_rate = change.quantity.unit in ("%", "成", *_POINTS)
    return is_rate and bool(_BARE_GROWTH.search(change.between)) and period == shift_years(asked, 1)


def _is_base(focus: Focus, asked: Period, value: ScoredFigure, base: TimeExpression) -> bool:
    """Whether ``base`` (比2021年, 比去年同期) means the asked time for this value."""
    period = period_of(value.figure)
    if YEAR_BEFORE.match(base.text):
        return _is_a_year_after(focus, value, asked)  # 上年 is the year before the value's, whenever that was written.
    if base.period is None:
        return False
    if SAME_SPAN.match(value.figure.sentence.folded[base.end :]):
        if period is None:
            return False
        years = period.first.year - base.period.first.year
        return years > 0 and (asked == shift_years(period, -years) or _asks_same_span(focus, asked, period, years))
    if base.period != asked:
        return False
    # 上半年…,比去年增加: whether half a year or a whole one was meant is not said.
    whole_year = asked == Period.year(asked.first.year)
    return period is None or period.is_point or not whole_year or period.days >= asked.days - 1


def _is_a_year_after(focus: Focus, value: ScoredFigure, asked: Period) -> bool:
    """Whether the value holds for the asked time, a year later."""
    later, period = shift_years(asked, 1), period_of(value.figure)
    if period is None:
        # Undated figures hold for the year of the article, if nothing near says that they are of a part of it.
        sentence = value.figure.sentence
        published = sentence.published
        near = sentence.before + sentence.folded
        return published is not None and later.covers(published) and not _PART_OF_YEAR.search(near)
    if period == later or _asks_same_span(focus, asked, period, 1):
        return True
    return period.is_point and period.last == later.last


def _asks_same_span(focus: Focus, asked: Period, period: Period, years: int) -> bool:
    """Whether the question itself says 同期, of the whole year that lies ``years`` before the value's."""
    time = next(time for time in focus.times if time.period == asked)
    says_so = bool(SAME_SPAN.match(focus.wording[time.end :]))
    return says_so and asked == Period.year(period.first.year - years)


def _by_change(value: ScoredFigure, change: _Change) -> Growth | None:
    """The growth by a rate or an amount."""
    amount, by = value.figure.quantity, change.quantity
    operands = (Operand(amount), Operand(by, rising=change.falls))
    if (by.unit in _POINTS and amount.unit == "%") or (amount.unit != "%" and same_unit(by.unit, amount.unit)):
        earlier = amount.value + by.value if change.falls else amount.value - by.value
        if earlier < 0:
            return None
        formula = f"{amount.text} {'+' if change.falls else '−'} {by.text}"
        return Growth(value, earlier, formula, operands, change.falls, inexact=False)
    if by.unit not in ("%", "成") or amount.unit in ("%", "成", "倍", *_POINTS):
        return None
    rate = by.value / (10 if by.unit == "成" else 100)
    factor = 1 - rate if change.falls else 1 + rate
    if factor <= 0:
        return None
    formula = f"{amount.text} ÷ (1 {'−' if change.falls else '+'} {by.text})"
    return Growth(value, amount.value / factor, formula, operands, change.falls, inexact=True)


def _by_multiple(value: ScoredFigure, asked: Period) -> Growth | None:
    """The growth to a multiple: 90万台,是2019年的6倍多."""
    sentence, amount = value.figure.sentence, value.figure.quantity
    following: Sequence[Quantity] = [q for q in sentence.quantities if q.start >= amount.end]
    multiple = following[0] if following else None
    if multiple is None or multiple.unit != "倍" or multiple.upper is not None or multiple.value <= 0:
        return None
    base = next((t for t in sentence.times if amount.end <= t.start and t.end <= multiple.start), None)
    if base is None or base.period is None:
        return None
    link = sentence.folded[base.end : multiple.start]
    period = period_of(value.figure)
    if SAME_SPAN.match(link):
        if period is None or asked != shift_years(period, base.period.first.year - period.first.year):
            return None
    elif base.period != asked or len(link) > 2:
        return None
    if amount.unit in ("%", "成", "倍", *_POINTS) or re.search(r"增|涨|提高", sentence.folded[amount.end : base.start]):
        return None
    operands = (Operand(amount), Operand(multiple, rising=False))
    falls = multiple.value < 1
    formula = f"{amount.text} ÷ {multiple.text}"
    return Growth(value, amount.value / multiple.value, formula, operands, falls, inexact=True)
