"""The full names of people in a text, and a question that names one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.full_names import full_names, name_spans
from rag.question.granted_names import leave_out_granted
from rag.question.terms import find_terms

YARD = (
    "渡船修造坊的坊主是沈江平，队长罗开明说，船要早修。木工有九人，祁连英负责油漆，2021年得过奖。"
    "会计龚长顺，管账二十年。船坊在丁家桥，梅雨期停工，三段时间各修一船。"
)


def test_names_are_learned_whole() -> None:
    assert {"罗开明", "祁连英"} <= full_names(YARD)


@pytest.mark.parametrize("no_name", ["丁家桥", "梅雨期", "段时间", "祁连茶"])
def test_places_and_common_words_are_no_names(no_name: str) -> None:
    assert no_name not in full_names(YARD + "祁连茶获得金奖。")


def test_a_shorter_name_with_a_word_behind_it_is_no_longer_name() -> None:
    assert "陈琦今" not in full_names("队长陈琦今说。陈琦的船回来了。")


def test_a_verb_run_into_a_name_is_cut_off() -> None:
    assert "郭长根" in full_names("他被师傅郭长根送进船坊。")


def test_a_name_in_a_question_is_one_term() -> None:
    question = "祁连英得过什么奖?"
    assert [term.text for term in find_terms(question, people=full_names(YARD)) if term.is_name] == ["祁连英"]
    assert [term.text for term in find_terms(question) if term.is_name] != ["祁连英"]


def test_a_known_person_is_not_cut_for_a_town() -> None:
    question, names = "祁连英得过什么奖?", full_names(YARD)
    assert leave_out_granted(question, "船坊的奖", "祁连的船坊", names) == question


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("多少钱花在油漆上", ["钱", "花", "油漆"]),
        ("多少人交了船费", ["人", "船费"]),
        ("运了多少人次", ["人次"]),
        ("龙桉镇有多少条船", ["龙桉镇", "船"]),
        ("在泾县有多少条船", ["泾县", "船"]),
    ],
)
def test_words_that_the_tagger_joins_or_cuts(question: str, words: list[str]) -> None:
    assert [term.text for term in find_terms(question)] == words


@given(st.text("祁连英沈江平罗开明说，。的船长得过奖", max_size=30), st.sets(st.sampled_from(["祁连英", "沈江平"])))
def test_spans_hold_the_names(text: str, names: set[str]) -> None:
    spans = name_spans(text, names)
    assert all(text[span.start : span.end] in names for span in spans)
    assert all(len(name) == 3 for name in full_names(text))
