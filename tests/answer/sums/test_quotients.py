"""One figure by another: in per cent of a target or of a year before, and so much of one unit for each."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

COUNTY = """---
title: 河口县的账本
published: 2025-09-12
---

2024年，全县棉花产量32万吨，水稻产量80万吨。今年上半年，全县棉花产量18.6万吨，同比增长24%。

8月，县里发布首批24个“智慧+”示范车间，重点关注节水、节电，计划到2028年建成120个“智慧+”示范车间。

今年上半年，全县公交运营时长15万小时、同比增长25%，公交班次达60万、同比增长50%。货运车次达30万。

去年，影院放映电影900小时，共放映600场。
"""


@pytest.fixture(scope="module")
def county(open_articles: OpenArticles) -> Chatbot:
    return open_articles(county=COUNTY)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("首批“智慧+”示范车间的数量是2028年目标的百分之几？", "20%", "24个 ÷ 120个 = 20%"),
        ("今年上半年棉花产量相当于去年全年的百分之多少？", "约58.1%", "18.6万吨 ÷ 32万吨 ≈ 58.1%"),
        ("今年上半年棉花产量是去年的百分之几？", "约58.1%", "18.6万吨 ÷ 32万吨 ≈ 58.1%"),
        ("2024年棉花产量是水稻产量的百分之几？", "40%", "32万吨 ÷ 80万吨 = 40%"),
        ("2024年水稻产量是棉花产量的百分之几？", "250%", "80万吨 ÷ 32万吨 = 250%"),
    ],
)
def test_one_figure_in_per_cent_of_another(county: Chatbot, question: str, short: str, formula: str) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("今年上半年公交平均一个班次运营多少分钟？", "15分钟", "15万小时 ÷ 60万班次 = 15分钟"),
        ("今年上半年公交平均每个班次运营多长时间？", "15分钟", "15万小时 ÷ 60万班次 = 15分钟"),
        ("去年影院平均每场电影放映多少分钟？", "90分钟", "900小时 ÷ 600场 = 90分钟"),
    ],
)
def test_so_much_for_each_in_the_asked_unit(county: Chatbot, question: str, short: str, formula: str) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    "question",
    [
        "今年上半年棉花产量相当于2023年全年的百分之多少？",
        "今年上半年水稻产量相当于去年全年的百分之多少？",
        "今年棉花产量是去年的百分之几？",
        "2024年棉花产量是公交班次的百分之几？",
        "首批“智慧+”示范车间的数量是2030年目标的百分之几？",
        "首批示范医院的数量是2028年目标的百分之几？",
        "第二批“智慧+”示范车间的数量是2028年目标的百分之几？",
        "去年上半年公交平均一个班次运营多少分钟？",
        "今年上半年平均一个车次运营多少分钟？",
        "今年上半年平均一个架次运营多少分钟？",
        "今年上半年公交平均每个班次有多少人？",
    ],
)
def test_another_time_thing_or_unit_is_refused(county: Chatbot, question: str) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.short) == ("refused", None)
