"""The times that figures are for: years, halves, quarters, months, so far in the year, at its end; 去年 and 今年."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_RELATIVE = {0: "今年", -1: "去年", -2: "前年", -3: "大前年"}


@dataclass(frozen=True, slots=True)
class Period:
    """A time; two are the same if they name the same stretch or date, however they are worded.

    ``texts`` name it in full, ``shorts`` where its year has just been named; ``asks`` and ``briefs`` likewise in
    questions.
    """

    key: str
    year: str = field(compare=False, default="")
    texts: tuple[str, ...] = field(compare=False, default=())
    shorts: tuple[str, ...] = field(compare=False, default=())
    asks: tuple[str, ...] = field(compare=False, default=())
    briefs: tuple[str, ...] = field(compare=False, default=())


TIMELESS = Period("")


def year_name(year: int) -> str:
    """A year as it is written: a number, or how far it is from now (0 is 今年, -1 去年)."""
    return _RELATIVE[year] if year in _RELATIVE else f"{year}年"


def whole_year(year: int) -> Period:
    """A whole year."""
    name = year_name(year)
    asks: tuple[str, ...] = (name, name, f"{name}全年", f"{name}一年")
    if year > 0:
        asks += (f"{year}年度", f"{year % 100:02d}年")
    return Period(f"{year}C12", name, (name, name, f"{name}全年"), ("全年",), asks, ("全年",))


def year_to_date(year: int, months: int) -> Period:
    """The first months of a year, from two to eleven."""
    name = year_name(year)
    words = [f"1—{months}月", f"前{months}个月", f"1至{months}月"]
    asked = [f"前{months}个月", f"1到{months}月", f"1—{months}月"]
    if months == 3:
        words, asked = ["一季度", "一季度", *words], ["一季度", "第一季度", "头三个月", *asked]
    elif months == 6:
        words, asked = ["上半年", "上半年", *words], ["上半年", "上半年", "头半年", *asked]
    elif months == 9:
        words, asked = ["前三季度", "前三季度", *words], ["前三季度", "前三个季度", *asked]
    return _within(f"{year}C{months:02d}", name, words, asked)


def quarter(year: int, number: int) -> Period:
    """The second, third or fourth quarter of a year."""
    word = _QUARTERS[number - 1]
    return _within(f"{year}Q{number}", year_name(year), [word], [word, f"第{word}"])


def month(year: int, number: int) -> Period:
    """A month of a year."""
    words = [f"{number}月", f"{number}月份", f"{number}月当月"]
    return _within(f"{year}M{number:02d}", year_name(year), words, words)


def end_of(year: int, month_number: int = 12) -> Period:
    """The end of a year or of one of its months, for what is counted at a date."""
    name = year_name(year)
    if month_number == 12:
        words, asked = ["末", "底"], ["末", "底", "年底"]
        texts = tuple(f"{lead}{name}{word}" for lead in ("截至", "", "到") for word in words)
        asks = tuple(
            f"{lead}{name.removesuffix('年') if word == '年底' else name}{word}"
            for lead in ("截至", "", "到")
            for word in asked
        )
        return Period(f"{year}E12", name, texts, ("年末", "年底"), asks, ("年底", "年末"))
    words = [f"{month_number}月末", f"{month_number}月底"]
    return Period(
        f"{year}E{month_number:02d}",
        name,
        tuple(f"{lead}{name}{word}" for lead in ("截至", "") for word in words),
        tuple(words),
        tuple(f"{lead}{name}{word}" for lead in ("截至", "", "到") for word in words),
        tuple(words),
    )


def _within(key: str, name: str, words: list[str], asked: list[str]) -> Period:
    return Period(
        key,
        name,
        tuple(f"{name}{word}" for word in words),
        tuple(words),
        tuple(f"{name}{word}" for word in asked),
        tuple(asked),
    )


def draw_period(rng: Random, year: int, stock: bool) -> Period:
    """A period of a year, most often the whole."""
    if stock:
        return end_of(year) if rng.random() < 0.75 else end_of(year, rng.choice((3, 6, 9, 10, 11)))
    way = rng.random()
    if way < 0.5:
        return whole_year(year)
    if way < 0.8:
        return year_to_date(year, rng.choice((3, 6, 6, 6, 9, 9, 5, 7, 8, 10, 11)))
    if way < 0.9:
        return quarter(year, rng.randint(2, 4))
    return month(year, rng.randint(2, 12))


def other_period(rng: Random, period: Period, years: list[int]) -> Period:
    """A time like another but not the same: the same stretch of another year, or another stretch of a year."""
    key = period.key
    kind, number = key[-3] if key[-2:].isdigit() and key[-3] in "CME" else "Q", key[-2:]
    year = rng.choice(years)
    if kind == "E":
        return end_of(year, int(number))
    if rng.random() < 0.55:
        if kind == "Q":
            return quarter(year, int(key[-1]))
        if kind == "M":
            return month(year, int(number))
        return whole_year(year) if number == "12" else year_to_date(year, int(number))
    return draw_period(rng, year, stock=False)
