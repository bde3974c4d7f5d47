"""Relative time is read by the date of the article that answers; without a date nothing is guessed."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from tests.answer.articles import CRAYFISH, TEA, UNDATED
from tests.conftest import OpenArticles


@pytest.fixture(scope="module")
def both(open_articles: OpenArticles) -> Chatbot:
    return open_articles(tea=TEA, crayfish=CRAYFISH)


@pytest.fixture(scope="module")
def undated(open_articles: OpenArticles) -> Chatbot:
    return open_articles(crayfish=UNDATED)


@pytest.mark.parametrize(
    ("question", "article", "short", "year", "published"),
    [
        ("去年荆州小龙虾产量是多少？", "crayfish", "35万吨", "2018年", "2019年"),
        ("今年上半年荆州小龙虾产量是多少？", "crayfish", "21万吨", "2019年上半年", "2019年"),
        ("去年信阳绿茶产量是多少？", "tea", "7.2万吨", "2023年", "2024年"),
        ("今年前两个月信阳茶叶出口额是多少？", "tea", "1.5亿元", "2024年", "2024年"),
    ],
)
def test_each_article_has_its_own_last_year(
    both: Chatbot, question: str, article: str, short: str, year: str, published: str
) -> None:
    answer = both.ask(question)
    assert (answer.status, answer.short) == ("answered", short)
    assert {citation.article_id for citation in answer.citations} == {article}
    assert year in answer.question
    assert any(published in note for note in answer.notes)


def test_a_year_of_the_other_article_is_refused(both: Chatbot) -> None:
    assert both.ask("2023年荆州小龙虾产量是多少？").status == "refused"
    assert both.ask("2018年信阳绿茶产量是多少？").status == "refused"


def test_without_a_date_relative_time_says_so(undated: Chatbot) -> None:
    answer = undated.ask("去年荆州小龙虾产量是多少？")
    assert any("没有注明日期" in note and "去年" in note for note in answer.notes)
    assert "去年" in answer.question
    assert not any(character.isdigit() for character in answer.question)


def test_without_a_date_the_rest_is_answered(undated: Chatbot) -> None:
    answer = undated.ask("荆州有多少家小龙虾加工企业？")
    assert (answer.status, answer.short, answer.notes) == ("answered", "46家", ())


def test_without_a_date_no_year_is_taken_for_an_answer(undated: Chatbot) -> None:
    assert undated.ask("2018年荆州小龙虾产量是多少？").status == "refused"


@pytest.mark.parametrize(
    ("question", "author"), [("写小龙虾这篇文章的作者是谁？", "何远航"), ("这篇讲茶城账本的报道是谁写的？", "苏映雪")]
)
def test_the_byline_of_the_article_whose_headings_are_named(both: Chatbot, question: str, author: str) -> None:
    answer = both.ask(question)
    assert (answer.status, answer.short) == ("answered", author)


def test_who_wrote_something_else_is_no_question_about_the_byline(both: Chatbot) -> None:
    for question in ("那本日记是谁写的？", "墙上的标语是谁写的？"):
        assert both.ask(question).status == "refused"
