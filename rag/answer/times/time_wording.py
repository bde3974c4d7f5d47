"""A question worded for one passage: its times in the words that the passage has for them.

A visitor's 去年 has been read as 2024年 by the article's date; the article itself may say 去年, or 2024年. A reader
needs the words of the passage. Which time a sentence really speaks of is checked afterwards, by rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.answer.checks import UNTIL
from rag.text.dates import Period, TimeExpression, find_times


def word_times(
    question: str, asked: Sequence[TimeExpression], passage: str, published: date | None, *, exact: bool = False
) -> str:
    """``question`` with each of its ``asked`` times as ``passage`` words it.

    A time that the passage does not word at all is left out where it covers the day of publication (an undated
    statement holds then), and stays as it is otherwise.

    Args:
        question: the standalone question.
        asked: its times, at their offsets in ``question``.
        passage: the text to be read.
        published: the day that relative times of the passage are read against.
        exact: whether a part of the time (今年3月) does not do for it, as with what is counted over a year.

    Example:
        >>> word_times("2024年产量多少", find_times("2024年产量多少", None), "去年产量8万吨。", date(2025, 3, 1))
        '去年产量多少'
    """
    told = find_times(passage, published)
    for time in sorted(asked, key=lambda time: -time.start):
        if time.period is None or time.text in passage:
            continue
        same = next((other.text for other in told if other.period == time.period), None)
        if same is None:
            same = _up_to_its_end(time.period, told, passage)
        if same is None and not exact:
            same = _beginning_of(time.period, told, published)
        if same is None and _holds_undated(time.period, told, published):
            same = ""
        if same is not None:
            rest = question[time.end :]
            question = question[: time.start] + same + (rest if same else rest.removeprefix("的"))
    return question


def _up_to_its_end(asked: Period, told: Sequence[TimeExpression], passage: str) -> str | None:
    """The words for the first months of a year that are told by their end: 截至8月底."""
    if not asked.first.month == asked.first.day == 1:
        return None
    for time in told:
        until = UNTIL.search(passage[: time.start])
        if until and time.period is not None and time.period.last == asked.last and asked.covers(time.period):
            return until.group() + time.text
    return None


def _beginning_of(asked: Period, told: Sequence[TimeExpression], published: date | None) -> str | None:
    """The words for ``asked`` that a time within it begins with: 今年 of 今年3月; "" where it has no year (3月)."""
    within = [time for time in told if time.period is not None and asked.covers(time.period)]
    for time in within:
        for end in range(2, len(time.text)):
            beginning = find_times(time.text[:end], published)
            if beginning and beginning[0].period == asked and beginning[0].end == end:
                return time.text[:end]
    return "" if any("年" not in time.text for time in within) else None


def _holds_undated(asked: Period, told: Sequence[TimeExpression], published: date | None) -> bool:
    if published is None or not asked.covers(Period.day(published.year, published.month, published.day)):
        return False
    return not any(other.period is not None and other.period.overlaps(asked) for other in told)
