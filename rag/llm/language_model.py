"""What the rest of 据文 knows of a language model: messages go in, pieces of text come out before a deadline."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a language model."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that were read and written, as the server counts them; 0 where it does not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment after which nobody waits any more; ``at`` is on the clock of `time.monotonic`.

    Example:
        >>> deadline = Deadline.within(15)
        >>> deadline.passed
        False
    """

    at: float

    @classmethod
    def within(cls, seconds: float) -> Deadline:
        """The moment ``seconds`` from now."""
        return cls(time.monotonic() + seconds)

    @property
    def remaining(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.at - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self.remaining == 0


class LanguageModel(Protocol):
    """Writes the next message of a conversation. Safe to use from many threads."""

    @property
    def name(self) -> str:
        """The model's name, as it was set; part of the key of what is kept of its answers."""
        ...

    def write(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Usage]:
        """Yield the text in pieces as they come, at least one; return what it cost.

        A generator that is closed early, or runs into the deadline, lets go of the connection at once.

        Raises:
            LanguageModelError: it gave no answer, or only a part of one, and why; never later than the deadline.
        """
        ...
