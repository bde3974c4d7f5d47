"""The time that a figure holds for, as a sum needs it: two figures may meet only where their times do.

For an answer it does no harm if a figure takes its year from the paragraph; a sum of two such figures is wrong as
soon as one of the years is.
"""

from __future__ import annotations

from rag.answer.figures import Figure
from rag.answer.times.told_times import SAME_SPAN
from rag.question.focus import Focus
from rag.text.dates import Period, TimeExpression

_EACH = "分别"


def period_of(figure: Figure) -> Period | None:
    """When ``figure`` holds: the time of its own sentence or the one it takes from its paragraph; None if unsure.

    A day that the paragraph names (a report was made on it) is not when a figure further on holds.
    """
    sentence, time = figure.sentence, figure.time
    listed = _listed_time(figure)
    if listed is not None:
        return listed
    if time is None:
        return _opening_time(figure)
    if time in sentence.times or time.period is None:
        return time.period
    return None if time.period.is_point else time.period


def _opening_time(figure: Figure) -> Period | None:
    """The time that the paragraph opens with, if the paragraph looks back from it at most (2020年和2021年分别为…)."""
    periods = [time.period for time in figure.sentence.times_before if time.period is not None]
    if not periods or periods[0].is_point or any(period.last > periods[0].last for period in periods):
        return None
    return periods[0]


def _listed_time(figure: Figure) -> Period | None:
    """The time of a figure in a row: 2020年和2021年分别为3项和5项 gives the second figure 2021年."""
    sentence = figure.sentence
    at = sentence.folded.rfind(_EACH, 0, figure.quantity.start)
    if at < 0:
        return None
    times = [time for time in sentence.times if time.end <= at and not sentence.is_reference(time)]
    row = [q for q in sentence.quantities if q.start > at and q.unit == figure.quantity.unit]
    if len(times) < 2 or len(row) != len(times) or figure.quantity not in row:
        return None
    return times[row.index(figure.quantity)].period


def holds_when_asked(focus: Focus, figure: Figure) -> bool:
    """Whether a figure holds for the one time that ``focus`` names, if it names one."""
    period = period_of(figure)
    if period is None:
        return True
    return all(
        period == time.period or ((period.is_point or _is_same_span(focus, time)) and time.period.covers(period))
        for time in focus.times
        if time.period is not None
    )


def _is_same_span(focus: Focus, time: TimeExpression) -> bool:
    """Whether a year is named for a part of it (去年同期)."""
    return bool(SAME_SPAN.match(focus.wording[time.end :]))


def hold_together(first: Figure, second: Figure) -> bool:
    """Whether two figures hold for one and the same time; what is undated holds when the article was written."""
    one, other = period_of(first), period_of(second)
    if one == other:
        return True
    if one is not None and other is not None:
        return False
    dated, published = one or other, first.sentence.published
    return dated is not None and published is not None and dated.covers(published)
