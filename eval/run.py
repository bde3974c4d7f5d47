"""Asks every question of a set the way a visitor would, and scores what comes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.progress import Progress as ProgressBar
from rich.progress import TaskID

from eval.cases import Case, load_cases, locate_evidence
from eval.evaluation import Evaluation, System
from eval.outcomes import Outcome, score
from eval.sets import QuestionSet
from eval.systems import Juwen, baselines
from rag.ingest import read_corpus
from rag.progress import Progress
from rag.settings import Settings
from rag.types import Span


def ask_all(
    system: System,
    cases: Sequence[Case],
    evidence: Mapping[str, Sequence[Span]],
    bar: ProgressBar | None = None,
) -> list[Outcome]:
    """Asks each case in turn and scores what comes.

    The time of an answer is the wall clock of the whole call, unless the system tells that of the answer alone.
    """
    outcomes: list[Outcome] = []
    for case in bar.track(cases, description=system.name) if bar else cases:
        begun = time.perf_counter()
        reply = system.ask(case)
        whole = 1000 * (time.perf_counter() - begun)
        milliseconds = whole if reply.milliseconds is None else reply.milliseconds
        outcomes.append(score(case, reply.answer, evidence[case.id], reply.passages, milliseconds))
    return outcomes


def evaluate(chosen: QuestionSet, settings: Settings, console: Console, *, compared: bool = False) -> Evaluation:
    """Loads and checks the questions of a set, opens the chatbot on its corpus, and asks them all.

    With ``compared`` the same questions are asked of the baselines of `eval.systems` as well.

    Raises:
        CaseError: the questions are faulty or do not fit the corpus.
        JuwenError: the chatbot cannot be opened.
    """
    cases = load_cases(chosen.questions)
    own = chosen.settings(settings)
    # Read twice, so that faulty questions are told before the model is loaded, which takes seconds.
    articles = {article.id: article for article in read_corpus(own.corpus_dir).articles}
    evidence = locate_evidence(cases, articles)
    from rag.chatbot import Chatbot

    with ProgressBar(console=console, transient=True) as bar, Chatbot.open(own, bar_progress(bar)) as chatbot:
        outcomes = ask_all(Juwen(chatbot), cases, evidence, bar)
        others = baselines(chatbot) if compared else []
        theirs = {system.name: ask_all(system, cases, evidence, bar) for system in others}
    return Evaluation(chosen.name, outcomes, theirs)


def bar_progress(bar: ProgressBar) -> Progress:
    """Shows long steps, each under its label, in a terminal's progress bar."""
    tasks: dict[str, TaskID] = {}

    def report(label: str, done: int, total: int) -> None:
        if label not in tasks:
            tasks[label] = bar.add_task(label)
        bar.update(tasks[label], completed=done, total=total)

    return report
