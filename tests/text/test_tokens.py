from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.tokens import FUNCTION_WORDS, keywords, tokenize


@given(st.text(max_size=60))
def test_tokens_tile_the_text(text: str) -> None:
    at = 0
    for token in tokenize(text):
        assert token.start == at < token.end
        assert text[token.start : token.end] == token.text
        at = token.end
    assert at == len(text)


def test_tags_parts_of_speech() -> None:
    tags = {token.text: token.tag for token in tokenize("重庆举办博览会,AI很热")}
    assert (tags["重庆"], tags["博览会"], tags["AI"]) == ("ns", "n", "eng")


def test_a_name_does_not_take_in_the_word_behind_it() -> None:
    assert [token.text for token in tokenize("陈琦是在哪里长大的")][:3] == ["陈琦", "是", "在"]
    assert tokenize("李建国说话了")[0].text == "李建国"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("一个人交多少钱", ["人", "交"]),
        ("创新班招多少", ["班", "招"]),
        ("营收涨了多少", ["营收", "涨"]),
        ("要发多少钱", ["要", "发"]),
    ],
)
def test_a_verb_is_cut_off_a_word_that_is_only_guessed(text: str, words: list[str]) -> None:
    tokens = [token.text for token in tokenize(text)]
    assert [word for word in words if word in tokens] == words


def test_a_word_that_is_known_keeps_its_verb() -> None:
    assert tokenize("转账付款")[0].text == "转账"
    assert "提交" in [token.text for token in tokenize("材料提交多少份")]


def test_words_of_content_are_no_function_words() -> None:
    assert {token.text: token.tag for token in tokenize("初中学费")}["初中"] == "n"


def test_traditional_text_is_cut_as_simplified() -> None:
    assert [token.text for token in tokenize("新能源車產量")] == ["新能源", "車", "產量"]
    assert keywords("新能源車產量") == keywords("新能源车产量")


def test_keywords_leave_out_what_says_nothing() -> None:
    assert keywords("重庆的AI产业规模是多少?") == ["重庆", "ai", "产业", "规模"]
    assert keywords("，。！ \n") == []


@pytest.mark.parametrize(
    ("first", "second"), [("全国第四", "全国第4"), ("两批常客", "2批常客"), ("二〇二四年", "2024年")]
)
def test_numerals_in_either_script_meet(first: str, second: str) -> None:
    assert keywords(first) == keywords(second)


@given(st.text(max_size=60))
def test_keywords_are_folded_words(text: str) -> None:
    for word in keywords(text):
        assert word not in FUNCTION_WORDS
        assert any(character.isalnum() for character in word)
