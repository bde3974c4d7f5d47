"""Spans that stop within a date or an enumeration."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.evidence import gather
from rag.answer.spans.whole_span import whole_span
from rag.question.focus import find_focus
from rag.types import Span
from tests.answer.paragraphs import article_of, passages_of

TEXT = (
    "老桥2020年11月动工，新规矩自2023年1月1日起实施。桥上有石狮、路灯和救生圈。"
    "船展9月5日至8日举行。旧船要在6月30日前登记，船厂副经理助理张建华说。"
    "船厂要打造“木船之乡”，先定下木桨修造地方标准，订单创近6年新高。"
    "码头集停靠、修船、展览于一体。"
    "祁连英负责油漆，师傅郭长根送她来的。"
    "警报15日9时升级，16日17时解除。失物招领电话5560-0027。"
)


@pytest.mark.parametrize(
    ("question", "part", "whole"),
    [
        ("老桥是什么时候动工的？", "2020年", "2020年11月"),
        ("新规矩哪一天开始实施？", "2023年1月1日起", "2023年1月1日"),
        ("老桥什么时候动工？", "老桥2020年11月", "老桥2020年11月"),
        ("桥上有哪些东西？", "路灯", "石狮、路灯和救生圈"),
        ("桥上有的三样东西是什么？", "路灯和救生圈", "石狮、路灯和救生圈"),
        ("桥上亮的是什么？", "路灯", "路灯"),
        ("桥上有哪两样东西？", "石狮、路灯", "石狮、路灯"),
        ("船展哪天开幕？", "9月5日", "9月5日"),
        ("张建华的职务是什么？", "船厂副经理", "船厂副经理助理"),
        ("张建华的职务是什么？", "船厂副经理助理", "船厂副经理助理"),
        ("旧船最晚哪天前登记？", "6月30日前", "6月30日前"),
        ("警报什么时候解除？", "15日9时升级，16日17时解除", "16日17时"),
        ("警报什么时候升级？", "15日9时升级，16日17时解除", "15日9时"),
        ("警报什么时候结束？", "15日9时升级，16日17时解除", "15日9时升级，16日17时解除"),
        ("船厂要打造什么之乡？", "木船", "木船之乡"),
        ("船厂定下了什么地方标准？", "木桨", "木桨修造地方标准"),
        ("船厂要打造什么？", "木船", "木船"),
        ("订单创多少年来新高？", "6年", "近6年"),
        ("码头有哪些功能？", "码头集停靠、修船、展览于一体", "停靠、修船、展览"),
        ("失物招领电话是多少？", "5560", "5560-0027"),
        ("谁负责油漆？", "祁连", "祁连英"),
        ("谁送她来的？", "郭长", "郭长根"),
        ("谁送她来的？", "师傅郭长", "师傅郭长根"),
        ("失物招领电话是多少？", "0027", "5560-0027"),
    ],
)
def test_the_whole_that_is_asked_for(question: str, part: str, whole: str) -> None:
    article = article_of(TEXT, date(2024, 5, 1))
    sentences = gather(passages_of(article), {article.id: article})
    at = TEXT.index(part)
    found = whole_span(find_focus(question, article.published), Span(at, at + len(part)), sentences)
    assert TEXT[found.start : found.end] == whole
