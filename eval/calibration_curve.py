"""Whether confidences are honest: of the answers given with 80 %, are 80 % right?

The reliability diagram and the expected calibration error of Guo, Pleiss, Sun and Weinberger, *On Calibration of Modern
Neural Networks*, ICML 2017 (https://arxiv.org/abs/1706.04599), section 2: answers are put into bins of equal width by
their confidence, and the mean confidence of each bin is held against the share of its answers that are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The answers whose confidence is above ``lower`` and at most ``upper`` (in the lowest bin from 0.0 on).

    ``confidence`` is their mean confidence, ``accuracy`` the share of them that are right, both 0–1.
    """

    lower: float
    upper: float
    count: int
    confidence: float
    accuracy: float

    @property
    def gap(self) -> float:
        """By how much the confidence is too high; below zero where it is too low."""
        return self.confidence - self.accuracy


def reliability_bins(
    confidences: Sequence[float], right: Sequence[bool], bins: int = BINS
) -> tuple[ReliabilityBin, ...]:
    """The reliability diagram: the bins that hold an answer, lowest first; none for no answers.

    Example:
        >>> [(one.count, one.accuracy) for one in reliability_bins([0.55, 0.6, 0.95], [True, False, True])]
        [(2, 0.5), (1, 1.0)]

    Raises:
        ValueError: a confidence is outside 0–1, there are not as many of them as of ``right``, or ``bins`` is under 1.
    """
    if len(confidences) != len(right) or bins < 1 or not all(0 <= one <= 1 for one in confidences):
        raise ValueError(
            f"reliability bins need confidences within 0–1, one for each answer, and at least one bin, not "
            f"{len(confidences)} confidences for {len(right)} answers in {bins} bins; wrong confidences: "
            f"{[one for one in confidences if not 0 <= one <= 1]!r:.80}"
        )
    if not confidences:
        return ()
    said, came_true = np.array(confidences, float), np.array(right, float)
    edges = np.linspace(0.0, 1.0, bins + 1)
    places = np.searchsorted(edges[1:-1], said)
    return tuple(
        ReliabilityBin(
            float(edges[place]),
            float(edges[place + 1]),
            int(np.sum(places == place)),
            float(said[places == place].mean()),
            float(came_true[places == place].mean()),
        )
        for place in np.unique(places).tolist()
    )


def expected_calibration_error(bins: Sequence[ReliabilityBin]) -> float | None:
    """How far confidence and accuracy lie apart, 0–1: the mean gap of the bins, weighted by their answers.

    None where there is no answer.

    Example:
        >>> expected_calibration_error([ReliabilityBin(0.8, 0.9, 1, 0.875, 1.0), ReliabilityBin(0.9, 1.0, 3, 1.0, 1.0)])
        0.03125
    """
    answers = sum(one.count for one in bins)
    return sum(one.count * abs(one.gap) for one in bins) / answers if answers else None
