"""What something is done for, over an invented valley and its water."""

from __future__ import annotations

import pytest

from rag.answer.purposes import asked_deed
from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

VALLEY = """---
title: 石溪谷的水
publisher: 山水周报
published: 2024-05-12
---

为破解旱季缺水、梯田荒废的难题，提高茶农收入，石溪县去年发布首批16个“引水上山”工程，重点解决高处茶园的灌溉，计划到2027年建成60个“引水上山”工程。

为村民送水的车队有12辆车，每天跑三趟，今年新添了两辆车。

石溪县还在河口建起监测站，旨在看清全流域的水质变化，让下游用水更放心。水文馆3月开馆，目的是让孩子懂得节水。

石溪县今年发布了节水手册，印了5000册。
"""


@pytest.fixture(scope="module")
def valley(open_articles: OpenArticles) -> Chatbot:
    return open_articles(valley=VALLEY)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("发布“引水上山”工程是为了什么？", "破解旱季缺水、梯田荒废的难题，提高茶农收入"),
        ("石溪县发布首批“引水上山”工程的目的是什么？", "破解旱季缺水、梯田荒废的难题，提高茶农收入"),
        ("为什么要发布“引水上山”工程？", "破解旱季缺水、梯田荒废的难题，提高茶农收入"),
        ("石溪县为什么发布“引水上山”工程？", "破解旱季缺水、梯田荒废的难题，提高茶农收入"),
        ("在河口建监测站是为了什么？", "看清全流域的水质变化，让下游用水更放心"),
        ("监测站的目的是什么？", "看清全流域的水质变化，让下游用水更放心"),
        ("水文馆开馆为的是什么？", "让孩子懂得节水"),
    ],
)
def test_the_stated_purpose_is_given(valley: Chatbot, question: str, short: str) -> None:
    answer = valley.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize(
    "question",
    [
        "发布节水手册是为了什么？",
        "关闭水文馆是为了什么？",
        "青山县建监测站是为了什么？",
        "车队新添两辆车的目的是什么？",
    ],
)
def test_what_is_done_for_a_purpose_not_told_is_refused(valley: Chatbot, question: str) -> None:
    assert valley.ask(question).status == "refused"


@pytest.mark.parametrize(
    ("question", "deed"),
    [
        ("修水渠是为了什么?", "修水渠"),
        ("修水渠的目的何在?", "修水渠"),
        ("为何要修水渠?", "修水渠"),
        ("县里为什么修水渠?", "县里修水渠"),
        ("为什么是水渠?", None),
        ("目的地是哪里?", None),
        ("它成了为什么样的地方?", None),
    ],
)
def test_a_question_for_a_purpose_names_a_deed(question: str, deed: str | None) -> None:
    assert asked_deed(question) == deed
