"""Names are found by their pinyin; common words, pieces of words and what is ambiguous are none."""

from __future__ import annotations

import pytest

from rag.text.spelt_names import spelt_in


@pytest.mark.parametrize(
    ("letters", "text", "name"),
    [
        ("Wuhan", "武汉市在长江边。", "武汉"),
        ("heyue", "馆长何越说。", "何越"),
        ("Chengdu", "满意程度很高。", ""),
        ("Chengdu", "成都的满意程度很高。", "成都"),
        ("chengdu", "项目完成度很高。", ""),
        ("Xian", "先去西安。", "西安"),
        ("Bayumei", "牧民巴玉梅养了三匹马。", "巴玉梅"),
        ("lv", "女子绿色。", ""),
        ("Paris", "武汉市在长江边。", ""),
        ("", "武汉市在长江边。", ""),
    ],
)
def test_what_letters_spell(letters: str, text: str, name: str) -> None:
    assert spelt_in(letters, [text]) == name


def test_of_two_names_alike_neither_is_meant_unless_one_is_told_of_more() -> None:
    assert spelt_in("lijun", ["李军说。", "李俊说。"]) == ""
    assert spelt_in("lijun", ["李军说。李军又说。", "李俊说。"]) == "李军"
