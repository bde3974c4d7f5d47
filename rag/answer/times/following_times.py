"""Times that count on from the one told before them: 次年, 两年后, 五天后, 次年6月, 同年冬天.

What counts on from a date must stand where it can: at the beginning of a clause, or behind 在, 于 and the like. 开业
三年后 counts from an opening, whenever that was, and 三年后将 from the day on which the article was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from rag.text.chinese_numerals import parse_numeral
from rag.text.dates import Period, TimeExpression

_SMALL = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH = rf"(?P<month>{_SMALL})月(?:份|(?P<day>{_SMALL})[日号])?"
_PART = rf"的?(?:{_MONTH}|年?(?P<edge>[底末初])|(?P<season>[春夏秋冬])[季天]?)"
_FOLLOWS = re.compile(
    rf"(?:^|(?<=[，,。；;：:、“（( \n])|(?<=在)|(?<=于)|(?<=至)|(?<=到)|(?<=又)|(?<=但)|(?<=而))(?:"
    rf"(?P<next>次年|翌年|转年|第二年(?!级))(?:{_PART})?"
    rf"|(?P<same>同年|当年)(?P<of_same>{_PART.replace('?P<', '?P<same_')})"
    r"|(?P<tomorrow>次日|翌日)|(?P<next_month>次月)"
    r"|(?P<count>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>年|个月|天|日|周)(?:之|以)?后"
    r")"
)
_AHEAD = re.compile(r"[^，,。；;]{0,6}(?:将|预计|计划|有望|力争|打算|拟|要|会)")
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 12)}
_A_YEAR = 366
_A_MONTH = 31


def follows(time: TimeExpression, folded: str) -> bool:
    """Whether ``time``, a time of ``folded``, is one that counts on from another: 次年, 两年后.

    Example:
        >>> follows(TimeExpression(0, 2, "次年", None, True), "次年开业")
        True
    """
    return _matched(time, folded) is not None


def is_next_day(time: TimeExpression) -> bool:
    """Whether ``time`` is the day or month after the one told: 次日, 次月."""
    return time.text in ("次日", "翌日", "次月")


def _matched(time: TimeExpression, folded: str) -> re.Match[str] | None:
    match = _FOLLOWS.match(folded, time.start)
    return match if match is not None and match.end() == time.end else None


def with_following(times: Sequence[TimeExpression], folded: str) -> list[TimeExpression]:
    """``times`` of ``folded`` with those that count on from others, their period not yet read.

    A shift that ``times`` read from the date of the article (两年后) keeps that period.
    """
    found = [
        TimeExpression(match.start(), match.end(), match.group(), _same(times, match), relative=True)
        for match in _FOLLOWS.finditer(folded)
    ]
    rest = [time for time in times if not any(one.start < time.end and time.start < one.end for one in found)]
    return sorted([*rest, *found], key=lambda time: time.start)


def _same(times: Sequence[TimeExpression], match: re.Match[str]) -> Period | None:
    return next((time.period for time in times if (time.start, time.end) == match.span()), None)


def counted_on(time: TimeExpression, told: Period | None, folded: str, published: date | None) -> Period | None:
    """When ``time``, which counts on from ``told``, is; None where that cannot be said.

    Where nothing is told before it, it has its own period, read from the date of the article.

    Args:
        time: a time for which `follows` holds.
        told: the time told last before it.
        folded: the text that it stands in.
        published: the day of the article; what lies before it has no 三年后将.
    """
    match = _matched(time, folded)
    if match is None or told is None or told.days > _A_YEAR:
        return time.period
    if match["count"] and published is not None and told.last < published and _AHEAD.match(folded[time.end :]):
        return time.period
    try:
        return _counted(match, told)
    except (ValueError, OverflowError):
        return None


def _counted(match: re.Match[str], told: Period) -> Period | None:
    if match["next"]:
        return _part(told.first.year + 1, match["month"], match["day"], match["edge"], match["season"])
    if match["same"]:
        groups = (match[f"same_{name}"] for name in ("month", "day", "edge", "season"))
        return _part(told.first.year, *groups)
    if match["tomorrow"]:
        return _day(told.last + timedelta(days=1)) if told.is_point else None
    if match["next_month"]:
        return _months_on(told, 1) if told.days <= _A_MONTH else None
    count, unit = _number(match["count"]), match["unit"]
    if unit == "年":
        return Period.year(told.first.year + count)
    if unit == "个月":
        return _months_on(told, count) if told.days <= _A_MONTH else None
    return _day(told.last + timedelta(days=count * (7 if unit == "周" else 1))) if told.is_point else None


def _part(year: int, month: str | None, day: str | None, edge: str | None, season: str | None) -> Period:
    if month and day:
        return Period.day(year, _number(month), _number(day))
    if month:
        return Period.month(year, _number(month))
    if edge:
        return Period.month(year, 1 if edge == "初" else 12)
    if season:
        first, last = _SEASONS[season]
        return Period.months(year, first, year, last)
    return Period.year(year)


def _months_on(told: Period, count: int) -> Period:
    months = told.first.year * 12 + told.first.month - 1 + count
    return Period.month(months // 12, months % 12 + 1)


def _day(day: date) -> Period:
    return Period(day, day)


def _number(numeral: str) -> int:
    value = int(numeral) if numeral.isascii() else parse_numeral(numeral)
    if value is None or value < 1:
        raise ValueError(f"{numeral} is no number to count on by")
    return int(value)
