"""A stretch of calendar days, and its Chinese name."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

_QUARTERS = "一二三四"
_DAYS_OF_A_POINT = 20


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``first`` to ``last``, both included. Raises ValueError if ``last`` comes before ``first``.

    >>> Period.half(2025, 1).label, Period.year(2025).covers(Period.quarter(2025, 2))
    ('2025年上半年', True)
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A period ends on {self.last} before it starts on {self.first}: swap the two dates.")

    @classmethod
    def year(cls, year: int) -> Period:
        """The whole calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """January to June (``half`` 1) or July to December (2)."""
        if half not in (1, 2):
            raise ValueError(f"A year has halves 1 and 2, not {half}.")
        return cls.months(year, 6 * half - 5, year, 6 * half)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """The quarter 1 to 4 of the year."""
        if quarter not in (1, 2, 3, 4):
            raise ValueError(f"A year has quarters 1 to 4, not {quarter}.")
        return cls.months(year, 3 * quarter - 2, year, 3 * quarter)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The whole month, 1 to 12."""
        return cls.months(year, month, year, month)

    @classmethod
    def months(cls, first_year: int, first_month: int, last_year: int, last_month: int) -> Period:
        """From the first day of one month to the last day of another."""
        if not 1 <= last_month <= 12:
            raise ValueError(f"A year has months 1 to 12, not {last_month}.")
        last_day = calendar.monthrange(last_year, last_month)[1]
        return cls(date(first_year, first_month, 1), date(last_year, last_month, last_day))

    @classmethod
    def day(cls, year: int, month: int, day: int) -> Period:
        """One day."""
        return cls(date(year, month, day), date(year, month, day))

    @property
    def label(self) -> str:
        """The period as Chinese text says it: 2024年, 2025年上半年, 2025年第一季度, 2025年9月5日至8日, ..."""
        first, last = self.first, self.last
        if first == last:
            return f"{first.year}年{first.month}月{first.day}日"
        if not self._holds_whole_months:
            end = f"{last.day}日"
            if (first.year, first.month) != (last.year, last.month):
                end = f"{last.month}月{end}"
            if first.year != last.year:
                end = f"{last.year}年{end}"
            return f"{first.year}年{first.month}月{first.day}日至{end}"
        if first.month == 1 and last.month == 12:
            return f"{first.year}年" if first.year == last.year else f"{first.year}—{last.year}年"
        if first.year != last.year:
            return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
        if first.month == last.month:
            return f"{first.year}年{first.month}月"
        if (first.month, last.month) == (1, 6):
            return f"{first.year}年上半年"
        if (first.month, last.month) == (7, 12):
            return f"{first.year}年下半年"
        if first.month % 3 == 1 and last.month == first.month + 2:
            return f"{first.year}年第{_QUARTERS[first.month // 3]}季度"
        return f"{first.year}年{first.month}月至{last.month}月"

    @property
    def _holds_whole_months(self) -> bool:
        return self.first.day == 1 and self.last.day == calendar.monthrange(self.last.year, self.last.month)[1]

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first + timedelta(days=1)).days

    @property
    def is_point(self) -> bool:
        """Whether it is a day or a few, on which things are counted, not a span over which they add up."""
        return self.days < _DAYS_OF_A_POINT

    def covers(self, other: Period) -> bool:
        """Whether ``other`` lies wholly inside this period."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return self.first <= other.last and other.first <= self.last


def shift_years(period: Period, years: int) -> Period:
    """The same span of another year; the last day of a month stays the last (29 February becomes 28).

    Example:
        >>> shift_years(Period.months(2024, 1, 2024, 2), -1).label
        '2023年1月至2月'
    """
    return Period(_shift(period.first, years, last=False), _shift(period.last, years, last=True))


def _shift(day: date, years: int, *, last: bool) -> date:
    days = calendar.monthrange(day.year, day.month)[1]
    length = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, length if last and day.day == days else min(day.day, length))
