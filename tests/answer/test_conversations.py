"""Whole conversations over an invented ferry company: what goes on, what is corrected, and what stays refused."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

FERRY = """---
title: 海门湾的渡船
publisher: 东海晨报
published: 2023-06-30
---

海门湾客渡公司现有员工620人，其中船员385人、检修工96人。2022年，公司电动渡船载客量达到210万人次，是2020年的3倍。

海门湾共有7条航线，最长的是望潮至白沙航线，全长21公里，票价15元；最短的是望潮至北屿航线，全长3.2公里，票价4元。

新建的白沙码头2022年3月动工，今年4月投用，总投资1.6亿元，设泊位5个，候船厅面积2800平方米。北屿码头设泊位2个，候船厅面积600平方米。

“电动船省下的油钱，三年就能把电池买回来。”公司董事长贺听澜说，“明年我们还要再添6艘。”
"""


@pytest.fixture(scope="module")
def ferry(open_articles: OpenArticles) -> Chatbot:
    return open_articles(ferry=FERRY)


@pytest.mark.parametrize(
    "turns",
    [
        [("公司有多少船员？", "385人"), ("检修工呢？", "96人"), ("不对，我问的是全部员工。", "620人")],
        [("白沙码头有几个泊位？", "5个"), ("北屿码头呢？", "2个"), ("我说的是白沙码头。", "5个")],
        [("白沙码头什么时候动工的？", "2022年3月"), ("什么时候投用的？", "今年4月"), ("不是白沙，是北屿。", None)],
        [("2022年公司电动渡船载客量是多少？", "210万人次"), ("渡船总载客量呢？", None)],
        [("2022年公司电动渡船载客量是多少？", "210万人次"), ("我问的是2021年的。", None)],
        [("贺听澜是谁？", "公司董事长"), ("他说了什么？", "电动船省下的油钱，三年就能把电池买回来")],
        [("贺听澜是谁？", "公司董事长"), ("他怎么看票价？", None)],
        [("最长的航线是哪条？", "望潮至白沙航线"), ("票价多少？", "15元"), ("最短的呢？", "4元")],
    ],
)
def test_a_conversation_goes_on(ferry: Chatbot, turns: list[tuple[str, str | None]]) -> None:
    session = " ".join(question for question, _ in turns)
    answers = [(question, ferry.ask(question, session=session).short) for question, _ in turns]
    assert answers == turns
