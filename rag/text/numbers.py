"""Quantities in Chinese text: 95万辆, 1,137亿元, 百分之二十五, 140余个, as exact values with their units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rag.text.chinese_numerals import DIGITS, MULTIPLIERS, parse_numeral
from rag.text.dates import find_times
from rag.text.folding import fold
from rag.text.measure_words import COUNTERS, CURRENCY_SIGNS, MEASUREMENTS, PERSONS, RATES, canonical_unit, reported_unit
from rag.text.number_patterns import FIRST, NOT_A_NUMBER, NUMBER, PREFIX, PREFIX_LENGTH, RANGE, SUFFIX

Bound = Literal["exact", "about", "over", "under"]

_ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MAX_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text with what it counts: ``text`` is its slice ``[start:end]``.

    ``value`` is in base units (95万辆 is 950000 辆; 25% is 25 with unit "%"). ``unit`` is "" for a plain number.
    ``bound`` is how exact the text says it is: 余, 多, 超 and 以上 are "over", 近 and 不足 "under", 约 and 左右 "about".
    ``upper`` is the end of a range (30—50辆), else None. ``ordinal`` marks a place in an order (第四, 首批).
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    bound: Bound = "exact"
    upper: Decimal | None = None
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: Decimal
    chinese: str
    unit: str = ""
    few: bool = False


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of ``text``, left to right, none overlapping another nor a time of :func:`find_times`.

    A time takes precedence: 2024年, 9月5日 and 近7年 are times, so none of their digits is a quantity.

    >>> [(quantity.text, int(quantity.value), quantity.unit) for quantity in find_quantities("2024年产量95万辆,共140余个")]
    [('95万辆', 950000, '辆'), ('140余个', 140, '个')]
    """
    prepared = _prepare(text)
    found: list[Quantity] = []
    begin = 0
    for time in find_times(text, None):
        found += _scan(text, prepared, begin, time.start)
        begin = time.end
    found += _scan(text, prepared, begin, len(text))
    return found


_ASCII_COMMA_ONLY = re.compile(r"(?<![０-９])，|，(?![０-９])")


def _prepare(text: str) -> str:
    """Fold, but keep the full-width comma between half-width digits apart: it never groups thousands."""
    return fold(_ASCII_COMMA_ONLY.sub("、", text))


def _scan(text: str, prepared: str, begin: int, end: int) -> list[Quantity]:
    found: list[Quantity] = []
    at = begin
    while at < end:
        match = NUMBER.search(prepared, at, end)
        first = FIRST.search(prepared, at, match.start() if match else end)
        if first:
            unit = first["unit"]
            found.append(
                Quantity(first.start(), first.end(), text[first.start() : first.end()], Decimal(1), unit, ordinal=True)
            )
            at = first.end()
            continue
        if match is None:
            break
        skipped = NOT_A_NUMBER.match(prepared, match.start(), end)
        if skipped:
            at = skipped.end()
            continue
        quantity = _quantity(text, prepared, match, at, end)
        if quantity is None:
            at = match.end()
        else:
            found.append(quantity)
            at = quantity.end
    return found


def _read(match: re.Match[str]) -> _Number | None:
    """The value of what NUMBER matched."""
    groups = match.groupdict()
    if groups["per"] or groups["per_chinese"]:
        value = Decimal(groups["per_arabic"]) if groups["per"] else parse_numeral(groups["per_numeral"])
        per = groups["per"] or groups["per_chinese"]
        if value is None:
            return None
        return _Number(match.start(), match.end(), value, "", {"百": "%", "千": "‰", "万": "‱"}[per])
    if groups["denominator"]:
        denominator, numerator = (_whole(groups[name]) for name in ("denominator", "numerator"))
        return (
            _Number(match.start(), match.end(), numerator / denominator, "", "") if denominator and numerator else None
        )
    if groups["arabic"]:
        digits = groups["arabic"].replace(",", "")
        if len(digits) > _MAX_DIGITS:
            return None
        value = Decimal(digits) * _scale(groups["scale"] or "")
        if groups["rest"]:
            value += Decimal(groups["rest"].rstrip("万千")) * _scale(groups["rest"].lstrip("0123456789"))
        if groups["english"]:
            value *= _ENGLISH_SCALES[groups["english"].strip()]
        return _Number(match.start(), match.end(), -value if groups["negative"] else value, "", "", bool(groups["few"]))
    numeral = groups["chinese"]
    parsed = parse_numeral(numeral)
    if parsed is None:
        return None
    parsed *= _scale(groups["chinese_scale"] or "")
    few = bool(groups["vague"] or groups["chinese_few"])
    return _Number(match.start(), match.end(), parsed, numeral, "", few)


def _whole(numeral: str) -> Decimal:
    return Decimal(numeral) if numeral.isascii() else parse_numeral(numeral) or Decimal(0)


def _scale(multipliers: str) -> Decimal:
    scale = Decimal(1)
    for character in multipliers:
        scale *= MULTIPLIERS[character]
    return scale


def _quantity(text: str, prepared: str, match: re.Match[str], begin: int, end: int) -> Quantity | None:
    number = _read(match)
    if number is None:
        return None
    suffix = SUFFIX.match(prepared, number.end, end)
    assert suffix is not None  # noqa: S101 - every part of SUFFIX is optional
    upper: Decimal | None = None
    joint = RANGE.match(prepared, suffix.end(), end)
    if joint:
        other_match = NUMBER.match(prepared, joint.end(), end)
        other = _read(other_match) if other_match else None
        if other is not None:
            other_suffix = SUFFIX.match(prepared, other.end, end)
            assert other_suffix is not None  # noqa: S101
            other_unit = other.unit or _unit(other_suffix)
            own_unit = number.unit or _unit(suffix)
            if own_unit in ("", other_unit) and (other_unit or not other.chinese) and number.value < other.value:
                upper, suffix = other.value, other_suffix
                if number.value * 1000 <= other.value and not own_unit:
                    # 3—5万: the scale of the second end is meant for both.
                    scale = _scale((other_match and other_match["scale"]) or "")
                    number = _Number(number.start, number.end, number.value * scale, number.chinese)
                number = _Number(number.start, other.end, number.value, number.chinese and other.chinese, other.unit)
    window = max(begin, number.start - PREFIX_LENGTH)
    prefix = PREFIX.search(prepared, window, number.start)
    assert prefix is not None  # noqa: S101 - every part of PREFIX is optional
    unit = number.unit or _unit(suffix)
    if prefix["currency"] and unit in ("", "元"):
        unit = CURRENCY_SIGNS[prefix["currency"]]
    ordinal = bool(prefix["ordinal"])
    bare = (
        bool(number.chinese)
        and not any(character in DIGITS for character in number.chinese)
        and number.chinese[0] in "百千万亿"
    )
    bounded = bool(prefix["over"] or prefix["under"] or prefix["about"] or (bare and prefix["more_than"]))
    if (
        number.chinese
        and not ordinal
        and not _counts(number.chinese, unit, bare=bare, bounded=bounded, few=number.few or bool(suffix["few"]))
    ):
        return None
    start = prefix.start() if bounded or ordinal or prefix["currency"] else number.start
    if prefix["more_than"] and not bare:
        start = number.start if not (ordinal or prefix["currency"]) else prefix.start() + 1
    stop = suffix.end()
    while stop > number.end and prepared[stop - 1] == " ":
        stop -= 1
    return Quantity(
        start,
        stop,
        text[start:stop],
        number.value,
        unit,
        _bound(prefix, suffix, few=number.few, bare=bare),
        upper,
        ordinal,
    )


def _unit(suffix: re.Match[str]) -> str:
    if suffix["of_these"]:
        return "个月" if suffix["of_these"] == "月" else suffix["of_these"]
    return reported_unit(suffix["measure"] or "")


def _counts(numeral: str, unit: str, *, bare: bool, bounded: bool, few: bool) -> bool:
    """Whether a Chinese numeral before ``unit`` counts something, rather than being part of a word."""
    if not unit:
        return len(numeral) > 1 and numeral[-1] in "万亿" and not bare
    if bare:
        return bounded or few or (len(numeral) > 1 and numeral != "千万") or unit in ("元", "吨", "级", "千瓦")
    if numeral in ("一", "二"):
        # 一个 is an article, 二手 and 二维 are words; 一倍 and 一小时 measure.
        return unit in MEASUREMENTS or unit in RATES
    return True


def _bound(prefix: re.Match[str], suffix: re.Match[str], *, few: bool, bare: bool) -> Bound:
    after = suffix["after"]
    if prefix["under"] or after in ("以下", "以内", "之内"):
        return "under"
    if prefix["about"] or after in ("左右", "上下") or suffix["few"] == "来":
        return "about"
    over = prefix["over"] or (bare and prefix["more_than"]) or after == "以上"
    if over or few or suffix["few"] or suffix["few_inside"] or suffix["few_after"] or suffix["plus"]:
        return "over"
    return "exact"


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities say the same: equal value, equal range, compatible unit; their bounds may differ.

    A plain number is compatible with any counted thing (116万 and 116万架次), 个 with any measure word, 名 with 人.

    >>> first, second = find_quantities("95万辆 950000辆")
    >>> same_quantity(first, second)
    True
    """
    if a.ordinal != b.ordinal:
        return False
    (value_a, upper_a, unit_a), (value_b, upper_b, unit_b) = _comparable(a), _comparable(b)
    return value_a == value_b and upper_a == upper_b and _compatible(unit_a, unit_b)


def _comparable(quantity: Quantity) -> tuple[Decimal, Decimal | None, str]:
    unit = canonical_unit(quantity.unit)
    if unit == "成":
        return quantity.value * 10, None if quantity.upper is None else quantity.upper * 10, "%"
    return quantity.value, quantity.upper, unit


def _compatible(a: str, b: str) -> bool:
    if a == b:
        return True
    if a in RATES or b in RATES:
        return False
    if not a or not b:
        return True
    if a in PERSONS and b in PERSONS:
        return True
    return "个" in (a, b) and (a in COUNTERS | PERSONS and b in COUNTERS | PERSONS) or {a, b} == {"辆", "台"}


def format_quantity(value: Decimal | float, unit: str) -> str:
    """A value as a newspaper prints it: in 万 or 亿 where that is shorter, with at most four significant digits.

    Whole numbers below 10,000 and numbers that 万 or 亿 would not shorten are printed in full.

    >>> format_quantity(Decimal(391000), "辆"), format_quantity(Decimal("37.4016"), "%"), format_quantity(Decimal(1137), "个")
    ('39.1万辆', '37.4%', '1137个')
    """
    exact = Decimal(str(value))
    rounded = _round(exact)
    for scale, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if abs(rounded) >= scale:
            return f"{_plain(rounded / scale)}{name}{unit}"
    return f"{_plain(rounded)}{unit}"


def _round(value: Decimal) -> Decimal:
    if value == 0:
        return Decimal(0)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 3))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
