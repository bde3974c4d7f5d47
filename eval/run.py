"""Asks every question of a set the way a visitor would, and scores what comes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress as ProgressBar
from rich.progress import TaskID

from eval.alone import single_corpora
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
    """Loads and checks the questions of a set, opens the chatbot on its corpus or on each article, and asks them all.

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
    with ProgressBar(console=console, transient=True) as bar, TemporaryDirectory() as folder:
        if not chosen.alone:
            return Evaluation(chosen.name, *_ask_of(own, cases, evidence, bar, compared=compared))
        outcomes: list[Outcome] = []
        theirs: dict[str, list[Outcome]] = {}
        asked = dict.fromkeys(case.article for case in cases)
        for name, corpus in single_corpora(own.corpus_dir, asked, Path(folder)).items():
            of_one = own.model_copy(update={"corpus_dir": corpus, "index_dir": corpus.with_name("index")})
            here = [case for case in cases if case.article == name]
            ours, others = _ask_of(of_one, here, evidence, bar, compared=compared)
            outcomes += ours
            for system, answered in others.items():
                theirs.setdefault(system, []).extend(answered)
    return Evaluation(chosen.name, outcomes, theirs)


def _ask_of(
    settings: Settings,
    cases: Sequence[Case],
    evidence: Mapping[str, Sequence[Span]],
    bar: ProgressBar,
    *,
    compared: bool,
) -> tuple[list[Outcome], dict[str, list[Outcome]]]:
    """What 据文 and, with ``compared``, the baselines answer over the corpus of ``settings``."""
    from rag.chatbot import Chatbot

    with Chatbot.open(settings, bar_progress(bar)) as chatbot:
        outcomes = ask_all(Juwen(chatbot), cases, evidence, bar)
        others = baselines(chatbot) if compared else []
        return outcomes, {system.name: ask_all(system, cases, evidence, bar) for system in others}


def bar_progress(bar: ProgressBar) -> Progress:
    """Shows long steps, each under its label, in a terminal's progress bar."""
    tasks: dict[str, TaskID] = {}

    def report(label: str, done: int, total: int) -> None:
        if label not in tasks:
            tasks[label] = bar.add_task(label)
        bar.update(tasks[label], completed=done, total=total)

    return report
