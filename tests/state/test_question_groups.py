"""The same question in other words counts as one, and different questions stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.state.question_groups import QuestionGroup, alike_questions, frequent_words, same_questions


def test_spaces_punctuation_case_and_characters_make_no_difference() -> None:
    counts = {"AI 桥有幾座?": 1, "ai桥有几座": 3, "ＡＩ桥有几座？！": 2, "路有几条": 4}
    groups = same_questions(counts)
    assert groups == [
        QuestionGroup("ai桥有几座", 6, ("ＡＩ桥有几座？！", "AI 桥有幾座?")),
        QuestionGroup("路有几条", 4),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("门票多少钱", "请问门票的钱是多少？"),
        ("停车场在哪里", "停车场在哪儿呢"),
        ("河西桥梁的设计单位是谁", "谁是河西桥梁的设计单位"),
    ],
)
def test_nearly_the_same_words_are_one_question(one: str, other: str) -> None:
    assert [(group.question, group.count) for group in alike_questions({one: 2, other: 1})] == [(one, 3)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("门票多少钱", "停车多少钱"),
        ("2023年河西建成桥梁的总投资是多少", "2024年河西建成桥梁的总投资是多少"),
        ("第3座桥有多长", "第4座桥有多长"),
        ("？", "！"),
        ("是什么", "在哪里"),
    ],
)
def test_other_words_or_figures_are_another_question(one: str, other: str) -> None:
    assert len(alike_questions({one: 2, other: 1})) == 2


QUESTIONS = st.dictionaries(
    st.text(alphabet="桥路门票停车几多少年2023 ？。ab", max_size=12) | st.text(max_size=6),
    st.integers(1, 9),
    max_size=25,
)


@given(QUESTIONS)
def test_every_question_is_counted_once(counts: dict[str, int]) -> None:
    for groups in (same_questions(counts), alike_questions(counts)):
        assert sum(group.count for group in groups) == sum(counts.values())
        assert [group.count for group in groups] == sorted((group.count for group in groups), reverse=True)
        wordings = [wording for group in groups for wording in (group.question, *group.others)]
        assert set(wordings) <= set(counts)
        assert len(wordings) == len(set(wordings))


def test_the_words_that_questions_have_in_common() -> None:
    groups = [QuestionGroup("门票多少钱", 3), QuestionGroup("门票在哪里买", 2), QuestionGroup("2023年的桥", 9)]
    words = frequent_words(groups, 5)
    assert words["门票"] == 5
    assert "2023" not in words
    assert "多少" not in words
