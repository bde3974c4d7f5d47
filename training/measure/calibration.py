"""The fifth measure: whether a probability means what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The predictions with a probability from ``low`` to ``high``: their number, mean, and the share that came true."""

    low: float
    high: float
    count: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability table (bins without predictions left out) and its summary.

    ``error`` is the expected calibration error: the mean distance of predicted from observed, weighted by the bins'
    counts (Guo et al. 2017, https://arxiv.org/abs/1706.04599). ``brier`` is the mean squared distance of the single
    probabilities from what came true.
    """

    count: int
    error: float
    brier: float
    bins: tuple[Bin, ...]


def calibration(probabilities: Sequence[float], outcomes: Sequence[bool], bins: int = BINS) -> Calibration:
    """Probabilities beside what came true, in bins of equal width; the last holds 1.0.

    Raises:
        ValueError: nothing to compare, not one outcome a probability, or a probability outside 0 to 1.
    """
    predicted, observed = np.array(probabilities, float), np.array(outcomes, float)
    if not len(predicted) or predicted.shape != observed.shape:
        raise ValueError(
            f"{len(predicted)} probabilities and {len(observed)} outcomes; give one for each, at least one"
        )
    if not np.all((predicted >= 0) & (predicted <= 1)):
        raise ValueError("a probability lies outside 0 to 1")
    of = np.minimum((predicted * bins).astype(int), bins - 1)
    rows = tuple(
        Bin(
            number / bins,
            (number + 1) / bins,
            int(np.sum(of == number)),
            float(predicted[of == number].mean()),
            float(observed[of == number].mean()),
        )
        for number in np.unique(of).tolist()
    )
    error = sum(row.count * abs(row.predicted - row.observed) for row in rows) / len(predicted)
    return Calibration(len(predicted), float(error), float(np.mean((predicted - observed) ** 2)), rows)
