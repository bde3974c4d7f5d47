"""Absolute times in an English question, in Chinese: in the first half of 2024, on May 3, 2024."""

from __future__ import annotations

import re

_MONTHS = {
    month.lower(): number
    for number, month in enumerate(
        "January February March April May June July August September October November December".split(), 1
    )
}
_MONTH = "|".join(_MONTHS)
_PARTS = {"first half": "上半年", "second half": "下半年"} | {
    f"{word} quarter": f"第{numeral}季度"
    for word, numeral in zip("first second third fourth".split(), "一二三四", strict=True)
}
_TIME = re.compile(
    rf"(?P<lead>(?:,? ?\b(?:in|on|during|for|of) )?(?:the )?)(?:"
    rf"(?P<part>(?:first|second) half|(?:first|second|third|fourth) quarter)"
    rf"(?:(?: of|,)? (?P<year_of_part>\d{{4}})| of the year)?|"
    rf"(?:this )?(?P<month>{_MONTH})(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,? (?P<year_of_month>\d{{4}}))?|"
    rf"(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)? (?P<month_second>{_MONTH})(?:,? (?P<year_last>\d{{4}}))?|"
    r"(?P<year>(?:19|20)\d\d))(?![\d,.%])\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\bmay$", re.IGNORECASE)
_SURELY_MAY = re.compile(r"\b(?:in|during|this|of) may$", re.IGNORECASE)
_GOES_ON = re.compile(r" (?!(?:in|on|at|for|of|from|by|with|to|and|if)\b)[A-Za-z]")


_UNRESOLVED = re.compile(
    rf"\b(?:last|next|previous|coming|past) (?:{_MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|night)\b|"
    r"\b(?:last|next|previous|coming|past|this) (?:spring|summer|autumn|winter|week|weekend|month|quarter|year|evening|"
    r"morning|afternoon|season)\b",
    re.IGNORECASE,
)


def names_unresolved_time(text: str) -> bool:
    """Whether ``text`` names a time that only a calendar resolves: last May may be this year's or that of the last."""
    return _UNRESOLVED.search(text) is not None


def take_times(text: str) -> tuple[list[str], str]:
    """The times of ``text`` in Chinese, and ``text`` without them and the preposition before each.

    Example:
        >>> take_times("How many were sold in the first half of 2024")
        (['2024年上半年'], 'How many were sold')
    """
    times: list[str] = []

    def take(match: re.Match[str]) -> str:
        if _MAY.search(match.group()) and not _SURELY_MAY.search(match.group()):
            return match.group()  # may is a verb too
        times.append(_chinese(match))
        if match["lead"].endswith("the ") and _GOES_ON.match(text, match.end()):
            return match["lead"]  # in the 2009 race
        return " " if match.group().startswith((" ", ",")) else ""

    rest = _TIME.sub(take, text)
    return times, " ".join(rest.split()).strip(" ,")


def _chinese(match: re.Match[str]) -> str:
    if match["part"]:
        return (f"{match['year_of_part']}年" if match["year_of_part"] else "") + _PARTS[match["part"].lower()]
    if match["year"]:
        return f"{match['year']}年"
    year = match["year_of_month"] or match["year_last"]
    month, day = match["month"] or match["month_second"], match["day"] or match["day_first"]
    said = f"{year}年" if year else ""
    return f"{said}{_MONTHS[month.lower()]}月{f'{day}日' if day else ''}"
