"""据文 itself, asked as a visitor asks it."""

from __future__ import annotations

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

    Retrieval is scored on the question as the chatbot understood it, because that is what it retrieves with; it is
    part of the time of an answer, though it was done once already.
    """

    name = "据文"

    def __init__(self, chatbot: Chatbot) -> None:
        self._chatbot = chatbot

    def ask(self, case: Case) -> Reply:
        """Answer the question of ``case``, after its history."""
        answer = self._chatbot.ask(case.question, history=case.history)
        return Reply(answer, retrieved_for(answer, self._chatbot.index))


def retrieved_for(answer: Answer, index: Index) -> tuple[Passage, ...]:
    """The passages for the question as ``answer`` understood it; none where nothing was asked of the articles."""
    found = index.retrieve(answer.question, RETRIEVED) if answer.status != "chitchat" else []
    return tuple(scored.passage for scored in found)
