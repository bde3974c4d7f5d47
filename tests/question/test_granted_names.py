"""Names that a passage takes for granted are not asked of it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.introduction import introduction
from rag.question.granted_names import leave_out_granted
from rag.types import Article, Block, BlockKind

FIRM = "锐澜光学发布年报\n锐澜光学3月2日在宁川发布年报。"
COUNTY = "岭川县的一年\n岭川县人民医院去年很忙，岭川县中医院也是。"


@pytest.mark.parametrize(
    ("question", "passage", "introduced", "expected"),
    [
        ("锐澜光学去年营收多少？", "公司去年营收9亿元。", FIRM, "去年营收多少？"),
        ("锐澜光学的董事长是谁？", "董事长是方达。", FIRM, "董事长是谁？"),
        ("去年锐澜光学的营收是多少？", "公司去年营收9亿元。", FIRM, "去年营收是多少？"),
        ("2024年，锐澜光学营收多少？", "公司去年营收9亿元。", FIRM, "2024年，营收多少？"),
        ("岭川县人民医院有多少张床位？", "全院有床位600张。", COUNTY, "有多少张床位？"),
        ("岭川县去年出生多少人？", "全县出生1200人。", COUNTY, "去年出生多少人？"),
        ("向阳驿站有多少个床位？", "站里有床位60个。", "向阳驿站(化名)是一家客栈。", "有多少个床位？"),
        # A line that begins with other words tells of more than it.
        ("向阳驿站有多少个床位？", "站里有床位60个。", "县里有向阳驿站是好事。", "向阳驿站有多少个床位？"),
        ("智能工厂有多少个？", "一共60个。", "智能工厂是新名词。", "智能工厂有多少个？"),
        # The passage itself names it.
        ("锐澜光学去年营收多少？", "锐澜光学去年营收9亿元。", FIRM, "锐澜光学去年营收多少？"),
        # Nobody has introduced it.
        ("大泽光学去年营收多少？", "公司去年营收9亿元。", FIRM, "大泽光学去年营收多少？"),
        ("清浦县去年出生多少人？", "全县出生1200人。", COUNTY, "清浦县去年出生多少人？"),
        # One of several, or the end of a way, is no topic.
        ("宁川和清浦谁的产量高？", "产量9万吨。", FIRM, "宁川和清浦谁的产量高？"),
        ("宁川到清浦有多远？", "全程90公里。", FIRM, "宁川到清浦有多远？"),
        # What is measured is no name, whatever it is joined to.
        ("锐澜产量是多少？", "产量9万吨。", "锐澜产量创新高", "锐澜产量是多少？"),
        # Common words say what is asked.
        ("年报是哪天发布的？", "3月2日发布。", FIRM, "年报是哪天发布的？"),
    ],
)
def test_a_name_that_the_article_has_introduced_is_left_out(
    question: str, passage: str, introduced: str, expected: str
) -> None:
    assert leave_out_granted(question, passage, introduced) == expected


LONG = (Block(BlockKind.TITLE, 0, 1), Block(BlockKind.PARAGRAPH, 2, 62), Block(BlockKind.PARAGRAPH, 62, 63))


def test_an_article_introduces_names_by_its_title_subtitle_and_first_paragraph() -> None:
    text = "甲\n乙\n丙"
    blocks = (
        Block(BlockKind.TITLE, 0, 1),
        Block(BlockKind.PARAGRAPH, 2, 3),
        Block(BlockKind.PARAGRAPH, 4, 5),
    )
    article = Article("a", "甲", text, blocks, date(2025, 1, 1), subtitle="丁")
    assert introduction(article) == "甲\n丁\n\n乙\n丙"
    assert introduction(dataclasses.replace(article, publisher="戊", text="甲\n" + "乙" * 60 + "丙", blocks=LONG)) == (
        "甲\n丁\n戊\n" + "乙" * 60
    )


WORDS = st.lists(st.sampled_from("锐澜光学 岭川县 人民医院 的 去年 营收 多少 ？ 和 《书》 到 3个 第2届".split())).map(
    "".join
)


@given(WORDS, WORDS, WORDS)
def test_words_are_only_ever_left_out(question: str, passage: str, introduced: str) -> None:
    result = leave_out_granted(question, passage, introduced)
    rest = iter(question)
    assert all(character in rest for character in result)
    assert leave_out_granted(question, passage, "") == question
    assert leave_out_granted(question, question, introduced) == question
