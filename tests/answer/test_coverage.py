"""How much of a question's words is found around a candidate."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.coverage import SYNONYM, Region, TermWeights, cover, found
from rag.question.terms import Term, find_terms


def term(word: str, tag: str = "n", *others: str, is_name: bool = False) -> Term:
    return Term((word, *others), tag, 0, is_name)


def one(_: Term) -> float:
    return 1.0


def test_a_word_counts_fully_and_a_synonym_nearly() -> None:
    assert found(term("产量"), "汽车产量95万辆") == 1.0
    assert found(term("收入", "n", "营收"), "营收9亿元") == SYNONYM
    assert found(term("收入", "n", "营收"), "利润9亿元") == 0.0


def test_most_parts_of_a_long_word_count_in_part() -> None:
    assert 0.0 < found(term("汽车产业集群"), "汽车产业的集群优势") < 1.0
    assert found(term("汽车产业集群"), "医院的床位") == 0.0


def test_a_name_is_there_whole_or_not_at_all() -> None:
    assert found(term("长江集团公司", "nt", is_name=True), "长江公司集团") == 0.0
    assert found(term("长江集团公司", "nt", is_name=True), "长江集团公司签约") == 1.0


def test_latin_words_stand_alone() -> None:
    assert found(term("ai", "eng", is_name=True), "ai产业") == 1.0
    assert found(term("ai", "eng", is_name=True), "dubai的产业") == 0.0


def test_no_terms_cover_nothing() -> None:
    assert cover((), (Region("桥", 1.0),), one).score == 0.0


def test_a_term_counts_where_it_counts_most() -> None:
    terms = (term("桥"), term("学校"))
    coverage = cover(terms, (Region("桥和学校", 0.5), Region("桥", 1.0)), one)
    assert coverage.score == pytest.approx((1.0 + 0.5) / 2)
    assert coverage.missing == ()


def test_missing_terms_come_heaviest_first() -> None:
    terms = (term("桥"), term("重庆", "ns", is_name=True), term("学校"))
    weights = {"桥": 1.0, "重庆": 3.0, "学校": 4.0}
    coverage = cover(terms, (Region("学校", 1.0),), lambda term: weights[term.text])
    assert [missing.text for missing in coverage.missing] == ["重庆", "桥"]
    assert [missing.text for missing in coverage.missing_names] == ["重庆"]
    assert coverage.missing_share == pytest.approx(0.5)
    assert coverage.score == pytest.approx(0.5)


def test_rare_words_names_and_nouns_weigh_more() -> None:
    weigh = TermWeights(lambda word: {"大桥": 1, "城市": 60}.get(word, 5), 100)
    assert weigh(term("大桥")) > weigh(term("城市")) > 0
    assert weigh(term("重庆", "ns", is_name=True)) > weigh(term("武汉"))
    assert weigh(term("桥梁")) > weigh(term("修建", "v"))
    assert weigh(term("面积")) < weigh(term("桥梁")) / 4
    assert math.isfinite(weigh(term("没有")))


@given(
    question=st.text("重庆汽车产量学校桥梁第一年多少", min_size=1, max_size=20),
    text=st.text("重庆汽车产量学校桥梁0123456789年,", max_size=40),
    weight=st.floats(0.0, 1.0),
)
def test_scores_stay_between_none_and_all(question: str, text: str, weight: float) -> None:
    coverage = cover(find_terms(question), (Region(text, weight), Region(text[::-1], weight)), one)
    assert 0.0 <= coverage.score <= 1.0 + 1e-9
    assert 0.0 <= coverage.missing_share <= 1.0 + 1e-9


@given(st.text("重庆汽车产量学校桥梁", min_size=1, max_size=15))
def test_a_text_covers_itself(question: str) -> None:
    terms = find_terms(question)
    if terms:
        assert cover(terms, (Region(question, 1.0),), one).score == pytest.approx(1.0)
