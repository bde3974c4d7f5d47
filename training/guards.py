"""What each guard adds, by switching it off: `python -m training.guards`.

Measured by cross-validation over the articles of the set that confidence is fitted on, so that the held-out set stays
untouched by the choice of guards.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from rag.answer.guards.span_guards import DECISIVE, obstacle_to
from rag.answer.trained_reader import Judged
from rag.models.span_model import SpanModel
from rag.settings import Settings
from training.calibrate import FITTED_ON, WRONG_REFUSALS, Best, chosen, describe, fit, threshold_of
from training.judged import JudgedCase, guard_names, judge_set

FOLDS = 4


def main(
    reader: Annotated[Path | None, typer.Option(help="folder of a reader; the one that ships by default")] = None,
) -> None:
    """For all guards, for none, and for all but each: fit on three quarters of the articles, measure on the rest."""
    cases = list(judge_set(FITTED_ON, SpanModel.load(reader), Settings(), guard_names()))
    variants = {"all": guard_names(), "none": frozenset[str]()}
    variants |= {f"all but {name}": guard_names() - {name} for name in sorted(guard_names())}
    for label, guards in variants.items():
        best = cross_validated(with_guards(cases, guards))
        typer.echo(f"{label:28} {describe(best, threshold_of(best, WRONG_REFUSALS))}")


def cross_validated(cases: list[JudgedCase]) -> list[Best]:
    """The best candidate of every question, by weights fitted on the questions of other articles."""
    articles = sorted({case.case.article for case in cases})
    best: list[Best] = []
    for fold in range(FOLDS):
        tested = set(articles[fold::FOLDS])
        confidence = fit([case for case in cases if case.case.article not in tested])
        best += [chosen(case, confidence) for case in cases if case.case.article in tested]
    return best


def with_guards(cases: list[JudgedCase], guards: frozenset[str]) -> list[JudgedCase]:
    """The same questions as if only ``guards`` were there."""
    return [
        dataclasses.replace(case, judged=tuple(_doubted_by(guards, case, one) for one in case.judged)) for case in cases
    ]


def _doubted_by(guards: frozenset[str], case: JudgedCase, judged: Judged) -> Judged:
    doubted = bool(obstacle_to(case.material.focus, judged.candidate, guards))
    ruled_out = bool(obstacle_to(case.material.focus, judged.candidate, guards & DECISIVE))
    signals = dataclasses.replace(judged.signals, doubted=float(doubted))
    return dataclasses.replace(judged, signals=signals, ruled_out=ruled_out)


if __name__ == "__main__":
    typer.run(main)
