"""What a question leaves out of what it asks for, and questions that only look as if they did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.excluded import read_excluded


@pytest.mark.parametrize(
    ("question", "parts", "whole"),
    [
        ("除陶瓷以外的出口额是多少", ("陶瓷",), "出口额是多少"),
        ("除了陶瓷,其他出口额是多少", ("陶瓷",), "出口额是多少"),
        ("除陶瓷外出口额是多少", ("陶瓷",), "出口额是多少"),
        ("陶瓷以外的其他出口额有多少", ("陶瓷",), "出口额有多少"),
        ("不算陶瓷,出口额是多少", ("陶瓷",), "出口额是多少"),
        ("出口额不算陶瓷是多少", ("陶瓷",), "出口额是多少"),
        ("不含陶瓷的出口额是多少", ("陶瓷",), "出口额是多少"),
        ("扣除陶瓷后出口额还有多少", ("陶瓷",), "出口额还有多少"),
        ("除陶瓷和丝绸外的出口额是多少", ("陶瓷", "丝绸"), "出口额是多少"),
        ("除海外收入外,收入是多少", ("海外收入",), "收入是多少"),
        ("非陶瓷的出口额是多少", ("陶瓷",), "出口额是多少"),
        ("除此之外还有多少人", (), "有多少人"),
    ],
)
def test_the_part_is_told_from_the_whole(question: str, parts: tuple[str, ...], whole: str) -> None:
    excluded = read_excluded(question)
    assert excluded is not None
    assert (excluded.parts, excluded.whole) == (parts, whole)


@pytest.mark.parametrize(
    "question",
    ["非洲有多少人", "非遗项目有多少个", "除夕有多少游客", "一共拆除房屋多少间", "海外收入是多少", "除湿机卖了多少台"],
)
def test_a_word_that_holds_the_character_leaves_nothing_out(question: str) -> None:
    assert read_excluded(question) is None


def test_what_is_asked_beside_a_part_is_told_from_the_rest_of_a_whole() -> None:
    excluded = read_excluded("除了门票,坐缆车还要花多少钱")
    assert excluded is not None
    assert excluded.adds


@given(st.text(st.sampled_from("除了以外的非不算扣含其他,陶瓷出口额是多少和年2024"), max_size=30))
def test_nothing_is_read_that_the_question_does_not_say(question: str) -> None:
    excluded = read_excluded(question)
    if excluded is not None:
        assert all(part and part in question for part in excluded.parts)
        assert len(excluded.whole) < max(len(question), 1)
