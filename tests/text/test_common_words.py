"""Common words that the tagger calls names are none."""

from __future__ import annotations

import pytest

from rag.question.terms import find_terms
from rag.text.common_words import NAME_TAGS, corrected_tag
from rag.text.tokens import tokenize
from training.common_words import common_words


@pytest.mark.parametrize("word", "摩托车 台风 上市 论文 音乐会 马拉松 海洋 银行卡 登记表 熊猫 东西".split())
def test_common_words_are_no_names(word: str) -> None:
    assert not [token for token in tokenize(f"有{word}吗") if token.tag in NAME_TAGS]
    assert not [term for term in find_terms(f"有多少{word}？") if term.is_name]


@pytest.mark.parametrize("name", "北京 长江 清华 日本 敦煌 黄河 新华社".split())
def test_names_stay_names(name: str) -> None:
    assert [token for token in tokenize(f"在{name}吗") if token.tag in NAME_TAGS]


def test_only_tags_of_names_are_corrected() -> None:
    assert corrected_tag("上市", "v") == "v"
    assert corrected_tag("上市", "ns") == "v"
    assert corrected_tag("台风", "ns") == "n"


def test_a_word_that_is_also_a_name_is_left_alone() -> None:
    entries = [
        "# a comment",
        "東西 东西 [dong1 xi1] /thing/stuff/",
        "上市 上市 [shang4 shi4] /to hit the market (of a new product)/",
        "東方 东方 [dong1 fang1] /east/",
        "東方 东方 [Dong1 fang1] /the East/two-character surname Dongfang/",
    ]
    assert common_words(entries) == {"东西": False, "上市": True}
