"""The value before a growth: of the year before, or of the year that a later one is held against.

去年上半年 from 今年上半年…60万台,同比增长20% is 60 ÷ (1 + 20%).
"""

from __future__ import annotations

import re

from rag.answer.figures import Figure
from rag.answer.reading import Finding
from rag.answer.sums.calculation import calculate
from rag.answer.sums.growth import Rank, growths_from
from rag.answer.times.told_times import SAME_SPAN
from rag.question.focus import Focus
from rag.text.dates import Period

_TOLD_OF_A_SPAN = re.compile(r"同期|同比|同一时期")


def compute_earlier(focus: Focus, rank: Rank) -> Finding | None:
    """The value at the one time that ``focus`` names, from a later value and its growth, change or multiple.

    None where no value covers what is asked, or its time does not lie as the growth needs it.
    """
    if focus.asks_change or focus.asks_change_amount:
        return None
    growth = next(growths_from(focus, rank), None)
    if growth is None:
        return None
    unit = growth.value.figure.quantity.unit
    figures = (growth.value,)
    return calculate(growth.earlier, unit, growth.formula, growth.operands, figures, inexact=growth.inexact)


def is_of_the_whole_year(focus: Focus, figure: Figure) -> bool:
    """Whether a figure is of a year where the same span of that year is asked (去年同期), as no word beside it says."""
    asks_span = any(
        time.period is not None
        and time.period == Period.year(time.period.first.year)
        and SAME_SPAN.match(focus.wording[time.end :])
        for time in focus.times
    )
    period = figure.time.period if figure.time else None
    is_year = period is not None and period == Period.year(period.first.year)
    return asks_span and is_year and not figure.is_change and not _TOLD_OF_A_SPAN.search(figure.sentence.folded)
