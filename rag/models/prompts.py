"""What an embedding model wants to read before a question and before a passage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class Prompts:
    """Texts put before what is embedded; "" for none."""

    query: str = ""
    passage: str = ""


# As the model cards of these families say. First match wins; the name is matched in lower case.
FAMILIES: tuple[tuple[re.Pattern[str], Prompts], ...] = (
    (
        re.compile(r"\be5\b.*\binstruct\b"),
        Prompts("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "),
    ),
    (re.compile(r"\be5\b"), Prompts("query: ", "passage: ")),
    (re.compile(r"\bbge\b.*\bzh\b"), Prompts("为这个句子生成表示以用于检索相关文章：")),
    (re.compile(r"\bbge\b.*\ben\b"), Prompts("Represent this sentence for searching relevant passages: ")),
)


def choose_prompts(settings: Settings, model_name: str, saved: Mapping[str, str | None]) -> Prompts:
    """The prompts for the model `model_name`, whose folder saves the prompts `saved`.

    Each side is, in this order: the setting; the model's own prompt, if it saves any; what its family is known to
    need (`FAMILIES`); nothing. bge-m3, gte and most others need nothing.

    Example:
        >>> choose_prompts(Settings(), "BAAI/bge-small-zh-v1.5", {}).query
        '为这个句子生成表示以用于检索相关文章：'
    """
    known = _saved_prompts(saved) or _family_prompts(model_name)
    return Prompts(
        query=known.query if settings.query_prompt is None else settings.query_prompt,
        passage=known.passage if settings.passage_prompt is None else settings.passage_prompt,
    )


def _saved_prompts(saved: Mapping[str, str | None]) -> Prompts | None:
    # Models without prompts carry empty ones too, so only one that says something has a say.
    query = saved.get("query") or ""
    passage = next(filter(None, map(saved.get, ("document", "passage", "corpus"))), "")
    return Prompts(query, passage) if query or passage else None


def _family_prompts(model_name: str) -> Prompts:
    # In a hub's cache the last part of the path is a commit, and "models--..." names the model.
    parts = re.split(r"[/\\]", model_name.lower().replace("_", "-").rstrip("/\\"))
    part = next((part for part in parts if part.startswith("models--")), parts[-1])
    return next((prompts for family, prompts in FAMILIES if family.search(part)), Prompts())
