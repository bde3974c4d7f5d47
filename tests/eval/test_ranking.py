"""Ranking measures against values worked out by hand, and against what must hold for any ranking."""

from __future__ import annotations

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.cases import CaseError
from eval.ranking import MEASURES, ranking_figures

RANKS = st.lists(st.one_of(st.none(), st.integers(1, 9)), min_size=1, max_size=4)


def test_a_case_by_hand() -> None:
    figures = ranking_figures([[2, 4, None]])
    assert figures["recall_at_1"] == 0.0
    assert figures["recall_at_3"] == pytest.approx(1 / 3)
    assert figures["recall_at_5"] == pytest.approx(2 / 3)
    assert figures["reciprocal_rank"] == 0.5
    assert figures["ndcg_at_5"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / 3)


@pytest.mark.parametrize("ranks", [(1, 1, None), (1, 2, None), (None, 3, 5)])
def test_recall_is_of_the_sentences_however_many_passages_hold_them(ranks: tuple[int | None, ...]) -> None:
    assert ranking_figures([ranks])["recall_at_5"] == pytest.approx(2 / 3)


def test_the_cutoff_counts_passages() -> None:
    # Three sentences in the first passage, one in the fourth.
    figures = ranking_figures([[1, 1, 1, 4]])
    assert figures["recall_at_1"] == figures["recall_at_3"] == pytest.approx(3 / 4)
    assert figures["recall_at_5"] == 1.0


def test_a_figure_is_the_mean_of_cases_whatever_number_of_sentences_they_have() -> None:
    figures = ranking_figures([[2, None], [1], []])
    assert figures["recall_at_1"] == 0.5
    assert figures["recall_at_3"] == pytest.approx((1 / 2 + 1) / 2)
    assert figures["reciprocal_rank"] == pytest.approx((1 / 2 + 1) / 2)


def test_where_nothing_is_found_everything_is_zero() -> None:
    assert ranking_figures([[None, None]]) == dict.fromkeys(MEASURES, 0.0)


def test_without_evidence_there_is_no_figure() -> None:
    assert ranking_figures([]) == ranking_figures([[]]) == dict.fromkeys(MEASURES)


def test_a_rank_below_one_is_named() -> None:
    with pytest.raises(ValueError, match="a rank is 0"):
        ranking_figures([[0]])


@given(st.lists(RANKS, min_size=1, max_size=5))
def test_any_ranking(cases: list[list[int | None]]) -> None:
    figures = ranking_figures(cases)
    places = [[rank or math.inf for rank in ranks] for ranks in cases]
    for k in (1, 3, 5):
        shares = [sum(place <= k for place in each) / len(each) for each in places]
        assert figures[f"recall_at_{k}"] == pytest.approx(sum(shares) / len(shares))
    assert figures["reciprocal_rank"] == pytest.approx(sum(1 / min(each) for each in places) / len(places))
    gains = [sum(1 / math.log2(place + 1) for place in each if place <= 5) / len(each) for each in places]
    assert figures["ndcg_at_5"] == pytest.approx(sum(gains) / len(gains))


@given(RANKS, st.integers(0, 3))
def test_a_sentence_found_earlier_never_lowers_a_figure(ranks: list[int | None], at: int) -> None:
    better = [1 if place == at % len(ranks) else rank for place, rank in enumerate(ranks)]
    before, after = ranking_figures([ranks]), ranking_figures([better])
    assert all((after[figure] or 0.0) >= (before[figure] or 0.0) - 1e-9 for figure in MEASURES)


def test_without_trec_eval_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pytrec_eval", None)
    with pytest.raises(CaseError, match="pip install pytrec-eval-terrier"):
        ranking_figures([[1]])
