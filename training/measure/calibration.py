"""The fifth measure: whether a probability means what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.calibration_curve import ReliabilityBin, expected_calibration_error, reliability_bins


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability table (bins without predictions left out) and its summary.

    ``error`` is the expected calibration error of `eval.calibration_curve`, ``brier`` the mean squared distance of the
    single probabilities from what came true.
    """

    count: int
    error: float
    brier: float
    bins: tuple[ReliabilityBin, ...]


def calibration(probabilities: Sequence[float], outcomes: Sequence[bool]) -> Calibration:
    """Probabilities beside what came true.

    Raises:
        ValueError: nothing to compare, not one outcome a probability, or a probability outside 0 to 1.
    """
    bins = reliability_bins(probabilities, outcomes)
    error = expected_calibration_error(bins)
    if error is None:
        raise ValueError("there are no probabilities to hold against what came true; give at least one")
    brier = np.mean((np.array(probabilities, float) - np.array(outcomes, float)) ** 2)
    return Calibration(len(probabilities), error, float(brier), bins)
