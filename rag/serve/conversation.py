"""A conversation as the visitor's browser keeps it, with the id under which the server records it.

What comes back from a browser may have been changed there, so it is read like anything else from outside: an answer
is drawn anew from its fields, never from markup, and what is no conversation is none.
"""

from __future__ import annotations

import dataclasses
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from rag.types import Answer, Turn

MOST_MESSAGES: Final = 40
_MOST_CHARACTERS: Final = 400_000
# Whoever knows an id may delete the conversation, so none is short enough to be guessed.
_ID: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a visitor's question, an answer, or what the page says of its own accord (no ``answer``)."""

    role: Literal["user", "assistant"]
    text: str
    answer: Answer | None = None


def new_id() -> str:
    """A random id of a conversation: 22 letters that nobody else knows."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The messages of one conversation, oldest first, and its id."""

    messages: tuple[Message, ...] = ()
    id: str = dataclasses.field(default_factory=new_id)

    def with_messages(self, messages: Sequence[Message]) -> Conversation:
        """The same conversation with other messages."""
        return Conversation(tuple(messages), self.id)


_MESSAGES: Final = TypeAdapter(Annotated[list[Message], Field(max_length=10 * MOST_MESSAGES)])


def read_conversation(kept: object) -> Conversation:
    """The conversation that a browser kept; a new one where it kept none, or something else.

    One that was kept by an earlier version is a list of messages without an id; it gets one.

    Example:
        >>> read_conversation([{"role": "user", "text": "产量是多少"}]).messages
        (Message(role='user', text='产量是多少', answer=None),)
        >>> read_conversation("nonsense").messages
        ()
    """
    name = kept.get("id") if isinstance(kept, dict) else None
    messages = kept.get("messages") if isinstance(kept, dict) else kept
    return Conversation(_read_messages(messages), name if isinstance(name, str) and _ID.fullmatch(name) else new_id())


def _read_messages(kept: object) -> tuple[Message, ...]:
    try:
        if len(json.dumps(kept)) > _MOST_CHARACTERS:
            return ()
        return tuple(_MESSAGES.validate_python(kept)[-MOST_MESSAGES:])
    except (ValidationError, TypeError, ValueError, RecursionError):
        return ()


def write_conversation(conversation: Conversation) -> dict[str, Any]:
    """The last messages and the id as plain JSON types."""
    kept = [dataclasses.asdict(message) for message in conversation.messages[-MOST_MESSAGES:]]
    for message in kept:
        if message["answer"] is not None:
            message["answer"]["timings"] = {}
    return {"id": conversation.id, "messages": kept}


def turns_of(talk: Sequence[Message], limit: int) -> list[Turn]:
    """The conversation as the chatbot takes it, at most ``limit`` turns."""
    return [Turn(message.role, message.text) for message in talk][-limit:] if limit else []
