"""The words of a question that must be found in the evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.terms import Term, find_terms
from rag.text.dates import find_times
from rag.text.normalise import fold


def terms(question: str) -> dict[str, Term]:
    return {term.text: term for term in find_terms(question)}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("《海上盐路》接待了多少观众", ["海上盐路", "接待", "观众"]),
        ("大桥是谁设计的", ["大桥", "设计"]),
        ("“灵犀”和小朋友握手", ["灵犀", "小朋友", "握手"]),
        ("有多高", []),
        ("多少", []),
    ],
)
def test_content_words_left_to_right(question: str, words: list[str]) -> None:
    assert list(terms(question)) == words


def test_each_word_comes_once() -> None:
    assert [term.text for term in find_terms("大桥比大桥长多少")].count("大桥") == 1


def test_dates_and_figures_are_left_out() -> None:
    question = "2024年重庆的产量"
    assert "2024" in terms(question)
    assert not any("2024" in term.text for term in find_terms(question, find_times(question, None)))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("《海上盐路》接待了多少观众", "海上盐路"),
        ("“33618”集群有多少家企业", "33618"),
        ("AI产业规模多大", "ai"),
        ("重庆市的产量", "重庆市"),
        ("祝安澜说了什么", "祝安澜"),
    ],
)
def test_names_and_codes_must_stand_there(question: str, word: str) -> None:
    assert terms(question)[word].is_name


@pytest.mark.parametrize(("question", "word"), [("观众有多少人", "观众"), ("建成多少座桥", "建成")])
def test_other_words_may_be_paraphrased(question: str, word: str) -> None:
    assert not terms(question)[word].is_name


@pytest.mark.parametrize(
    ("question", "word", "form"),
    [
        ("重庆市的产量", "重庆市", "重庆"),
        ("观众有多少", "观众", "游客"),
        ("企业有多少", "企业", "公司"),
        ("AI产业规模", "ai", "人工智能"),
        ("投资金额", "金额", "钱"),
    ],
)
def test_other_forms_count_too(question: str, word: str, form: str) -> None:
    found = terms(question)[word]
    assert found.words[0] == word
    assert form in found.words


def test_a_measure_is_told_apart() -> None:
    assert terms("稻田的面积有多大")["面积"].is_measure
    assert not terms("稻田的面积有多大")["稻田"].is_measure


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("产量是不是95万辆", "是不是"),
        ("王琦说了什么", "王琦说"),
        pytest.param(
            "馆里有多少人", "馆里", marks=pytest.mark.xfail(reason="馆里 is taken for a place name", strict=True)
        ),
        ("产量是否增长", "是否"),
        ("请问产量是多少", "请问"),
    ],
)
def test_words_of_asking_and_saying_are_no_terms(question: str, word: str) -> None:
    assert word not in terms(question)


@given(st.text("重庆新能源车产量的《》“”AI2024年,,多少是谁", max_size=30))
def test_every_term_stands_where_it_says(question: str) -> None:
    folded = fold(question)
    for term in find_terms(question):
        # A name in 《》 starts at its bracket.
        assert folded.startswith(term.text, term.start) or folded.startswith(term.text, term.start + 1)
        assert len(set(term.words)) == len(term.words)


@pytest.mark.parametrize(
    ("question", "counted"), [("办了多少张证？", "证"), ("卖了几张票？", "票"), ("有多少张床位？", "床位")]
)
def test_what_is_counted_is_no_name(question: str, counted: str) -> None:
    terms = find_terms(question)
    assert counted in [term.text for term in terms]
    assert not [term for term in terms if term.is_name]
