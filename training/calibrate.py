"""Fit the confidence of answers: `python -m training.calibrate`; writes `rag/answer/confidence.json`.

The weights are fitted on the evaluation set `calibration`, the refusal threshold is chosen there so that 3 % of the
questions that would be answered rightly are refused, and both are measured on the set `heldout`; on demand also on the
written articles that the reader was not trained on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from eval.calibration_curve import expected_calibration_error, reliability_bins
from rag.answer.confidence import ConfidenceModel, Signals
from rag.answer.trained_reader import is_sure_figure, sees_it_too
from rag.models.span_model import SpanModel
from rag.question.kinds import AnswerKind
from rag.settings import Settings
from training.judged import JudgedCase, guard_names, judge_set
from training.unseen import judge_unseen

FITTED_ON = "calibration"
MEASURED_ON = "heldout"
WRONG_REFUSALS = 0.03
RULES_REFUSE_UNDER = 0.5
"""The threshold that the rules were made for when they read alone."""
_CONSIDERED = 4
"""Candidates of a question that the regression learns from; the others are hardly ever right."""
_STRENGTH = 0.5


def main(
    reader: Annotated[Path | None, typer.Option(help="folder of a reader; the one that ships by default")] = None,
    write: Annotated[bool, typer.Option(help="write the weights into the package")] = True,
    keep: Annotated[bool, typer.Option(help="fit nothing: measure the weights that the package has")] = False,
    unseen: Annotated[int, typer.Option(help="measure on every Nth unseen written article as well", min=0)] = 0,
) -> None:
    """Fit on some questions, measure on others, print both."""
    model, settings = SpanModel.load(reader), Settings()
    fitted_on = list(judge_set(FITTED_ON, model, settings, guard_names()))
    measured_on = list(judge_set(MEASURED_ON, model, settings, guard_names()))
    confidence = ConfidenceModel.load() if keep else fit(fitted_on)
    threshold = threshold_of([chosen(case, confidence) for case in fitted_on], WRONG_REFUSALS)
    if write and not keep:
        confidence.save()
    judged = {FITTED_ON: fitted_on, MEASURED_ON: measured_on}
    if unseen:
        judged["unseen"] = list(judge_unseen(model, settings, guard_names(), unseen))
    for name, cases in judged.items():
        best = [chosen(case, confidence) for case in cases]
        typer.echo(f"{name}, {WRONG_REFUSALS:.0%} wrongly refused: {describe(best, threshold)}")
        typer.echo(f"{name}, as set: {describe(best, settings.refusal_threshold)}")
        rules = [Best(case.case.answerable, case.rules_confidence(), case.rules_are_right()) for case in cases]
        typer.echo(f"{name}, by rules alone: {describe(rules, RULES_REFUSE_UNDER)}")


def fit(cases: list[JudgedCase]) -> ConfidenceModel:
    """The regression over the first candidates of every question; those that a guard rules out are never given."""
    rows = [
        (one.signals, case.is_right(one)) for case in cases for one in case.judged[:_CONSIDERED] if not one.ruled_out
    ]
    names = [field.name for field in fields(Signals)]
    values = np.array([[asdict(signals)[name] for name in names] for signals, _ in rows])
    scale = values.std(axis=0).clip(1e-6)
    regression = LogisticRegression(C=_STRENGTH, max_iter=1000)
    regression.fit(values / scale, [right for _, right in rows])
    weights = dict(zip(names, (regression.coef_[0] / scale).round(4).tolist(), strict=True))
    sure = [case.rules_are_right() for case in cases if rules_are_sure(case)]
    # Laplace's rule of succession: of a few cases the share alone says too much.
    ruled_figure = round((sum(sure) + 1) / (len(sure) + 2), 4)
    return ConfidenceModel(round(float(regression.intercept_[0]), 4), weights, ruled_figure)


def rules_are_sure(case: JudgedCase) -> bool:
    """Whether the rules are sure of a stated figure that the model sees as well."""
    best = case.ruled.best
    is_figure = case.material.focus.kind is AnswerKind.QUANTITY and best is not None and best.formula is None
    return is_figure and best is not None and sees_it_too(case.material.focus, case.judged) and is_sure_figure(best)


@dataclass(frozen=True, slots=True)
class Best:
    """The best candidate of a question: its probability, and whether it is right."""

    answerable: bool
    probability: float
    right: bool


def chosen(case: JudgedCase, confidence: ConfidenceModel) -> Best:
    """The most probable candidate of a question; of probability 0 and not right where there is none."""
    found = [(confidence.probability(one.signals), case.is_right(one)) for one in case.judged if not one.ruled_out]
    if rules_are_sure(case):
        found.append((confidence.ruled_figure, case.rules_are_right()))
    return Best(case.case.answerable, *max(found, default=(0.0, False)))


def threshold_of(best: list[Best], wrong_refusals: float) -> float:
    """The highest threshold that refuses at most this share of the questions whose best candidate is right."""
    right = sorted(one.probability for one in best if one.right)
    return right[int(wrong_refusals * len(right))]


def describe(best: list[Best], threshold: float) -> str:
    """AUROC of answerable against unanswerable, and what comes of the questions at ``threshold``."""
    auroc = roc_auc_score([one.answerable for one in best], [one.probability for one in best])
    answered = [one for one in best if one.probability >= threshold]
    answerable = sum(one.answerable for one in best)
    return (
        f"AUROC {auroc:.3f}; at {threshold:.3f}: {sum(one.right for one in answered)} right and "
        f"{sum(one.answerable and not one.right for one in answered)} wrong of {answerable} answerable, "
        f"{sum(not one.answerable for one in answered)} of {len(best) - answerable} unanswerable answered; "
        f"calibration error {calibration_error(best):.3f}"
    )


def calibration_error(best: list[Best]) -> float:
    """Expected calibration error of the best candidates, see `eval.calibration_curve`; 0.0 of none."""
    bins = reliability_bins([one.probability for one in best], [one.right for one in best])
    return expected_calibration_error(bins) or 0.0


if __name__ == "__main__":
    typer.run(main)
