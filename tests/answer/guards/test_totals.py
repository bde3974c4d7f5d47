"""What speaks against a figure beside another one: a part of the asked total, another dimension."""

from __future__ import annotations

import pytest

from rag.answer.guards.asked_otherwise import is_another_dimension
from rag.answer.guards.totals import is_part_of_total
from rag.question.focus import find_focus
from tests.answer.guards.test_guards import candidate_of

TEXT = (
    "本届茶博会上，三大茶区签约合同金额达11亿元。\n本届茶博会签约合同金额超20亿元，其中出口4000万美元。"
    "去年合同金额为30亿元，同比增长8%。\n参会客商900人。"
)


@pytest.mark.parametrize(
    ("question", "part", "other", "expected"),
    [
        ("茶博会签约总的合同金额是多少？", "11亿元", "20亿元", True),
        ("茶博会签约总的合同金额是多少？", "20亿元", "11亿元", False),
        ("茶博会签约合同金额是多少？", "11亿元", "20亿元", False),
        ("茶博会总经理签约的合同金额是多少？", "11亿元", "20亿元", False),
        ("茶博会签约总的合同金额是多少？", "20亿元", "30亿元", False),
        ("茶博会签约总的合同金额是多少？", "11亿元", "900人", False),
        ("茶博会签约总的合同金额是多少？", "8%", "20亿元", False),
    ],
)
def test_the_lesser_amount_is_no_total(question: str, part: str, other: str, expected: bool) -> None:
    focus = find_focus(question)
    assert is_part_of_total(focus, candidate_of(TEXT, part), [candidate_of(TEXT, other)]) is expected


@pytest.mark.parametrize(
    ("question", "found", "other", "expected"),
    [
        ("这艘船有多长？", "30米", "62米", True),
        ("这艘船有多长？", "62米", "30米", False),
        ("这艘船有多高？", "30米", "62米", False),
        ("从船舷到灶台有多远？", "30米", "62米", False),
    ],
)
def test_a_dimension_goes_by_its_name(question: str, found: str, other: str, expected: bool) -> None:
    text = "船长62米，上下三层。从船舷到灶台只有30米。"
    assert (
        is_another_dimension(find_focus(question), candidate_of(text, found), [candidate_of(text, other)]) is expected
    )
