"""Sums over an article written for the rules: what may meet in one sum, what a growth leads back to."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

PORT = """---
title: 云溪港的账本
published: 2025-10-20
---

## 港口

2024年，云溪港集装箱吞吐量620万标准箱，同比增长24%，其中外贸箱260万标准箱，内贸箱360万标准箱。

今年前三季度，云溪港营业收入48亿元，同比增长20%。维修费用3.6亿元，比去年同期多0.9亿元。

今年上半年，云溪港净利润6亿元，同比下降4%。

截至2024年底，云溪港有充电桩95万根，是2021年的6倍多。

## 员工

东港区有员工1800人，西港区有员工700人。今年技能比赛有126支队伍参加，比去年增加26支。全港现有码头泊位58个。

以前一个夜班要40个人，现在只要8个人。

到2027年，岸电覆盖率将从现在的55%提高到80%。

## 修缮

老码头修缮工程总投资5000万元，其中省级资金2000万元，社会捐款740万元。

## 绿化

2024年，苗圃种植香樟超9万株，银杏3万株。
"""


@pytest.fixture(scope="module")
def port(open_articles: OpenArticles) -> Chatbot:
    return open_articles(port=PORT)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("2024年外贸箱占集装箱吞吐量的比例是多少？", "约41.9%", "260万标准箱 ÷ 620万标准箱 ≈ 41.9%"),
        ("省级资金占修缮工程总投资的百分之多少？", "40%", "2000万元 ÷ 5000万元 = 40%"),
        ("东港区员工比西港区多多少？", "1100人", "1800人 − 700人 = 1100人"),
        ("东港区比西港区多多少员工？", "1100人", "1800人 − 700人 = 1100人"),
        ("2024年外贸箱和内贸箱一共是多少？", "620万标准箱", "260万标准箱 + 360万标准箱 = 620万标准箱"),
    ],
)
def test_two_figures_of_one_time_and_unit_meet(port: Chatbot, question: str, short: str, formula: str) -> None:
    answer = port.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("2023年集装箱吞吐量是多少？", "约500万标准箱", "620万标准箱 ÷ (1 + 24%) ≈ 500万标准箱"),
        ("2024年前三季度营业收入是多少？", "约40亿元", "48亿元 ÷ (1 + 20%) ≈ 40亿元"),
        ("去年前三季度维修费用是多少？", "2.7亿元", "3.6亿元 − 0.9亿元 = 2.7亿元"),
        ("去年上半年净利润是多少？", "约6.25亿元", "6亿元 ÷ (1 − 4%) ≈ 6.25亿元"),
        ("去年技能比赛有多少支队伍？", "100支", "126支 − 26支 = 100支"),
        ("2021年充电桩有多少根？", "不到15.8万根", "95万根 ÷ 6倍多 < 15.8万根"),
    ],
)
def test_a_growth_leads_back_to_the_same_span_before(port: Chatbot, question: str, short: str, formula: str) -> None:
    answer = port.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("一个夜班比以前少用了多少人？", "32"),
        ("岸电覆盖率到2027年要比现在提高多少个百分点？", "25个百分点"),
    ],
)
def test_the_two_ends_of_a_change_are_set_apart(port: Chatbot, question: str, short: str) -> None:
    answer = port.ask(question)
    assert answer.status == "computed"
    assert answer.short is not None
    assert answer.short.startswith(short)


@pytest.mark.parametrize(
    "question",
    [
        "2024年营业收入是多少？",
        "去年维修费用是多少？",
        "2024年第三季度营业收入是多少？",
        "2023年净利润是多少？",
        "2023年前三季度营业收入是多少？",
        "2022年集装箱吞吐量是多少？",
        "去年全港有多少个码头泊位？",
        "去年有多少块绿地？",
        "2020年充电桩有多少根？",
        "2023年外贸箱是多少？",
    ],
)
def test_no_value_stands_for_another_span_or_another_thing(port: Chatbot, question: str) -> None:
    answer = port.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


@pytest.mark.parametrize(
    "question",
    [
        "2024年集装箱吞吐量和外贸箱一共是多少？",
        "修缮工程总投资和省级资金加起来是多少？",
        "2023年外贸箱占集装箱吞吐量的比例是多少？",
        "2024年集装箱吞吐量占外贸箱的比例是多少？",
        "净利润占2024年营业收入的比例是多少？",
        "东港区员工占码头泊位的比例是多少？",
    ],
)
def test_figures_that_may_not_meet_are_refused(port: Chatbot, question: str) -> None:
    answer = port.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


def test_a_bound_of_an_operand_bounds_the_result(port: Chatbot) -> None:
    answer = port.ask("2024年香樟比银杏多多少株？")
    assert (answer.status, answer.short, answer.formula) == ("computed", "超过6万株", "超9万株 − 3万株 > 6万株")


def test_what_is_stated_is_not_worked_out(port: Chatbot) -> None:
    answer = port.ask("2024年内贸箱是多少？")
    assert (answer.status, answer.short, answer.formula) == ("answered", "360万标准箱", None)


def test_every_operand_stands_in_a_quote_as_written(port: Chatbot) -> None:
    answer = port.ask("2024年前三季度营业收入是多少？")
    quotes = "".join(citation.quote for citation in answer.citations)
    assert "48亿元" in quotes
    assert "20%" in quotes
