"""From outcomes to figures: per kind and overall, for the terminal, for a file, against thresholds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from rich import box
from rich.table import Table

from eval.cases import KINDS, CaseError
from eval.evaluation import Evaluation
from eval.metrics import mean, percentile, precision_recall
from eval.outcomes import Outcome
from eval.percent import percent
from eval.ranking import ranking_figures

Figures = dict[str, float | None]

# Heading of each column of the terminal's tables, which must fit 80 characters; all are shares, 0–1.
_COLUMNS = {
    "right": "right",
    "exact": "EM",
    "f1": "F1",
    "alone": "only",
    "recall_at_1": "R@1",
    "recall_at_5": "R@5",
    "reciprocal_rank": "MRR",
    "cited": "cite",
    "citing": "prec",
    "grounded": "grnd",
    "refusal_precision": "refP",
    "refusal_recall": "refR",
}
_COMPARED = (
    "right",
    "exact",
    "f1",
    "recall_at_1",
    "recall_at_5",
    "reciprocal_rank",
    "citing",
    "grounded",
    "refusal_recall",
)
"""The columns beside the longer names of simpler systems."""
_THRESHOLDS = TypeAdapter(dict[str, dict[str, float]])


def summarise(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of some outcomes; None where a figure has nothing to be measured on.

    ``right`` is over all cases. ``exact``, ``f1``, ``alone``, ``recall_at_…``, ``reciprocal_rank`` and ``ndcg_at_5``
    are over the answerable ones (the last three kinds by `eval.ranking`), ``cited`` and ``citing`` over those of them
    that got an answer, ``grounded`` over all figures in answers.
    """
    answerable = [outcome for outcome in outcomes if outcome.case.answerable]
    answered = [outcome for outcome in answerable if outcome.gave_answer]
    figures = sum(outcome.figures for outcome in outcomes)
    loose = sum(len(outcome.ungrounded) for outcome in outcomes)
    precision, recall = precision_recall(
        [outcome.answer.status == "refused" for outcome in outcomes],
        [outcome.case.status == "refused" for outcome in outcomes],
    )
    return {
        "right": mean(float(outcome.right) for outcome in outcomes),
        "exact": mean(outcome.exact for outcome in answerable),
        "f1": mean(outcome.f1 for outcome in answerable),
        "alone": mean(outcome.alone for outcome in answerable),
        **ranking_figures([outcome.ranks for outcome in answerable]),
        "cited": mean(outcome.cited for outcome in answered),
        "citing": mean(outcome.citing for outcome in answered if outcome.citing is not None),
        "grounded": 1 - loose / figures if figures else None,
        "refusal_precision": precision,
        "refusal_recall": recall,
    }


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each kind of question, in the order of the schema, empty kinds left out."""
    groups = {kind: [outcome for outcome in outcomes if outcome.case.kind == kind] for kind in KINDS}
    return {kind: group for kind, group in groups.items() if group}


def latencies(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The median and the 95th percentile of the time that whole answers took, in milliseconds."""
    times = [outcome.milliseconds for outcome in outcomes]
    return {"p50_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95)}


def table(name: str, outcomes: Sequence[Outcome]) -> Table:
    """One line per kind of question and one for all of them, in percent."""
    times = latencies(outcomes)
    drawn = _table(
        f"{name}: {len(outcomes)} questions, in percent",
        "kind",
        ("n", *_COLUMNS),
        f"whole answer: p50 {times['p50_ms']:.0f} ms, p95 {times['p95_ms']:.0f} ms",
    )
    for kind, group in by_kind(outcomes).items():
        drawn.add_row(kind, str(len(group)), *_percentages(summarise(group)))
    drawn.add_section()
    drawn.add_row("all", str(len(outcomes)), *_percentages(summarise(outcomes)), style="bold")
    return drawn


def baseline_table(evaluation: Evaluation) -> Table:
    """One line per system that was asked the same questions, from the simplest to 据文 itself."""
    title = f"{evaluation.name}: the same {len(evaluation.outcomes)} questions asked of simpler systems, in percent"
    drawn = _table(title, "system", _COMPARED)
    for name, outcomes in evaluation.baselines.items():
        drawn.add_row(name, *_percentages(summarise(outcomes), _COMPARED))
    drawn.add_section()
    drawn.add_row("据文", *_percentages(summarise(evaluation.outcomes), _COMPARED), style="bold")
    return drawn


def set_table(evaluations: Sequence[Evaluation]) -> Table:
    """One line per set of questions."""
    drawn = _table("the sets side by side, in percent", "set", ("n", *_COLUMNS))
    for evaluation in evaluations:
        drawn.add_row(evaluation.name, str(len(evaluation.outcomes)), *_percentages(summarise(evaluation.outcomes)))
    return drawn


def _table(title: str, first: str, columns: Sequence[str], caption: str | None = None) -> Table:
    # Without edges it is 79 wide.
    drawn = Table(title=title, box=box.SIMPLE, padding=0, caption=caption, show_edge=False)
    drawn.add_column(first, no_wrap=True)
    for column in columns:
        drawn.add_column(_COLUMNS.get(column, column), justify="right", no_wrap=True)
    return drawn


def _percentages(figures: Figures, columns: Iterable[str] = tuple(_COLUMNS)) -> list[str]:
    return [percent(figures[key]) for key in columns]


def failure_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """One line for each case that went wrong: what was asked, what was wanted, what came."""
    return [
        f"{outcome.case.id}: {outcome.case.question!r} wanted {outcome.case.status} "
        f"{' / '.join(outcome.case.answers) or '–'}; got {outcome.answer.status} {outcome.answer.short or '–'} "
        f"(read as {outcome.answer.question!r}, confidence {outcome.answer.confidence:.2f}, evidence at rank "
        f"{', '.join(str(rank or 'none') for rank in outcome.ranks) or '–'})"
        for outcome in outcomes
        if not outcome.right
    ]


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """A whole run as plain JSON types: figures overall, per kind and per baseline, times, and every outcome."""
    outcomes = evaluation.outcomes
    return {
        "set": evaluation.name,
        "questions": len(outcomes),
        "overall": summarise(outcomes),
        "kinds": {kind: {"n": len(group), **summarise(group)} for kind, group in by_kind(outcomes).items()},
        "latency": latencies(outcomes),
        "baselines": {
            name: {"overall": summarise(theirs), "latency": latencies(theirs)}
            for name, theirs in evaluation.baselines.items()
        },
        "outcomes": [
            {
                "id": outcome.case.id,
                "kind": outcome.case.kind,
                "question": outcome.case.question,
                "expected": {"status": outcome.case.status, "answers": outcome.case.answers},
                "right": outcome.right,
                "exact": outcome.exact,
                "f1": outcome.f1,
                "alone": outcome.alone,
                "cited": outcome.cited,
                "citing": outcome.citing,
                "ranks": outcome.ranks,
                "ungrounded": outcome.ungrounded,
                "milliseconds": outcome.milliseconds,
                "answer": outcome.answer.to_dict(),
            }
            for outcome in outcomes
        ],
    }


def load_thresholds(path: Path, name: str) -> dict[str, float]:
    """The least each figure of a set may be; empty for a set without thresholds.

    Raises:
        CaseError: the file cannot be read, or names a figure that is not measured.
    """
    try:
        thresholds = _THRESHOLDS.validate_json(path.read_bytes()).get(name, {})
    except (OSError, ValidationError) as error:
        first = str(error).splitlines()[0]
        raise CaseError(f"{path}: cannot be read ({first}); write {{set: {{figure: least share}}}}") from error
    known = summarise(())
    unknown = sorted(set(thresholds) - set(known))
    if unknown:
        raise CaseError(f"{path}: no figure is called {unknown[0]!r}; there are {', '.join(known)}")
    return thresholds


def shortfalls(figures: Figures, thresholds: Mapping[str, float]) -> list[str]:
    """One line for each figure that is under its threshold, or could not be measured."""
    return [
        f"{key}: {'not measured' if (figure := figures[key]) is None else f'{100 * figure:.1f} %'}"
        f" is under the threshold of {100 * least:.1f} %"
        for key, least in thresholds.items()
        if (figure := figures[key]) is None or figure < least
    ]


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Writes the report of a run.

    Raises:
        CaseError: the file cannot be written.
    """
    try:
        path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{path}: cannot be written ({error.strerror}); give another --json FILE") from error
