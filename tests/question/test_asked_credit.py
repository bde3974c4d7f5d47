"""Which questions ask for a credit of the article or its pictures, and which only sound like it."""

from __future__ import annotations

import pytest

from rag.question.asked_credit import AskedCredit, Role, Scene, asked_credit
from rag.question.described import described
from rag.question.focus import find_focus
from rag.question.kinds import asked_block
from rag.types import BlockKind


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("这篇夏收观察是谁写的?", Role.AUTHOR),
        ("这篇海港报道有哪几位作者?", Role.AUTHOR),
        ("哪位记者采写的?", Role.AUTHOR),
        ("本文记者叫什么名字?", Role.REPORTER),
        ("通讯员是谁?", Role.CORRESPONDENT),
        ("谁是责任编辑?", Role.EDITOR),
        ("值班编辑是谁?", Role.EDITOR),
        ("谁校对的?", Role.PROOFREADER),
        ("谁负责审核?", Role.REVIEWER),
        ("这份灾情通报是谁签发的?", Role.REVIEWER),
        ("这篇鲸鱼文章谁审的稿?", Role.REVIEWER),
        ("采访木匠的记者叫什么?", Role.REPORTER),
        ("本版统筹是谁?", Role.PLANNER),
        ("来源是哪里?", Role.SOURCE),
        ("这篇报道出自哪家媒体?", Role.SOURCE),
        ("这篇文章哪天发的?", Role.PUBLISHED),
        ("发布日期?", Role.PUBLISHED),
    ],
)
def test_what_is_asked_of_the_article(question: str, role: Role) -> None:
    assert asked_credit(question) == AskedCredit(role)
    assert asked_block(question) is BlockKind.BYLINE


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("收割的照片是谁拍的?", Role.PHOTOGRAPHER),
        ("配图的摄影记者叫什么?", Role.PHOTOGRAPHER),
        ("照片是什么人拍的?", Role.PHOTOGRAPHER),
        ("图片是谁提供的?", Role.SUPPLIER),
        ("图表配图是谁制图的?", Role.ARTIST),
        ("收割的照片是在哪里拍的?", Scene.PLACE),
        ("堆场照片是哪天拍的?", Scene.TIME),
        ("照片里左边的人是谁?", Scene.SIDE),
        ("照片里的人是谁?", Scene.PEOPLE),
        ("图片说明讲了什么?", Scene.SHOWN),
        ("王小明拍了哪张照片?", Scene.SHOWN),
        ("左图拍的是什么?", Scene.SHOWN),
    ],
)
def test_what_is_asked_of_a_picture(question: str, asks: Role | Scene) -> None:
    assert asked_credit(question) == AskedCredit(asks, of_picture=True)
    assert asked_block(question) is BlockKind.CAPTION


@pytest.mark.parametrize(
    ("question", "measure"), [("作者有几位?", "位"), ("这篇报道是几个人写的?", "个"), ("由几名记者采写?", "名")]
)
def test_how_many_wrote_it(question: str, measure: str) -> None:
    asked = asked_credit(question)
    assert asked is not None
    assert (asked.asks, asked.count) == (Role.AUTHOR, measure)


@pytest.mark.parametrize(
    "question",
    [
        "那本日记是谁写的?",
        "墙上的标语是谁写的?",
        "报道里谁预测了降雨?",
        "文章里提到的诗是谁写的?",
        "论文的通讯作者是谁?",
        "这篇论文发表在哪本期刊上?",
        "大桥是谁设计的?",
        "杂志的编辑是谁?",
        "项目的策划人是谁?",
        "资金来源是什么?",
        "公司半年报是哪天发布的?",
        "新闻发布会什么时候召开?",
        "这部电影在哪里拍的?",
        "馆里有多少张老照片?",
        "《水利图说》原先少了哪一卷?",
        "记者问了什么?",
        "采访他的那位专家是谁?",
    ],
)
def test_what_is_no_credit(question: str) -> None:
    assert asked_credit(question) is None


def test_a_verb_alone_leaves_open_whether_a_picture_is_meant() -> None:
    assert asked_credit("书房夜景是谁拍的?") == AskedCredit(Role.PHOTOGRAPHER, of_picture=True, sure=False)
    assert asked_block("书房夜景是谁拍的?") is None


def test_a_title_in_the_question_is_told() -> None:
    asked = asked_credit("《春灯记》的作者是谁?")
    assert asked is not None
    assert asked.title == "春灯记"
    assert asked_block("《春灯记》的作者是谁?") is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("这篇文章是谁写的?", []),
        ("照片是在哪儿拍的?", []),
        ("第2张图拍的是什么?", []),
        ("收割机抢收晚稻的照片是在哪里拍的?", ["收割机", "抢收", "晚稻"]),
        ("这篇讲樱桃的文章作者是谁?", ["樱桃"]),
        ("图书馆的照片是谁拍的?", ["图书馆"]),
    ],
)
def test_the_words_that_describe_what_is_meant(question: str, words: list[str]) -> None:
    assert [term.text for term in described(find_focus(question))] == words
