"""A question worded for one passage: its times in the words that the passage has for them.

A visitor's 去年 has been read as 2024年 by the article's date; the article itself may say 去年, or 2024年. A reader
needs the words of the passage. Which time a sentence really speaks of is checked afterwards, by rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.text.dates import Period, TimeExpression, find_times


def word_times(question: str, asked: Sequence[TimeExpression], passage: str, published: date | None) -> str:
    """``question`` with each of its ``asked`` times as ``passage`` words it.

    A time that the passage does not word at all is left out where it covers the day of publication (an undated
    statement holds then), and stays as it is otherwise.

    Args:
        question: the standalone question.
        asked: its times, at their offsets in ``question``.
        passage: the text to be read.
        published: the day that relative times of the passage are read against.

    Example:
        >>> word_times("2024年产量多少", find_times("2024年产量多少", None), "去年产量8万吨。", date(2025, 3, 1))
        '去年产量多少'
    """
    told = find_times(passage, published)
    for time in sorted(asked, key=lambda time: -time.start):
        if time.period is None or time.text in passage:
            continue
        same = next((other.text for other in told if other.period == time.period), None)
        if same is None and _holds_undated(time.period, told, published):
            same = ""
        if same is not None:
            rest = question[time.end :]
            question = question[: time.start] + same + (rest if same else rest.removeprefix("的"))
    return question


def _holds_undated(asked: Period, told: Sequence[TimeExpression], published: date | None) -> bool:
    if published is None or not asked.covers(Period.day(published.year, published.month, published.day)):
        return False
    return not any(other.period is not None and other.period.overlaps(asked) for other in told)
