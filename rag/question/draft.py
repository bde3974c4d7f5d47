"""A question on its way: normalised and completed, its relative time not yet read."""

from __future__ import annotations

from dataclasses import dataclass

from rag.question.chitchat import ChitchatKind
from rag.types import Language


@dataclass(frozen=True, slots=True)
class Draft:
    """A question before its relative time is read.

    ``original`` is what was typed, ``text`` the normalised question with what a follow-up leaves out filled in,
    ``chitchat`` the kind of small talk that it is instead of a question, or None.
    """

    original: str
    text: str
    language: Language = "zh"
    notes: tuple[str, ...] = ()
    chitchat: ChitchatKind | None = None
