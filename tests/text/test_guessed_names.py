"""Names that the tagger guesses with a word beside them."""

from __future__ import annotations

import pytest

from rag.text.guessed_names import joined
from rag.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("沈朗看完信", "沈朗"),
        ("贺宁怕什么", "贺宁"),
        ("屠静最喜欢", "屠静"),
        ("屠静学的是什么", "屠静"),
        ("他在溪州开几家店", "溪州"),
    ],
)
def test_a_name_stands_without_what_is_beside_it(text: str, name: str) -> None:
    assert name in [token.text for token in tokenize(text)]


def test_what_follows_tells_whether_a_name_ends_in_a_verb() -> None:
    assert joined("屠静学", "nr", "", "的是什么") == (0, 1)
    assert joined("屠静学", "nr", "", "哪年去世") == (0, 0)
    assert joined("屠静学", "nr", "", "了解情况") == (0, 0)


def test_what_is_done_with_money_is_no_person() -> None:
    assert joined("钱发", "nr", "津贴", "哪几个月") == (1, 1)
    assert joined("钱明", "nr", "", "哪年来的") == (0, 0)


def test_the_word_for_when_begins_no_name() -> None:
    assert joined("时弗林", "nr", "普查", "有几人") == (1, 0)
    assert joined("时弗林", "nr", "", "有几人") == (0, 0)


def test_what_is_cut_off_leaves_tokens_that_tile() -> None:
    text = "他在溪州开几家店"
    assert "".join(token.text for token in tokenize(text)) == text
    assert all(text[token.start : token.end] == token.text for token in tokenize(text))
