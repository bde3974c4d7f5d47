"""``juwen eval``: asks every question of a set the way a visitor would, and holds the answers to thresholds."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress as ProgressBar
from rich.progress import TaskID

from eval.cases import Case, CaseError, load_cases, locate_evidence
from eval.outcomes import Outcome, score
from eval.report import failure_lines, load_thresholds, shortfalls, summarise, table, to_json, write_json
from rag.errors import JuwenError
from rag.ingest import read_corpus
from rag.progress import Progress
from rag.settings import Settings, load_settings
from rag.types import Answer, Passage, Span

if TYPE_CHECKING:
    from rag.chatbot import Chatbot

HERE = Path(__file__).parent
THRESHOLDS = HERE / "thresholds.json"
_RETRIEVED = 5


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A named set: its questions and the corpus they are asked of (None: the corpus of the settings)."""

    name: str
    questions: Path
    corpus: Path | None = None


SETS: Mapping[str, QuestionSet] = {
    "gold": QuestionSet("gold", HERE / "gold" / "zhibo-dividend-2025.jsonl"),
    "dev": QuestionSet("dev", HERE / "dev" / "questions.jsonl", HERE / "dev" / "articles"),
    "calibration": QuestionSet(
        "calibration", HERE / "calibration" / "questions.jsonl", HERE / "calibration" / "articles"
    ),
    "heldout": QuestionSet("heldout", HERE / "heldout" / "questions.jsonl", HERE / "heldout" / "articles"),
}


def settings_for(chosen: QuestionSet, settings: Settings) -> Settings:
    """The settings with the corpus of the set, and an index of its own beside the index of the settings."""
    if chosen.corpus is None:
        return settings
    index_dir = settings.index_dir.parent / "eval" / chosen.name
    return settings.model_copy(update={"corpus_dir": chosen.corpus, "index_dir": index_dir})


def ask_all(
    chatbot: Chatbot,
    cases: Sequence[Case],
    evidence: Mapping[str, Sequence[Span]],
    bar: ProgressBar | None = None,
) -> list[Outcome]:
    """Asks each case in turn and scores what comes.

    The time of an answer is the wall clock of the whole call. Retrieval is scored on the question as the chatbot
    understood it, because that is what it retrieves with.
    """
    outcomes: list[Outcome] = []
    for case in bar.track(cases, description="asking") if bar else cases:
        begun = time.perf_counter()
        answer = chatbot.ask(case.question, history=case.history)
        milliseconds = 1000 * (time.perf_counter() - begun)
        passages = _retrieved(chatbot, answer) if case.answerable else []
        outcomes.append(score(case, answer, evidence[case.id], passages, milliseconds))
    return outcomes


def _retrieved(chatbot: Chatbot, answer: Answer) -> list[Passage]:
    return [scored.passage for scored in chatbot.index.retrieve(answer.question, _RETRIEVED)]


def evaluate(chosen: QuestionSet, settings: Settings, console: Console) -> list[Outcome]:
    """Loads and checks the questions of a set, opens the chatbot on its corpus, and asks them all.

    Raises:
        CaseError: the questions are faulty or do not fit the corpus.
        JuwenError: the chatbot cannot be opened.
    """
    cases = load_cases(chosen.questions)
    own = settings_for(chosen, settings)
    # Read twice, so that faulty questions are told before the model is loaded, which takes seconds.
    articles = {article.id: article for article in read_corpus(own.corpus_dir).articles}
    evidence = locate_evidence(cases, articles)
    from rag.chatbot import Chatbot

    with ProgressBar(console=console, transient=True) as bar, Chatbot.open(own, bar_progress(bar)) as chatbot:
        return ask_all(chatbot, cases, evidence, bar)


def bar_progress(bar: ProgressBar) -> Progress:
    """Shows long steps, each under its label, in a terminal's progress bar."""
    tasks: dict[str, TaskID] = {}

    def report(label: str, done: int, total: int) -> None:
        if label not in tasks:
            tasks[label] = bar.add_task(label)
        bar.update(tasks[label], completed=done, total=total)

    return report


def parser() -> argparse.ArgumentParser:
    """The arguments of ``juwen eval``."""
    arguments = argparse.ArgumentParser(prog="juwen eval", description="Ask a set of test questions and score it.")
    arguments.add_argument("--set", choices=sorted(SETS), default="gold", dest="name", help="which set (gold)")
    arguments.add_argument("--gold", type=Path, metavar="FILE", help="questions of your own (.jsonl); needs --corpus")
    arguments.add_argument("--corpus", type=Path, metavar="DIR", help="the articles that they are about")
    arguments.add_argument("--json", type=Path, metavar="FILE", help="write figures and answers there")
    arguments.add_argument("--failures", action="store_true", help="list the questions that went wrong")
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the evaluation; returns 0, 1 where a figure is under its threshold, 2 where it could not run."""
    arguments = parser().parse_args(argv)
    console, errors = Console(), Console(stderr=True)
    try:
        chosen = _chosen(arguments)
        thresholds = load_thresholds(THRESHOLDS, chosen.name)
        outcomes = evaluate(chosen, load_settings(), console)
        if arguments.json:
            write_json(arguments.json, to_json(chosen.name, outcomes))
    except JuwenError as error:
        errors.print(f"juwen eval: {error}", style="red", markup=False, soft_wrap=True)
        return 2
    console.print(table(chosen.name, outcomes))
    for line in failure_lines(outcomes) if arguments.failures else []:
        console.print(line, markup=False, soft_wrap=True)
    short = shortfalls(summarise(outcomes), thresholds)
    for line in short:
        errors.print(line, style="red", markup=False)
    return 1 if short else 0


def _chosen(arguments: argparse.Namespace) -> QuestionSet:
    if (arguments.gold is None) != (arguments.corpus is None):
        raise CaseError("--gold and --corpus belong together; give both, or neither and --set")
    if arguments.gold is None:
        return SETS[arguments.name]
    return QuestionSet(arguments.gold.stem, arguments.gold, arguments.corpus)


if __name__ == "__main__":
    raise SystemExit(main())
