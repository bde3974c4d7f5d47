"""Times that count on from the one told before them, and the dates that they come to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.times.told_times import told_times
from rag.chatbot import Chatbot
from tests.conftest import OpenArticles

PUBLISHED = date(2026, 3, 18)
KILN = """---
title: 青瓦窑的几代人
published: 2026-03-18
---

青瓦窑是栖霞村的老窑。1987年，村里修好了通窑的石路，次年秋天青瓦窑重新点火，三年后窑长换成了方满仓。方满仓1961年进窑，1990年当上窑长。

2003年5月，青瓦窑失过一场大火，9人受伤，烧毁瓦坯7000片；次年窑顶加固了半米。

学徒考试：6月3日笔试，五天后公布名单，名单贴在村口。窑工节2015年首办，2021年停办。

陈列馆计划今年10月动工，次年8月交付。
"""


def labels(text: str) -> list[str | None]:
    return [time.period.label if time.period else None for time in told_times(text, PUBLISHED, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1987年修路，次年点火", ["1987年", "1988年"]),
        ("1987年修路，次年6月点火", ["1987年", "1988年6月"]),
        ("1987年修路，第二年底点火", ["1987年", "1988年12月"]),
        ("1987年修路，同年9月点火", ["1987年", "1987年9月"]),
        ("1987年完工，两年后得奖", ["1987年", "1989年"]),
        ("5月30日笔试，五天后公布", ["2026年5月30日", "2026年6月4日"]),
        ("5月停窑，两个月后开窑", ["2026年5月", "2026年7月"]),
        ("6月3日停窑，次日开窑", ["2026年6月3日", "2026年6月4日"]),
        # What counts from something else, or cannot be counted.
        ("次年点火", []),
        ("1987年修路，九天后点火", ["1987年"]),
        ("1987年投产，十年后将达9万片", ["1987年", "2036年"]),
        ("1987年修路，当年多少工钱", ["1987年"]),
        ("1987年修路，高中第二年级", ["1987年"]),
    ],
)
def test_a_time_counts_on_from_the_one_before(text: str, expected: list[str | None]) -> None:
    assert labels(text) == expected


@given(st.integers(1960, 2060), st.integers(1, 12))
def test_a_month_of_the_next_year(year: int, month: int) -> None:
    assert labels(f"{year}年动工，次年{month}月完工") == [f"{year}年", f"{year + 1}年{month}月"]


@pytest.fixture(scope="module")
def kiln(open_articles: OpenArticles) -> Chatbot:
    return open_articles(kiln=KILN)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("青瓦窑哪一年重新点火的？", "1988年秋天", "1987年的次年秋天 = 1988年秋天"),
        ("窑顶是哪年加固的？", "2004年", "2003年5月的次年 = 2004年"),
        ("学徒考试哪天公布名单？", "2026年6月8日", "6月3日的五天后 = 2026年6月8日"),
        ("陈列馆什么时候交付？", "2027年8月", "今年10月的次年8月 = 2027年8月"),
    ],
)
def test_the_date_is_worked_out_in_the_open(kiln: Chatbot, question: str, short: str, formula: str) -> None:
    answer = kiln.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


def test_both_places_are_cited(kiln: Chatbot) -> None:
    quotes = [citation.quote for citation in kiln.ask("窑顶是哪年加固的？").citations]
    assert len(quotes) == 2
    assert "2003年5月" in quotes[1]


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("方满仓哪年当上的窑长？", "1990年"),
        ("方满仓哪年进的窑？", "1961年"),
        ("青瓦窑哪年失过大火？", "2003年5月"),
        ("2003年大火有多少人受伤？", "9人"),
        ("窑工节哪年首办？", "2015年"),
    ],
)
def test_each_date_keeps_its_event(kiln: Chatbot, question: str, short: str) -> None:
    assert kiln.ask(question).short == short


@pytest.mark.parametrize(
    "question",
    [
        "石路是哪年点火的？",
        "窑顶是哪年重修的？",
        "陈列馆什么时候加固的？",
        "2004年大火有多少人受伤？",
        "2003年6月大火有多少人受伤？",
    ],
)
def test_no_date_stands_for_another_event(kiln: Chatbot, question: str) -> None:
    assert kiln.ask(question).status == "refused"


def test_when_it_was_held_is_not_when_it_was_not(kiln: Chatbot) -> None:
    assert kiln.ask("窑工节哪年没办？").short in (None, "2021年")
