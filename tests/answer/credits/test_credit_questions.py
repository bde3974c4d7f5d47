"""Questions about credits, asked over whole articles; what the credits do not tell is refused."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

WATER = """梨花沟村通了自来水
平远日报记者 高立群 通讯员 宋晓梅

3月18日一早，梨花沟村的老支书郭长顺拧开水龙头，接了满满一缸水。

梨花沟村有212户人家，过去吃水要到三里外的泉眼去挑。去年10月，县里投资1860万元，启动供水管网改造。

3月18日，平远县梨花沟村，村民在自家院里接自来水。高立群 摄

县水务局副局长丁海洋介绍，全县已有47个村完成改造，受益群众5.3万人。

图为施工人员在黑石岭上铺设供水管道。（县水务局供图）

按照计划，今年年底前，全县剩余的29个村将全部通水。

2024年3月20日 来源：平远日报
编辑：温晓岚 校对：韩冬 审核：陆一鸣
"""
MARKET = """夜市里的非遗摊位
□ 本刊特约撰稿 沈知秋

七点刚过，青石巷的灯亮了起来。做面塑的卢师傅支起摊子，面前围了一圈孩子。

图①：卢师傅在青石巷夜市捏面人。
图②：孩子们围着糖画摊等待出锅。
图③：剪纸传承人汤玉兰（左一）教游客剪窗花。
邢远航 摄

夜市管理处主任白松介绍，非遗摊位免收半年摊位费。纪录片《青石巷》去年在夜市拍摄，导演是雷鸣。

责编|莫小雨
"""


@pytest.fixture(scope="module")
def water(open_articles: OpenArticles) -> Chatbot:
    return open_articles(water=WATER)


@pytest.fixture(scope="module")
def market(open_articles: OpenArticles) -> Chatbot:
    return open_articles(market=MARKET)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("这篇文章是谁写的？", "高立群 通讯员 宋晓梅"),
        ("记者是谁？", "高立群"),
        ("通讯员是谁？", "宋晓梅"),
        ("责编叫什么名字？", "温晓岚"),
        ("谁校对的？", "韩冬"),
        ("这篇报道出自哪家媒体？", "平远日报"),
        ("这篇文章哪天发的？", "2024年3月20日"),
        ("村民接水的照片是谁拍的？", "高立群"),
        ("接自来水那张照片是在哪里拍的？", "平远县梨花沟村"),
        ("接自来水的照片什么时候拍的？", "3月18日"),
        ("铺设管道的照片是谁提供的？", "县水务局"),
        ("铺管道那张图片拍的是什么？", "施工人员在黑石岭上铺设供水管道"),
        ("采访梨花沟村的记者叫什么？", "高立群"),
        ("县水务局副局长是谁？", "丁海洋"),
    ],
)
def test_one_article(water: Chatbot, question: str, short: str) -> None:
    answer = water.ask(question)
    assert (answer.status, answer.short) == ("answered", short)
    assert short in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("谁写的？", "沈知秋"),
        ("捏面人的照片是谁拍的？", "邢远航"),
        ("捏面人的照片在哪里拍的？", "青石巷夜市"),
        ("图②拍的是什么？", "孩子们围着糖画摊等待出锅"),
        ("第三张图拍的是什么？", "剪纸传承人汤玉兰（左一）教游客剪窗花"),
        ("剪窗花的照片里左边是谁？", "汤玉兰"),
        ("摄影师是谁？", "邢远航"),
        ("纪录片《青石巷》的导演是谁？", "雷鸣"),
    ],
)
def test_another_article(market: Chatbot, question: str, short: str) -> None:
    answer = market.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


def test_authors_are_counted(water: Chatbot) -> None:
    answer = water.ask("这篇文章有几位作者？")
    assert (answer.status, answer.short) == ("computed", "2位")
    assert answer.formula == "高立群 通讯员 宋晓梅 = 2位"
    assert "高立群 通讯员 宋晓梅" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "施工人员那张图是谁拍的？",
        "施工人员铺管道的照片是哪天拍的？",
        "学校操场的照片是谁拍的？",
        "郭长顺吃饭的照片是谁拍的？",
        "照片是谁拍的？",
        "2022年接自来水的照片是谁拍的？",
        "左图是谁拍的？",
        "监制是谁？",
        "这篇讲苹果的报道是谁写的？",
    ],
)
def test_what_the_credits_do_not_tell(water: Chatbot, question: str) -> None:
    answer = water.ask(question)
    assert (answer.status, answer.short) == ("refused", None)
    assert answer.related or "照片" not in question


@pytest.mark.parametrize(
    "question",
    ["校对是谁？", "图④是谁拍的？", "舞龙的照片是谁拍的？", "糖画照片是哪天拍的？", "这篇文章什么时候发表的？"],
)
def test_nor_those_of_the_other(market: Chatbot, question: str) -> None:
    assert market.ask(question).status == "refused"


def test_of_two_articles_the_one_that_is_meant(open_articles: OpenArticles) -> None:
    both = open_articles(water=WATER, market=MARKET)
    assert both.ask("这篇讲夜市摊位的文章是谁写的？").short == "沈知秋"
    assert both.ask("这篇讲自来水的报道是谁写的？").short == "高立群 通讯员 宋晓梅"
    assert both.ask("铺设管道的照片是谁提供的？").short == "县水务局"
