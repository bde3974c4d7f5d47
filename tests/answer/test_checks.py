"""Near misses: another time, a missing name, another title, a plan for a fact."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.checks import (
    event_time_fits,
    missing_names,
    now_and_then_agree,
    plan_agrees,
    time_fits,
    title_agrees,
    to_be_told,
)
from rag.question.focus import find_focus
from rag.text.dates import find_times
from tests.answer.paragraphs import sentence_of, sentences_of

PUBLISHED = date(2025, 9, 8)


def fits(asked: str, text: str, words: str, *, compares: bool = False, published: date | None = PUBLISHED) -> bool:
    sentence = sentences_of(text, published)[-1]
    governing = sentence.time_at(sentence.text.index(words))
    return time_fits(find_times(asked, published), governing, sentence, compares=compares)


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("2024年", "2024年产量95万辆。", True),
        ("2024年", "去年产量95万辆。", True),
        ("2023年", "2024年产量95万辆。", False),
        ("2025年", "今年上半年产量95万辆。", False),
        ("2025年上半年", "今年上半年产量95万辆。", True),
        ("2024年上半年", "2024年产量95万辆。", False),
        ("2025年8月", "2025年产量95万辆。", False),
        ("没有时间", "2024年产量95万辆。", True),
        ("2025年", "目前产量95万辆。", True),
        ("2024年", "目前产量95万辆。", False),
        ("2024年", "2024年,全市开工。产量95万辆。", True),
        ("2025年", "全年产量95万辆。", False),
    ],
)
def test_a_figure_answers_for_its_own_time(asked: str, text: str, expected: bool) -> None:
    assert fits(asked, text, "95万辆") is expected


def test_an_undated_statement_of_an_undated_article_has_no_time() -> None:
    assert not fits("2025年", "目前产量95万辆。", "95万辆", published=None)
    assert fits("没有时间", "目前产量95万辆。", "95万辆", published=None)


def test_a_comparison_answers_for_both_times() -> None:
    text = "2024年产量95万辆,是2021年的6倍。"
    assert fits("2024年和2021年", text, "6倍", compares=True)
    assert not fits("2024年和2021年", text, "95万辆")


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("2025年", "9月5日,大会开幕。", True),
        ("2025年9月", "9月5日,大会开幕。", True),
        ("2024年", "9月5日,大会开幕。", False),
        ("2025年9月6日", "9月5日,大会开幕。", False),
        ("2025年", "大会开幕了。", True),
        ("2024年", "大会开幕了。", False),
    ],
)
def test_a_day_of_the_year_answers_for_an_event(asked: str, text: str, expected: bool) -> None:
    sentence = sentence_of(text)
    governing = sentence.time_at(len(text) - 1)
    assert event_time_fits(find_times(asked, PUBLISHED), governing, sentence) is expected


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("重庆的桥有多少座?", "全市有12座桥。", ["重庆"]),
        ("重庆的桥有多少座?", "重庆有12座桥。", []),
        ("《盐路》接待了多少人?", "《盐路》接待3万人。", []),
        ("《盐路》接待了多少人?", "特展接待3万人。", ["盐路"]),
        ("AI产业规模多大?", "人工智能产业规模2000亿元。", []),
    ],
)
def test_names_must_stand_there(question: str, text: str, missing: list[str]) -> None:
    assert [term.text for term in missing_names(find_focus(question), sentence_of(text))] == missing


def test_the_title_names_places_but_not_people() -> None:
    place = find_focus("重庆的桥有多少座?")
    assert not missing_names(place, sentence_of("全市有12座桥。", title="重庆的桥"))
    person = find_focus("王建国修了多少座桥?")
    assert [term.text for term in person.names] == ["王建国"]
    assert missing_names(person, sentence_of("他修了12座桥。", title="王建国的桥"))


def test_another_title_is_a_rival() -> None:
    focus = find_focus("《灶户人家》接待了多少人?")
    assert not title_agrees(focus, sentence_of("《海上盐路》接待9.4万人次。"))
    assert title_agrees(focus, sentence_of("《灶户人家》接待3万人次。"))
    assert title_agrees(find_focus("特展接待了多少人?"), sentence_of("《海上盐路》接待9.4万人次。"))


@pytest.mark.parametrize(
    ("question", "text", "future", "expected"),
    [
        ("新增了多少", "计划新增6万吨", False, False),
        ("计划新增多少", "计划新增6万吨", False, True),
        ("明年新增多少", "计划新增6万吨", True, True),
        ("新增了多少", "新增6万吨", False, True),
    ],
)
def test_a_plan_is_no_fact(question: str, text: str, future: bool, expected: bool) -> None:
    assert plan_agrees(question, text, asks_future=future) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("以前要多少人", "现在只要9个", False),
        ("现在要多少人", "以前要68个人", False),
        ("现在要多少人", "现在只要9个", True),
        ("以前要多少人", "以前要68个人,现在9个", True),
        ("要多少人", "现在只要9个", True),
    ],
)
def test_now_is_not_then(question: str, text: str, expected: bool) -> None:
    assert now_and_then_agree(question, text) is expected


def test_what_is_measured_is_no_name_that_the_article_begins_with() -> None:
    sentence = sentence_of("当日上涨1.2%。", title="澜江股份营收增长两成")
    asked = find_focus("营收涨了百分之几?").terms
    assert [term.text for term in to_be_told(asked, sentence)] == ["营收", "涨"]


def test_an_office_may_be_asked_for_by_its_short_name() -> None:
    focus = find_focus("文广局几点开门？")
    assert not missing_names(focus, sentence_of("文化广电局八点开门。"))
    assert [term.text for term in missing_names(focus, sentence_of("文化馆和林业局八点开门。"))] == ["文广局"]
