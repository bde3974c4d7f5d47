"""Times that count from one told before, not from the date of the article: 上年, 去年同期."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.times.told_times import leading_times, told_times
from rag.chatbot import Chatbot
from rag.text.dates import Period
from tests.conftest import OpenArticles

PUBLISHED = date(2025, 3, 20)
REPORT = """---
title: 河口钢铁公布年报
published: 2025-03-20
---

2024年，河口钢铁实现营业收入120亿元，同比-5.3%；净利润-3.2亿元，上年为1.1亿元。全年钢材产量300万吨，增速为-2%。

2025年前两个月，公司生铁产量45万吨，去年同期为48万吨；出口钢材6万吨。目前年产能400万吨。

2021年河口镇建成桥梁5座，2022年为8座。
"""


def labels(text: str) -> list[str | None]:
    return [time.period.label if time.period else None for time in told_times(text, PUBLISHED, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年盈利3亿元，上年盈利1亿元", ["2022年", "2021年"]),
        ("2022年盈利3亿元，上一年度盈利1亿元", ["2022年", "2021年"]),
        ("2022年6月有3家，上年末有2家", ["2022年6月", "2021年12月"]),
        ("2024年上半年3亿元，上年同期2亿元", ["2024年上半年", "2023年上半年"]),
        ("今年上半年3亿元，去年同期2亿元", ["2025年上半年", "2024年上半年"]),
        ("2024年3亿元，2023年同期2亿元", ["2024年", "2023年"]),
        ("2022年上半年3亿元，下半年2亿元", ["2022年上半年", "2022年下半年"]),
        ("上年盈利1亿元", ["2024年"]),
        ("明年的庙会定在5月3日", ["2026年", "2026年5月3日"]),
        ("明年再办。庙会在5月3日", ["2026年", "2025年5月3日"]),
        ("去年9月开工，3月完工", ["2024年9月", "2025年3月"]),
        ("2022年比2020年多，上年则少", ["2022年", "2020年", "2021年"]),
    ],
)
def test_a_time_is_read_by_the_one_told_before(text: str, expected: list[str | None]) -> None:
    assert labels(text) == expected


def test_the_year_before_is_known_without_a_date_of_the_article() -> None:
    _, before = told_times("2022年盈利3亿元，上年盈利1亿元", None, None)
    assert before.period is not None
    assert before.period.label == "2021年"


@pytest.mark.parametrize("base", ["上年为1亿元", "上年同期为1亿元", "去年同期1亿元", "比2020年多"])
def test_what_is_set_against_a_time_does_not_govern_what_follows(base: str) -> None:
    assert [time.text for time in leading_times(f"2024年盈利3亿元，{base}。", PUBLISHED)] == ["2024年"]


def test_the_year_before_governs_where_it_is_all_that_is_told() -> None:
    assert [time.text for time in leading_times("上年盈利3亿元。", PUBLISHED)] == ["上年"]


@given(st.integers(1960, 2060), st.integers(1, 4))
def test_the_same_quarter_of_the_year_before(year: int, quarter: int) -> None:
    now, before = told_times(f"{year}年第{quarter}季度5亿元，上年同期4亿元", PUBLISHED, None)
    assert now.period is not None
    assert before.period is not None
    assert before.period.label == now.period.label.replace(str(year), str(year - 1))


@pytest.fixture(scope="module")
def report(open_articles: OpenArticles) -> Chatbot:
    return open_articles(report=REPORT)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2024年河口钢铁净利润是多少？", "-3.2亿元"),
        ("2023年河口钢铁净利润是多少？", "1.1亿元"),
        ("2024年钢材产量是多少？", "300万吨"),
        ("今年前两个月生铁产量是多少？", "45万吨"),
        ("去年前两个月生铁产量是多少？", "48万吨"),
        ("2021年河口镇建成多少座桥梁？", "5座"),
        ("2022年河口镇建成多少座桥梁？", "8座"),
    ],
)
def test_each_time_has_its_figure(report: Chatbot, question: str, short: str) -> None:
    answer = report.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize(
    "question",
    ["2023年钢材产量是多少？", "2024年生铁产量是多少？", "2023年年产能是多少？", "2020年河口镇建成多少座桥梁？"],
)
def test_no_figure_stands_for_another_time(report: Chatbot, question: str) -> None:
    assert report.ask(question).status == "refused"


def test_only_the_sentence_that_tells_the_time_is_cited_beside_the_figure(report: Chatbot) -> None:
    quotes = [citation.quote for citation in report.ask("2024年钢材产量是多少？").citations]
    assert len(quotes) == 2
    assert "300万吨" in quotes[0]
    assert quotes[1].startswith("2024年，")


def test_the_end_of_the_year_is_that_of_the_year_reported_on() -> None:
    published = date(2025, 3, 1)
    (of_report,) = told_times("年末人口9万人", published, None, Period.year(2024))
    (of_none,) = told_times("年末人口9万人", published, None)
    assert of_report.period is not None
    assert of_none.period is not None
    assert (of_report.period.first.year, of_none.period.first.year) == (2024, 2025)
