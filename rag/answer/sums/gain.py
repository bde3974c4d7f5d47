"""How much more or less than before, where the article tells a value and its rate of growth: 60万台,同比增长20%.

The value before is 60 ÷ (1 + 20%), and what was gained is the difference. Where the article tells the amount itself,
nothing is worked out.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from rag.answer.figures import Figure
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.growth import Rank, growths_from
from rag.answer.sums.told_of import same_unit, unit_is_asked
from rag.answer.sums.two_figures import Sum, read_sides
from rag.answer.times.governing_time import holds_when_asked
from rag.question.focus import Focus, find_focus
from rag.question.units import RATE_UNITS
from rag.text.period import shift_years

_YEAR_ON_YEAR = re.compile(
    r"^(?P<thing>.+?)同比(?P<verb>多|少|增加|增长|增|减少|下降|减|提高|降低|上升|延长|缩短|扩大|缩小)"
    r"[\u4e00-\u9fff]{0,4}?(?:多少|几)(?P<tail>[^倍成]+)$"
)
_COMPARED = re.compile(r"[比较][^比较]*?(?P<verb>多|少|增|减|下降|提高|降低|上升|延长|缩短|扩大|缩小|高|低|长|短)")
_LESS = re.compile(r"少|减|降|缩|低|短")


@dataclass(frozen=True, slots=True)
class _Asked:
    """``now`` is the thing at the later time, ``base`` at the earlier; ``falls`` whether less is asked, not more."""

    now: Focus
    base: Focus
    falls: bool


def compute_gain(question: str, focus: Focus, rank: Rank) -> Finding | None:
    """What a thing has gained or lost since the year before; None where that is not asked or no growth is told."""
    asked = _read(question, focus)
    if asked is None:
        return None
    growth = next(growths_from(asked.base, rank), None)
    if growth is None or growth.falls != asked.falls or not growth.inexact:
        return None
    amount = growth.value.figure.quantity
    gain = abs(amount.value - growth.earlier)
    if not gain or not unit_is_asked(focus, amount.unit) or not holds_when_asked(asked.now, growth.value.figure):
        return None
    terms = (amount.text, growth.formula)
    formula = " − ".join(reversed(terms) if growth.falls else terms)
    operands = [Operand(amount), *(Operand(by.quantity) for by in growth.operands[1:])]
    return calculate(gain, amount.unit, formula, operands, (growth.value,), inexact=True)


def is_no_gain(question: str, focus: Focus, figure: Figure) -> bool:
    """Whether a figure is what there is, or a rate, where the amount of a change since the year before is asked."""
    match = _year_on_year(question, focus)
    return match is not None and not (figure.is_change and figure.quantity.unit not in RATE_UNITS)


def _read(question: str, focus: Focus) -> _Asked | None:
    match = _year_on_year(question, focus)
    if match is not None:
        periods = [time.period for time in focus.times if time.period is not None]
        if len(periods) != 1:
            return None
        now = dataclasses.replace(find_focus(f"{match['thing']}是多少{match['tail']}"), times=focus.times)
        before = tuple(
            dataclasses.replace(time, period=shift_years(time.period, -1)) for time in focus.times if time.period
        )
        return _Asked(now, dataclasses.replace(now, times=before), bool(_LESS.match(match["verb"])))
    sides = read_sides(question, focus)
    if sides is None or sides.sum is not Sum.DIFFERENCE or not sides.only_times_differ or sides.against_then:
        return None
    compared = _COMPARED.search(focus.wording)
    if compared is None or sides.in_points or len(sides.second.times) != 1:
        return None
    return _Asked(sides.first, sides.second, bool(_LESS.match(compared["verb"])))


def _year_on_year(question: str, focus: Focus) -> re.Match[str] | None:
    text = re.sub(r"[?？。 呢吗啊]+$", "", question)
    match = _YEAR_ON_YEAR.match(text)
    is_amount = bool(focus.units) and not any(same_unit(unit, rate) for unit in focus.units for rate in RATE_UNITS)
    return match if is_amount else None
