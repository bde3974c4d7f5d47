"""Follow-ups that ask for a sum of what was answered before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.followups.antecedents import Exchange
from rag.question.followups.conversation_sums import complete_sum
from rag.question.understand import complete
from rag.types import Turn

HENS = Exchange("农场有多少只母鸡?", "320只")
DUCKS = Exchange("农场有多少只鸭子?", "180只")
LAND = Exchange("农场面积是多少?", "60亩")
CROP = Exchange("2024年农场棉花产量是多少?", "40吨")


@pytest.mark.parametrize(
    "asked", ["2个加起来是多少?", "两个加起来是多少", "这两个一共是多少?", "加起来有多少只?", "两者总和是多少"]
)
def test_two_answers_are_added(asked: str) -> None:
    assert complete_sum(asked, [LAND, HENS, DUCKS]) == "农场母鸡和农场鸭子一共是多少只?"


def test_two_answers_are_set_apart() -> None:
    assert complete_sum("两者相差多少?", [HENS, DUCKS]) == "农场母鸡和农场鸭子相差多少只?"


@pytest.mark.parametrize(
    "asked", ["这占农产品总产量的百分之几?", "占农产品总产量的百分之几?", "它占农产品总产量的比例是多少?"]
)
def test_an_answer_is_a_share_of_what_is_named(asked: str) -> None:
    assert complete_sum(asked, [CROP]) == "2024年农场棉花产量占农产品总产量的百分之几?"


@pytest.mark.parametrize(
    "exchanges",
    [
        [HENS],
        [HENS, LAND],
        [HENS, HENS],
        [HENS, Exchange("农场有多少只鹅?", refused=True)],
        [HENS, Exchange("农场主是谁?", "方立秋")],
        [Exchange("农场里鸡和鸭一共多少只?", "500只"), Exchange("农场有多少只鹅?", "40只")],
    ],
)
def test_answers_that_do_not_add_up_complete_nothing(exchanges: list[Exchange]) -> None:
    assert complete_sum("两个加起来是多少?", exchanges) is None


@pytest.mark.parametrize(
    "asked", ["母鸡和鸭子加起来是多少?", "一共有多少只母鸡?", "占地多少亩?", "占比是多少?", "三个加起来是多少?"]
)
def test_other_questions_are_left_alone(asked: str) -> None:
    assert complete_sum(asked, [HENS, DUCKS]) is None


def test_a_conversation_is_completed_on_its_way() -> None:
    history = [
        Turn("user", "农场有多少只母鸡？"),
        Turn("assistant", "320只[1]\n“农场有母鸡320只。”"),
        Turn("user", "那鸭子呢？"),
        Turn("assistant", "180只[1]\n“农场有鸭子180只。”"),
    ]
    assert complete("两个加起来是多少？", history).text == "农场母鸡和农场鸭子一共是多少只?"


@given(st.text("两三个加起来是多少占总产量的百分之几这它相差?", max_size=30), st.integers(1, 999), st.integers(1, 999))
def test_what_is_completed_stands_on_its_own(asked: str, one: int, other: int) -> None:
    exchanges = [Exchange("农场有多少只母鸡?", f"{one}只"), Exchange("农场有多少只鸭子?", f"{other}只")]
    completed = complete_sum(asked, exchanges)
    assert completed is None or complete_sum(completed, exchanges) is None
