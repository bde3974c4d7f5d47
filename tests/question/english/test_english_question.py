"""English questions of the common forms are put into Chinese; of what is not known, nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.english.question import chinese_of, in_chinese
from rag.question.english.times import take_times
from rag.text.spelt_names import spelt_in
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


TEXT = (
    "雾岬港昨夜起大火，烧毁三艘渔船，两名水手遇难，四人受伤。港务局长卢岱下令疏散码头上的居民。\n"
    "雾岬灯塔博物馆成人票30元，学生票15元，网上提前购买便宜5元；早上9点开门，开放到10月15日。"
    "馆长何越说，展厅里有210件航海仪器，最老的罗盘有三百岁。修复费用由市博物馆承担，共120万元。"
    "岬口镇的三个村种植海带，去年产量是3100吨。3号线末班车20:40从灯塔开出。"
)


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("How many sailors died in the fire?", "大火多少水手遇难?"),
        ("How many people were injured?", "多少人受伤?"),
        ("How many fishing boats were destroyed?", "烧毁多少渔船?"),
        ("Who ordered the evacuation of the residents?", "谁下令居民的疏散?"),
        ("Could you tell me who's the director of the museum, please?", "博物馆的馆长是谁?"),
        ("What time does the museum open?", "博物馆几点开放?"),
        ("Until when is the museum open?", "博物馆开放到什么时候?"),
        ("How much is the ticket for adults?", "成人票多少钱?"),
        ("How much does the ticket cost if bought online?", "购买网上票多少钱?"),
        ("How many villages in the town grow kelp?", "镇多少个村种植海带?"),
        ("How much is the output of kelp?", "海带的产量是多少?"),
        ("At what age did He Yue retire?", "何越多大岁数退休?"),
        ("In what year was the museum founded?", "博物馆哪一年成立?"),
        ("What is the name of the director of the museum?", "博物馆的馆长叫什么名字?"),
        ("Where is the museum located?", "博物馆在哪里?"),
        ("What time is the last bus from the lighthouse to the dock?", "从灯塔到码头的末班车是几点?"),
        ("How many sailors are there in total?", "一共有多少水手?"),
        ("What did He Yue do in 2019?", "2019年何越做什么?"),
        ("How many exhibitions did 何越 open 2019年?", None),
        ("When did 何越 retire 2019年?", "2019年何越什么时候退休?"),
        ("Which lighthouses can I visit?", "哪些灯塔可以参观?"),
        ("What is the oldest compass?", "最老罗盘是什么?"),
        ("Who is the director of the Heyue (何越) museum?", "何越博物馆的馆长是谁?"),
    ],
)
def test_what_is_asked_in_the_words_of_an_article(question: str, chinese: str | None) -> None:
    assert (in_chinese(question, lambda letters: spelt_in(letters, [TEXT]), [TEXT]) or None) == chinese


@pytest.mark.parametrize(
    "question",
    [
        "How many submarines were destroyed?",
        "How many sailors did not die?",
        "How many sailors didn't die?",
        "What did He Yue in 2019?",
        "How old is she?",
        "Who did he rescue?",
        "How many sailors cannot swim?",
        "How many people died before the fire?",
        "How many boats were destroyed last May?",
        "How many boats were destroyed last week?",
        "How much is the ticket for four?",
        "Who is the director of the Atlantis museum?",
        "How many residents were evacuated, except sailors?",
        "How many more boats were destroyed?",
        "How much is the cheaper ticket?",
    ],
)
def test_no_word_is_left_out(question: str) -> None:
    assert in_chinese(question, lambda letters: spelt_in(letters, [TEXT]), [TEXT]) == ""


@pytest.mark.parametrize(
    ("text", "times", "rest"),
    [
        ("Sales on March 5, 2021", ["2021年3月5日"], "Sales"),
        ("Sales on 5 March 2021", ["2021年3月5日"], "Sales"),
        ("Sales in the third quarter of 2021", ["2021年第三季度"], "Sales"),
        ("Sales in September", ["9月"], "Sales"),
        ("What may it cost", [], "What may it cost"),
        ("2021 people came", ["2021年"], "people came"),
        ("Sales in the first half of the year", ["上半年"], "Sales"),
        ("Sales in the second quarter", ["第二季度"], "Sales"),
        ("Sales this May", ["5月"], "Sales"),
        ("Boats in the 2009 race", ["2009年"], "Boats in the race"),
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
