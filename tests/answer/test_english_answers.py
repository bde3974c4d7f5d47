"""English questions of known forms are answered as their Chinese ones are; what is near is refused all the same."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

LAKE = """---
title: 湖城的船厂醒来
published: 2022-04-12
---

湖城的船厂醒来

文 | 湖光周刊记者 何越

2021年，岚烟市船舶产量310艘，其中渔船产量120艘。全市现有造船企业26家、码头14个。

去年，岚烟市接待游客86万人次。岚烟市市长方砚秋说，今年要建成3座新桥。

4月10日，岚烟湖边，工人正在给木船刷漆。图/陆星河

岚烟船舶博览会5月6日在湖滨会展中心举办，主宾国是泰国。
"""


@pytest.fixture(scope="module")
def lake(open_articles: OpenArticles) -> Chatbot:
    return open_articles(lake=LAKE)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many tourists did Lanyan receive in 2021?", "86万人次"),
        ("How many terminals are there in Lanyan?", "14个"),
        ("Who is the mayor of Lanyan?", "方砚秋"),
        ("Which country was the guest of honour?", "泰国"),
        ("Who took the picture of the workers?", "陆星河"),
        ("Who wrote this article?", "何越"),
    ],
)
def test_it_is_answered(lake: Chatbot, question: str, short: str) -> None:
    answer = lake.ask(question)
    assert (answer.status, answer.short) == ("answered", short)
    assert any(note.startswith("Read in Chinese as") for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "How many tourists did Lanyan receive in 2020?",
        "How many tourists did Wuhan receive in 2021?",
        "How many airports are there in Lanyan?",
        "Who is the mayor of Wuhan?",
        "Who is the governor of Lanyan?",
        "Which country was the sponsor?",
        "Who took the picture of the horse?",
        "How many quasars did Lanyan receive in 2021?",
    ],
)
def test_what_is_near_is_refused(lake: Chatbot, question: str) -> None:
    answer = lake.ask(question)
    assert (answer.status, answer.short) == ("refused", None)
