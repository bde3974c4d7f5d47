"""A station on an island: hours, scores, what is left to do, relatives and grades, and who is not asked for."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

STATION = """---
title: 苇塘村的灯灭了一半
published: 2024-09-12
authors: [秦小禾]
---

# 苇塘村的灯灭了一半

白鹭驿站（化名）是苇塘岛上唯一的观鸟站，守着一段3.2公里长的滩涂。

站长卫青禾说，站里正在劝说沿岸26家客栈，每年9月到11月的夜里8点以后关掉朝海的灯，目前17家已经答应。

台风过后，岛上停电影响用户1.86万户，截至9月10日18时已恢复1.52万户。

观鸟站每天5:30—18:40开放，周二闭馆，门票25元，学生半价。夜观活动每周六19:00至次日1:00举行，每人80元。讲解员月薪比从前多了900元。

2023年，站里一共记录候鸟48种，环志1260只。今年截至8月底记录候鸟31种。

秋季足球赛昨天在岛上小学踢完，教师队3比1战胜渔民队，全部12场比赛共进37球，看台只有600个座位。

卫青禾的父亲当过灯塔看守。卫青禾今年52岁。

岛上有二级保护鸟类14种，三级以上文物3处。
"""


@pytest.fixture(scope="module")
def station(open_articles: OpenArticles) -> Chatbot:
    return open_articles(station=STATION)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("观鸟站几点到几点开放？", "5:30—18:40"),
        ("观鸟站几点开门？", "5:30"),
        ("夜观活动几点到几点？", "19:00至次日1:00"),
        ("教师队和渔民队比分是多少？", "3比1"),
        ("足球赛一共进了多少个球？", "37球"),
        ("今年到8月底记录了多少种候鸟？", "31种"),
        ("白鹭驿站去年记录了多少种候鸟？", "48种"),
        ("白鹭驿站守着多长的滩涂？", "3.2公里"),
        ("讲解员每月多挣多少？", "900元"),
        ("卫青禾多大？", "52岁"),
        ("岛上有多少种二级保护鸟类？", "14种"),
    ],
)
def test_is_answered(station: Chatbot, question: str, short: str) -> None:
    answer = station.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("还有几家客栈没答应关灯？", "9家", "26家 − 17家 = 9家"),
        ("还有多少户没恢复供电？", "0.34万户", "1.86万户 − 1.52万户 = 0.34万户"),
    ],
)
def test_what_is_left_is_worked_out(station: Chatbot, question: str, short: str, formula: str) -> None:
    answer = station.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    "question",
    [
        "卫青禾的父亲今年多大？",
        "卫青禾的儿子今年多大？",
        "岛上有一级保护鸟类多少种？",
        "岛上有多少处一级文物？",
        "今年记录了多少种候鸟？",
        "今年站里一共环志多少只？",
    ],
)
def test_near_misses_are_refused(station: Chatbot, question: str) -> None:
    assert station.ask(question).status == "refused"
