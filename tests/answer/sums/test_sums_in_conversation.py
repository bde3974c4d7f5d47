"""Sums asked of what was answered before, over an article."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.chatbot import Chatbot
from rag.types import Answer, Turn
from tests.conftest import OpenArticles

FARM = """---
title: 一座农场的账本
published: 2025-09-12
---

农场有母鸡320只，养在后山。塘里有鸭子180只。农场的菜地面积60亩。

2024年，粮食产量80吨，其中小麦产量32吨。
"""


@pytest.fixture(scope="module")
def farm(open_articles: OpenArticles) -> Chatbot:
    return open_articles(farm=FARM)


def _last_of(chatbot: Chatbot, questions: Sequence[str]) -> Answer:
    history: list[Turn] = []
    for question in questions[:-1]:
        history += [Turn("user", question), Turn("assistant", chatbot.ask(question, history=history).text)]
    return chatbot.ask(questions[-1], history=history)


@pytest.mark.parametrize(
    ("questions", "short", "formula"),
    [
        (["农场有多少只母鸡？", "那鸭子呢？", "两个加起来是多少？"], "500只", "320只 + 180只 = 500只"),
        (["农场有多少只母鸡？", "那鸭子呢？", "两者相差多少？"], "140只", "320只 − 180只 = 140只"),
        (["2024年小麦产量是多少？", "这占粮食总产量的百分之几？"], "40%", "32吨 ÷ 80吨 = 40%"),
    ],
)
def test_what_was_answered_is_worked_with(farm: Chatbot, questions: Sequence[str], short: str, formula: str) -> None:
    answer = _last_of(farm, questions)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    "questions",
    [
        ["农场有多少只母鸡？", "菜地面积是多少？", "两个加起来是多少？"],
        ["农场有多少只母鸡？", "那鹅呢？", "两个加起来是多少？"],
        ["2024年粮食产量是多少？", "那小麦呢？", "两个加起来是多少？"],
        ["2024年小麦产量是多少？", "这占全国粮食产量的百分之几？"],
        ["2024年小麦产量是多少？", "这占菜地面积的百分之几？"],
    ],
)
def test_what_does_not_belong_together_is_refused(farm: Chatbot, questions: Sequence[str]) -> None:
    answer = _last_of(farm, questions)
    assert (answer.status, answer.short) == ("refused", None)
