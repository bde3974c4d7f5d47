"""Totals and averages; what is paid for each, where the question is what one pays or gets."""

from __future__ import annotations

import pytest

from rag.answer.averages import average_agrees, with_its_each
from rag.answer.figure_guards import FIGURE_GUARDS
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
