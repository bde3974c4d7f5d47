"""What of a question is left once its article is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.known_names import without_known_names

INTRODUCED = "锐澜光学发布2025年报\n武汉的锐澜光学去年增收。"


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("武汉的锐澜光学去年营收是多少", "去年营收是多少"),
        ("2025年武汉卖出多少台", "2025年卖出多少台"),
        ("去年武汉卖出多少台", "去年卖出多少台"),
        ("去年成都卖出多少台", "去年成都卖出多少台"),
        ("营收是多少", "营收是多少"),
        ("武汉", "武汉"),
    ],
)
def test_names_that_the_article_has_introduced_are_left_out(question: str, left: str) -> None:
    assert without_known_names(question, INTRODUCED) == left


@given(st.text("武汉锐澜光学成都营收的去年12是多少?", max_size=20))
def test_only_names_are_left_out(question: str) -> None:
    left = without_known_names(question, INTRODUCED)
    rest = iter(question)
    assert all(character in rest for character in left)
    assert without_known_names(question, "") == question
