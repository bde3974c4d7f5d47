"""What the server asks of a chatbot: the few methods of the front door that it calls."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from rag.types import Article, StreamEvent, Turn

if TYPE_CHECKING:
    from rag.answer.worded.worded_answers import WordedAnswers


class Backend(Protocol):
    """The part of `rag.chatbot.Chatbot` that the server uses. Its methods may be called from any thread."""

    @property
    def articles(self) -> Mapping[str, Article]:
        """The articles of the present index, by id."""

    @property
    def index_version(self) -> str:
        """The content hash of the present index."""

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Questions that the articles answer."""

    @property
    def worded(self) -> WordedAnswers | None:
        """What words the answers with a language model; None where none is set."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, llm_seconds: float | None = None
    ) -> Generator[StreamEvent]:
        """The steps of one answer, the whole answer last. Closed early, it does no more.

        A language model has ``llm_seconds`` from the first step on, or less, by its setting.
        """

    def reload_if_changed(self) -> bool:
        """Take up a newer index where there is one; whether there was."""
