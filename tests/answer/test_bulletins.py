"""Bulletins: the year that they report on, figures that leave out what they measure, and degrees below zero."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

STATISTICS = """---
title: 汐澜县2024年国民经济和社会发展统计公报
published: 2025-03-18
publisher: 汐澜县统计局
---

# 汐澜县2024年国民经济和社会发展统计公报

年末全县常住人口38.15万人，比上年末减少0.36万人。全年出生人口1904人，死亡人口2871人。

全年渔业产量9.4万吨，其中海带产量3.1万吨。
"""
FROST = """---
title: 一场早来的霜冻
published: 2023-11-22
---

# 一场早来的霜冻

汐泽县气象台11月22日通报，11月19日至21日全县平均降雨量18.4毫米，最大为茶坪乡30.2毫米，城区12.6毫米；最大积水深度24厘米，出现在茶坪乡，城区为9厘米。最低气温出现在21日清晨，茶坪乡-7.3℃，城区-2.8℃。
"""


@pytest.fixture(scope="module")
def bulletins(open_articles: OpenArticles) -> Chatbot:
    return open_articles(statistics=STATISTICS, frost=FROST)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("汐澜县2024年末常住人口有多少？", "38.15万人"),
        ("汐澜县2023年末常住人口有多少？", "38.51万人"),
        ("汐澜县2024年死亡人口比出生人口多多少？", "967人"),
        ("汐澜县2024年海带产量是多少？", "3.1万吨"),
        ("汐泽城区降雨量多少？", "12.6毫米"),
        ("汐泽城区最低气温多少度？", "-2.8℃"),
    ],
)
def test_is_told(bulletins: Chatbot, question: str, short: str) -> None:
    assert bulletins.ask(question).short == short


@pytest.mark.parametrize(
    "question",
    [
        "汐澜县2025年末常住人口有多少？",
        "汐澜县2023年海带产量是多少？",
        "汐泽城区降雪量多少？",
        "汐泽乡下最低气温多少度？",
    ],
)
def test_is_not_told(bulletins: Chatbot, question: str) -> None:
    assert bulletins.ask(question).status == "refused"
