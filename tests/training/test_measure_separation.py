"""AUROC, refusals and calibration, against values worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.measure.answerability import WRONG_REFUSALS, separation
from training.measure.calibration import calibration

SCORES = st.lists(st.floats(-20, 20), min_size=1, max_size=60)
# A call of scikit-learn takes milliseconds, and far more of them on a busy machine.
FEW = settings(max_examples=20, deadline=None)


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    # 3 > 2, 3 > 0, 1 < 2, 1 > 0: three of four pairs.
    assert separation([3.0, 1.0], [2.0, 0.0]).auroc == pytest.approx(0.75)


def test_ties_count_half() -> None:
    assert separation([1.0], [1.0]).auroc == pytest.approx(0.5)


def test_the_threshold_refuses_three_of_a_hundred_answerable_questions() -> None:
    answerable = [float(number) for number in range(100)]
    # 0, 1 and 2 may be refused, so the threshold is 3, and 3.0 itself passes.
    assert separation(answerable, [2.9, 3.0, 50.0, -1.0]).refused == pytest.approx(0.5)


def test_a_reader_that_finds_nothing_at_all_is_a_refusal() -> None:
    assert separation([0.5], [-math.inf]).auroc == 1.0


@pytest.mark.parametrize(("answerable", "unanswerable"), [([], [1.0]), ([1.0], [])])
def test_both_sides_are_needed(answerable: list[float], unanswerable: list[float]) -> None:
    with pytest.raises(ValueError, match="both must be there"):
        separation(answerable, unanswerable)


@FEW
@given(SCORES, SCORES)
def test_swapping_the_sides_mirrors_the_auroc(answerable: list[float], unanswerable: list[float]) -> None:
    there, back = separation(answerable, unanswerable), separation(unanswerable, answerable)
    assert there.auroc + back.auroc == pytest.approx(1.0)


@FEW
@given(SCORES)
def test_no_more_answerable_questions_are_refused_than_allowed(answerable: list[float]) -> None:
    assert separation(answerable, answerable).refused <= WRONG_REFUSALS


def test_calibration_by_hand() -> None:
    measured = calibration([0.05, 0.15, 0.15, 1.0], [False, True, False, True])
    assert [(row.lower, row.count, row.confidence, row.accuracy) for row in measured.bins] == [
        (0.0, 1, pytest.approx(0.05), 0.0),
        (0.1, 2, pytest.approx(0.15), 0.5),
        (0.9, 1, 1.0, 1.0),
    ]
    assert measured.error == pytest.approx((0.05 + 2 * 0.35 + 0) / 4)
    assert measured.brier == pytest.approx((0.05**2 + 0.85**2 + 0.15**2) / 4)


@pytest.mark.parametrize(
    ("probabilities", "outcomes"), [([], []), ([0.5], [True, False]), ([1.2], [True]), ([math.nan], [True])]
)
def test_what_is_no_probability_is_refused(probabilities: list[float], outcomes: list[bool]) -> None:
    with pytest.raises(ValueError, match=r"probabilities|confidences"):
        calibration(probabilities, outcomes)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80))
def test_every_prediction_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    measured = calibration([probability for probability, _ in pairs], [outcome for _, outcome in pairs])
    assert sum(row.count for row in measured.bins) == measured.count == len(pairs)
    assert 0.0 <= measured.error <= 1.0
    assert all(row.lower - 1e-9 <= row.confidence <= row.upper + 1e-9 for row in measured.bins)
