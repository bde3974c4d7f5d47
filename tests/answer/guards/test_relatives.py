"""Whose age it is: the person's, or a relative's."""

from __future__ import annotations

import pytest

from rag.answer.guards.relatives import is_of_another_relative
from rag.question.focus import find_focus
from tests.answer.paragraphs import sentences_of


@pytest.mark.parametrize(
    ("question", "text", "words", "another"),
    [
        ("何远的父亲多大？", "何远的父亲是渔民。何远52岁。", "52岁", True),
        ("何远的父亲多大？", "何远的父亲是渔民，今年80岁。", "80岁", False),
        ("何远的父亲多大？", "何远52岁，父亲80岁。", "80岁", False),
        ("何远的父亲多大？", "何远52岁，父亲80岁。", "52岁", True),
        ("何远的爸爸多大？", "何远的父亲80岁。", "80岁", False),
        ("何远的儿子多大？", "何远52岁。", "52岁", True),
        ("何远的儿子多大？", "25岁的儿子在外地。", "25岁", False),
        ("何远的娃在哪里上班？", "儿子在西安上班。", "西安", False),
        ("何远多大？", "何远的儿子25岁。", "25岁", True),
        ("何远多大？", "何远的儿子出生时他52岁。", "52岁", False),
        ("何远多大？", "何远今年52岁，儿子25岁。", "52岁", False),
        ("何远女儿多大？", "何远52岁。", "52岁", True),
        ("何远女儿多大？", "何远的女儿25岁。", "25岁", False),
        ("接送孩子要多少钱？", "每月600元。", "600元", False),
        # Whoever is spoken of is not the question there, or no relative is.
        ("何远为什么回家？", "何远的父亲病了。", "病了", False),
        ("父亲节那天来了多少人？", "当天来了300人。", "300人", False),
        ("孩子们捐了多少钱？", "一共捐了300元。", "300元", False),
    ],
)
def test_the_nearest_who_begins_a_clause_counts(question: str, text: str, words: str, *, another: bool) -> None:
    sentence = next(one for one in sentences_of(text) if words in one.text)
    start = sentence.folded.index(words)
    assert is_of_another_relative(find_focus(question), sentence, start, start + len(words)) is another
