"""The times that figures are for: years, halves, quarters, months, holidays, year ends; 去年 and 今年."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_RELATIVE = {0: "今年", -1: "去年", -2: "前年", -3: "大前年"}
_HOLIDAYS = ("春节假期", "清明假期", "“五一”假期", "端午假期", "国庆假期", "元旦假期", "暑期", "寒假")
_PLANS = {12: "“十二五”期间", 13: "“十三五”期间", 14: "“十四五”期间"}
_WHOLE = "C12"


@dataclass(frozen=True, slots=True)
class Period:
    """A time; two are the same if they name the same stretch or date, however they are worded.

    ``year`` is a calendar year, or how far it is from now where the text says 今年 (0) and 去年 (-1). ``stretch`` is
    the part of it: C06 the first six months, Q2 the second quarter, M05 May, E12 the end of December, H1 a holiday,
    S12 all that was counted up to its end; P14 is a five-year plan. ``texts`` name it in full, ``shorts`` where its
    year has just been named; ``asks`` and ``briefs`` likewise in questions.
    """

    year: int
    stretch: str
    texts: tuple[str, ...] = field(compare=False, default=())
    shorts: tuple[str, ...] = field(compare=False, default=())
    asks: tuple[str, ...] = field(compare=False, default=())
    briefs: tuple[str, ...] = field(compare=False, default=())

    @property
    def is_dated(self) -> bool:
        """Whether it is counted by the calendar, so that years before and after it can be named by number."""
        return self.year > 1000

    @property
    def is_month(self) -> bool:
        """Whether it is a single month."""
        return self.stretch.startswith("M")

    @property
    def days(self) -> int:
        """About how many days it has, for a daily mean; a holiday counts for a week."""
        kind, number = self.stretch[0], int(self.stretch[1:])
        return {"C": 30 * number, "Q": 91, "M": 30, "H": 7}.get(kind, 365)


TIMELESS = Period(0, "")


def year_name(year: int) -> str:
    """A year as it is written: a number, or how far it is from now (0 is 今年, -1 去年)."""
    return _RELATIVE.get(year, f"{year}年")


def whole_year(year: int) -> Period:
    """A whole year; of the running one, what has passed."""
    name = year_name(year)
    if year == 0:
        return Period(year, _WHOLE, ("今年以来", "今年"), ("今年以来",), ("今年", "今年以来", "今年到现在"))
    asks: tuple[str, ...] = (name, name, name, f"{name}全年", f"{name}一年")
    if year > 0:
        asks += (f"{year}年度", f"{year % 100:02d}年")
    return Period(year, _WHOLE, (name, name, f"{name}全年"), ("全年",), asks, ("全年",))


def year_to_date(year: int, months: int) -> Period:
    """The first months of a year, from two to eleven."""
    words = [f"1—{months}月", f"前{months}个月", f"1至{months}月"]
    asked = [f"前{months}个月", f"1到{months}月", f"1—{months}月"]
    if months == 3:
        words, asked = ["一季度", "一季度", *words], ["一季度", "第一季度", "头三个月", *asked]
    elif months == 6:
        words, asked = ["上半年", "上半年", *words], ["上半年", "上半年", "头半年", *asked]
    elif months == 9:
        words, asked = ["前三季度", "前三季度", *words], ["前三季度", "前三个季度", *asked]
    return _within(year, f"C{months:02d}", words, asked)


def quarter(year: int, number: int) -> Period:
    """The second, third or fourth quarter of a year."""
    word = _QUARTERS[number - 1]
    return _within(year, f"Q{number}", [word], [word, f"第{word}"])


def month(year: int, number: int) -> Period:
    """A month of a year."""
    return _within(year, f"M{number:02d}", [f"{number}月", f"{number}月份"], [f"{number}月", f"{number}月份"])


def holiday(year: int, number: int) -> Period:
    """A holiday of a year."""
    word = _HOLIDAYS[number]
    return _within(year, f"H{number}", [word], [word, word.strip("“").replace("”", "")])


def plan(number: int) -> Period:
    """A five-year plan."""
    word = _PLANS[number]
    asked = (word, word.replace("“", "").replace("”", ""), word.replace("期间", "时期"))
    return Period(2001 + 5 * (number - 10), f"P{number}", (word,), (word,), asked, asked)


def up_to(year: int) -> Period:
    """All that was counted up to the end of a year (累计)."""
    name = year_name(year)
    return Period(
        year,
        "S12",
        (f"截至{name}底,累计",),
        ("累计",),
        (f"截至{name}底累计", f"到{name}底累计", f"截至{name}末总共累计"),
        ("累计", "累计总共"),
    )


def end_of(year: int, month_number: int = 12) -> Period:
    """The end of a year or of one of its months, for what is counted at a date."""
    name = year_name(year)
    if month_number == 12:
        stem = [f"{name}末", f"{name}底"]
        asked = [*stem, f"{name}年底" if year <= 0 else f"{name}底"]
        shorts: tuple[str, ...] = ("年末", "年底")
        briefs = ("年底", "年末")
    else:
        stem = [f"{name}{month_number}月末", f"{name}{month_number}月底"]
        asked, shorts = stem, (f"{month_number}月末", f"{month_number}月底")
        briefs = (f"{month_number}月末", f"{month_number}月底")
    return Period(
        year,
        f"E{month_number:02d}",
        tuple(lead + word for lead in ("截至", "", "到") for word in stem),
        shorts,
        tuple(lead + word for lead in ("截至", "", "到") for word in asked),
        briefs,
    )


def _within(year: int, stretch: str, words: list[str], asked: list[str]) -> Period:
    name = year_name(year)
    return Period(
        year,
        stretch,
        tuple(name + word for word in words),
        tuple(words),
        tuple(name + word for word in asked),
        tuple(asked),
    )


def draw_period(rng: Random, year: int, *, stock: bool, holidays: bool = False) -> Period:
    """A period of a year, most often the whole."""
    if stock:
        return end_of(year) if rng.random() < 0.75 and year != 0 else end_of(year, rng.choice((3, 6, 9, 10, 11)))
    if holidays and rng.random() < 0.35:
        return holiday(year, rng.randrange(len(_HOLIDAYS)))
    way = rng.random()
    if way < 0.03 and year > 0:
        return plan(rng.choice(tuple(_PLANS)))
    if way < 0.5:
        return whole_year(year)
    if way < 0.8:
        return year_to_date(year, rng.choice((3, 6, 6, 6, 9, 9, 5, 7, 8, 10, 11)))
    if way < 0.9:
        return quarter(year, rng.randint(2, 4))
    return month(year, rng.randint(2, 12))


def other_period(rng: Random, period: Period, years: list[int]) -> Period:
    """A time like another, of one of the years: the same stretch, or another; it may come out the same."""
    year, stretch = rng.choice(years), period.stretch
    kind, number = stretch[0], int(stretch[1:])
    if kind == "E":
        return end_of(year, number) if rng.random() < 0.7 else end_of(year, rng.choice((3, 6, 9, 12)))
    if kind == "P":
        return plan(rng.choice(tuple(_PLANS)))
    if kind == "S":
        return up_to(year) if rng.random() < 0.6 else whole_year(year)
    if rng.random() < 0.4:
        return draw_period(rng, year, stock=False, holidays=kind == "H")
    if kind == "C":
        return whole_year(year) if stretch == _WHOLE else year_to_date(year, number)
    return {"Q": quarter, "M": month, "H": holiday}[kind](year, number)
