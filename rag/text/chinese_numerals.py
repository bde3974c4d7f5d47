"""Chinese numerals: 十二, 三千五百, 一亿二千万, 二〇二四, 三点五, to a Decimal and to Arabic digits."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    digit: value
    for value, digits in enumerate("〇零 一壹 二两贰 三叁 四肆 五伍 六陆 七柒 八捌 九玖".split())
    for digit in digits
}
SMALL_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE_MULTIPLIERS = {"万": 10**4, "亿": 10**8}
MULTIPLIERS = SMALL_MULTIPLIERS | LARGE_MULTIPLIERS

NUMERAL_CHARACTERS = "".join(DIGITS) + "".join(MULTIPLIERS)
"""Every character that a Chinese numeral may hold, for a regular expression's character class."""

_WHOLE = re.compile(f"[{NUMERAL_CHARACTERS}]+")


def parse_numeral(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where ``text`` is no well-formed one.

    Takes numerals in words (三千五百, 两万, 一亿二千万, 万亿), digit by digit (二〇二四) and with a decimal
    point (三点五, 一点二万). A numeral that opens with a multiplier counts one of it (十二, 百万).

    >>> parse_numeral("一亿二千万"), parse_numeral("二〇二四"), parse_numeral("三点五万"), parse_numeral("三三两")
    (Decimal('120000000'), Decimal('2024'), Decimal('35000'), None)
    """
    whole, point, rest = text.partition("点")
    if point:
        return _parse_with_point(whole, rest)
    if not _WHOLE.fullmatch(text):
        return None
    if all(character in DIGITS for character in text):
        return _parse_digits(text)
    value = _parse_words(text)
    return None if value is None else Decimal(value)


def _parse_digits(text: str) -> Decimal | None:
    # 两 never stands in a number read digit by digit.
    if len(text) > 1 and "两" in text:
        return None
    return Decimal("".join(str(DIGITS[character]) for character in text))


def _parse_with_point(whole: str, rest: str) -> Decimal | None:
    fraction = rest.rstrip("万亿")
    before = parse_numeral(whole) if whole else None
    if before is None or not fraction or not all(character in DIGITS for character in fraction):
        return None
    value = before + Decimal("0." + "".join(str(DIGITS[character]) for character in fraction))
    for multiplier in rest[len(fraction) :]:
        value *= LARGE_MULTIPLIERS[multiplier]
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _parse_words(text: str) -> int | None:
    """Add up sections (below 万) and scale them by 万 and 亿, each multiplier smaller than the one before it."""
    total = section = 0
    digit: int | None = None
    small_limit, large_limit, last_multiplier = 10**4, 10**16, 0
    after_zero = False
    for index, character in enumerate(text):
        if character in DIGITS:
            value = DIGITS[character]
            if digit:
                return None
            digit, after_zero = value, after_zero or value == 0
            continue
        multiplier = MULTIPLIERS[character]
        if character in SMALL_MULTIPLIERS:
            if multiplier >= small_limit or (digit == 0 and character not in "十拾"):
                return None
            # 一百零十五 is spoken: the zero before 十 then stands for one of it.
            section += (digit or 1) * multiplier
            small_limit = multiplier
        else:
            section += digit or 0
            if section == 0:
                if index > 0 and text[index - 1] not in LARGE_MULTIPLIERS:
                    return None
                if index > 0:
                    # 万亿: the multiplier scales all that stands before it.
                    if character != "亿" or total >= 10**8:
                        return None
                    total, section = total * multiplier, 0
                    large_limit, small_limit, digit, last_multiplier, after_zero = (
                        multiplier,
                        10**4,
                        None,
                        multiplier,
                        False,
                    )
                    continue
                section = 1
            if multiplier >= large_limit and not (character == "亿" and total < 10**8):
                return None
            total = (total + section) * multiplier if multiplier > large_limit else total + section * multiplier
            section, small_limit, large_limit = 0, 10**4, multiplier
        digit, last_multiplier, after_zero = None, multiplier, False
    if digit:
        # 两万五 and 三百二 leave out the last multiplier.
        shortened = last_multiplier >= 100 and not after_zero
        section += digit * last_multiplier // 10 if shortened else digit
    return total + section


def to_arabic(text: str) -> str | None:
    """A Chinese numeral in Arabic digits, 万 and 亿 kept as a newspaper prints them, or None where it is none.

    A numeral of multipliers alone (百万, 万亿) stays as it is.

    >>> to_arabic("三百二十五万"), to_arabic("二〇二四"), to_arabic("十二"), to_arabic("一万二千亿")
    ('325万', '2024', '12', '1.2万亿')
    """
    value = parse_numeral(text)
    if value is None:
        return None
    head = text.rstrip("万亿")
    if not head or all(character in "百千" for character in head):
        return text
    suffix = text[len(head) :]
    for multiplier in suffix:
        value /= LARGE_MULTIPLIERS[multiplier]
    if value >= 10**4 and suffix:
        # 一万二千亿, 一亿二千万: the numeral holds a larger multiplier of its own.
        value /= 10**4
        suffix = {"万": "亿", "亿": "万亿"}.get(suffix, "万" + suffix)
    digits = f"{value:f}"
    return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}{suffix}"
