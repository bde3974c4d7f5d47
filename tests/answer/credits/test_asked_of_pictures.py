"""Something in a picture is told by what its caption shows, and its credit only to who asks who took it."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from rag.question.asked_credit import Role, Scene, asked_credit
from rag.question.described import without_picture
from tests.conftest import OpenArticles

FERRY = """渡口边的木偶戏
□ 本刊记者 杜青禾

柳湾渡口停航二十年后，又热闹了起来。今年春天，镇上把旧候船室改成了戏台，请来三个木偶戏班轮流演出。

5月3日，柳湾镇春戏节上，提线木偶“豆豆”和孩子们握手。图/骆远

镇文化站站长贺云生说，戏台每周六晚上开演，不收门票。去年一年，柳湾镇来了4.2万名游客，比前年多了一倍。

5月4日，柳湾镇春戏节上，游客在白鹭展馆试划独木舟。图/齐思源

到今年年底，镇里还要修好两座老桥。
"""


@pytest.fixture(scope="module")
def ferry(open_articles: OpenArticles) -> Chatbot:
    return open_articles(ferry=FERRY)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("照片里的提线木偶叫什么？", "豆豆"),
        ("照片里和木偶“豆豆”握手的是谁？", "孩子们"),
        ("齐思源拍的照片里，游客在做什么？", "在白鹭展馆试划独木舟"),
        ("游客试划独木舟的照片是在哪个展馆拍的？", "白鹭展馆"),
        ("游客试划独木舟的照片是哪位记者拍的？", "齐思源"),
        ("文中的照片，除了骆远，还有一张是谁拍的？", "齐思源"),
        ("除了木偶那张，另一张照片是谁拍的？", "齐思源"),
    ],
)
def test_what_is_asked_of_a_picture(ferry: Chatbot, question: str, short: str) -> None:
    answer = ferry.ask(question)
    assert (answer.status, (answer.short or "").strip("“”")) == ("answered", short)
    assert any("图/" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "照片里的风筝叫什么？",
        "骆远拍的照片里，游客在做什么？",
        "照片里的孩子们穿什么衣服？",
        "照片里有几个孩子？",
        "游客试划独木舟的照片是在哪个城市拍的？",
        "除了苏明，还有一张照片是谁拍的？",
        "照片里的木偶是哪家公司做的？",
        "照片里试划独木舟的教练是谁？",
    ],
)
def test_what_no_caption_tells(ferry: Chatbot, question: str) -> None:
    answer = ferry.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


@pytest.mark.parametrize("question", ["谁试划了独木舟？", "谁在春戏节上和木偶“豆豆”握手？", "谁去了白鹭展馆？"])
def test_who_took_a_picture_did_not_do_what_it_shows(ferry: Chatbot, question: str) -> None:
    assert ferry.ask(question).short not in ("齐思源", "骆远")


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("照片里的木船叫什么?", Scene.WITHIN),
        ("李强拍的照片里,渔民在干什么?", Scene.WITHIN),
        ("照片里给花浇水的是谁?", Scene.WITHIN),
        ("照片里的人在做什么?", Scene.SHOWN),
        ("照片里拍的是什么?", Scene.SHOWN),
        ("划船的照片是在哪个展区拍的?", Scene.PLACE),
        ("划船的照片是在哪位渔民家拍的?", Scene.PLACE),
        ("划船的照片是哪个记者拍的?", Role.PHOTOGRAPHER),
        ("拍下这张照片的是谁?", Role.PHOTOGRAPHER),
    ],
)
def test_who_took_it_is_asked_only_by_who_asks_so(question: str, asks: Role | Scene) -> None:
    asked = asked_credit(question)
    assert asked is not None
    assert asked.asks is asks


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("照片里的木船叫什么?", "木船叫什么?"),
        ("在这张照片里,渔民在干什么?", "渔民在干什么?"),
        ("图书馆的照片里有什么?", "图书馆的照片里有什么?"),
        ("渔民在干什么?", "渔民在干什么?"),
    ],
)
def test_the_words_that_only_point_at_the_picture(question: str, bare: str) -> None:
    assert without_picture(question) == bare
