"""Asks each question with and without the language model, and follow-ups with both ways of completing them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress as ProgressBar

from eval import metrics
from eval.cases import Case, CaseError, load_cases, locate_evidence
from eval.evaluation import Reply
from eval.outcomes import Outcome
from eval.run import ask_all, bar_progress
from eval.sets import QuestionSet
from eval.systems.juwen import Juwen, timed_reply
from rag.answer.worded.worded_answers import is_wordable
from rag.chain import AnswerSteps, Inquiry, Rewrite, build_chain, reader_for
from rag.chatbot import Chatbot
from rag.llm.language_model import Deadline, Usage
from rag.models.span_model import SpanModel
from rag.question.followups.rewritten_followup import Rewritten, rewrite_followup
from rag.settings import Settings
from rag.types import Answer, Turn


@dataclass(frozen=True, slots=True)
class Compared:
    """One set: the outcomes of the reader alone and of the model, follow-ups by rules and by the model, the tally."""

    name: str
    model: str
    reader: Sequence[Outcome]
    worded: Sequence[Outcome]
    followups_by_rules: Sequence[Outcome]
    followups_by_model: Sequence[Outcome]
    rewritten: int
    tally: dict[str, int]

    @property
    def put_to_the_model(self) -> int:
        """How many of the reader's answers were the model's to word."""
        return sum(is_wordable(outcome.answer) for outcome in self.reader)


class WithoutModel:
    """The chatbot's chain without the wording; with ``rewrite``, follow-ups are completed by the model."""

    name = "reader alone"

    def __init__(self, chatbot: Chatbot, rewrite: Rewrite | None = None) -> None:
        self._index = chatbot.index
        reader = reader_for(self._index, SpanModel.load(chatbot.settings.reader_dir, chatbot.settings.threads))
        embed = self._index.encoder.embed_queries
        self._chain = build_chain(AnswerSteps(self._index, reader, chatbot.settings, embed, rewrite=rewrite))

    def ask(self, case: Case) -> Reply:
        """Answer the question of ``case``, after its history."""
        return timed_reply(lambda: self._chain.invoke(Inquiry(case.question, case.history)), self._index)


def compare(chosen: QuestionSet, settings: Settings, most: int | None, console: Console) -> Compared:
    """Ask all questions of a set, or ``most`` of them spread over it.

    Raises:
        CaseError: no language model is set, or the questions are faulty.
        JuwenError: the chatbot cannot be opened.
    """
    if not settings.llm_model:
        raise CaseError("no language model is set; set JUWEN_LLM_MODEL and JUWEN_LLM_BASE_URL, see docs/llm.md")
    own = chosen.settings(settings)
    with ProgressBar(console=console, transient=True) as bar, Chatbot.open(own, bar_progress(bar)) as chatbot:
        cases = _spread(load_cases(chosen.questions), most)
        evidence = locate_evidence(cases, chatbot.articles)
        followups = [case for case in cases if case.kind == "followup"]
        rewriting = _Rewriting(chatbot)
        reader = ask_all(WithoutModel(chatbot), cases, evidence, bar)
        worded = ask_all(Juwen(chatbot), cases, evidence, bar)
        by_model = ask_all(WithoutModel(chatbot, rewriting.rewrite), followups, evidence, bar)
        tally = dict(chatbot.worded.tally) if chatbot.worded is not None else {}
    by_rules = [outcome for outcome in reader if outcome.case.kind == "followup"]
    return Compared(chosen.name, settings.llm_model, reader, worded, by_rules, by_model, rewriting.used, tally)


class _Rewriting:
    """Completes follow-ups with the chatbot's model, and counts those that may be used."""

    def __init__(self, chatbot: Chatbot) -> None:
        self._chatbot = chatbot
        self.used = 0

    def rewrite(self, question: str, history: Sequence[Turn], _: float | None) -> Rewritten:
        if self._chatbot.worded is None:
            raise ValueError("the chatbot has no language model")
        deadline = Deadline.within(self._chatbot.settings.llm_seconds)
        rewritten = rewrite_followup(question, history, self._chatbot.worded.model, deadline)
        self.used += bool(rewritten.text)
        return rewritten


def _spread(cases: Sequence[Case], most: int | None) -> Sequence[Case]:
    if most is None or most >= len(cases):
        return cases
    return [cases[place * len(cases) // most] for place in range(most)]


def usage_of(outcomes: Sequence[Outcome]) -> Usage:
    """The tokens of all answers together."""
    total = Usage()
    for outcome in outcomes:
        timings = outcome.answer.timings
        total += Usage(int(timings.get("prompt_tokens", 0)), int(timings.get("completion_tokens", 0)))
    return total


def share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float | None:
    """The share of ``outcomes`` for which something holds; None where there are none."""
    return statistics.fmean(holds(outcome) for outcome in outcomes) if outcomes else None


def states_answer(outcome: Outcome) -> bool:
    """Whether the text that a visitor reads states an accepted answer."""
    return outcome.gave_answer and metrics.states(outcome.answer.text, outcome.case.answers)


def is_by_model(answer: Answer) -> bool:
    """Whether the model worded an answer."""
    return answer.mode == "llm"
