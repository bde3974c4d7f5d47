"""据文 itself, asked as a visitor asks it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from eval.cases import Case
from eval.evaluation import Reply
from rag.index.index import Index
from rag.types import Answer, Passage

if TYPE_CHECKING:
    from rag.chatbot import Chatbot

RETRIEVED = 5
"""How many passages a system shows to the retrieval metrics."""


class Juwen:
    """The chatbot as a visitor meets it: nothing is left out.

    Retrieval is scored on the question as the chatbot understood it, because that is what it retrieves with.
    """

    name = "据文"

    def __init__(self, chatbot: Chatbot) -> None:
        self._chatbot = chatbot

    def ask(self, case: Case) -> Reply:
        """Answer the question of ``case``, after its history."""
        return timed_reply(lambda: self._chatbot.ask(case.question, history=case.history), self._chatbot.index)


def timed_reply(ask: Callable[[], Answer], index: Index) -> Reply:
    """The answer that ``ask`` gives, with its time, and the passages that belong to it.

    The chain keeps its passages to itself, so they are retrieved once more, after the clock has stopped.
    """
    begun = time.perf_counter()
    answer = ask()
    milliseconds = 1000 * (time.perf_counter() - begun)
    return Reply(answer, _retrieved_for(answer, index), milliseconds)


def _retrieved_for(answer: Answer, index: Index) -> tuple[Passage, ...]:
    """The passages for the question as ``answer`` understood it; none where nothing was asked of the articles."""
    found = index.retrieve(answer.question, RETRIEVED) if answer.status != "chitchat" else []
    return tuple(scored.passage for scored in found)
