"""Follow-ups that name another of a kind, another time, or what was planned, and such as stay as they are."""

from __future__ import annotations

import pytest

from rag.question.followups.adverbs import complete_adverb
from rag.question.followups.members import complete_member
from rag.question.understand import complete
from rag.types import Turn


def completed(before: str, text: str) -> str:
    return complete(text, [Turn("user", before), Turn("assistant", "9 [1]")]).text


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("陶艺班学费多少", "木工班呢", "木工班学费多少"),
        ("高三木工班收多少", "陶艺班呢", "高三陶艺班收多少"),
        ("早班船工多少", "那晚班呢", "晚班船工多少"),
        ("甲等票卖了多少", "散客票呢", "散客票卖了多少"),
        ("灯会一张票多少钱", "前年多少来着", "前年灯会一张票多少钱"),
        ("灯会去年一年卖了多少", "前年呢", "灯会前年卖了多少"),
        ("这次来了几个人", "那2019年呢", "2019年来了几个人"),
        ("头一个船长是谁", "第二个呢", "第2个船长是谁"),
        ("码头一天装多少货", "最忙的一个小时呢", "码头最忙的1个小时装多少货"),
        ("灯会最后办了几天", "原定几天", "灯会原定办几天?"),
        ("特等座多少钱", "一等座呢", "一等座多少钱"),
    ],
)
def test_what_differs_takes_its_place(before: str, text: str, expected: str) -> None:
    assert completed(before, text) == expected


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("木船比赛分几组", "每组呢"),
        ("上班几点", "下班呢"),
        ("灯会最后办了几天", "原定多少钱"),
        ("灯会办了几天", "最贵的一个小时呢"),
    ],
)
def test_what_has_no_place_stays(before: str, text: str) -> None:
    assert completed(before, text).rstrip("?") == complete(text).text.rstrip("?")


@pytest.mark.parametrize(
    ("text", "frame", "nearest", "expected"),
    [
        ("陶艺呢?", "木工班算术几节?", "算术", "木工班陶艺几节?"),
        ("陶艺呢?", "木工班算术几节?", "木工班", "陶艺班算术几节?"),
        ("陶艺呢?", "木工班学费多少?", "学费", "陶艺班学费多少?"),
        ("跳高呢?", "甲组跳远几点开始?", "跳远", "甲组跳高几点开始?"),
        ("跳高呢?", "甲组跳远几点开始?", "甲组", None),
        ("厦门厂呢?", "青岛厂有多少人?", "青岛厂", None),
    ],
)
def test_what_stands_behind_a_class(text: str, frame: str, nearest: str, expected: str | None) -> None:
    assert complete_member(text, frame, lambda word, others: list(others).index(nearest)) == expected


def test_without_meaning_nothing_behind_a_class_is_replaced() -> None:
    assert complete_member("陶艺呢?", "木工班算术几节?", None) is None


def test_an_adverb_needs_the_same_asking() -> None:
    assert complete_adverb("原定几天?", "灯会最后办了几天?") == "灯会原定办几天?"
    assert complete_adverb("原定多少钱?", "灯会最后办了几天?") is None
    assert complete_adverb("最后几天?", "灯会最后办了几天?") is None


def test_chains_go_on_from_the_completed_question() -> None:
    history = [Turn("user", "木工班学费多少"), Turn("assistant", "9元 [1]")]
    history += [Turn("user", "陶艺班呢"), Turn("assistant", "8元 [1]")]
    assert complete("去年多少来着", history).text == "去年陶艺班学费多少"
