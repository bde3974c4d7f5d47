"""The last check before an answer is shown: every figure in it must stand in the sentences it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.question.units import CLOCK
from rag.text.dates import find_times
from rag.text.normalise import fold
from rag.text.numbers import Quantity, find_quantities, same_quantity

_CITATION_MARK = re.compile(r"\[\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class GroundingReport:
    """``ungrounded`` are the figures and years of a text, as written there, that its quotes do not hold."""

    checked: int
    ungrounded: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every figure is grounded."""
        return not self.ungrounded


def check_grounding(text: str, quotes: Sequence[str], computed: Iterable[str] = ()) -> GroundingReport:
    """Check each number with its unit, and each year, in ``text`` against ``quotes``.

    ``computed`` are figures and dates that were worked out and are shown as such; they need no place in a quote. Marks
    such as [1] are not figures.

    Example:
        >>> check_grounding("产量95万辆[1]", ["其中新能源汽车产量950000辆。"]).passed
        True
        >>> check_grounding("产量96万辆[1]", ["其中新能源汽车产量950000辆。"]).ungrounded
        ('96万辆',)
    """
    bare = _CITATION_MARK.sub(lambda match: " " * len(match.group()), text)
    computed = tuple(computed)
    available = [quantity for quote in quotes for quantity in _figures(quote)]
    available += [quantity for figure in computed for quantity in _figures(figure)]
    figures = _figures(bare)
    ungrounded = [figure.text for figure in figures if not any(agrees(figure, other) for other in available)]
    folded_quotes = [fold(quote) for quote in quotes]
    times = find_times(bare, None)
    for time in times:
        in_text = any(fold(time.text) in quote for quote in (*folded_quotes, *map(fold, computed)))
        in_value = time.period is not None and any(
            other.period == time.period for quote in quotes for other in find_times(quote, None)
        )
        if not in_text and not in_value:
            ungrounded.append(time.text)
    return GroundingReport(len(figures) + len(times), tuple(ungrounded))


def _figures(text: str) -> list[Quantity]:
    times = find_times(text, None)
    return [
        quantity
        for quantity in find_quantities(text)
        if not any(time.start <= quantity.start and quantity.end <= time.end for time in times)
    ]


def agrees(figure: Quantity, other: Quantity) -> bool:
    """Same value and unit, and the same bound: an article's 超2000亿 is not 2000亿, nor the other way round.

    Either end of a range of hours stands in it: 18:40 in 5:30—18:40.
    """
    if figure.unit in CLOCK and other.unit in CLOCK and other.upper is not None and figure.upper is None:
        return figure.value in (other.value, other.upper)
    return same_quantity(figure, other) and figure.bound == other.bound
