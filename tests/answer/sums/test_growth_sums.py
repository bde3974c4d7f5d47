"""Sums that rest on a rate of growth: what was gained since the year before, and the other half of that year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.figure_ranking import ScoredFigure
from rag.answer.figures import find_figures
from rag.answer.sums.gain import compute_gain
from rag.answer.sums.rest_of_year import compute_rest_of_year
from rag.answer.sums.told_of import as_found
from rag.answer.times.governing_time import period_of
from rag.chatbot import Chatbot
from rag.question.focus import Focus, find_focus
from rag.text.numbers import find_quantities
from tests.answer.paragraphs import sentences_of
from tests.conftest import OpenArticles

MILL = """---
title: 纸厂的一年
published: 2025-09-12
---

## 生产

2024年，全厂纸张产量达到86万吨，创近6年新高。其中再生纸产量32万吨，是2020年的4倍多。今年上半年，全厂完成再生纸产量18.6万吨，同比增长24%。

今年上半年，全厂机器运转时长15万小时、同比增长25%，发货车次达60万、同比增长50%。今年上半年，废水排放量4万吨，同比下降20%。

2023年，营业收入40亿元，上半年营业收入17亿元。

截至2024年底，全厂有员工3200人。今年上半年，全厂有员工3000人，同比增长20%。2024年，全厂平均库存9万吨。今年上半年，平均库存4万吨，同比增长10%。

2024年，全厂回收废纸52万吨。截至8月底，全厂累计回收废纸41万吨，同比增加6万吨。

2024年，全厂用水量90万吨。今年上半年，再生水用水量44万吨，同比增长10%。
"""


@pytest.fixture(scope="module")
def mill(open_articles: OpenArticles) -> Chatbot:
    return open_articles(mill=MILL)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("今年上半年再生纸产量比去年上半年多了多少吨？", "约3.6万吨", "18.6万吨 − 18.6万吨 ÷ (1 + 24%) ≈ 3.6万吨"),
        ("今年上半年再生纸产量同比多生产了多少吨？", "约3.6万吨", "18.6万吨 − 18.6万吨 ÷ (1 + 24%) ≈ 3.6万吨"),
        ("今年上半年机器运转时长比去年同期多了多少小时？", "约3万小时", "15万小时 − 15万小时 ÷ (1 + 25%) ≈ 3万小时"),
        ("今年上半年废水排放量比去年上半年少了多少吨？", "约1万吨", "4万吨 ÷ (1 − 20%) − 4万吨 ≈ 1万吨"),
        ("2024年再生纸产量比2020年多多少吨？", "超过24万吨", "32万吨 − 32万吨 ÷ 4倍多 > 24万吨"),
    ],
)
def test_a_rate_of_growth_tells_what_was_gained(mill: Chatbot, question: str, short: str, formula: str) -> None:
    answer = mill.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("去年下半年再生纸产量是多少？", "约17万吨", "32万吨 − 18.6万吨 ÷ (1 + 24%) ≈ 17万吨"),
        ("2023年下半年营业收入是多少？", "23亿元", "40亿元 − 17亿元 = 23亿元"),
    ],
)
def test_a_year_less_one_half_is_the_other(mill: Chatbot, question: str, short: str, formula: str) -> None:
    answer = mill.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    "question",
    [
        "今年上半年废水排放量比去年上半年多了多少吨？",
        "今年上半年再生纸产量比2023年上半年多了多少吨？",
        "今年上半年瓦楞纸产量比去年上半年多了多少吨？",
        "今年再生纸产量比去年多了多少吨？",
        "今年第一季度再生纸产量比去年一季度多多少吨？",
        "去年上半年再生纸产量同比增加了多少吨？",
        "2024年再生纸产量比2021年多多少吨？",
        "去年下半年纸张产量是多少？",
        "2023年下半年再生纸产量是多少？",
        "今年下半年再生纸产量是多少？",
        "2024年第四季度再生纸产量是多少？",
        "去年下半年全厂有多少员工？",
        "去年下半年平均库存是多少？",
        "去年下半年全厂用水量是多少？",
    ],
)
def test_no_other_time_thing_or_direction_and_no_stock_is_worked_out(mill: Chatbot, question: str) -> None:
    answer = mill.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


def test_a_whole_year_does_not_stand_for_the_same_span_of_it(mill: Chatbot) -> None:
    answer = mill.ask("去年同期废纸回收了多少吨？")
    assert answer.short in (None, "35万吨")
    assert mill.ask("去年全厂回收废纸多少吨？").short == "52万吨"


def test_a_growth_is_still_given_as_it_stands(mill: Chatbot) -> None:
    answer = mill.ask("今年上半年再生纸产量同比增长了百分之几？")
    assert (answer.status, answer.short, answer.formula) == ("answered", "24%", None)


def _value(formula: str | None) -> Decimal:
    return find_quantities(formula or "")[-1].value / 10000


@given(st.integers(10, 5000), st.integers(1, 300))
def test_gain_and_other_half_agree_with_the_growth(half: int, rate: int) -> None:
    year = 3 * half
    sentences = sentences_of(f"2024年,棉花产量{year}万吨。今年上半年,棉花产量{half}万吨,同比增长{rate}%。")
    figures = [figure for sentence in sentences for figure in find_figures(sentence) if not figure.is_rate]

    def rank(focus: Focus) -> list[ScoredFigure]:
        asked = [time.period for time in focus.times]
        return [as_found(figure) for figure in figures if not asked or period_of(figure) in asked]

    published = date(2025, 9, 8)
    before = Decimal(half) / (1 + Decimal(rate) / 100)
    question = "今年上半年棉花产量比去年上半年多多少吨"
    gain = compute_gain(question, find_focus(question, published), rank)
    rest = compute_rest_of_year(find_focus("去年下半年棉花产量是多少吨", published), rank)
    assert gain is not None
    assert rest is not None
    assert _value(gain.formula) == pytest.approx(half - before, rel=Decimal("0.006"))
    assert _value(rest.formula) == pytest.approx(year - before, rel=Decimal("0.006"))
