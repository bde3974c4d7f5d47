"""How many days something lasted, worked out of its first and its last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.sums.days_held import compute_days_held
from rag.chatbot import Chatbot
from tests.answer.paragraphs import sentences_of
from tests.conftest import OpenArticles

FAIR = """---
title: 镇上的八月
published: 2025-09-12
---

8月16日至21日，第三届国际造纸工业博览会在河口镇举行。纸博会期间，镇上发布24个示范车间。

8月28日至9月2日，镇图书馆闭馆检修。

9月3日至9日，镇上举办灯会，其中6日因雨停演。

9月10日至12日，镇上举行陶艺大赛，为期3天。
"""


@pytest.fixture(scope="module")
def fair(open_articles: OpenArticles) -> Chatbot:
    return open_articles(fair=FAIR)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("本届纸博会一共办了几天？", "6天", "8月16日至21日，首尾都算 = 6天"),
        ("第三届纸博会举行了多少天？", "6天", "8月16日至21日，首尾都算 = 6天"),
        ("国际造纸工业博览会持续多久？", "6天", "8月16日至21日，首尾都算 = 6天"),
        ("图书馆闭馆几天？", "6天", "8月28日至9月2日，首尾都算 = 6天"),
    ],
)
def test_both_ends_count(fair: Chatbot, question: str, short: str, formula: str) -> None:
    answer = fair.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    "question",
    [
        "上届纸博会办了几天？",
        "去年的纸博会办了几天？",
        "第二届纸博会办了几天？",
        "首届纸博会办了几天？",
        "茶博会一共办了几天？",
        "纸博会提前几天开幕？",
        "离纸博会还有几天？",
        "体育馆闭馆几天？",
    ],
)
def test_another_event_and_days_without_it_are_not_counted(fair: Chatbot, question: str) -> None:
    answer = fair.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


def test_days_that_a_break_falls_among_are_not_counted(fair: Chatbot) -> None:
    assert fair.ask("灯会办了几天？").formula is None


def test_days_that_the_article_counts_are_given_as_they_stand(fair: Chatbot) -> None:
    answer = fair.ask("陶艺大赛办了几天？")
    assert (answer.status, answer.short, answer.formula) == ("answered", "3天", None)


@given(st.dates(date(2025, 1, 1), date(2025, 7, 1)), st.integers(1, 60))
def test_as_many_days_as_the_calendar_has(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    months = f"{last.month}月" if last.month != first.month else ""
    sentences = sentences_of(f"{first.month}月{first.day}日至{months}{last.day}日,渔港举行龙舟赛。")
    finding = compute_days_held("龙舟赛一共举行了几天", sentences)
    assert finding is not None
    assert finding.short == f"{more + 1}天"
