from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.language import detect_language, is_english_sentence, normal_form


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("馆长是谁？", "zh"),
        ("Who won the cup?", "en"),
        ("What is 径流量?", "zh"),
        ("GDP", "en"),
        ("2024?", "zh"),
        ("", "zh"),
        ("𠀀", "zh"),
    ],
)
def test_language_of_the_answer(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(("text", "english"), [("What did 王旭东 say?", True), ("GDP是多少", False), ("Who?", True)])
def test_english_wording_around_chinese_names(text: str, english: bool) -> None:
    assert is_english_sentence(text) is english


def test_an_english_sentence_keeps_its_spaces_beside_chinese_names() -> None:
    assert normal_form("What did  王旭东 say ?").startswith("What did 王旭东 say")


@pytest.mark.parametrize("text", ["上一届有多少人", "成立于哪一年", "这一次"])
def test_a_one_that_counts_nothing_stays_a_word(text: str) -> None:
    assert normal_form(text) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<b>茶园</b>有多少亩？", "茶园有多少亩?"),
        ('<a href="http://example.org/?q=1">老桥</a>建于<br/>哪一年', "老桥建于哪一年"),
        ("＜i＞老桥＜／i＞有多长", "老桥有多长"),
        ("How long is <em>the old bridge</em>?", "How long is the old bridge ?"),
        ("a<b且c>d吗", "a<b且c>d吗"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ],
)
def test_tags_are_no_words_of_a_question(typed: str, read: str) -> None:
    assert normal_form(typed) == read


@given(st.text(alphabet="<>/ab桥=\"' 1", max_size=60))
def test_normal_form_of_anything_like_a_tag_is_idempotent(text: str) -> None:
    once = normal_form(text)
    assert normal_form(once) == once


@given(st.text(max_size=120))
def test_normal_form_is_idempotent(text: str) -> None:
    once = normal_form(text)
    assert normal_form(once) == once
