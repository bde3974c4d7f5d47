from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.relative_time import resolve_time
from rag.question.understand import complete
from rag.types import Question

PUBLISHED = date(2025, 9, 8)


def understood(question: str, published: date | None = PUBLISHED) -> Question:
    return resolve_time(complete(question), published)


@pytest.mark.parametrize(
    ("question", "standalone", "word"),
    [
        ("去年黄河的径流量是多少", "2024年黄河的径流量是多少", "去年"),
        ("前年故宫的客流量", "2023年故宫的客流量", "前年"),
        ("大前年呢", "2022年呢", "大前年"),
        ("今年上半年进了多少球", "2025年上半年进了多少球", "今年上半年"),
        ("上半年进了多少球", "2025年上半年进了多少球", "上半年"),
        ("去年上半年进了多少球", "2024年上半年进了多少球", "去年上半年"),
        ("明年会扩建吗", "2026年会扩建吗", "明年"),
        ("十年后规模多大", "2035年规模多大", "十年后"),
        ("三年前规模多大", "2022年规模多大", "三年前"),
        ("上届马拉松有多少人参加", "2024年马拉松有多少人参加", "上届"),
        ("上一届有多少人参加", "2024年那一届有多少人参加", "上一届"),
        ("本届马拉松有多少人参加", "2025年马拉松有多少人参加", "本届"),
        ("年末有多少人口", "2024年12月有多少人口", "年末"),
        ("到年末要建成多少", "到2025年12月要建成多少", "年末"),
    ],
)
def test_relative_time_is_read_by_the_article_and_noted(question: str, standalone: str, word: str) -> None:
    result = understood(question)
    assert result.standalone == standalone
    assert len(result.notes) == 1
    assert f"“{word}”" in result.notes[0]
    assert "2025年" in result.notes[0]


def test_the_note_has_the_promised_wording() -> None:
    assert understood("去年的降水量").notes == ("“去年”指2024年，以文章发表的2025年为准。",)


def test_the_previous_edition_is_said_to_be_an_assumption() -> None:
    assert "每年" in understood("上届马拉松有多少人参加").notes[0]
    assert "one edition a year" in understood("How many runners had the previous edition?").notes[0]


def test_two_readings_give_two_notes_in_order() -> None:
    result = understood("去年和前年的降水量分别是多少？")
    assert result.standalone == "2024年和2023年的降水量分别是多少?"
    assert ["去年" in result.notes[0], "前年" in result.notes[1]] == [True, True]


@pytest.mark.parametrize(
    "question",
    [
        "2024年的降水量是多少",
        "7月31日发生了什么",
        "《去年的雪》是谁写的",
        "“明年再来”是谁说的",
        "近七年最高水位是多少",
        "成立十年后俱乐部怎样了",
        "馆长是谁",
    ],
)
def test_what_is_not_relative_to_the_article_stays(question: str) -> None:
    draft = complete(question)
    assert resolve_time(draft, PUBLISHED).standalone == draft.text
    assert resolve_time(draft, PUBLISHED).notes == ()


@pytest.mark.parametrize(
    ("question", "standalone"),
    [
        ("How much rain fell last year?", "How much rain fell in 2024?"),
        ("What was last year's rainfall?", "What was 2024's rainfall?"),
        ("What is the rainfall of this year?", "What is the rainfall of 2025?"),
        ("How many goals in the first half of this year?", "How many goals in the first half of 2025?"),
        ("How many goals the year before last?", "How many goals in 2023?"),
        ("How big will it be in ten years?", "How big will it be in 2035?"),
        ("How big will it be ten years from now?", "How big will it be in 2035?"),
        ("How big was it 3 years ago?", "How big was it in 2022?"),
        ("Last year, how many came?", "In 2024, how many came?"),
        ("Who came last month?", "Who came in August 2025?"),
    ],
)
def test_relative_time_in_english(question: str, standalone: str) -> None:
    result = understood(question)
    assert result.standalone == standalone
    assert result.language == "en"
    assert len(result.notes) == 1
    assert "2025" in result.notes[0]
    assert result.notes[0].isascii() or "“" in result.notes[0]


@pytest.mark.parametrize("question", ["How many in ten years of war?", "the last yearbook", "Who won in 2024?"])
def test_english_that_is_not_relative_stays(question: str) -> None:
    assert understood(question) == Question(question, complete(question).text, "en")


@pytest.mark.parametrize(
    ("question", "says"),
    [("去年的降水量", "没有注明日期"), ("rainfall last year", "has no date"), ("上届有多少人", "没有注明日期")],
)
def test_without_a_date_nothing_is_guessed(question: str, says: str) -> None:
    result = understood(question, None)
    assert result.standalone == question
    assert len(result.notes) == 1
    assert says in result.notes[0]


@given(
    st.dates(date(1950, 1, 1), date(2100, 12, 31)),
    st.sampled_from([("去年", -1), ("今年", 0), ("前年", -2), ("明年", 1)]),
)
def test_years_count_from_the_article(published: date, word: tuple[str, int]) -> None:
    result = understood(f"{word[0]}武汉的降水量是多少", published)
    assert result.standalone == f"{published.year + word[1]}年武汉的降水量是多少"


@given(st.text(max_size=120), st.one_of(st.none(), st.dates()))
def test_reading_never_fails(text: str, published: date | None) -> None:
    resolve_time(complete(text), published)


@given(
    st.lists(
        st.sampled_from(["去年", "上半年", "上届", "本届", "三年前", "马拉松", "的", "是多少", "last year", "，"]),
        max_size=8,
    ).map("".join),
    st.dates(date(1950, 1, 1), date(2100, 12, 31)),
)
def test_a_resolved_question_has_no_relative_time_left(text: str, published: date) -> None:
    once = resolve_time(complete(text), published).standalone
    again = resolve_time(complete(once), published)
    assert again.standalone == complete(once).text
