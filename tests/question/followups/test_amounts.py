"""Other amounts of what the question before asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.followups.amounts import complete_amount


@pytest.mark.parametrize(
    ("text", "frame", "completed"),
    [
        ("存3年呢?", "在信用社存1年利息是多少?", "在信用社存3年利息是多少?"),
        ("那10公里呢?", "跑5公里要多久?", "跑10公里要多久?"),
        ("少二两呢?", "麻袋里少一两会怎么样?", "麻袋里少二两会怎么样?"),
        ("2023年呢?", "2022年利息是多少?", None),
        ("3斤呢?", "跑5公里要多久?", None),
        ("3个呢?", "第5个人是谁?", None),
        ("3斤呢?", "买5斤和6斤各多少钱?", None),
        ("5公里呢?", "跑5公里要多久?", None),
    ],
)
def test_an_amount_takes_the_place_of_the_one_of_its_kind(text: str, frame: str, completed: str | None) -> None:
    assert complete_amount(text, frame) == completed


@given(st.integers(1, 999), st.integers(1, 999))
def test_nothing_else_of_the_question_changes(one: int, other: int) -> None:
    completed = complete_amount(f"存{other}天呢?", f"存{one}天利息是多少?")
    assert completed == (None if one == other else f"存{other}天利息是多少?")
