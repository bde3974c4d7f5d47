"""Citations are exact slices with a link that opens the place, and the words around them are few."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.citations import citation_url, cite
from rag.answer.compose import compose, refuse
from rag.answer.reading import Finding, Reading, Support
from rag.answer.wording import marks, quoted, say
from rag.types import Article, Block, BlockKind, Question, Span
from tests.answer.paragraphs import article_of

TEXT = "2024年,全市汽车产量达到254万辆。\n其中新能源汽车产量95万辆。"
FIRST, SECOND = Support("invented", Span(0, 20)), Support("invented", Span(21, len(TEXT)))
ARTICLES = {"invented": article_of(TEXT, section="家底")}
QUESTION = Question("去年产量？", "2024年产量?", "zh", ("“去年”指2024年。",))


def test_citations_are_numbered_exact_and_once_each() -> None:
    citations = cite((SECOND, FIRST, SECOND), ARTICLES, "https://example.org/", 0.123456)
    assert [citation.number for citation in citations] == [1, 2]
    assert [citation.quote for citation in citations] == [TEXT[21:], TEXT[:20]]
    assert citations[0].url == f"https://example.org/a/invented#21-{len(TEXT)}"
    assert (citations[0].section, citations[0].title, citations[0].score) == ("家底", "城市观察", 0.1235)


@pytest.mark.parametrize(
    ("public_url", "article_id", "url"),
    [
        ("", "expo-2025", "/a/expo-2025#1-2"),
        ("https://example.org", "expo-2025", "https://example.org/a/expo-2025#1-2"),
        ("https://example.org/app/", "a b", "https://example.org/app/a/a%20b#1-2"),
        ("", "茶城", "/a/%E8%8C%B6%E5%9F%8E#1-2"),
        ("", "a/../b#c?d", "/a/a%2F..%2Fb%23c%3Fd#1-2"),
    ],
)
def test_links_carry_any_name(public_url: str, article_id: str, url: str) -> None:
    assert citation_url(public_url, article_id, 1, 2) == url


@given(text=st.text(min_size=1, max_size=60), data=st.data())
def test_any_slice_is_quoted_as_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = Article("x", "题", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    (citation,) = cite([Support("x", Span(start, end))], {"x": article}, "", 1.0)
    assert text[citation.start : citation.end] == citation.quote


def test_an_answer_shows_the_short_form_then_the_sentence() -> None:
    answer = compose(QUESTION, Finding("95万辆", Span(31, 35), (SECOND, FIRST), 0.91234), ARTICLES, "")
    assert answer is not None
    assert answer.text == "95万辆[1][2]\n「其中新能源汽车产量95万辆。」"
    assert (answer.status, answer.confidence, answer.notes) == ("answered", 0.9123, QUESTION.notes)
    assert answer.question == "2024年产量?"


def test_a_sentence_alone_is_an_answer() -> None:
    answer = compose(QUESTION, Finding(None, None, (SECOND,), 0.9), ARTICLES, "")
    assert answer is not None
    assert (answer.text, answer.short) == ("「其中新能源汽车产量95万辆。」[1]", None)


def test_a_figure_that_is_not_cited_makes_no_answer() -> None:
    assert compose(QUESTION, Finding("96万辆", None, (SECOND,), 0.9), ARTICLES, "") is None
    assert compose(QUESTION, Finding("254万辆", None, (SECOND,), 0.9), ARTICLES, "") is None


def test_a_computed_figure_needs_cited_operands() -> None:
    good = Finding("约37.4%", None, (SECOND, FIRST), 0.9, formula="95万辆 ÷ 254万辆 ≈ 37.4%")
    answer = compose(QUESTION, good, ARTICLES, "")
    assert answer is not None
    assert (answer.status, answer.formula) == ("computed", good.formula)
    assert "推算：95万辆 ÷ 254万辆 ≈ 37.4%" in answer.text
    assert compose(QUESTION, Finding("约37.4%", None, (SECOND,), 0.9, formula=good.formula), ARTICLES, "") is None
    wrong = Finding("约38.0%", None, (SECOND, FIRST), 0.9, formula="96万辆 ÷ 254万辆 ≈ 38.0%")
    assert compose(QUESTION, wrong, ARTICLES, "") is None


def test_a_refusal_cites_nothing_and_says_what_is_covered() -> None:
    reading = Reading(closest=(SECOND,), obstacle="time")
    answer = refuse(QUESTION, reading, ARTICLES, "")
    assert (answer.status, answer.short, answer.citations, answer.confidence) == ("refused", None, (), 0.0)
    assert "家底" in answer.text
    assert [citation.quote for citation in answer.related] == [TEXT[21:]]
    assert answer.notes == QUESTION.notes


@pytest.mark.parametrize("obstacle", ["time", "place", "name", "kind", ""])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_speaks_the_language_of_the_question(obstacle: str, language: str) -> None:
    question = Question("q", "q", "zh" if language == "zh" else "en")
    answer = refuse(question, Reading(obstacle=obstacle), {"invented": article_of(TEXT, date(2025, 1, 1))}, "")
    first, *_ = answer.text.splitlines()
    assert first.isascii() is (language == "en")


def test_words_of_our_own() -> None:
    assert marks([1, 2]) == "[1][2]"
    assert marks([]) == ""
    assert quoted(" 一句话。 ") == "「一句话。」"
    with pytest.raises(KeyError):
        say("no such sentence", "zh")
    with pytest.raises(KeyError):
        say("computed", "zh")
