from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.dates import Period, TimeExpression, find_times

ANCHOR = date(2025, 9, 8)
DATES = st.dates(date(1950, 1, 1), date(2049, 12, 31))


def only(text: str, anchor: date | None = ANCHOR) -> TimeExpression:
    found = find_times(text, anchor)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "label", "relative"),
    [
        ("2024年", "2024年", False),
        ("二〇二四年", "2024年", False),
        ("二零二四年", "2024年", False),
        ("２０２４年", "2024年", False),
        ("2024年上半年", "2024年上半年", False),
        ("2024年的上半年", "2024年上半年", False),
        ("2025年9月5日", "2025年9月5日", False),
        ("2025年第一季度", "2025年第一季度", False),
        ("2025年前三季度", "2025年1月至9月", False),
        ("2025年1—8月", "2025年1月至8月", False),
        ("2024—2027年", "2024—2027年", False),
        ("2024年至2027年", "2024—2027年", False),
        ("2024-2027", "2024—2027年", False),
        ("2025-09-05", "2025年9月5日", False),
        ("2024年底", "2024年12月", False),
        ("25年上半年", "2025年上半年", False),
        ("20世纪90年代", "1990—1999年", False),
        ("2025Q1", "2025年第一季度", False),
        ("2025年9月5日至8日", "2025年9月5日至8日", False),
        ("9月5日至8日", "2025年9月5日至8日", True),
        ("9月5—8日", "2025年9月5日至8日", True),
        ("9月28日至10月3日", "2025年9月28日至10月3日", True),
        ("7月31日", "2025年7月31日", True),
        ("五月", "2025年5月", True),
        ("9月上旬", "2025年9月1日至10日", True),
        ("去年", "2024年", True),
        ("前年", "2023年", True),
        ("大前年", "2022年", True),
        ("今年", "2025年", True),
        ("明年", "2026年", True),
        ("后年", "2027年", True),
        ("後年", "2027年", True),
        ("去年上半年", "2024年上半年", True),
        ("去年第四季度", "2024年第四季度", True),
        ("今年前8个月", "2025年1月至8月", True),
        ("去年9月至今年3月", "2024年9月至2025年3月", True),
        ("上半年", "2025年上半年", True),
        ("下半年", "2025年下半年", True),
        ("第一季度", "2025年第一季度", True),
        ("10年后", "2035年", True),
        ("十年后", "2035年", True),
        ("3年前", "2022年", True),
        ("两个月前", "2025年7月", True),
        ("半年后", "2026年3月", True),
        ("本月", "2025年9月", True),
        ("上月", "2025年8月", True),
        ("近7年", "2019—2025年", True),
        ("过去十年", "2016—2025年", True),
        ("未来3年", "2026—2028年", True),
        ("本届", "2025年", True),
        ("这届", "2025年", True),
        ("上届", "2024年", True),
        ("上一届", "2024年", True),
        ("下届", "2026年", True),
        ("昨天", "2025年9月7日", True),
        ("last year", "2024年", True),
    ],
)
def test_reads_a_time(text: str, label: str, relative: bool) -> None:
    found = only(text)
    assert found.text == text
    assert found.period is not None
    assert (found.period.label, found.relative) == (label, relative)
    without = only(text, None)
    assert without.relative is relative
    assert (without.period is None) is relative


@pytest.mark.parametrize(
    ("text", "slice_", "label"),
    [
        ("到2027年高水平打造", "2027年", "2027年"),
        ("显示,2024年,产量", "2024年", "2024年"),
        ("2025世界智能产业博览会", "2025", "2025年"),
        ("在2025人工智能大会上", "2025", "2025年"),
        ("2024的产量", "2024", "2024年"),
        ("“十四五”期间", "十四五", "2021—2025年"),
        ("output in 2024?", "2024", "2024年"),
        ("自2018年首届起", "2018年", "2018年"),
        ("当地上年收入", "上年", f"{ANCHOR.year - 1}年"),
        ("日本上年出口", "上年", f"{ANCHOR.year - 1}年"),
    ],
)
def test_finds_a_time_among_words(text: str, slice_: str, label: str) -> None:
    found = only(text)
    assert found.period is not None
    assert (found.text, found.period.label) == (slice_, label)


@pytest.mark.parametrize(
    "text",
    "目前 如今 近年来 几十年前 2025家企业 2000多年 3000年历史 第8日 2月30日 13月5日 33618 2024个 18个月 "
    "24小时 8日游 历届 目前年产能 此前年均 提前一年完工 升入上一年级 如今年轻人 过去年均 60岁以上年龄 网上年货节 "
    "生产成本周期 日本年轻人 最后年份 以下周边".split(),
)
def test_finds_no_time(text: str) -> None:
    assert find_times(text, ANCHOR) == []
    assert find_times(text, None) == []


def test_reads_each_year_of_a_list() -> None:
    labels = [found.period.label for found in find_times("2023、2024年和2025年", None) if found.period]
    assert labels == ["2023年", "2024年", "2025年"]


@pytest.mark.parametrize(
    ("text", "anchor", "first", "last"),
    [
        ("20日", date(2022, 8, 1), date(2022, 7, 20), date(2022, 7, 20)),
        ("8日", date(2025, 9, 5), date(2025, 9, 8), date(2025, 9, 8)),
        ("5日", date(2025, 9, 28), date(2025, 9, 5), date(2025, 9, 5)),
        ("28日至30日", date(2025, 1, 2), date(2024, 12, 28), date(2024, 12, 30)),
        ("31日", date(2025, 3, 1), date(2025, 3, 31), date(2025, 3, 31)),
        ("30日", date(2025, 2, 20), date(2025, 1, 30), date(2025, 1, 30)),
        ("30日至31日", date(2025, 5, 2), date(2025, 5, 30), date(2025, 5, 31)),
        ("28日至30日", date(2025, 3, 1), date(2025, 3, 28), date(2025, 3, 30)),
    ],
)
def test_a_bare_day_is_the_nearest_that_is_not_long_to_come(text: str, anchor: date, first: date, last: date) -> None:
    assert only(f"{text}开幕", anchor).period == Period(first, last)


@pytest.mark.parametrize("words", ["将于28日开幕", "拟28日开幕", "定于28日开幕"])
def test_an_announced_day_is_to_come(words: str) -> None:
    assert only(words, date(2025, 9, 8)).period == Period.day(2025, 9, 28)


def test_an_anchor_of_leap_day() -> None:
    leap = date(2024, 2, 29)
    assert only("去年", leap).period == Period.year(2023)
    assert only("12个月前", leap).period == Period.month(2023, 2)


@given(DATES, DATES)
def test_the_label_of_a_period_names_it(first: date, last: date) -> None:
    period = Period(min(first, last), max(first, last))
    assert only(period.label, None).period == period


@given(
    st.one_of(
        st.builds(Period.year, st.integers(1950, 2049)),
        st.builds(Period.half, st.integers(1950, 2049), st.integers(1, 2)),
        st.builds(Period.quarter, st.integers(1950, 2049), st.integers(1, 4)),
        st.builds(Period.month, st.integers(1950, 2049), st.integers(1, 12)),
    )
)
def test_the_label_of_a_calendar_part_names_it(period: Period) -> None:
    assert only(period.label, None).period == period


@given(DATES, DATES, DATES, DATES)
def test_covers_and_overlaps(a: date, b: date, c: date, d: date) -> None:
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    assert one.covers(one)
    assert one.overlaps(other) == other.overlaps(one)
    assert not one.covers(other) or one.overlaps(other)
    assert one.days >= 1


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="2025-01-01"):
        Period(date(2025, 1, 2), date(2025, 1, 1))
    with pytest.raises(ValueError, match="5"):
        Period.quarter(2025, 5)
    with pytest.raises(ValueError, match="3"):
        Period.half(2025, 3)


@given(
    st.text(
        alphabet=st.sampled_from(
            "0123456789.-—至到,年月日季度半上下第一二三十〇去今明前后本届这近未来个周天世纪代五初底末\n中国量"
        ),
        max_size=60,
    ),
    st.one_of(st.none(), DATES),
)
def test_offsets_are_exact_and_nothing_overlaps(text: str, anchor: date | None) -> None:
    end = 0
    for found in find_times(text, anchor):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert (found.period is None) == (found.relative and anchor is None)
        end = found.end


@pytest.mark.parametrize("anchor", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_trap(anchor: date) -> None:
    find_times("去年今年明年999年后999年前未来99年本周下周昨天明天上月下月近99个月12月31日至1月1日0年前0月", anchor)
    find_times("31日，28日至31日", anchor)


@pytest.mark.parametrize("piece", ["9月", "2024—", "十", "上半年", "1", "1至", "半年", "去年的", "20世纪", "-"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    find_times(text, ANCHOR)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("七月前半个月下了雨", ["2025年7月"]),
        ("五月以后下了雨", ["2025年5月"]),
        ("5个月前下了雨", ["2025年4月"]),
        ("今年头三个季度下了雨", ["2025年1月至9月"]),
        ("一年来了多少只鹤", []),
        ("一年来多少只鹤", []),
        ("一年来鹤多了", ["2025年"]),
        ("开园头一年来看鹤的人", []),
    ],
)
def test_a_month_is_no_count_of_months_nor_a_year_of_coming_a_span(text: str, named: list[str]) -> None:
    found = find_times(text, date(2025, 9, 8))
    assert [time.period.label for time in found if time.period] == named
