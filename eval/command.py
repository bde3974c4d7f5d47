"""The command ``juwen eval``: scores sets of test questions and holds them to thresholds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from eval.cases import CaseError
from eval.check import find_faults
from eval.compare import change_lines, read_earlier
from eval.evaluation import Evaluation
from eval.html_report import write_html
from eval.public.command import main as run_benchmark
from eval.report import (
    baseline_table,
    failure_lines,
    load_thresholds,
    set_table,
    shortfalls,
    summarise,
    table,
    to_json,
    write_json,
)
from eval.run import evaluate
from eval.sets import HERE, SETS, QuestionSet
from rag.errors import JuwenError
from rag.settings import Settings, load_settings

THRESHOLDS = HERE / "thresholds.json"


def parser() -> argparse.ArgumentParser:
    """The arguments of ``juwen eval``."""
    arguments = argparse.ArgumentParser(
        prog="juwen eval",
        description="Ask sets of test questions and score them.",
        epilog="Public benchmarks: juwen eval --squad FILE [--open], juwen eval --rgb FILE (--help behind them).",
    )
    arguments.add_argument(
        "--set", choices=list(SETS), action="append", dest="names", help="which set (gold); may be given more than once"
    )
    arguments.add_argument("--gold", type=Path, metavar="FILE", help="questions of your own (.jsonl); needs --corpus")
    arguments.add_argument("--corpus", type=Path, metavar="DIR", help="the articles that they are about")
    arguments.add_argument("--alone", action="store_true", help="with --gold: ask each article's questions of it alone")
    arguments.add_argument("--check", action="store_true", help="ask nothing; only check questions and evidence")
    arguments.add_argument("--baselines", action="store_true", help="ask simpler systems the same questions")
    arguments.add_argument("--json", type=Path, metavar="FILE", help="write figures and answers there")
    arguments.add_argument("--html", type=Path, metavar="FILE", help="write the report there, one page")
    arguments.add_argument("--compare", type=Path, metavar="OLD.json", help="list what changed since an earlier --json")
    arguments.add_argument("--failures", action="store_true", help="list the questions that went wrong")
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the evaluation.

    Returns 0 where all is well, 1 where a figure is under its threshold or a check finds faults, 2 where it could not
    run.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    if any(one.split("=")[0] in ("--squad", "--rgb") for one in given):
        return run_benchmark(given)
    arguments = parser().parse_args(given)
    console, errors = Console(), Console(stderr=True)
    try:
        short = _run(arguments, console)
    except JuwenError as error:
        errors.print(f"juwen eval: {error}", style="red", markup=False, soft_wrap=True)
        return 2
    for line in short:
        errors.print(line, style="red", markup=False, soft_wrap=True)
    return 1 if short else 0


def _run(arguments: argparse.Namespace, console: Console) -> list[str]:
    chosen = _chosen(arguments)
    settings = load_settings()
    if arguments.check:
        return _check(chosen, settings, console)
    thresholds = {one.name: load_thresholds(THRESHOLDS, one.name) for one in chosen}
    earlier = read_earlier(arguments.compare) if arguments.compare else None
    for path in filter(None, (arguments.json, arguments.html)):
        if not path.parent.is_dir():
            raise CaseError(f"{path}: there is no folder {path.parent}; make it, or give another file")
    evaluations = [evaluate(one, settings, console, compared=arguments.baselines) for one in chosen]
    if arguments.json:
        write_json(arguments.json, {"sets": [to_json(evaluation) for evaluation in evaluations]})
    if arguments.html:
        write_html(arguments.html, evaluations, thresholds)
    for evaluation in evaluations:
        _show(evaluation, console, failures=arguments.failures)
    if len(evaluations) > 1:
        console.print(set_table(evaluations))
    if earlier is not None:
        for line in change_lines(earlier, evaluations):
            console.print(line, markup=False, soft_wrap=True)
    return [
        f"{evaluation.name}: {line}"
        for evaluation in evaluations
        for line in shortfalls(summarise(evaluation.outcomes), thresholds[evaluation.name])
    ]


def _check(chosen: Sequence[QuestionSet], settings: Settings, console: Console) -> list[str]:
    faults = []
    for one in chosen:
        found = find_faults(one.questions, one.settings(settings).corpus_dir)
        faults += found
        console.print(f"{one.name}: {len(found)} faults in {one.questions}", markup=False, soft_wrap=True)
    return faults


def _show(evaluation: Evaluation, console: Console, *, failures: bool) -> None:
    console.print(table(evaluation.name, evaluation.outcomes))
    if evaluation.baselines:
        console.print(baseline_table(evaluation))
    for line in failure_lines(evaluation.outcomes) if failures else []:
        console.print(line, markup=False, soft_wrap=True)


def _chosen(arguments: argparse.Namespace) -> list[QuestionSet]:
    if (arguments.gold is None) != (arguments.corpus is None):
        raise CaseError("--gold and --corpus belong together; give both, or neither and --set")
    if arguments.gold is None and arguments.alone:
        raise CaseError("--alone belongs to --gold; the sets that ship say for themselves how they are asked")
    if arguments.gold is None:
        return [SETS[name] for name in dict.fromkeys(arguments.names or ["gold"])]
    if arguments.gold.stem in SETS:
        raise CaseError(
            f"--gold {arguments.gold}: {arguments.gold.stem!r} is the name of a set that ships, with thresholds and an "
            "index of its own; give the file another name"
        )
    return [QuestionSet(arguments.gold.stem, arguments.gold, arguments.corpus, arguments.alone)]


if __name__ == "__main__":
    raise SystemExit(main())
