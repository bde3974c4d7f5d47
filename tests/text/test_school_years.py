"""初一 and 高二 are years at school, or days of a lunar month, and count nothing; 年初一场雨 and 高一倍 count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.terms import find_terms, school_years
from rag.text.dates import find_times
from rag.text.normalise import normalise_question
from rag.text.numbers import find_quantities


@pytest.mark.parametrize(
    "question",
    [
        "初二成绩几号贴出来",
        "去年初三收了几个",
        "高三门票多少钱",
        "今年高二年级去哪里划船",
        "正月初一开船吗",
        "初三、高三不参加",
    ],
)
def test_no_numeral_of_a_year_at_school_is_written_in_digits(question: str) -> None:
    assert normalise_question(question) == question


@pytest.mark.parametrize(
    ("question", "normal"),
    [
        ("今年的票价比去年高一倍", "今年的票价比去年高1倍"),
        ("去年初开了三家店", "去年初开了3家店"),
        ("年初二十家店", "年初20家店"),
        ("初二6个班十二个老师", "初二6个班12个老师"),
    ],
)
def test_other_numerals_are(question: str, normal: str) -> None:
    assert normalise_question(question) == normal


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("去年初一收了几个", ["去年"]),
        ("去年初一场雨", ["去年初"]),
        ("去年初收了几个", ["去年初"]),
        ("去年初中收了几个", ["去年"]),
        ("去年初中旬收了几个", ["去年初"]),
        ("初二9月2日报到", ["9月2日"]),
        ("高一8月29日报到", ["8月29日"]),
        ("一二9月2日", ["2日"]),
    ],
)
def test_the_beginning_of_a_year_is_no_first_of_a_month(text: str, times: list[str]) -> None:
    assert [time.text for time in find_times(text, None)] == times


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("去年初二收了几个", ["初二"]),
        ("高三门票多少钱", ["高三"]),
        ("正月初一开船吗", []),
        ("票价高一成吗", []),
    ],
)
def test_a_year_at_school_must_be_told(question: str, names: list[str]) -> None:
    assert [term.text for term in find_terms(question, find_times(question, None)) if term.is_name] == names


def test_the_seventh_form_is_the_first_of_middle_school() -> None:
    assert find_terms("初一收了几个")[0].words == ("初一", "初中一年级", "七年级")


@given(st.text("初高一二三年月成绩倍去正的招8", max_size=12))
def test_a_year_at_school_is_no_quantity(text: str) -> None:
    spans = school_years(text)
    assert all(text[start:end][0] in "初高" and end - start == 2 for start, end in spans)
    assert not any(one.start < end and start < one.end for start, end in spans for one in find_quantities(text))
