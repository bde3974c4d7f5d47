"""The figures of a run as the report's tables show them: names, meanings, rows, and the headline against thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from eval.evaluation import Evaluation
from eval.outcomes import Outcome
from eval.percent import percent
from eval.report import by_kind, latencies, summarise
from rag.types import Status

STATUSES: tuple[Status, ...] = get_args(Status)
_WITHOUT_THRESHOLDS = ("right", "f1", "recall_at_5", "cited", "citing", "grounded", "refusal_recall")


@dataclass(frozen=True, slots=True)
class FigureName:
    """What a figure of `eval.report.summarise` is called in full, and what it says."""

    name: str
    meaning: str


FIGURE_NAMES: Mapping[str, FigureName] = {
    "right": FigureName("Right", "of all questions: an accepted answer, or the refusal or small talk that is due"),
    "exact": FigureName("Exact match", "of answerable questions: the short answer is accepted, figures by value"),
    "f1": FigureName("F1", "over answerable questions: characters shared with the nearest accepted answer (CMRC 2018)"),
    "alone": FigureName("Says only it", "of answerable questions: says what is accepted, no other figure of its unit"),
    "recall_at_1": FigureName("Recall @1", "share of the evidence sentences that stand in the first passage retrieved"),
    "recall_at_3": FigureName("Recall @3", "share of the evidence sentences that stand in the first three passages"),
    "recall_at_5": FigureName("Recall @5", "share of the evidence sentences that stand in the first five passages"),
    "reciprocal_rank": FigureName("Mean reciprocal rank", "one over the rank of the first passage with evidence"),
    "ndcg_at_5": FigureName("nDCG @5", "how high evidence stands in the first five passages; 100: all in the first"),
    "cited": FigureName("Citation recall", "over answers to answerable questions: evidence that the citations show"),
    "citing": FigureName("Citation precision", "over answers to answerable questions: citations that show evidence"),
    "grounded": FigureName("Number grounding", "of the figures with a unit in answers: those that stand in the quotes"),
    "refusal_precision": FigureName("Refusal precision", "of the refusals made: those that were due"),
    "refusal_recall": FigureName("Refusal recall", "of the refusals that were due: those that were made"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table: ``share`` is 0–1, None where it was not measured; ``best`` marks the best of its column."""

    key: str
    share: float | None
    best: bool = False

    @property
    def text(self) -> str:
        """The share in percent."""
        return percent(self.share)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of some outcomes, and the median and 95th percentile of their times in milliseconds."""

    label: str
    count: int
    cells: tuple[Cell, ...]
    p50_ms: float
    p95_ms: float


def figures_row(label: str, outcomes: Sequence[Outcome]) -> Row:
    """One line of a table of figures, in the order of `FIGURE_NAMES`."""
    figures, times = summarise(outcomes), latencies(outcomes)
    cells = tuple(Cell(key, figures[key]) for key in FIGURE_NAMES)
    return Row(label, len(outcomes), cells, times["p50_ms"], times["p95_ms"])


def kind_rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """A line per kind of question."""
    return [figures_row(kind, group) for kind, group in by_kind(outcomes).items()]


def system_rows(evaluation: Evaluation, name: str) -> list[Row]:
    """A line per baseline and, last, one for 据文, called ``name``; the best of each column is marked."""
    systems = {**evaluation.baselines, name: evaluation.outcomes}
    rows = [figures_row(label, outcomes) for label, outcomes in systems.items() if outcomes]
    best = [_best(column) for column in zip(*(row.cells for row in rows), strict=True)]
    return [
        replace(
            row,
            cells=tuple(
                replace(cell, best=top is not None and cell.share is not None and _shown(cell.share) == top)
                for cell, top in zip(row.cells, best, strict=True)
            ),
        )
        for row in rows
    ]


def _best(column: Sequence[Cell]) -> float | None:
    # To the decimal that is shown; where all are equal, none is best.
    shares = {_shown(cell.share) for cell in column if cell.share is not None}
    return max(shares) if len(shares) > 1 else None


def _shown(share: float) -> float:
    return round(share, 3)


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of a whole set with the least it may be; ``least`` is None where the set has no such threshold."""

    key: str
    share: float | None
    least: float | None

    @property
    def name(self) -> str:
        """The figure's full name."""
        return FIGURE_NAMES[self.key].name

    @property
    def text(self) -> str:
        """The share in percent."""
        return percent(self.share)

    @property
    def verdict(self) -> str:
        """``held`` or ``under`` the threshold, ``free`` where there is none."""
        if self.least is None:
            return "free"
        return "held" if self.share is not None and self.share >= self.least else "under"


def headlines(outcomes: Sequence[Outcome], thresholds: Mapping[str, float]) -> list[Headline]:
    """The figures that have a threshold, or the most telling ones where none has."""
    figures = summarise(outcomes)
    shown = [key for key in FIGURE_NAMES if key in (thresholds or _WITHOUT_THRESHOLDS)]
    return [Headline(key, figures[key], thresholds.get(key)) for key in shown]


def confusion(outcomes: Sequence[Outcome]) -> dict[Status, dict[Status, int]]:
    """How many questions that ask for one status (outer key) got which (inner key)."""
    pairs = [(outcome.case.status, outcome.answer.status) for outcome in outcomes]
    return {due: {given: pairs.count((due, given)) for given in STATUSES} for due in STATUSES}
