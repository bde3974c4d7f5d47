"""Figures that a sentence deals out to things which an earlier sentence names, over an invented school's news."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

SCHOOL = """---
title: 望溪小学开学三件事
publisher: 望溪校报
published: 2026-09-01
---

望溪小学今年有三辆校车。甲车走河西，司机是余师傅，乙车走古城，司机是卫师傅，丙车走码头，司机是柏大姐。每月车费依次为210元、250元和130元。

镇上有三家豆坊：石桥豆坊、南门豆坊和柳巷豆坊。去年产量分别为120吨、95吨和40吨，石桥豆坊另有5人是学徒。

运动会设跳绳、拔河、踢毽三项。报名人数依次为80人、120人和45人，比去年多。

文具店的铅笔2元一支。橡皮是进口的。尺子有长有短。三样的进价分别为1.2元、0.8元和2.5元。
"""


@pytest.fixture(scope="module")
def school(open_articles: OpenArticles) -> Chatbot:
    return open_articles(school=SCHOOL)


@pytest.mark.parametrize(
    ("question", "short", "cited"),
    [
        ("甲车每月车费多少？", "210元", "甲车走河西"),
        ("丙车每月车费多少？", "130元", "丙车走码头"),
        ("南门豆坊去年产量是多少？", "95吨", "南门豆坊"),
        ("柳巷豆坊去年产量是多少？", "40吨", "柳巷豆坊"),
        ("拔河报名人数是多少？", "120人", "拔河"),
        ("踢毽报名人数", "45人", "踢毽"),
        ("橡皮的进价是多少？", "0.8元", "橡皮是进口的"),
    ],
)
def test_the_figure_of_the_named_thing_is_given_with_both_sentences(
    school: Chatbot, question: str, short: str, cited: str
) -> None:
    answer = school.ask(question)
    assert (answer.status, answer.short) == ("answered", short)
    assert any(cited in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("校车每月车费分别多少？", "210元、250元和130元"),
        ("三项报名人数分别是多少？", "80人、120人和45人"),
    ],
)
def test_the_whole_row_is_given_where_all_are_asked(school: Chatbot, question: str, short: str) -> None:
    answer = school.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize(
    "question",
    [
        "丁车每月车费多少？",
        "东门豆坊去年产量是多少？",
        "跳高报名人数是多少？",
        "南门豆坊有几个学徒？",
        "南门豆坊前年产量是多少？",
    ],
)
def test_no_figure_of_the_row_is_given_for_another_thing(school: Chatbot, question: str) -> None:
    answer = school.ask(question)
    assert answer.status == "refused", answer.short
