"""What answers the test questions: 据文 itself, and what it is compared with."""

from __future__ import annotations

from eval.cases import Case
from eval.evaluation import Reply, System
from rag.chatbot import Chatbot

RETRIEVED = 5
"""How many passages a system shows to the retrieval metrics."""


class Juwen:
    """The chatbot as a visitor meets it.

    Retrieval is scored on the question as the chatbot understood it, because that is what it retrieves with; it is
    part of the time of an answer, though it was done once already.
    """

    name = "据文"

    def __init__(self, chatbot: Chatbot) -> None:
        self._chatbot = chatbot

    def ask(self, case: Case) -> Reply:
        """Answer the question of ``case``, after its history."""
        answer = self._chatbot.ask(case.question, history=case.history)
        found = self._chatbot.index.retrieve(answer.question, RETRIEVED) if case.answerable else []
        return Reply(answer, tuple(scored.passage for scored in found))


def baselines(chatbot: Chatbot) -> list[System]:
    """The systems that 据文 is compared with, over the same corpus."""
    return []
