"""Example questions: drawn from the articles, tried, spread over the sections."""

from __future__ import annotations

import re

import pytest

from rag.answer.suggest import Suggestion, next_questions, suggest_questions
from rag.chatbot import Chatbot
from rag.types import Answer, Citation, Span, Turn
from tests.answer.articles import TEA
from tests.conftest import OpenArticles


@pytest.fixture(scope="module")
def tea(open_articles: OpenArticles) -> Chatbot:
    return open_articles(tea=TEA)


def test_only_questions_that_are_answered_are_kept(tea: Chatbot) -> None:
    asked: list[str] = []

    def refuse_all(question: str) -> Answer:
        asked.append(question)
        return Answer("没有。", None, "refused", (), question)

    assert suggest_questions(tea.articles, tea.index.passages, refuse_all) == ()
    assert asked
    assert set(tea.suggestions) <= set(asked)


def test_an_answer_with_another_figure_does_not_count(tea: Chatbot) -> None:
    def always_seven(question: str) -> Answer:
        return Answer("7个", "7个", "answered", (), question)

    assert suggest_questions(tea.articles, tea.index.passages, always_seven) == ()


def test_no_more_than_wanted(tea: Chatbot) -> None:
    assert len(suggest_questions(tea.articles, tea.index.passages, tea.ask, most=1)) == 1


def test_each_comes_once_and_is_a_question(chatbot: Chatbot) -> None:
    assert len(set(chatbot.suggestions)) == len(chatbot.suggestions)
    assert all(question.endswith("？") for question in chatbot.suggestions)


def test_each_can_be_read_aloud(chatbot: Chatbot) -> None:
    """A verb that wants an object must not stand before 是多少 (新加坡携是多少)."""
    for question in chatbot.suggestions:
        assert not re.search(r"(?:携|公布了?|首批|打造|布局|形成|带来|建成)是多少", question), question


SUGGESTIONS = [
    Suggestion(f"{place}有多少？", article, Span(place, place + 3))
    for article, place in (("a", 10), ("a", 90), ("b", 40), ("a", 50))
]


def near(start: int, end: int, article: str = "a") -> list[Citation]:
    return [Citation(1, article, "", "", "", start, end, "")]


def test_the_next_questions_stand_near_what_is_cited() -> None:
    found = next_questions(SUGGESTIONS, near(60, 80), (), 3)
    assert found == ("50有多少？", "90有多少？", "10有多少？")
    assert next_questions(SUGGESTIONS, near(60, 80, "b"), (), 1) == ("40有多少？",)
    assert next_questions(SUGGESTIONS, (), (), 2) == ("10有多少？", "90有多少？")


def test_what_was_asked_or_is_answered_is_no_next_question() -> None:
    found = next_questions(SUGGESTIONS, near(5, 20), ("50有多少？",), 9)
    assert found == ("90有多少？", "40有多少？")


def test_an_answer_is_followed_by_questions_that_are_answered(chatbot: Chatbot) -> None:
    first = chatbot.ask(chatbot.suggestions[0])
    assert 1 <= len(first.suggestions) <= 3
    assert chatbot.suggestions[0] not in first.suggestions
    history = (Turn("user", chatbot.suggestions[0]), Turn("assistant", first.text))
    for question in first.suggestions:
        assert chatbot.ask(question, history).status == "answered", question
