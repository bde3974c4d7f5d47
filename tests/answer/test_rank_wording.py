"""第三名 and 季军 are one."""

from __future__ import annotations

import pytest

from rag.answer.guards.rivals import another_number
from rag.answer.rank_wording import word_ranks
from rag.question.focus import find_focus


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("第三名得了多少钱？", "季军得了1万元。", "季军得了多少钱？"),
        ("亚军是谁？", "第2名是何远。", "第2名是谁？"),
        ("第三名是谁？", "第三名是何远，季军的奖杯归他。", "第三名是谁？"),
        ("第四名是谁？", "季军是何远。", "第四名是谁？"),
    ],
)
def test_a_place_is_worded_as_the_passage_has_it(question: str, passage: str, expected: str) -> None:
    assert word_ranks(question, passage) == expected


@pytest.mark.parametrize(
    ("piece", "another"),
    [("季军得了1万元", False), ("亚军得了2万元", True), ("第三名得了1万元", False), ("第二名得了2万元", True)],
)
def test_another_place_speaks_against_it(piece: str, *, another: bool) -> None:
    assert another_number(find_focus("第三名得了多少钱？"), [piece]) is another
