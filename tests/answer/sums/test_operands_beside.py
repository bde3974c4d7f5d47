"""What stands right beside the operands of a sum: a part of the whole, a whole year, the figure of another body."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

INN = """---
title: 山里的客栈
published: 2025-10-15
---

2024年，客栈接待住客80万人次，其中外地住客50万人次，外国住客2万人次。今年前三季度，客栈接待住客90万人次，同比增长50%。

2024年，客栈餐饮收入12亿元，其中线上收入5亿元，门店收入7亿元。今年前三季度，客栈餐饮收入10亿元，同比增长20%，其中线上收入6亿元。

2024年，全县蜂蜜产量95吨。今年上半年，公司蜂蜜产量40吨，同比增长25%。

围墙外有梨园300亩，围墙内有梨园100亩。
"""


@pytest.fixture(scope="module")
def inn(open_articles: OpenArticles) -> Chatbot:
    return open_articles(inn=INN)


@pytest.mark.parametrize(
    ("question", "formula"),
    [
        ("今年前三季度客栈接待住客比去年同期多了多少人次？", "90万人次 − 90万人次 ÷ (1 + 50%) ≈ 30万人次"),
        ("今年前三季度接待住客同比增加多少人次？", "90万人次 − 90万人次 ÷ (1 + 50%) ≈ 30万人次"),
        ("去年第四季度客栈接待住客多少人次？", "80万人次 − 90万人次 ÷ (1 + 50%) ≈ 20万人次"),
        ("今年前三季度线上收入是去年全年的百分之几？", "6亿元 ÷ 5亿元 = 120%"),
        ("不算外国住客，2024年客栈接待了多少住客？", "80万人次 − 2万人次 = 78万人次"),
    ],
)
def test_a_sum_takes_its_own_operands(inn: Chatbot, question: str, formula: str) -> None:
    answer = inn.ask(question)
    assert (answer.status, answer.formula) == ("computed", formula)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("今年前三季度外地住客同比增加多少人次？", "30"),
        ("去年前三季度外地住客是多少人次？", "60"),
        ("今年前三季度餐饮收入是去年全年的百分之几？", "120"),
        ("去年下半年蜂蜜产量是多少？", "63"),
        ("去年第四季度线上收入是多少？", "5"),
        ("2024年非外国住客有多少人次？", "2万"),
        ("2024年除外国住客外，客栈接待住客同比增长多少？", "50%"),
    ],
)
def test_what_stands_beside_is_no_operand(inn: Chatbot, question: str, wrong: str) -> None:
    answer = inn.ask(question)
    assert wrong not in (answer.short or "")


def test_what_lies_outside_is_not_left_out(inn: Chatbot) -> None:
    assert inn.ask("围墙以外的梨园有多少亩？").short == "300亩"
