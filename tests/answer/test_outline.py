"""The title, the headings and the parts of an article, when it was written, and who those are that only it credits."""

from __future__ import annotations

import pytest

from rag.answer.outline import parts_of
from rag.chatbot import Chatbot
from rag.question.asked_outline import LAST, AskedLine, AskedPart, Line, asked_line, asked_part
from rag.types import Article, Block, BlockKind
from tests.conftest import OpenArticles

BRIDGE = """---
title: 一座老桥的新用处
subtitle: ——写在云溪廊桥重新开放之际
authors:
  - 柯宁
  - 乔云舒
publisher: 溪山月刊
published: 2023-05-20
---

一座老桥的新用处

——写在云溪廊桥重新开放之际

文 | 溪山月刊社记者 柯 宁 乔云舒

云溪廊桥封闭维修了三年，今年春天又能走人了。老人们说，桥一通，镇子就活了。

木头会说话

——借助老工匠的传统手艺，让旧木料重新承担分量

廊桥的大梁有三百年，虫眼密密麻麻。木匠师傅沈怀谷带着六个徒弟，把能用的旧木料一根根挑出来，前后修补了412根。

沈怀谷说，老木头有脾气，得顺着纹路下刀。

桥上有生意

——借助返乡青年的经营头脑，让桥面变成热闹的集市

桥修好后，镇上在桥面划出28个摊位，头一年不收租金。卖米糕的返乡青年覃小满每天能卖出300多块。

到4月底，集市一共接待游客5.6万人次。
"""


@pytest.fixture(scope="module")
def bridge(open_articles: OpenArticles) -> Chatbot:
    return open_articles(bridge=BRIDGE)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("这篇文章的标题是什么？", "一座老桥的新用处"),
        ("文章叫什么名字？", "一座老桥的新用处"),
        ("这篇写廊桥的文章题目是什么？", "一座老桥的新用处"),
        ("What is the title of this article?", "一座老桥的新用处"),
        ("文章的副标题是什么？", "写在云溪廊桥重新开放之际"),
        ("第二部分的标题是什么？", "桥上有生意"),
        ("文章最后一部分主要讲了什么？", "借助返乡青年的经营头脑，让桥面变成热闹的集市"),
        ("文章第一部分讲借助老工匠的什么手艺？", "传统手艺"),
        ("文章第二部分讲借助什么头脑，要把桥面变成什么？", "借助返乡青年的经营头脑，让桥面变成热闹的集市"),
        ("文章第二部分提到集市接待了多少人次游客？", "5.6万人次"),
        ("这篇文章写在什么时候？", "云溪廊桥重新开放之际"),
        ("乔云舒是什么身份？", "溪山月刊社记者"),
        ("柯宁是谁？", "溪山月刊社记者"),
    ],
)
def test_what_the_layout_tells(bridge: Chatbot, question: str, short: str) -> None:
    answer = bridge.ask(question)
    assert (answer.status, answer.short) == ("answered", short)
    assert short in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "第三部分的标题是什么？",
        "文章第三部分讲借助什么手艺？",
        "文章第二部分讲借助老工匠的什么手艺？",
        "文章第一部分讲借助老工匠的什么危机？",
        "文章第一部分讲集市接待了多少人次游客？",
        "这篇写海港的文章标题是什么？",
        "海港的文章第二部分提到集市接待了多少人次游客？",
        "论文的标题是什么？",
        "乔云舒的父亲是什么身份？",
        "乔怀谷是什么身份？",
    ],
)
def test_what_it_does_not_tell(bridge: Chatbot, question: str) -> None:
    answer = bridge.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


def test_who_is_named_in_the_prose_is_told_by_it(bridge: Chatbot) -> None:
    assert bridge.ask("沈怀谷是什么身份？").short != "溪山月刊社记者"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("标题是什么?", AskedLine(Line.TITLE)),
        ("这篇讲茶的报道的题目叫什么?", AskedLine(Line.TITLE, about="茶")),
        ("讲茶园的那篇报道叫什么?", AskedLine(Line.TITLE, about="茶园")),
        ("茶园那篇文章的副标题是什么?", AskedLine(Line.SUBTITLE, about="茶园")),
        ("茶园的报道第1部分讲什么?", AskedLine(Line.DEK, 1, about="茶园")),
        ("他的文章标题是什么?", None),
        ("本文的副标题怎么写?", AskedLine(Line.SUBTITLE)),
        ("第3个小标题是什么?", AskedLine(Line.HEADING, 3)),
        ("文章第2部分说了什么?", AskedLine(Line.DEK, 2)),
        ("最后一部分的标题是什么?", AskedLine(Line.HEADING, LAST)),
        ("照片的标题是什么?", None),
        ("小说第1部分讲了什么?", None),
        ("这篇文章讲了什么?", None),
        ("第2章节目有哪些?", None),
    ],
)
def test_which_line_is_asked_for(question: str, asked: AskedLine | None) -> None:
    assert asked_line(question) == asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("文章第1部分讲了谁的手艺?", AskedPart(1, "谁的手艺?")),
        ("在本文的第2部分里,摊位有多少个?", AskedPart(2, "摊位有多少个?")),
        ("最后一部分提到多少游客?", AskedPart(LAST, "多少游客?")),
        ("第1部分工程投资多少?", None),
        ("电影第1部分讲了谁?", None),
        ("摊位有多少个?", None),
    ],
)
def test_which_part_is_asked_about(question: str, asked: AskedPart | None) -> None:
    assert asked_part(question) == asked


def test_parts_that_nobody_can_count() -> None:
    text = "上篇\n甲地\n正文。\n下篇\n正文。"
    lengths = [("heading", 2), ("heading", 2), ("paragraph", 3), ("heading", 2), ("paragraph", 3)]
    blocks, start = [], 0
    for kind, length in lengths:
        blocks.append(Block(BlockKind(kind), start, start + length))
        start += length + 1
    assert parts_of(Article("a", "题", text, tuple(blocks))) == ()
    assert [part.heading for part in parts_of(Article("a", "题", text[6:], ()))] == []
