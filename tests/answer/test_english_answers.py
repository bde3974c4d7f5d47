"""English questions of known forms are answered as their Chinese ones are; what is near is refused all the same."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

LAKE = """---
title: 湖城的船厂醒来
published: 2022-04-12
---

湖城的船厂醒来

文 | 湖光周刊记者 何越

2021年，岚烟市船舶产量310艘，其中渔船产量120艘。全市现有造船企业26家、码头14个。

去年，岚烟市接待游客86万人次。岚烟市市长方砚秋说，今年要建成3座新桥。

4月10日，岚烟湖边，工人正在给木船刷漆。图/陆星河

岚烟船舶博览会5月6日在湖滨会展中心举办，主宾国是泰国。
"""


@pytest.fixture(scope="module")
def lake(open_articles: OpenArticles) -> Chatbot:
    return open_articles(lake=LAKE)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many tourists did Lanyan receive in 2021?", "86万人次"),
        ("How many terminals are there in Lanyan?", "14个"),
        ("Who is the mayor of Lanyan?", "方砚秋"),
        ("Which country was the guest of honour?", "泰国"),
        ("Who took the picture of the workers?", "陆星河"),
        ("Who wrote this article?", "何越"),
    ],
)
def test_it_is_answered(lake: Chatbot, question: str, short: str) -> None:
    answer = lake.ask(question)
    assert (answer.status, answer.short) == ("answered", short)
    assert any(note.startswith("Read in Chinese as") for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "How many tourists did Lanyan receive in 2020?",
        "How many tourists did Wuhan receive in 2021?",
        "How many airports are there in Lanyan?",
        "Who is the mayor of Wuhan?",
        "Who is the governor of Lanyan?",
        "Which country was the sponsor?",
        "Who took the picture of the horse?",
        "How many quasars did Lanyan receive in 2021?",
    ],
)
def test_what_is_near_is_refused(lake: Chatbot, question: str) -> None:
    answer = lake.ask(question)
    assert (answer.status, answer.short) == ("refused", None)


HARBOUR = """---
title: 雾岬港大火烧毁三艘渔船
published: 2023-03-21
---

雾岬港大火烧毁三艘渔船

3月20日凌晨，雾岬港起大火，烧毁渔船3艘，2名水手遇难，4人受伤。港务局局长卢岱下令疏散码头上的居民。

雾岬灯塔博物馆成人票30元，学生票15元。馆长何越说，展厅里有210件航海仪器。博物馆成立于1987年，屋顶的修缮费用是120万元。

岬口镇的六个村种植海带，去年海带产量是3100吨。海带加工厂今年4月招收工人85名。
"""


@pytest.fixture(scope="module")
def harbour(open_articles: OpenArticles) -> Chatbot:
    return open_articles(harbour=HARBOUR)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many sailors died in the fire?", "2名"),
        ("How many people were injured in this fire?", "4人"),
        ("Who's the director of the museum?", "何越"),
        ("Could you tell me who is the director of the Wujia (雾岬) lighthouse museum?", "何越"),
        ("Who ordered the evacuation of the residents?", "卢岱"),
        ("In what year was the museum founded?", "1987年"),
        ("How much is the ticket for adults?", "30元"),
        ("What was the output of kelp last year?", "3100吨"),
        ("How many villages in the town grow kelp?", "六个"),
    ],
)
def test_words_of_no_list_are_answered(harbour: Chatbot, question: str, short: str) -> None:
    answer = harbour.ask(question)
    assert (answer.status, short in (answer.short or "")) == ("answered", True)


@pytest.mark.parametrize(
    "question",
    [
        "How many sailors died in the flood?",
        "How many sailors died in the fire in 2020?",
        "How many doctors died in the fire?",
        "Who is the director of the library?",
        "Who is the deputy director of the museum?",
        "What time does the museum open?",
        "How much is the ticket for senior citizens?",
        "What was the output of shrimp last year?",
        "What was the output of kelp in 2019?",
        "How many villages in the town grow rice?",
        "At what age did He Yue retire?",
        "How many sailors did not die in the fire?",
    ],
)
def test_what_is_near_to_them_is_refused(harbour: Chatbot, question: str) -> None:
    answer = harbour.ask(question)
    assert (answer.status, answer.short) == ("refused", None)
