"""The time that a report tells of holds for its figures, not the day on which it came out."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.times.report_time import reported_time
from rag.chatbot import Chatbot
from tests.answer.paragraphs import article_of
from tests.conftest import OpenArticles

PUBLISHED = date(2025, 8, 27)


def label_of(text: str, title: str = "北川仪表公布成绩") -> str | None:
    time = reported_time(article_of(text, PUBLISHED, title))
    return time.period.label if time and time.period else None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("北川仪表2025年半年报", "2025年上半年"),
        ("北川仪表公布半年报", "2025年上半年"),
        ("北川仪表公布年报", "2024年"),
        ("北川仪表2023年年度报告", "2023年"),
        ("北川仪表一季报：订单涨了", "2025年第一季度"),
        ("北川仪表三季报：订单涨了", "2024年1月至9月"),
        ("2024年河口市国民经济和社会发展统计公报", "2024年"),
        ("2024年报名开始", None),
        ("北川仪表2024年报告会", None),
        ("本报第三季度报道", None),
        ("北川仪表的一年", None),
    ],
)
def test_a_title_tells_of_which_time_it_reports(title: str, expected: str | None) -> None:
    assert label_of("订单涨了。", title) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("8月26日，北川仪表发布2025年半年度报告。", "2025年上半年"),
        ("北川仪表的半年报昨晚出炉。", "2025年上半年"),
        ("记者翻了翻去年的年报。", None),
    ],
)
def test_a_lead_tells_it_where_it_says_that_the_report_is_out(lead: str, expected: str | None) -> None:
    assert label_of(lead) == expected


def test_a_report_without_a_year_needs_the_date_of_the_article() -> None:
    assert reported_time(article_of("订单涨了。", None, "北川仪表公布半年报")) is None


REPORT = """---
title: 北川仪表：订单涨了，利润为什么跌
published: 2025-08-27
---

8月26日收盘后，北川仪表发布2025年半年度报告。营业收入14亿元，同比增长17%；净利润1.2亿元，同比下降22%。

按地区看，国内收入10亿元，海外收入4亿元。公司现有员工3914人。
"""


@pytest.fixture(scope="module")
def report(open_articles: OpenArticles) -> Chatbot:
    return open_articles(report=REPORT)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2025年上半年北川仪表营业收入是多少？", "14亿元"),
        ("今年上半年北川仪表净利润是多少？", "1.2亿元"),
        ("2025年上半年北川仪表海外收入是多少？", "4亿元"),
        ("北川仪表现有员工多少人？", "3914人"),
    ],
)
def test_the_half_year_is_found(report: Chatbot, question: str, short: str) -> None:
    answer = report.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize("question", ["2025年北川仪表营业收入是多少？", "2024年北川仪表海外收入是多少？"])
def test_the_half_year_is_not_given_for_a_year(report: Chatbot, question: str) -> None:
    assert report.ask(question).status == "refused"
