"""A conversation as the visitor's browser keeps it: the server forgets it with each answer.

What comes back from a browser may have been changed there, so it is read like anything else from outside: an answer
is drawn anew from its fields, never from markup, and what is no conversation is none.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from rag.types import Answer, Turn

MOST_MESSAGES: Final = 40
_MOST_CHARACTERS: Final = 400_000


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a visitor's question, an answer, or what the page says of its own accord (no ``answer``)."""

    role: Literal["user", "assistant"]
    text: str
    answer: Answer | None = None


_MESSAGES: Final = TypeAdapter(Annotated[list[Message], Field(max_length=10 * MOST_MESSAGES)])


def read_conversation(kept: object) -> list[Message]:
    """The conversation that a browser kept; empty where it kept none, or something else.

    Example:
        >>> read_conversation([{"role": "user", "text": "产量是多少"}])
        [Message(role='user', text='产量是多少', answer=None)]
        >>> read_conversation("nonsense")
        []
    """
    try:
        if len(json.dumps(kept)) > _MOST_CHARACTERS:
            return []
        return _MESSAGES.validate_python(kept)[-MOST_MESSAGES:]
    except (ValidationError, TypeError, ValueError, RecursionError):
        return []


def write_conversation(talk: Sequence[Message]) -> list[dict[str, Any]]:
    """The last messages as plain JSON types."""
    kept = [dataclasses.asdict(message) for message in talk[-MOST_MESSAGES:]]
    for message in kept:
        if message["answer"] is not None:
            message["answer"]["timings"] = {}
    return kept


def turns_of(talk: Sequence[Message], limit: int) -> list[Turn]:
    """The conversation as the chatbot takes it, at most ``limit`` turns."""
    return [Turn(message.role, message.text) for message in talk][-limit:] if limit else []
