"""Example questions: drawn from the articles, tried, spread over the sections."""

from __future__ import annotations

import re

import pytest

from rag.answer.suggest import suggest_questions
from rag.chatbot import Chatbot
from rag.types import Answer
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
