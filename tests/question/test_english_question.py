"""English questions of the common forms are put into Chinese; of what is not known, nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.english_question import chinese_of, in_chinese
from rag.question.english_times import take_times
from rag.types import Question

NAMES = {"lanyan": "岚烟", "heyue": "何越", "lanyanlake": ""}


def spelt(letters: str) -> str:
    return NAMES.get(letters, "")


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("How many boats did Lanyan build in 2019?", "2019年岚烟建成多少艘船?"),
        ("How many cars did Lanyan produce in the first half of 2019?", "2019年上半年岚烟汽车产量是多少?"),
        ("How many libraries are there in Lanyan County?", "岚烟县有多少座图书馆?"),
        ("How many schools does Lanyan have?", "岚烟有多少所学校?"),
        ("How many farmers took part in the training?", None),
        ("How many villagers planted trees?", "多少名村民种植树?"),
        ("How many tourists visited Lanyan in May 2021?", "2021年5月多少人次游客参观岚烟?"),
        ("How much did Lanyan invest?", "岚烟投资多少钱?"),
        ("Who is the mayor of Lanyan?", "岚烟的市长是谁?"),
        ("Who is He Yue?", "何越是谁?"),
        ("Who took the photo of the old bridge?", "老桥的照片是谁拍的?"),
        ("Who wrote this article?", "这篇文章是谁写的?"),
        ("When was the old bridge built?", "老桥什么时候建成?"),
        ("Where was the festival held?", "节在哪里举办?"),
        ("Which team won the match?", "哪支球队获得比赛?"),
        ("Which city was the host of the forum?", "论坛的主办是哪个城市?"),
        ("What was the population of Lanyan in 2020?", "2020年岚烟的人口是多少?"),
        ("What is the theme of the exhibition?", "展览的主题是什么?"),
        ("How long is the tunnel?", "隧道有多长?"),
        ("How many quasars did Lanyan build?", None),
        ("How many boats did Atlantis build?", None),
        ("Please write a poem about boats.", None),
        ("How many boats were sold since 2019?", None),
    ],
)
def test_what_is_asked_in_chinese(question: str, chinese: str | None) -> None:
    assert (in_chinese(question, spelt) or None) == chinese


@pytest.mark.parametrize(
    ("text", "times", "rest"),
    [
        ("Sales on March 5, 2021", ["2021年3月5日"], "Sales"),
        ("Sales on 5 March 2021", ["2021年3月5日"], "Sales"),
        ("Sales in the third quarter of 2021", ["2021年第三季度"], "Sales"),
        ("Sales in September", ["9月"], "Sales"),
        ("What may it cost", [], "What may it cost"),
        ("2021 people came", ["2021年"], "people came"),
        ("About 2,021 people", [], "About 2,021 people"),
    ],
)
def test_times_are_taken_out(text: str, times: list[str], rest: str) -> None:
    assert take_times(text) == (times, rest)


def test_only_english_is_translated() -> None:
    assert chinese_of(Question("谁?", "谁?"), []) == ""
    assert chinese_of(Question("", "Who is He Yue?", "en"), ["馆长何越说。"]) == "何越是谁?"


@given(st.text(max_size=120))
def test_anything_may_be_asked(text: str) -> None:
    chinese = in_chinese(text, spelt)
    assert chinese == "" or chinese.endswith("?")


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 28))
def test_a_day_keeps_its_figures(year: int, month: int, day: int) -> None:
    name = "January February March April May June July August September October November December".split()[month - 1]
    assert take_times(f"Snow on {name} {day}, {year}") == ([f"{year}年{month}月{day}日"], "Snow")
