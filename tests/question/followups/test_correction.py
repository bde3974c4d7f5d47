"""Corrections of the question before, over wheat, reading rooms and bridges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.followups.correction import Correction, correct, read_correction
from rag.question.understand import complete
from rag.types import Turn

WHEAT = ("去年武汉小麦产量是多少？", "95万吨[1]\n“小麦产量95万吨。”")
DEALS = ("农展会签约的合同金额是多少？", "超310亿元[1]")
FIRMS = ("农展会有多少家企业参展？", "420家[1]")


def follow(question: str, *exchanges: tuple[str, str]) -> str:
    history = [
        turn for asked, answer in exchanges for turn in (Turn("user", asked), Turn("assistant", answer)) if turn.content
    ]
    return complete(question, history).text


@pytest.mark.parametrize(
    ("question", "standalone"),
    [
        ("我问的是玉米。", "去年武汉玉米产量是多少?"),
        ("我是说水稻", "去年武汉水稻产量是多少?"),
        ("我指的是长沙", "去年长沙小麦产量是多少?"),
        ("我是想问玉米", "去年武汉玉米产量是多少?"),
        ("我想问的是前年的", "前年武汉小麦产量是多少?"),
        ("我是问2022年的", "2022年武汉小麦产量是多少?"),
        ("不对，我说的是今年上半年", "今年上半年武汉小麦产量是多少?"),
        ("不，我说的是长沙", "去年长沙小麦产量是多少?"),
        ("不是小麦，是玉米", "去年武汉玉米产量是多少?"),
        ("不是小麦是玉米", "去年武汉玉米产量是多少?"),
        ("不是武汉的，是长沙的", "去年长沙小麦产量是多少?"),
        ("不是产量，是面积", "去年武汉小麦面积是多少?"),
        ("我问的不是去年，是前年", "前年武汉小麦产量是多少?"),
        ("我不是问小麦，我想知道玉米", "去年武汉玉米产量是多少?"),
        ("我问的是玉米，不是小麦", "去年武汉玉米产量是多少?"),
        ("玉米，不是小麦", "去年武汉玉米产量是多少?"),
        ("更正一下，是玉米", "去年武汉玉米产量是多少?"),
        ("错了，我问的是增长了多少", "去年武汉小麦产量增长了多少?"),
        ("我问的是全国的", "去年全国小麦产量是多少?"),
    ],
)
def test_a_correction_is_the_question_before_with_what_it_names(question: str, standalone: str) -> None:
    assert follow(question, WHEAT) == standalone


def test_not_all_but_a_part() -> None:
    assert follow("不是总的，我问的是两大百亿级主打产业的。", DEALS) == "农展会签约的两大百亿级主打产业合同金额是多少?"
    assert follow("不是总的，是水稻的", ("武汉的总产量是多少？", "95万吨[1]")) == "武汉的水稻产量是多少?"
    assert follow("我想问的是采购商。", FIRMS) == "农展会有多少采购商参展?"


def test_a_kind_of_it_stays_in_its_place() -> None:
    bicycles = ("去年天津自行车产量是多少？", "900万辆[1]")
    assert follow("我问的是电动自行车。", bicycles) == "去年天津电动自行车产量是多少?"


def test_corrections_go_on_from_one_another() -> None:
    turns = [WHEAT, ("不是小麦，是玉米", "60万吨[1]")]
    assert follow("我说的是今年上半年", *turns) == "今年上半年武汉玉米产量是多少?"
    assert follow("2022年的呢？", *turns, ("我说的是今年上半年", "")) == "2022年武汉玉米产量是多少?"


@pytest.mark.parametrize(
    "question", ["我说的不是小麦", "我问的是。", "不是说免费吗？", "不是玉米，是真的吗？", "他是不是武汉人？"]
)
def test_what_names_nothing_to_ask_for_is_left_alone(question: str) -> None:
    assert follow(question, WHEAT) == complete(question).text


def test_a_correction_that_stayed_unclear_is_no_question_to_go_on_from() -> None:
    assert follow("玉米呢？", WHEAT, ("我问的是已经卖掉的", "抱歉，文章没有提到。")) == "去年武汉玉米产量是多少?"


def test_what_is_corrected_is_read() -> None:
    assert read_correction("不对,我问的是玉米。") == Correction("玉米")
    assert read_correction("不是小麦的,是玉米的。") == Correction("玉米的", "小麦")
    assert read_correction("小麦产量是多少?") is None
    assert correct(Correction("已经卖掉"), "去年武汉小麦产量是多少?", None) is None


@given(st.text(alphabet="我不是问的说想小麦玉,，。?吗 ", max_size=40))
def test_any_text_is_read_without_fault(text: str) -> None:
    correction = read_correction(text)
    assert correction is None or correction.new in text
