"""Answers of systems that have no wording of their own: a slice of an article, cited where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.evaluation import Reply
from rag.answer.citations import cite
from rag.answer.reading import Support
from rag.types import Answer, Article, Passage


def quote_reply(
    question: str,
    passages: Sequence[Passage],
    support: Sequence[Support],
    short: str,
    text: str,
    articles: Mapping[str, Article],
    public_url: str,
) -> Reply:
    """A reply that says ``text``, with ``short`` as its short answer, and cites ``support``."""
    citations = cite(support, articles, public_url, 1.0)
    return Reply(Answer(text, short, "answered", citations, question, confidence=1.0), tuple(passages))


def refusal_reply(question: str, passages: Sequence[Passage]) -> Reply:
    """A reply that gives no answer."""
    return Reply(Answer("文中没有找到答案。", None, "refused", (), question), tuple(passages))
