"""Whose office somebody holds."""

from __future__ import annotations

import pytest

from rag.answer.guards.offices import of_another_body
from rag.question.focus import find_focus
from rag.types import Span
from tests.answer.paragraphs import sentence_of


@pytest.mark.parametrize(
    ("question", "text", "name", "another"),
    [
        ("白鹭镇队的主教练是谁？", "石板坳乡队主教练莫小北赛后说。", "莫小北", True),
        ("谁是教育局局长", "水利局局长何远说。", "何远", True),
        ("定川县的水利局局长是谁？", "县水利局局长郑怀山带着队员。", "郑怀山", False),
        ("清溪县文化馆馆长是谁？", "据县文化馆馆长宁致远介绍。", "宁致远", False),
        ("县医院神经内科主任是谁", "神经内科主任尉迟明说。", "尉迟明", False),
        ("市教育局局长是谁", "市教育局党委书记、局长何远说。", "何远", False),
        # No body stands before the office, or none is asked for.
        ("县一中校长是谁", "校长何远说。", "何远", False),
        ("校长是谁", "县一中校长何远说。", "何远", False),
    ],
)
def test_the_body_before_the_office_must_be_the_asked_one(
    question: str, text: str, name: str, *, another: bool
) -> None:
    start = text.index(name)
    assert of_another_body(find_focus(question), sentence_of(text), Span(start, start + len(name))) is another
