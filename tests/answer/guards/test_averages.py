"""Totals and averages; what is paid for each, where the question is what one pays or gets."""

from __future__ import annotations

import pytest

from rag.answer.guards.averages import average_agrees, with_its_each
from rag.answer.guards.figure_guards import FIGURE_GUARDS
from rag.question.focus import find_focus
from tests.answer.paragraphs import figures_of


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("总产量是多少", "亩产400公斤", False),
        ("亩产是多少", "亩产400公斤", True),
        ("人均收入是多少", "总收入3亿元", False),
        ("每人分多少斤", "每人分到3斤", True),
        ("每年修多少座桥", "每年修3座桥", True),
        ("人均收入是多少", "户均收入3万元", False),
        ("一个人能分几斤", "每人分到3斤", True),
        ("每个人分几斤", "每人分到3斤", True),
        ("一个人一天分几斤", "每人每天分到3斤", True),
        ("一家分几斤", "每户分到3斤", True),
        ("一家分几斤", "每人分到3斤", False),
        ("全村分了几斤", "每人分到3斤", False),
    ],
)
def test_an_average_is_no_total(question: str, text: str, expected: bool) -> None:
    assert average_agrees(question, text, text) is expected


def test_what_is_averaged_over_may_stand_before_the_figure() -> None:
    assert average_agrees("户均收入是多少", "达到3万元", "去年户均收入达到3万元")
    assert not average_agrees("收入是多少", "户均3万元", "收入很高,户均3万元")


@pytest.mark.parametrize(
    ("question", "text", "passes"),
    [
        ("盖房补多少钱？", "盖房的每户补贴2万元。", True),
        ("入社要交多少钱？", "入社每户交股金500元。", True),
        ("迟到罚多少？", "迟到的每人罚20元。", True),
        ("盖房一共补了多少钱？", "盖房的每户补贴2万元。", False),
        ("盖房补贴总共发了多少？", "盖房的每户补贴2万元。", False),
        ("全村收入多少？", "每户收入2万元。", False),
        ("盖房补多少钱？", "盖房的户均补贴2万元。", False),
    ],
)
def test_what_is_paid_for_each_is_what_one_pays(question: str, text: str, passes: bool) -> None:
    figure = next(iter(figures_of(text).values()))
    assert FIGURE_GUARDS["average"].speaks_against(find_focus(question), figure) is not passes


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("盖房补多少钱？", "盖房的每户补贴2万元。", "每户补贴2万元"),
        ("迟到罚多少？", "迟到的每人罚20元。", "每人罚20元"),
        ("摆摊交多少钱？", "摊主每户每月交管理费20元。", "每户每月交管理费20元"),
        ("每户补多少钱？", "盖房的每户补贴2万元。", "2万元"),
        ("盖房补多少钱？", "盖房的补贴2万元。", "2万元"),
        ("产量是多少？", "每亩产400公斤。", "400公斤"),
    ],
)
def test_for_how_many_it_is_paid_is_said_where_it_is_not_asked(question: str, text: str, words: str) -> None:
    figure = next(iter(figures_of(text).values()))
    span = with_its_each(find_focus(question), figure, figure.span)
    assert text[span.start : span.end] == words


@pytest.mark.parametrize(
    ("question", "text", "figure", "passes"),
    [
        ("平均一天卖多少碗面？", "面馆日均卖面360碗。", "360碗", True),
        ("平均一天卖多少碗面？", "面馆人均吃面2碗。", "2碗", False),
        ("平均一年卖多少碗面？", "面馆日均卖面360碗。", "360碗", False),
        ("平均卖多少碗面？", "面馆日均卖面360碗。", "360碗", False),
        ("面馆卖了多少碗面？", "面馆日均卖面360碗。", "360碗", False),
        ("赶集的人平均花多少钱？", "赶集的人均花费85元。", "85元", True),
        ("赶集的人平均花多少钱？", "赶集的户均花费85元。", "85元", False),
        ("拔一次牙平均多少钱？", "牙科门诊次均费用310元。", "310元", True),
        ("拔牙一共花了多少钱？", "牙科门诊次均费用310元。", "310元", False),
        ("核桃的均价低了多少？", "核桃平均每斤卖9元,低了2元。", "2元", True),
        ("集市一天来多少人？", "集市平均每天来3200人。", "3200人", True),
        ("集市最多一天来多少人？", "集市平均每天来3200人。", "3200人", False),
        ("集市来了多少人？", "集市平均每天来3200人。", "3200人", False),
        ("集市一共来了多少人？", "集市平均每天来3200人。", "3200人", False),
        ("客栈最贵的一晚多少钱？", "客栈房价平均每晚280元。", "280元", False),
        ("修一口钟一般要多久？", "修一口钟平均要20天。", "20天", True),
        ("修钟要多久？", "修钟平均要20天。", "20天", True),
        ("修钟最久的要多久？", "修钟平均要20天。", "20天", False),
        ("修钟一共用了多久？", "修钟平均要20天。", "20天", False),
        ("最年轻的钟匠几岁？", "钟匠平均年龄46岁。", "46岁", False),
        ("护路员有多少人？", "护路员860人每人每天走两趟。", "860人", True),
        ("护路员一天走几趟？", "护路员860人每人每天走两趟。", "两趟", True),
        ("护路员走了几趟？", "护路员860人每人每天走两趟。", "两趟", False),
        ("菠菜一年产多少吨？", "全年菠菜产量3.6万吨。", "3.6万吨", True),
        ("菠菜产多少公斤？", "菠菜亩产1800公斤。", "1800公斤", False),
        ("运盐便宜了多少？", "运盐的费用每吨降了6元。", "6元", True),
        ("运盐一共便宜了多少？", "运盐的费用每吨降了6元。", "6元", False),
        ("学徒工资是多少？", "学徒月薪3200元。", "3200元", True),
        ("学徒年薪是多少？", "学徒月薪3200元。", "3200元", False),
        ("学徒工资一共是多少？", "学徒月薪3200元。", "3200元", False),
        ("酒坊每斤多给多少钱？", "酒坊一斤多给3元。", "3元", True),
        ("经费按多少人拨？", "生均经费按80人拨付。", "80人", True),
        ("盐卖多少钱？", "盐场卖盐3元每斤。", "3元", False),
        ("鱼苗成活的占几成？", "平均水温升到21℃,鱼苗成活的占到八成。", "八成", True),
        ("每户实际多花多少钱？", "每户平均多花90元。", "90元", False),
    ],
)
def test_an_average_in_other_words_is_the_same_average(question: str, text: str, figure: str, passes: bool) -> None:
    found = figures_of(text)[figure]
    assert FIGURE_GUARDS["average"].speaks_against(find_focus(question), found) is not passes
