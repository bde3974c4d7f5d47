"""The times of an article's sentences, read by what was told before: 2022年上半年…,下半年…; 2024年…,上年为…; 上年同期….

What counts from the article's date alone would be wrong there: 上年 beside 2024年 is 2023年, whenever that was written,
and 去年同期 after 今年上半年 is half a year, not a whole one.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from rag.answer.times.following_times import counted_on, follows, is_next_day, with_following
from rag.answer.times.report_time import names_a_report
from rag.text.dates import Period, TimeExpression, find_times
from rag.text.normalise import fold
from rag.text.period import shift_years

COMPARED_AFTER = re.compile(
    r"^(?:年)?(?:的[约近超]?[\d.零一二三四五六七八九十百两]+(?:倍|成)|的(?:几|多少)倍|相比|以来|起|首届)"
)
"""What follows a time that something is compared with (是2021年的6倍)."""
SAME_SPAN = re.compile(r"^年?(?:同期|同一时期)")
"""What follows 去年 where the same span of that year is meant, not the year."""
YEAR_BEFORE = re.compile(r"^(?:上年|上一年|前一年)")
"""The year before the one that is spoken of."""
_COMPARED_BEFORE = re.compile(r"(?:比|较|比起|相比|自|自从|从|创近?|近)$")
_NAMES_NO_YEAR = re.compile(r"^(?:上半年|下半年|第?[一二三四1-4]季度|[前]?[一二三]季度|\d{1,2}月)")
_END_OF_YEAR = re.compile(r"^年[末底初]")
_NAMES_A_YEAR = re.compile(r"^\d{4}年")
_NAMES_A_YEAR_AHEAD = re.compile(r"^(?:明年|后年|大后年)")
_ENDS_SENTENCE = re.compile(r"[。!?！？;；\n]")
_SET_BESIDE = re.compile(r"[跟和与同]$")
_COMPARES = re.compile(r"^年?比(?!赛|例|重|分|武|拼|率|价)")


def told_times(
    text: str, published: date | None, told: Period | None, reported: Period | None = None
) -> tuple[TimeExpression, ...]:
    """The times that ``text`` names, each read by the one before it; ``told`` is the last one told before ``text``.

    ``reported`` is the time that the article reports on, whose 年末 and 年初 it tells of.

    Example:
        >>> [time.period.label for time in told_times("2024年盈利3亿元,上年盈利1亿元", date(2025, 3, 1), None)]
        ['2024年', '2023年']
        >>> [time.period.label for time in told_times("1987年建窑,次年开业", None, None)]
        ['1987年', '1988年']
    """
    folded = fold(text)
    before = told
    times: list[TimeExpression] = []
    year: int | None = None
    ahead: TimeExpression | None = None
    for time in with_following(find_times(text, published), folded):
        if ahead is not None and _ENDS_SENTENCE.search(folded, ahead.end, time.start):
            ahead = None
        if time.period is not None and _NAMES_A_YEAR_AHEAD.match(time.text):
            ahead = time
        if ahead is not None and ahead.period and time.period is not None and _NAMES_NO_YEAR.match(time.text):
            time = dataclasses.replace(time, period=_of_year(time.period, ahead.period.first.year))
        elif time.period is not None and year is not None and _NAMES_NO_YEAR.match(time.text):
            time = dataclasses.replace(time, period=_of_year(time.period, year))
        elif time.period is not None and reported is not None and _END_OF_YEAR.match(time.text):
            time = dataclasses.replace(time, period=_of_year(time.period, reported.first.year))
        elif time.period is not None and _NAMES_A_YEAR.match(time.text):
            year = time.period.first.year
        if follows(time, folded):
            # A day after counts from a day of its own sentence: 次日到 is said of any parcel.
            base = None if told is before and is_next_day(time) else told
            time = dataclasses.replace(time, period=counted_on(time, base, folded, published))
            if time.period is None:
                continue
        elif told is not None:
            time = dataclasses.replace(time, period=_counted_from(told, time, folded))
        if time.period is not None and not is_reference(folded, time) and not _looks_back(folded, time):
            told = time.period
        times.append(time)
    return tuple(times)


def leading_times(text: str, published: date | None, reported: Period | None = None) -> tuple[TimeExpression, ...]:
    """The times of ``text`` that may hold for what follows it: none that only sets something against another time."""
    folded = fold(text)
    leading: list[TimeExpression] = []
    for time in told_times(text, published, None, reported):
        aside = is_reference(folded, time) or names_a_report(folded, time)
        if not aside and not (leading and _looks_back(folded, time)):
            leading.append(time)
    return tuple(leading)


def is_reference(folded: str, time: TimeExpression) -> bool:
    """Whether a time in ``folded`` is only what something is compared with."""
    if COMPARED_AFTER.match(folded[time.end :]) or _COMPARED_BEFORE.search(folded[: time.start]):
        return True
    if _SET_BESIDE.search(folded[: time.start]) and _COMPARES.match(folded[time.end :]):
        return True
    return time.relative and folded[time.start : time.end].startswith(("近", "过去"))


def _looks_back(folded: str, time: TimeExpression) -> bool:
    """Whether a time is there to set its figure against another (上年为5亿元, 去年同期3亿元)."""
    return bool(YEAR_BEFORE.match(folded[time.start :]) or SAME_SPAN.match(folded[time.end :]))


def _counted_from(told: Period, time: TimeExpression, folded: str) -> Period | None:
    """The period of ``time`` where it counts from one told before, else its own."""
    period = time.period
    if YEAR_BEFORE.match(time.text):
        year = told.first.year - 1
        period = _of_year(period, year) if period else Period.year(year)
    if period is None or not SAME_SPAN.match(folded[time.end :]):
        return period
    years = period.first.year - told.first.year
    # 2024年上半年…,2023年同期: half of 2023. What is told of a whole year has no other span to share.
    return shift_years(told, years) if years < 0 and period == Period.year(period.first.year) else period


def _of_year(period: Period, year: int) -> Period:
    return shift_years(period, year - period.first.year)
