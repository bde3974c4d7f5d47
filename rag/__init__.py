"""据文: questions answered only from your articles, each answer with its exact place.

Example::

    from rag import Chatbot

    with Chatbot.open() as chatbot:
        answer = chatbot.ask("去年产量是多少？")
        print(answer.text, answer.citations[0].quote)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rag.errors import JuwenError
from rag.settings import Settings, load_settings
from rag.types import Answer, Article, Citation, Passage, Question, StreamEvent, Turn
from rag.version import VERSION as __version__  # noqa: N811 - the name that Python tools look for

if TYPE_CHECKING:
    from rag.chatbot import Chatbot

__all__ = [
    "Answer",
    "Article",
    "Chatbot",
    "Citation",
    "JuwenError",
    "Passage",
    "Question",
    "Settings",
    "StreamEvent",
    "Turn",
    "__version__",
    "load_settings",
]


def __getattr__(name: str) -> Any:
    """Import the chatbot, and LangChain with it, only when it is asked for."""
    if name == "Chatbot":
        from rag.chatbot import Chatbot

        return Chatbot
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
