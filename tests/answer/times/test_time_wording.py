"""A question's times in the words of the passage that is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.times.time_wording import word_times
from rag.text.dates import find_times

PUBLISHED = date(2025, 3, 1)
LAST_YEAR = "去年，全市茶叶产量8万吨。"
NUMBERED = "2024年，全市茶叶产量8万吨。"
UNDATED = "全市有茶叶企业1200家。"


def worded(question: str, passage: str, published: date | None = PUBLISHED, *, exact: bool = False) -> str:
    return word_times(question, find_times(question, published), passage, published, exact=exact)


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("2024年茶叶产量是多少？", LAST_YEAR, "去年茶叶产量是多少？"),
        ("茶叶产量2024年是多少？", LAST_YEAR, "茶叶产量去年是多少？"),
        ("去年茶叶产量是多少？", NUMBERED, "2024年茶叶产量是多少？"),
        ("2024年茶叶产量是多少？", NUMBERED, "2024年茶叶产量是多少？"),
        ("二〇二四年茶叶产量是多少？", NUMBERED, "2024年茶叶产量是多少？"),
        # Another year than the passage tells of stays: nothing there is of that year.
        ("2023年茶叶产量是多少？", LAST_YEAR, "2023年茶叶产量是多少？"),
        ("2023年茶叶产量是多少？", UNDATED, "2023年茶叶产量是多少？"),
        # What an article says without a time holds when it is written.
        ("2025年有多少家茶叶企业？", UNDATED, "有多少家茶叶企业？"),
        ("2025年的茶叶企业有多少家？", UNDATED, "茶叶企业有多少家？"),
        ("2025年有多少家茶叶企业？", NUMBERED, "有多少家茶叶企业？"),
        ("2025年产量是多少？", "今年，茶叶产量8万吨。", "今年产量是多少？"),
        # What happened at a time within the year happened in the year, by whatever words the time begins with.
        ("这本书是2025年几月出版的？", "该书今年2月出版。", "这本书是今年几月出版的？"),
        ("这本书是2024年几月出版的？", "该书去年8月出版。", "这本书是去年几月出版的？"),
        ("2026年几月开馆？", "新馆计划明年9月开馆。", "明年几月开馆？"),
        ("2025年几月开馆？", "新馆2月开馆。", "几月开馆？"),
        ("2025年2月几号开馆？", "新馆今年2月5日开馆。", "今年2月几号开馆？"),
        # That of another year stays another year's.
        ("这本书是2023年几月出版的？", "该书去年8月出版。", "这本书是2023年几月出版的？"),
        # A day of publication that is only a part of what is said: the asked day is not the whole year.
        ("2025年2月1日产量是多少？", UNDATED, "2025年2月1日产量是多少？"),
        ("2024年的产量比2023年多多少？", "去年产量8万吨，前年7万吨。", "去年的产量比前年多多少？"),
        ("2024年的产量比2023年多多少？", "去年产量8万吨，2023年7万吨。", "去年的产量比2023年多多少？"),
    ],
)
def test_each_time_is_worded_as_the_passage_words_it(question: str, passage: str, expected: str) -> None:
    assert worded(question, passage) == expected


def test_what_is_counted_over_a_year_is_not_asked_of_a_part_of_it() -> None:
    passage = "今年前两个月，茶叶产量8万吨。"
    assert worded("2025年产量是多少？", passage, exact=True) == "2025年产量是多少？"
    assert worded("2025年产量是多少？", passage) == "今年产量是多少？"


def test_without_a_date_of_publication_relative_times_mean_nothing() -> None:
    assert worded("2024年茶叶产量是多少？", LAST_YEAR, None) == "2024年茶叶产量是多少？"
    assert worded("去年茶叶产量是多少？", NUMBERED, None) == "去年茶叶产量是多少？"
    assert worded("2025年有多少家茶叶企业？", UNDATED, None) == "2025年有多少家茶叶企业？"


WORDS = st.text(st.sampled_from("茶叶产量企业是多少？的、，红绿出口额有哪些谁在哪里万吨家AB "), max_size=20)
TIMES = st.sampled_from("去年 今年 2024年 2023年 2025年 上半年 2025年3月 前年 2024年5月6日 去年上半年 本月".split())
PASSAGES = st.lists(st.one_of(WORDS, TIMES), max_size=6).map("，".join)


@given(question=WORDS, passage=PASSAGES)
def test_a_question_without_times_is_unchanged(question: str, passage: str) -> None:
    assert find_times(question, PUBLISHED) == []
    assert worded(question, passage) == question


@given(before=WORDS, time=TIMES, between=WORDS, other=TIMES, after=WORDS, passage=PASSAGES)
def test_nothing_but_the_times_changes(
    before: str, time: str, between: str, other: str, after: str, passage: str
) -> None:
    question = before + time + between + other + after
    asked = find_times(question, PUBLISHED)
    kept: list[str] = []
    start = 0
    for expression in asked:
        kept.append(question[start : expression.start])
        start = expression.end
    kept.append(question[start:])
    # A time of the passage may give its beginning alone: 今年 of 今年3月.
    told = {
        expression.text[:end]
        for expression in find_times(passage, PUBLISHED)
        for end in range(2, len(expression.text) + 1)
    }
    result = word_times(question, asked, passage, PUBLISHED)
    possible = [kept[0]]
    for expression, rest in zip(asked, kept[1:], strict=True):
        words = {expression.text, *told}
        possible = [
            begun + text + end
            for begun in possible
            for text, end in [*((word, rest) for word in words), ("", rest.removeprefix("的"))]
            if result.startswith(begun + text)
        ]
    assert result in possible
