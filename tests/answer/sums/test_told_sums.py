"""Sums that an article tells side by side: changes, remainders, averages, spans of years, and the other of a pair."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

VALLEY = """---
title: 松岭镇这一年
published: 2024-12-20
---

## 书院

松岭书院创办于1962年，今年搬进新楼。阅览席位由原来的120个增至480个，藏书从去年的3万册增加到4.5万册。周末开馆时长从2021年的6小时延长到2024年的10小时。书院一年办讲座60场，共有9000人次参加。

## 卫生院

以前拍一次片子要等9天，现在缩短到4天。卫生院有病床150张，其中康复病床45张，其余为普通病床。今年计划接种疫苗8000支，已接种6200支。门诊平均费用180元，比县城医院节省70元。

## 修路

环山公路2019年3月开工，2022年9月通车，总投资2.4亿元，其中县级财政1.5亿元，其余由村民自筹。养路队有32名队员，其中女队员9名。

## 合作社

合作社有社员240户，种橘园1800亩。今年卖出橘子600吨，比去年增加80吨。合作社社长严伯年1968年出生。

茶厂有员工200人，其中党员60人。甲班产量12吨，乙班产量9吨，丙班产量7吨。乡镇医生占35%，乡镇教师占25%。
"""


@pytest.fixture(scope="module")
def valley(open_articles: OpenArticles) -> Chatbot:
    return open_articles(valley=VALLEY)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("书院的阅览席位增加了多少个？", "360个", "480个 − 120个 = 360个"),
        ("周末开馆时长比2021年长了几个小时？", "4小时", "10小时 − 6小时 = 4小时"),
        ("周末开馆时长三年延长了几个小时？", "4小时", "10小时 − 6小时 = 4小时"),
        ("拍一次片子缩短了几天？", "5天", "9天 − 4天 = 5天"),
    ],
)
def test_a_change_is_as_large_as_its_ends_lie_apart(valley: Chatbot, question: str, short: str, formula: str) -> None:
    answer = valley.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("普通病床有多少张？", "105张", "150张 − 45张 = 105张"),
        ("村民自筹了多少钱？", "0.9亿元", "2.4亿元 − 1.5亿元 = 0.9亿元"),
        ("还有多少支疫苗没接种？", "1800支", "8000支 − 6200支 = 1800支"),
        ("养路队有多少名男队员？", "23名", "32名 − 9名 = 23名"),
        ("不是党员的员工有多少？", "140人", "200人 − 60人 = 140人"),
    ],
)
def test_what_is_left_of_a_whole(valley: Chatbot, question: str, short: str, formula: str) -> None:
    answer = valley.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("平均每场讲座有多少人参加？", "150人次", "9000人次 ÷ 60场 = 150人次"),
        ("平均每户社员种多少亩橘园？", "7.5亩", "1800亩 ÷ 240户 = 7.5亩"),
        ("疫苗接种完成了百分之几？", "77.5%", "6200支 ÷ 8000支 = 77.5%"),
        ("县城医院的门诊平均费用是多少？", "250元", "180元 + 70元 = 250元"),
        ("甲班、乙班和丙班一共多少吨？", "28吨", "12吨 + 9吨 + 7吨 = 28吨"),
        ("乡镇医生和乡镇教师一共占百分之多少？", "60%", "35% + 25% = 60%"),
    ],
)
def test_figures_that_stand_side_by_side_meet(valley: Chatbot, question: str, short: str, formula: str) -> None:
    answer = valley.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("环山公路从开工到通车用了多少年？", "3.5年", "2022年9月 − 2019年3月 = 3.5年"),
        ("松岭书院创办多少年了？", "62年", "2024年 − 1962年 = 62年"),
        ("严伯年今年多大年纪？", "56岁", "2024年 − 1968年 = 56岁"),
    ],
)
def test_years_are_counted_between_what_is_told(valley: Chatbot, question: str, short: str, formula: str) -> None:
    answer = valley.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


def test_a_span_up_to_the_article_says_so(valley: Chatbot) -> None:
    assert "算到文章发表的2024年为止" in valley.ask("松岭书院创办多少年了？").notes
    assert not valley.ask("环山公路从开工到通车用了多少年？").notes


@pytest.mark.parametrize(
    "question",
    [
        "书院的阅览席位减少了多少个？",
        "周末开馆时长五年延长了几个小时？",
        "书院藏书2020年以来增加了多少册？",
        "书院员工增加了多少个？",
        "平均每位党员种多少亩橘园？",
        "平均每场讲座花多少钱？",
        "康复病床还有多少张没用？",
        "男社员有多少？",
        "不是党员的社员有多少户？",
        "市里医院的门诊平均费用是多少？",
        "茶厂创办多少年了？",
        "环山公路从规划到通车用了多少年？",
        "甲班、乙班和丁班一共多少吨？",
        "甲班和党员一共多少？",
    ],
)
def test_nothing_is_worked_out_of_what_the_article_does_not_tell(valley: Chatbot, question: str) -> None:
    answer = valley.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


@pytest.mark.parametrize(
    ("question", "short"),
    [("今年卖出橘子比去年多多少吨？", "80吨"), ("康复病床有多少张？", "45张"), ("县级财政投入了多少钱？", "1.5亿元")],
)
def test_what_is_stated_is_given_as_it_stands(valley: Chatbot, question: str, short: str) -> None:
    answer = valley.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("answered", short, None)
