"""From a match of the number pattern to its value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.text.chinese_numerals import DIGITS, MULTIPLIERS, parse_numeral
from rag.text.number_patterns import NEIGHBOURS

_ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
# Longer runs of digits are codes, and Decimal's default precision of 28 digits would round them.
_MAX_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``[start:end]``. ``chinese`` is its numeral where it has one, ``unit`` where the number names it.

    ``few`` says that 几, 数, 多 or 余 stands within it (几十万, 20多万).
    """

    start: int
    end: int
    value: Decimal
    chinese: str = ""
    unit: str = ""
    few: bool = False
    upper: Decimal | None = None

    @property
    def is_bare(self) -> bool:
        """Whether the numeral is only multipliers (百, 万亿)."""
        return bool(self.chinese) and all(character in MULTIPLIERS and character != "十" for character in self.chinese)


def read_number(match: re.Match[str]) -> Number | None:
    """The number that ``NUMBER`` matched, or None where it is no well-formed one (三三两, 25:70)."""
    start, end = match.span()
    if match["hour"]:
        return _time_of_day(match)
    if match["per"]:
        share = Decimal(match["per_arabic"]) if match["per_arabic"] else parse_numeral(match["per_chinese"])
        return (
            None if share is None else Number(start, end, share, unit={"百": "%", "千": "‰", "万": "‱"}[match["per"]])
        )
    if match["denominator"]:
        denominator, numerator = _integer(match["denominator"]), _integer(match["numerator"])
        return Number(start, end, numerator / denominator) if denominator and numerator else None
    if match["half"]:
        return Number(start, end, Decimal(50), unit="%", few=match["half"] == "过半")
    if match["half_of"]:
        return Number(start, end, Decimal("0.5"))
    sign = -1 if match["negative"] else 1
    if match["arabic"]:
        value = _arabic(match)
        return None if value is None else Number(start, end, sign * value, few=bool(match["few"]))
    numeral = match["chinese"]
    few = bool(match["vague"] or match["chinese_few"])
    scale = _scale(match["chinese_scale"] or "")
    neighbours = NEIGHBOURS.fullmatch(numeral)
    if neighbours and DIGITS[neighbours["high"]] == DIGITS[neighbours["low"]] + 1:
        ten = 10 if neighbours["ten"] else 0
        scale *= _scale(neighbours["scale"])
        low, high = (scale * (ten + DIGITS[neighbours[name]]) for name in ("low", "high"))
        return Number(start, end, sign * low, numeral, few=few, upper=sign * high if sign > 0 else None)
    parsed = parse_numeral(numeral)
    digit_by_digit = len(numeral) > 1 and all(character in DIGITS for character in numeral)
    if parsed is None or (digit_by_digit and not set(numeral) & set("〇零")):
        return None
    return Number(start, end, sign * parsed * scale, numeral, few=few)


def read_score(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Both numbers of what ``SCORE`` matched."""
    first, second = (match["ours"] or match["our_numeral"], match["theirs"] or match["their_numeral"])
    return _integer(first), _integer(second)


def read_decimals(digits: str) -> Decimal:
    """What the digits behind a unit add, the first of them tenths: 七五 (一米七五) is 0.75.

    Raises:
        KeyError: a character of ``digits`` is no Chinese digit.
    """
    values = (int(digit) if digit.isascii() else DIGITS[digit] for digit in digits)
    return sum((Decimal(value).scaleb(-place) for place, value in enumerate(values, 1)), Decimal(0))


def _time_of_day(match: re.Match[str]) -> Number | None:
    """Hours since midnight, as a fraction; afternoon hours count on from 12."""
    hour = _integer(match["hour"])
    minute = Decimal(30) if match["half_past"] else _integer(match["minute"] or match["minutes"] or "0")
    if match["day_part"] in ("下午", "晚上", "晚", "傍晚") and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return None
    return Number(match.start(), match.end(), hour + minute / 60, unit="时")


def _arabic(match: re.Match[str]) -> Decimal | None:
    digits = match["arabic"].replace(",", "")
    if len(digits) > _MAX_DIGITS:
        return None
    value = Decimal(digits) * _scale(match["scale"] or "")
    if match["rest"]:
        value += Decimal(match["rest"]) * _scale(match["rest_scale"])
    if match["tail"]:
        # 2万5 leaves out the 千, 1万2300 nothing.
        scale = _scale(match["scale"]) / 10 if len(match["tail"]) == 1 else 1
        value += Decimal(match["tail"]) * scale
    if match["english"]:
        value *= _ENGLISH_SCALES[match["english"]]
    return value


def _integer(numeral: str) -> Decimal:
    return Decimal(numeral) if numeral.isascii() else parse_numeral(numeral) or Decimal(0)


def _scale(multipliers: str) -> Decimal:
    scale = Decimal(1)
    for character in multipliers:
        scale *= MULTIPLIERS[character]
    return scale
