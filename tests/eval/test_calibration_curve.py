"""Reliability bins, against what is counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.calibration_curve import expected_calibration_error, reliability_bins
from training.calibrate import Best, calibration_error
from training.measure.calibration import calibration


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60), st.integers(1, 20))
def test_reliability_bins_hold_every_answer_once(answers: list[tuple[float, bool]], count: int) -> None:
    bins = reliability_bins([one for one, _ in answers], [right for _, right in answers], count)
    assert sum(one.count for one in bins) == len(answers)
    assert sum(one.count * one.accuracy for one in bins) == pytest.approx(sum(right for _, right in answers))
    assert sum(one.count * one.confidence for one in bins) == pytest.approx(sum(one for one, _ in answers))
    assert all(one.lower - 1e-9 <= one.confidence <= one.upper + 1e-9 for one in bins)
    error = expected_calibration_error(bins)
    assert (error is None) == (not answers)
    assert error is None or 0 <= error <= 1


def test_calibration_by_hand() -> None:
    bins = reliability_bins([0.1, 0.55, 0.6, 0.95], [False, True, False, True])
    assert [(one.lower, one.count, one.accuracy) for one in bins] == [(0.0, 1, 0.0), (0.5, 2, 0.5), (0.9, 1, 1.0)]
    assert expected_calibration_error(bins) == pytest.approx((0.1 + 2 * 0.075 + 0.05) / 4)
    assert reliability_bins([], []) == ()
    assert expected_calibration_error(()) is None
    for confidences, judged in (([1.5], [True]), ([0.5], []), ([float("nan")], [True])):
        with pytest.raises(ValueError, match="reliability bins need"):
            reliability_bins(confidences, judged)


def test_a_confidence_on_an_edge_is_in_the_lower_bin() -> None:
    bins = reliability_bins([0.0, 0.5, 0.501, 1.0], [True] * 4, 2)
    assert [(one.lower, one.upper, one.count) for one in bins] == [(0.0, 0.5, 2), (0.5, 1.0, 2)]


def test_the_training_counts_the_same_error() -> None:
    said, right = [0.1, 0.2, 0.2, 0.55, 0.7, 1.0], [False, True, False, True, False, True]
    error = expected_calibration_error(reliability_bins(said, right))
    best = [Best(True, one, came_true) for one, came_true in zip(said, right, strict=True)]
    assert calibration_error(best) == calibration(said, right).error == error
