"""Every figure of an answer must stand in what it cites, in whatever form it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.grounding import check_grounding
from rag.text.numbers import format_quantity

UNITS = ("辆", "个", "元", "吨", "人次", "公里", "亩", "小时", "%")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("产量95万辆[1]", "产量950000辆。"),
        ("产量九十五万辆", "产量95万辆。"),
        ("产量950,000辆", "产量95万辆。"),
        ("产量９５万辆", "产量95万辆。"),
        ("占25%", "占百分之二十五。"),
        ("占25％", "占25%。"),
        ("1.2万个", "12000个。"),
        ("7届", "连续承办七届。"),
        ("30—50辆", "每天30—50辆。"),
        ("超2000亿元", "规模超2000亿元。"),
        ("6倍多", "是2021年的6倍多。"),
        ("第四", "位居全国第四。"),
        ("2024年", "二〇二四年建成。"),
        ("18:40", "每天5:30—18:40开放。"),
        ("没有数字的话", "也没有数字。"),
    ],
)
def test_equal_in_value_passes(text: str, quote: str) -> None:
    report = check_grounding(text, [quote])
    assert report.passed, report.ungrounded


@pytest.mark.parametrize(
    ("text", "quote", "ungrounded"),
    [
        ("产量96万辆[1]", "产量95万辆。", "96万辆"),
        ("产量95万吨", "产量95万辆。", "95万吨"),
        ("产量95亿辆", "产量95万辆。", "95亿辆"),
        ("产量9.5万辆", "产量95万辆。", "9.5万辆"),
        ("规模2000亿元", "规模超2000亿元。", "2000亿元"),
        ("产量95万辆", "产量约95万辆。", "95万辆"),
        ("是6倍", "是2021年的6倍多。", "6倍"),
        ("增长3倍", "增长3%。", "3倍"),
        ("30—60辆", "每天30—50辆。", "30—60辆"),
        ("位居第五", "位居全国第四。", "第五"),
        ("在2024年", "在2023年建成。", "2024年"),
        ("在2024年上半年", "在2024年建成。", "2024年上半年"),
    ],
)
def test_a_changed_figure_unit_year_or_bound_fails(text: str, quote: str, ungrounded: str) -> None:
    assert check_grounding(text, [quote]).ungrounded == (ungrounded,)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("9月5日开幕", "9月6日开幕。"),
        ("规模超2000亿元", "规模2000亿元。"),
    ],
)
def test_a_changed_day_or_an_added_bound_fails(text: str, quote: str) -> None:
    assert not check_grounding(text, [quote]).passed


def test_any_of_several_quotes_will_do() -> None:
    quotes = ["2024年,汽车产量254万辆。", "其中新能源汽车95万辆。"]
    assert check_grounding("2024年是95万辆,共254万辆", quotes).passed
    assert not check_grounding("2024年是95万辆,共254万辆", quotes[:1]).passed


def test_computed_figures_need_no_place() -> None:
    quotes = ["汽车产量254万辆,其中新能源汽车95万辆。"]
    text = "约37.4%[1]\n推算:95万辆 ÷ 254万辆 ≈ 37.4%"
    assert check_grounding(text, quotes).ungrounded == ("约37.4%", "37.4%")
    assert check_grounding(text, quotes, ["约37.4%", "37.4%"]).passed


def test_citation_marks_are_no_figures() -> None:
    report = check_grounding("建成[1][2][12]", ["无。"])
    assert report.passed
    assert report.checked == 0


def test_without_a_quote_no_figure_passes() -> None:
    assert check_grounding("95万辆", []).ungrounded == ("95万辆",)


@given(value=st.integers(1, 10**9), unit=st.sampled_from(UNITS), around=st.text("的了在全市,。", max_size=5))
def test_a_figure_taken_from_a_quote_passes(value: int, unit: str, around: str) -> None:
    quote = f"全市{around},共{value}{unit}。"
    assert check_grounding(f"{value}{unit}[1]", [quote]).passed
    assert check_grounding(f"{value:,}{unit}[1]", [quote]).passed


@given(value=st.integers(1, 9999), power=st.sampled_from([1, 10**4, 10**8]), unit=st.sampled_from(UNITS[:-1]))
def test_a_figure_as_a_newspaper_prints_it_passes(value: int, power: int, unit: str) -> None:
    shown = format_quantity(Decimal(value * power), unit)
    assert check_grounding(shown, [f"共{value * power}{unit}。"]).passed


@given(
    value=st.integers(1, 10**9),
    other=st.integers(1, 10**9),
    unit=st.sampled_from(UNITS),
)
def test_a_changed_value_never_passes(value: int, other: int, unit: str) -> None:
    report = check_grounding(f"共{other}{unit}", [f"全市共{value}{unit}。"])
    assert report.passed == (value == other)


@given(value=st.integers(1, 10**6), units=st.permutations(("元", "吨", "公里", "亩", "%")))
def test_a_changed_unit_never_passes(value: int, units: list[str]) -> None:
    assert not check_grounding(f"共{value}{units[0]}", [f"全市共{value}{units[1]}。"]).passed


@given(st.integers(1990, 2040), st.integers(1990, 2040))
def test_a_changed_year_never_passes(year: int, other: int) -> None:
    assert check_grounding(f"{year}年建成", [f"大桥{other}年建成。"]).passed == (year == other)
