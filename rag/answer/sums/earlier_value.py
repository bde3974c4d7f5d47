"""The value before a growth: of the year before, or of the year that a later one is held against.

去年上半年 from 今年上半年…60万台,同比增长20% is 60 ÷ (1 + 20%).
"""

from __future__ import annotations

from rag.answer.reading import Finding
from rag.answer.sums.calculation import calculate
from rag.answer.sums.growth import Rank, growths_from
from rag.question.focus import Focus


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
