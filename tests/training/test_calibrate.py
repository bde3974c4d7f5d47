"""The refusal threshold and what is told of it, over questions made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.calibrate import Best, calibration_error, describe, threshold_of

best = st.lists(st.builds(Best, st.booleans(), st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def right(*probabilities: float) -> list[Best]:
    return [Best(answerable=True, probability=probability, right=True) for probability in probabilities]


def unanswerable(*probabilities: float) -> list[Best]:
    return [Best(answerable=False, probability=probability, right=False) for probability in probabilities]


def wrong(*probabilities: float) -> list[Best]:
    return [Best(answerable=True, probability=probability, right=False) for probability in probabilities]


@pytest.mark.parametrize(("share", "threshold"), [(0.0, 0.1), (0.05, 0.1), (0.1, 0.2), (0.3, 0.4), (0.95, 1.0)])
def test_the_threshold_refuses_this_share_of_the_right(share: float, threshold: float) -> None:
    assert threshold_of(right(0.9, 0.3, 0.1, 0.2, 0.5, 0.4, 0.7, 0.6, 0.8, 1.0), share) == threshold


def test_what_is_wrong_or_unanswerable_does_not_move_the_threshold() -> None:
    probabilities = right(0.2, 0.4, 0.6, 0.8)
    others = [*wrong(0.0, 0.1, 0.99), *unanswerable(0.05, 0.95)]
    assert threshold_of([*others, *probabilities], 0.25) == threshold_of(probabilities, 0.25) == 0.4


@given(probabilities=st.lists(st.floats(0, 1), min_size=1, max_size=60), share=st.floats(0, 0.99))
def test_no_more_than_the_share_is_refused_and_no_higher_threshold_does(
    probabilities: list[float], share: float
) -> None:
    threshold = threshold_of(right(*probabilities), share)
    assert sum(probability < threshold for probability in probabilities) <= share * len(probabilities)
    assert sum(probability <= threshold for probability in probabilities) > share * len(probabilities)


@pytest.mark.parametrize(
    ("cases", "error"),
    [
        (right(1.0, 1.0), 0.0),
        (unanswerable(0.0, 0.0), 0.0),
        (wrong(1.0), 1.0),
        # Eight in ten right where 0.85 is said, and each tenth weighs by how many are in it.
        ([*right(*[0.85] * 8), *wrong(*[0.85] * 2)], 0.05),
        ([*right(*[0.85] * 8), *wrong(*[0.85] * 2), *unanswerable(*[0.05] * 10)], 0.05),
        ([*right(*[0.85] * 8), *wrong(*[0.85] * 2), *unanswerable(*[0.0] * 30)], 0.0125),
        # Errors of two tenths don't cancel out.
        ([*wrong(0.75), *right(0.25)], 0.75),
        # Within a tenth only the mean counts.
        ([*right(0.55), *wrong(0.55)], 0.05),
    ],
)
def test_the_calibration_error_is_how_far_said_and_seen_are_apart(cases: list[Best], error: float) -> None:
    assert calibration_error(cases) == pytest.approx(error)


@given(cases=best)
def test_the_calibration_error_is_a_share_and_no_order_changes_it(cases: list[Best]) -> None:
    assert 0 <= calibration_error(cases) <= 1
    assert calibration_error(cases[::-1]) == pytest.approx(calibration_error(cases))


def test_what_comes_of_the_questions_is_counted() -> None:
    cases = [*right(0.9, 0.5, 0.3), *wrong(0.6, 0.2), *unanswerable(0.1, 0.5, 0.05)]
    told = describe(cases, 0.5)
    assert "at 0.500: 2 right and 1 wrong of 5 answerable, 1 of 3 unanswerable answered" in told
    # Of the 15 pairs the 0.3 and the 0.2 stand below 0.5, and one pair is a tie.
    assert f"AUROC {12.5 / 15:.3f};" in told
    assert f"calibration error {calibration_error(cases):.3f}" in told
