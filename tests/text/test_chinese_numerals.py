from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.chinese_numerals import parse_numeral, to_arabic

DIGITS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    """The textbook numeral of a number below 10^12, written here by another road than the parser's."""
    if number < 10:
        return DIGITS[number]
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            high, low = divmod(number, scale)
            zero = "零" if 0 < low < scale // 10 else ""
            return in_words(high) + name + (zero + in_words(low) if low else "")
    raise AssertionError


@given(st.integers(0, 10**12 - 1))
def test_reads_every_number_in_words(number: int) -> None:
    assert parse_numeral(in_words(number)) == number


@given(st.integers(10, 9999))
def test_reads_every_year_digit_by_digit(year: int) -> None:
    assert parse_numeral("".join(DIGITS[int(digit)] for digit in str(year))) == year


@given(st.integers(0, 10**9 - 1))
def test_arabic_digits_keep_the_value(number: int) -> None:
    arabic = to_arabic(in_words(number))
    assert arabic is not None
    scale = {"万": 10**4, "亿": 10**8}.get(arabic[-1], 1)
    assert Decimal(arabic.rstrip("万亿")) * scale == number


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十二", "12"),
        ("两万五", "25000"),
        ("三百二", "320"),
        ("三百零二", "302"),
        ("一万二千亿", "1200000000000"),
        ("两万亿", "2000000000000"),
        ("百万", "1000000"),
        ("三点五亿", "350000000"),
        ("〇", "0"),
        ("贰拾", "20"),
    ],
)
def test_reads_what_people_write(numeral: str, value: str) -> None:
    assert parse_numeral(numeral) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "三三两", "十十", "百百", "一点", "点五", "2024", "三四十", "万万", "汽车", "十四五"]
)
def test_rejects_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None
    assert to_arabic(text) is None


@given(st.text(alphabet="〇零一二两三九十百千万亿点", max_size=12))
def test_reads_or_rejects_anything(text: str) -> None:
    value = parse_numeral(text)
    assert value is None or value >= 0
