"""Times named in Chinese text (2024年, 去年上半年, 9月5日至8日), resolved against the date of the text."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from rag.text.chinese_numerals import parse_numeral
from rag.text.folding import fold
from rag.text.period import Period
from rag.text.time_patterns import EXPRESSION, RELATIVE_DAYS, RELATIVE_MONTHS, RELATIVE_WEEKS, RELATIVE_YEARS

__all__ = ["Period", "TimeExpression", "find_times"]

_AHEAD = re.compile(r"(?:将|拟|定于|预定|计划)[于在自从到]?$")
_LONGEST_AHEAD = 3
_JOINS = frozenset("— – - ~ 至 到 —— -- 至到".split())


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time named in a text: ``text`` is its slice ``[start:end]``.

    ``relative`` says that the meaning depends on the date of the text (去年, 上半年, 7月31日); then ``period`` is
    None where that date is not known. ``period`` is never None for an absolute time (2024年).
    """

    start: int
    end: int
    text: str
    period: Period | None
    relative: bool


def find_times(text: str, anchor: date | None) -> list[TimeExpression]:
    """The times that ``text`` names, left to right, none overlapping another; ``anchor`` is the date of the text.

    Years, halves, quarters, months and days are found, in Arabic or Chinese digits, alone, as ranges and as parts
    of one another; words that count from the anchor (去年, 本月, 昨天, 十年后, 近7年); editions of a yearly event (本届
    is the anchor's year); decades, five-year plans (十四五), ISO dates, and a year that opens a name (2025世界…). A
    month without a year is one of the anchor's year, a day without a month the nearest, but none that is long to come
    unless 将, 拟 or 定于 stands before it. The longest reading wins where two are possible. Dates
    that no calendar has (2月30日) are left out, and so are vague words (目前, 如今, 近年来) and times of day.

    >>> [(time.text, time.period.label) for time in find_times("去年上半年和2023年", date(2025, 9, 8)) if time.period]
    [('去年上半年', '2024年上半年'), ('2023年', '2023年')]
    >>> find_times("去年", None)[0].period is None
    True
    """
    times: list[TimeExpression] = []
    for match in EXPRESSION.finditer(fold(text)):
        try:
            period, relative = _resolve(match, anchor)
        except (ValueError, OverflowError):
            # No calendar has this day; it is not a time.
            continue
        time = TimeExpression(match.start(), match.end(), text[match.start() : match.end()], period, relative)
        joined = _join(text, times[-1], time) if times else None
        if joined is None:
            times.append(time)
        else:
            times[-1] = joined
    return times


def _join(text: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    """The range from ``first`` to ``last`` where the text joins them (去年9月至今年3月), else None."""
    if fold(text[first.end : last.start]) not in _JOINS:
        return None
    period = None
    if first.period is not None and last.period is not None:
        if last.period.last < first.period.first:
            return None
        period = Period(first.period.first, last.period.last)
    whole = text[first.start : last.end]
    return TimeExpression(first.start, last.end, whole, period, first.relative or last.relative)


def _number(numeral: str) -> int:
    value = int(numeral) if numeral.isascii() else parse_numeral(numeral)
    if value is None:
        raise ValueError(f"{numeral} is no number")
    return int(value)


def _year_number(numeral: str) -> int:
    """A year of four digits, Chinese and Arabic ones mixed as they may be (二0二四)."""
    return int("".join(str(_number(digit)) for digit in numeral))


def _resolve(match: re.Match[str], anchor: date | None) -> tuple[Period | None, bool]:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    if "iso_year" in groups:
        return Period.day(int(groups["iso_year"]), int(groups["iso_month"]), int(groups["iso_day"])), False
    if "bare_from" in groups:
        return Period(date(int(groups["bare_from"]), 1, 1), date(int(groups["bare_to"]), 12, 31)), False
    if "quarter_year" in groups:
        return Period.quarter(int(groups["quarter_year"]), int(groups["year_quarter"])), False
    if "year_from" in groups:
        first, last = _year_number(groups["year_from"]), _year_number(groups["year_to"])
        return Period(date(first, 1, 1), date(last, 12, 31)), False
    if "year" in groups:
        return _part_of_year(_year_number(groups["year"]), groups), False
    if "short_year" in groups:
        return _part_of_year(2000 + int(groups["short_year"]), groups), False
    if "name_year" in groups or "english_year" in groups:
        return Period.year(int(groups.get("name_year") or groups["english_year"])), False
    if "whole_century" in groups:
        last = 100 * _number(groups["whole_century"])
        return Period(date(last - 99, 1, 1), date(last, 12, 31)), False
    if "plan" in groups:
        # The tenth five-year plan began in 2001, each later one five years after the one before it.
        first = 1951 + 5 * _number(groups["plan"])
        return Period(date(first, 1, 1), date(first + 4, 12, 31)), False
    if "decade" in groups and groups.get("century") != "上":
        return _decade(groups), False
    if anchor is None:
        # Reject what no calendar has here too, so that the same times are found with and without an anchor.
        _from_anchor(groups, date(2024, 1, 31), ahead=False)
        return None, True
    at = match.start()
    ahead = bool(_AHEAD.search(match.string, max(0, at - _LONGEST_AHEAD), at))
    return _from_anchor(groups, anchor, ahead=ahead), True


def _decade(groups: dict[str, str]) -> Period:
    tens = _number(groups["tens"])
    century = groups.get("century")
    start = (_number(century) - 1) * 100 if century else 2000 if tens < 30 else 1900
    return Period(date(start + tens, 1, 1), date(start + tens + 9, 12, 31))


def _part_of_year(year: int, groups: dict[str, str]) -> Period:
    """The part of ``year`` that the groups name, the whole year if they name none."""
    if "half" in groups:
        return Period.half(year, 1 if groups["half"] == "上" else 2)
    if "quarter" in groups:
        return Period.quarter(year, _number(groups["quarter"]))
    if "first_quarters" in groups:
        return Period.months(year, 1, year, 3 * _number(groups["first_quarters"]))
    if "first_months" in groups:
        return Period.months(year, 1, year, _number(groups["first_months"]))
    if "month_from" in groups:
        return Period.months(year, _number(groups["month_from"]), year, _number(groups["month_to"]))
    if "edge" in groups:
        return Period.month(year, 1 if groups["edge"] == "初" else 12)
    if "month" not in groups:
        return Period.year(year)
    month = _number(groups["month"])
    if "to_day" in groups:
        last = Period.day(year, _number(groups.get("to_month", groups["month"])), _number(groups["to_day"]))
        return Period(date(year, month, _number(groups["day"])), last.last)
    return _part_of_month(year, month, groups.get("day"), groups.get("third"))


def _part_of_month(year: int, month: int, day: str | None, third: str | None) -> Period:
    whole = Period.month(year, month)
    if day is not None:
        return Period.day(year, month, _number(day))
    if third == "上":
        return Period(whole.first, date(year, month, 10))
    if third == "中":
        return Period(date(year, month, 11), date(year, month, 20))
    if third == "下":
        return Period(date(year, month, 21), whole.last)
    return whole


def _from_anchor(groups: dict[str, str], anchor: date, *, ahead: bool) -> Period:
    if "year_word" in groups:
        return _part_of_year(anchor.year + RELATIVE_YEARS[groups["year_word"]], groups)
    if "decade" in groups:
        start = (anchor.year // 100 - 1) * 100 + _number(groups["tens"])
        return Period(date(start, 1, 1), date(start + 9, 12, 31))
    if "span_count" in groups:
        return _span(anchor, groups["span_count"], groups["span_unit"], ahead="ahead" in groups)
    if "since_count" in groups:
        return _span(anchor, groups["since_count"], "年", ahead=False)
    if "shift_count" in groups:
        sign = 1 if groups["shift"] == "后" else -1
        return _shift(anchor, groups["shift_count"], groups["shift_unit"], sign)
    if "month_word" in groups:
        month = _month_after(anchor, RELATIVE_MONTHS[groups["month_word"]])
        day, third = groups.get("month_word_day"), groups.get("month_word_third")
        return _part_of_month(month.year, month.month, day, third)
    if "day_word" in groups:
        return _day_after(anchor, RELATIVE_DAYS[groups["day_word"]])
    if "week_word" in groups:
        monday = anchor + timedelta(days=7 * RELATIVE_WEEKS[groups["week_word"]] - anchor.weekday())
        return Period(monday, monday + timedelta(days=6))
    if "day_from" in groups:
        from_day, to_day = _number(groups["day_from"]), _number(groups["day_to"])
        month = _month_of_days(anchor, from_day, to_day, ahead=ahead)
        return Period(month.replace(day=from_day), month.replace(day=to_day))
    if "day_alone" in groups:
        day_alone = _number(groups["day_alone"])
        month = _month_of_days(anchor, day_alone, day_alone, ahead=ahead)
        return Period.day(month.year, month.month, day_alone)
    part = {name.removeprefix("alone_"): value for name, value in groups.items()}
    return _part_of_year(anchor.year, part)


def _month_of_days(anchor: date, first: int, last: int, *, ahead: bool) -> date:
    """The first day of the month that bare days are meant of: the anchor's, or the one before where that is nearer.

    Days that are ``ahead`` are never of the month before; a month that is too short for them is neither.
    """
    this, earlier = anchor.replace(day=1), _month_after(anchor, -1)
    if last > calendar.monthrange(earlier.year, earlier.month)[1] or ahead or first <= anchor.day:
        return this
    if last > calendar.monthrange(this.year, this.month)[1]:
        return earlier
    return earlier if (anchor - earlier.replace(day=first)).days < first - anchor.day else this


def _month_after(anchor: date, months: int) -> date:
    """The first day of the month that many months after the anchor's."""
    count = anchor.year * 12 + anchor.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _day_after(anchor: date, days: int) -> Period:
    day = anchor + timedelta(days=days)
    return Period(day, day)


def _shift(anchor: date, count: str, unit: str, sign: int) -> Period:
    """十年后, 3个月前: the year, month or day that far from the anchor."""
    if count == "半":
        if unit != "年":
            raise ValueError(f"半{unit} names no day, month or year")
        count, unit = "6", "月"
    steps = sign * _number(count)
    if unit == "年":
        return Period.year(anchor.year + steps)
    if unit in ("个月", "月"):
        month = _month_after(anchor, steps)
        return Period.month(month.year, month.month)
    return _day_after(anchor, steps * 7 if unit == "周" else steps)


def _span(anchor: date, count: str, unit: str, *, ahead: bool) -> Period:
    """近7年, 未来3个月: that many years or months up to the anchor's and with it, or after it."""
    if count == "半":
        if unit != "年":
            raise ValueError(f"半{unit} spans no days")
        count, unit = "6", "个月"
    steps = _number(count)
    if steps < 1:
        raise ValueError("no time at all")
    if unit == "年":
        first, last = (1, steps) if ahead else (1 - steps, 0)
        return Period(date(anchor.year + first, 1, 1), date(anchor.year + last, 12, 31))
    if unit == "个月":
        start, end = (1, steps) if ahead else (1 - steps, 0)
        first_month, last_month = _month_after(anchor, start), _month_after(anchor, end)
        return Period.months(first_month.year, first_month.month, last_month.year, last_month.month)
    days = steps * 7 if unit == "周" else steps
    if ahead:
        return Period(anchor + timedelta(days=1), anchor + timedelta(days=days))
    return Period(anchor - timedelta(days=days - 1), anchor)
