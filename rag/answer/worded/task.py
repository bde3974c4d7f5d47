"""What a language model is given to word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rag.types import Answer, Article, Passage, Question


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be worded: the reader's answer to a question, from passages that are numbered in their order."""

    question: Question
    found: Answer
    passages: tuple[Passage, ...]
    articles: Mapping[str, Article]
    published: date | None
    public_url: str
