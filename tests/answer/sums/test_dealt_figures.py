"""Figures dealt out by 分别: each belongs to its own thing or year, first to first."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.answer.gaps import gap
from tests.conftest import OpenArticles

TOWN = """---
title: 河口镇的账本
published: 2025-03-01
---

2020年和2021年，河口镇工业产值分别为74亿元和80亿元。

2022年和2023年税收分别为7亿元和8亿元。

河口镇小学和中学分别有学生1200人、900人。

河口镇桥梁、隧道和车站分别建成3座、5座和8座。

灯会设东园、西园和南园三个片区，观众规模分别为8000人、7000人和5000人，预约人数达6.4万人。
"""


@pytest.fixture(scope="module")
def town(open_articles: OpenArticles) -> Chatbot:
    return open_articles(town=TOWN)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2020年河口镇工业产值是多少？", "74亿元"),
        gap("2021年河口镇工业产值是多少？", "80亿元", reason="工业产值 is left to the first figure alone"),
        ("2022年税收是多少？", "7亿元"),
        ("2023年税收是多少？", "8亿元"),
        ("河口镇小学有多少学生？", "1200人"),
        ("河口镇中学有多少学生？", "900人"),
        ("河口镇桥梁建成多少座？", "3座"),
        ("河口镇隧道建成多少座？", "5座"),
        ("河口镇车站建成多少座？", "8座"),
        ("灯会东园观众规模多大？", "8000人"),
        ("灯会南园观众规模多大？", "5000人"),
        ("灯会预约人数是多少？", "6.4万人"),
    ],
)
def test_each_gets_its_own(town: Chatbot, question: str, short: str) -> None:
    answer = town.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize(
    "question",
    [
        "2022年河口镇工业产值是多少？",
        "河口镇大学有多少学生？",
        "河口镇水库建成多少座？",
    ],
)
def test_what_is_dealt_nothing_is_refused(town: Chatbot, question: str) -> None:
    assert town.ask(question).status == "refused"
