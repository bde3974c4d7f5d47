"""A part that a question leaves out is never its answer: the rest is worked out, or the question is refused."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

MILL = """---
title: 青禾纸厂的一年
published: 2025-09-12
---

## 生产

2024年，青禾纸厂纸张产量达到86万吨，创近6年新高。其中再生纸产量32万吨，是2020年的4倍多。今年上半年，青禾纸厂完成再生纸产量18.6万吨，同比增长24%。

2023年，青禾纸厂营业收入40亿元，其中出口收入12亿元，线上收入8亿元。

2024年，青禾纸厂净利润5亿元，其中包装业务2亿元等。

2022年，青禾纸厂用水量90万吨，其中再生水回用量20万吨。

纸厂有机动车位90个。除机动车位外，另有其他车位40个。
"""


@pytest.fixture(scope="module")
def mill(open_articles: OpenArticles) -> Chatbot:
    return open_articles(mill=MILL)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("2024年除再生纸以外的纸张产量是多少？", "54万吨", "86万吨 − 32万吨 = 54万吨"),
        ("2024年青禾纸厂不算再生纸的纸张产量是多少？", "54万吨", "86万吨 − 32万吨 = 54万吨"),
        ("2024年除了再生纸还生产了多少纸张？", "54万吨", "86万吨 − 32万吨 = 54万吨"),
        ("2023年除出口收入外的营业收入是多少？", "28亿元", "40亿元 − 12亿元 = 28亿元"),
        ("2023年营业收入扣除出口收入和线上收入后还有多少？", "20亿元", "40亿元 − 12亿元 − 8亿元 = 20亿元"),
        ("2024年纸张产量里，非再生纸占百分之几？", "约62.8%", "(86万吨 − 32万吨) ÷ 86万吨 ≈ 62.8%"),
    ],
)
def test_the_rest_is_the_whole_less_the_part(mill: Chatbot, question: str, short: str, formula: str) -> None:
    answer = mill.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    "question",
    [
        "2023年除再生纸以外的纸张产量是多少？",
        "今年上半年除再生纸以外的纸张产量是多少？",
        "2024年除瓦楞纸以外的纸张产量是多少？",
        "2024年除包装业务外的净利润是多少？",
        "2022年除再生水以外的排水量是多少？",
        "2023年除出口收入和门店收入外的营业收入是多少？",
        "2024年非再生纸产量比再生纸多多少？",
        "2024年除再生纸以外的纸张产量是32万吨吗？",
        "How much paper other than recycled paper was made in 2024?",
    ],
)
def test_no_part_and_no_whole_stands_for_the_rest(mill: Chatbot, question: str) -> None:
    answer = mill.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


@pytest.mark.parametrize(
    ("question", "short"), [("2024年再生纸产量是多少？", "32万吨"), ("除机动车位外有多少个车位？", "40个")]
)
def test_what_the_article_tells_of_the_part_or_the_rest_is_given(mill: Chatbot, question: str, short: str) -> None:
    answer = mill.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("answered", short, None)
