"""Quantities in Chinese text: 30万台, 1,250亿元, 百分之十五, 120余个, as exact values with their units."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from rag.text.dates import find_times
from rag.text.folding import fold
from rag.text.measure_words import (
    CURRENCY_SIGNS,
    HALVED,
    LOWER_CASE_ONLY,
    MEASURED_BY_ONE,
    canonical_unit,
    compatible_units,
    reported_unit,
)
from rag.text.number_patterns import DECIMALS, FIRST, NUMBER, PREFIX, PREFIX_LENGTH, RANGE, SCORE, SUFFIX, TENTH, WORD
from rag.text.number_reading import Number, read_decimals, read_number, read_score

Bound = Literal["exact", "about", "over", "under"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text with what it counts: ``text`` is its slice ``[start:end]``, 超, 约, 余 and 以上 included.

    ``value`` is in base units (12万辆 is 120000 辆; 25% is 25 with unit "%"; 上午9时30分 is 9.5 with unit "时").
    ``unit`` is "" for a plain number. ``bound`` is how exact the text says the value is: "over" for 余, 多, 超, 以上;
    "under" for 近, 不足, 以内; "about" for 约, 左右. ``upper`` is the end of a range (30—50辆), else None. A score
    or a ratio (3比1) has the unit "比", and its second number as ``upper``.
    ``ordinal`` marks a place in an order (第四, 首批).
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    bound: Bound = "exact"
    upper: Decimal | None = None
    ordinal: bool = False


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of ``text``, left to right, none overlapping another.

    Where a number is part of a time that :func:`rag.text.dates.find_times` finds (2024年, 9月5日, 近7年), the time
    has it: no quantity overlaps one. A Chinese numeral is a quantity only before a unit, as an ordinal or with 万 or
    亿 (not in 十分 or 三农), and 一 only before a unit of measurement: 一个 is the indefinite article. What follows
    the number is its unit only if it is a known one; any other word is left alone.

    >>> [(found.text, int(found.value), found.unit) for found in find_quantities("2024年产量95万辆,共140余个")]
    [('95万辆', 950000, '辆'), ('140余个', 140, '个')]
    """
    prepared = _prepare(text)
    found: list[Quantity] = []
    begin = 0
    for time in find_times(text, None):
        _scan(text, prepared, begin, time.start, found)
        begin = time.end
    _scan(text, prepared, begin, len(text), found)
    return _with_durations_whole(text, found)


_SMALLER = {
    "年": ("个月",),
    "小时": ("分", "分钟", "秒", "秒钟"),
    "个小时": ("分", "分钟", "秒", "秒钟"),
    "分": ("秒", "秒钟"),
    "分钟": ("秒", "秒钟"),
}
_MONTH = 30 * 24 * 3600
_SECONDS = {"年": 12 * _MONTH, "个月": _MONTH, "小时": 3600, "个小时": 3600, "分": 60, "分钟": 60, "秒": 1, "秒钟": 1}


def _with_durations_whole(text: str, found: list[Quantity]) -> list[Quantity]:
    """``found`` with 2小时29分18秒 or 两年零三个月 as one duration, in the first of its units."""
    whole: list[Quantity] = []
    last = ""
    for quantity in found:
        if whole and whole[-1].end == quantity.start and quantity.unit in _SMALLER.get(last, ()) and not quantity.upper:
            longer = whole.pop()
            part = quantity.value * _SECONDS[quantity.unit] / _SECONDS[longer.unit]
            quantity_text = text[longer.start : quantity.end]
            whole.append(replace(longer, end=quantity.end, text=quantity_text, value=longer.value + part))
        else:
            whole.append(quantity)
        last = quantity.unit
    return whole


_COMMA_BETWEEN_CLAUSES = re.compile(r"(?<![０-９])，|，(?![０-９])")


def _prepare(text: str) -> str:
    # Folding turns ， into the comma of 1,137; only between full-width digits is it one.
    return fold(_COMMA_BETWEEN_CLAUSES.sub("、", text))


def _scan(text: str, prepared: str, begin: int, end: int, found: list[Quantity]) -> None:
    """Append the quantities of ``text[begin:end]``, where no time stands."""
    at = begin
    while at < end:
        match = NUMBER.search(prepared, at, end)
        first = FIRST.search(prepared, at, match.start() if match else end)
        if first:
            start, at = first.span()
            found.append(Quantity(start, at, text[start:at], Decimal(1), first["unit"], ordinal=True))
            continue
        if match is None:
            return
        score = SCORE.match(prepared, match.start(), end)
        if score:
            ours, theirs = read_score(score)
            start, at = score.span()
            found.append(Quantity(start, at, text[start:at], ours, "比", upper=theirs))
            continue
        word = WORD.match(prepared, match.start(), end)
        quantity = None if word else _quantity(text, prepared, match, at, end)
        if quantity is not None:
            found.append(quantity)
            at = quantity.end
        else:
            at = word.end() if word else match.end()


def _match(pattern: re.Pattern[str], text: str, at: int, end: int) -> re.Match[str]:
    """Match a pattern of which every part is optional."""
    match = pattern.search(text, at, end) if pattern is PREFIX else pattern.match(text, at, end)
    if match is None:
        raise AssertionError(f"{pattern.pattern} has no optional form")
    return match


def _quantity(text: str, prepared: str, match: re.Match[str], begin: int, end: int) -> Quantity | None:
    number = read_number(match)
    if number is None:
        return None
    suffix = _match(SUFFIX, prepared, number.end, end)
    unit, stop = _unit(number, suffix, text)
    joint = RANGE.match(prepared, stop, end) if number.upper is None else None
    if joint:
        joined = _range(text, prepared, number, unit, joint, end)
        if joined is not None:
            number, suffix, unit, stop = joined
    if unit == "成" and number.upper is None and (tenth := TENTH.match(prepared, stop, end)):
        number, stop = replace(number, value=number.value + read_decimals(tenth[0])), tenth.end()
    if unit in DECIMALS and number.upper is None and number.value == int(number.value):
        decimals = DECIMALS[unit].match(prepared, stop, end) if prepared[stop - 1 : stop] == unit else None
        if decimals:
            number, stop = replace(number, value=number.value + read_decimals(decimals["digits"])), decimals.end()
            unit = "元" if unit == "块" else unit
    prefix = _match(PREFIX, prepared, max(begin, number.start - PREFIX_LENGTH), number.start)
    if prefix["currency"]:
        if suffix["measure"] and unit != "元" and unit not in CURRENCY_SIGNS.values():
            # ￥1,299起: what follows an amount is no unit.
            stop = max(number.end, _without_space(text, suffix.start("unit")))
        unit = CURRENCY_SIGNS[prefix["currency"]]
    ordinal = bool(prefix["ordinal"])
    more_than = number.is_bare and bool(prefix["more_than"])
    bounded = more_than or bool(prefix["over"] or prefix["under"] or prefix["about"])
    few = number.few or bool(suffix["few"])
    if number.chinese and not (ordinal or _counts(number, unit, bounded=bounded, few=few)):
        return None
    start = number.start
    if bounded or ordinal or prefix["currency"]:
        start = prefix.start() + (1 if prefix["more_than"] and not more_than else 0)
        start += len(prepared[start : number.start]) - len(prepared[start : number.start].lstrip())
    bound = _bound(prefix, suffix, more_than=more_than, few=few)
    half = Decimal("0.5") if (suffix["half_after"] and unit in HALVED) or suffix["half_inside"] else Decimal(0)
    value = _tidy(number.value + half)
    upper = None if number.upper is None else _tidy(number.upper)
    return Quantity(start, stop, text[start:stop], value, unit, bound, upper, ordinal)


def _unit(number: Number, suffix: re.Match[str], text: str) -> tuple[str, int]:
    """The unit after a number and where the quantity ends, without a suffix that is none."""
    if number.unit:
        # A share or a time of day has its unit already; 左右 and 以上 may follow.
        return number.unit, suffix.end() if suffix["after"] and not suffix["unit"] else number.end
    named = suffix["measure"] or ""
    before_unit = suffix.start("unit") if suffix["unit"] else suffix.end()
    # 三大: so many kinds or fields; in 2025大会 and 100大学 the word is another.
    alone = named == "大" and not (number.value in range(2, 11) and number.end < len(text))
    capital = named in LOWER_CASE_ONLY and text[suffix.start("measure")] != named
    if alone or capital:
        return "", max(number.end, _without_space(text, before_unit))
    stop = suffix.start("half_after") if suffix["half_after"] and named not in HALVED else suffix.end()
    return _named(suffix), max(number.end, _without_space(text, stop))


def _without_space(text: str, end: int) -> int:
    return end - 1 if end and text[end - 1].isspace() else end


def _named(suffix: re.Match[str]) -> str:
    if suffix["of_these"]:
        return "个月" if suffix["of_these"] == "月" else suffix["of_these"]
    return reported_unit(suffix["measure"] or "")


def _range(
    text: str, prepared: str, number: Number, unit: str, joint: re.Match[str], end: int
) -> tuple[Number, re.Match[str], str, int] | None:
    """The range that starts with ``number`` and goes on after ``joint``, with what follows it; else None."""
    match = NUMBER.match(prepared, joint.end(), end)
    other = read_number(match) if match else None
    if match is None or other is None or other.upper is not None:
        return None
    suffix = _match(SUFFIX, prepared, other.end, end)
    other_unit, stop = _unit(other, suffix, text)
    if unit not in ("", other_unit) or (other.chinese and not other_unit):
        return None
    code = not unit and not other_unit and (text[number.start] in "0０" or text[number.start - 1 : number.start] == "-")
    if code:
        return None
    low = number.value
    if not unit and match["arabic"] and low < Decimal(match["arabic"].replace(",", "")):
        # 3—5万辆: the 万 of the second end is meant for both.
        low *= other.value / Decimal(match["arabic"].replace(",", ""))
    if low >= other.value:
        return None
    joined = Number(number.start, other.end, low, number.chinese and other.chinese, other_unit, few=number.few)
    return replace(joined, upper=other.value), suffix, other_unit, stop


def _counts(number: Number, unit: str, *, bounded: bool, few: bool) -> bool:
    """Whether a Chinese numeral before ``unit`` counts something, rather than being part of a word."""
    numeral = number.chinese
    if not unit:
        if number.is_bare:
            return len(numeral) > 1 and bounded and numeral[-1] in "万亿"
        return len(numeral) > 1 and (bounded or few or numeral[-1] in "万亿")
    if number.is_bare:
        return bounded or few or (len(numeral) > 1 and unit != "成") or numeral == "亿" or unit in ("元", "吨", "级")
    if numeral in ("一", "二"):
        return unit in MEASURED_BY_ONE
    return True


def _bound(prefix: re.Match[str], suffix: re.Match[str], *, more_than: bool, few: bool) -> Bound:
    after = suffix["after"]
    if prefix["under"] or after in ("以下", "以内", "之内"):
        return "under"
    if prefix["about"] or after in ("左右", "上下") or suffix["few"] == "来":
        return "about"
    more = suffix["few_inside"] or suffix["few_after"] or suffix["plus"] or after in ("以上", "之多")
    return "over" if more or few or more_than or prefix["over"] else "exact"


def _tidy(value: Decimal) -> Decimal:
    """The same value without an exponent and without zeros after the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities say the same: equal value, equal range, compatible unit; their bounds may differ.

    See :func:`rag.text.measure_words.compatible_units` for units. 三成 is 30%; 第7届 is not 7届.

    >>> first, second = find_quantities("95万辆 950000辆")
    >>> same_quantity(first, second)
    True
    """
    if a.ordinal != b.ordinal:
        return False
    (value_a, upper_a, unit_a), (value_b, upper_b, unit_b) = _comparable(a), _comparable(b)
    return value_a == value_b and upper_a == upper_b and compatible_units(unit_a, unit_b)


def _comparable(quantity: Quantity) -> tuple[Decimal, Decimal | None, str]:
    unit = canonical_unit(quantity.unit)
    if unit == "成":
        return quantity.value * 10, None if quantity.upper is None else quantity.upper * 10, "%"
    return quantity.value, quantity.upper, unit


def format_quantity(value: Decimal | float, unit: str) -> str:
    """A value as a newspaper prints it: from 10,000 in 万, 亿 or 万亿, rounded half up to four significant digits.

    Raises ValueError for a value that is not finite.

    >>> format_quantity(Decimal(391000), "辆"), format_quantity(Decimal("37.4016"), "%"), format_quantity(1137, "个")
    ('39.1万辆', '37.4%', '1137个')
    """
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"Cannot print {value} as a quantity: give a finite number.")
    rounded = exact.quantize(Decimal(1).scaleb(exact.adjusted() - 3), ROUND_HALF_UP) if exact else Decimal(0)
    for scale, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if abs(rounded) >= scale:
            return f"{_tidy(rounded / scale):f}{name}{unit}"
    return f"{_tidy(rounded):f}{unit}"
