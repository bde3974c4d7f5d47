"""Ranking measures against values worked out by hand, and against what must hold for any ranking."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.ranking import MEASURES, judgements, ranking_figures

NAMES = st.sampled_from([f"passage {number}" for number in range(12)])


def test_two_of_three_are_found_the_first_at_rank_two() -> None:
    figures = ranking_figures({"q": ["a", "b", "c", "d"]}, {"q": {"b", "d", "x"}})
    assert figures["recall_at_1"] == 0.0
    assert figures["recall_at_3"] == pytest.approx(1 / 3)
    assert figures["recall_at_5"] == pytest.approx(2 / 3)
    assert figures["reciprocal_rank"] == 0.5
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert figures["ndcg_at_5"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)


def test_figures_are_means_over_questions_and_nothing_found_counts_zero() -> None:
    figures = ranking_figures({"q": ["a"], "empty": []}, {"q": ["a"], "empty": ["b"], "missing": ["c"], "none": []})
    assert figures["recall_at_5"] == pytest.approx(1 / 3)
    assert figures["reciprocal_rank"] == pytest.approx(1 / 3)


def test_without_a_question_there_is_no_figure() -> None:
    assert ranking_figures({}, {}) == dict.fromkeys(MEASURES)
    assert ranking_figures({"q": ["a"]}, {"q": []}) == dict.fromkeys(MEASURES)


def test_the_order_is_that_of_the_run_whatever_the_names() -> None:
    run = [f"{number}" for number in (3, 11, 2, 10, 1)]
    for place, name in enumerate(run, start=1):
        assert ranking_figures({"q": run}, {"q": [name]})["reciprocal_rank"] == pytest.approx(1 / place)


@given(st.lists(NAMES, max_size=12), st.sets(NAMES, min_size=1))
def test_any_ranking(run: list[str], relevant: set[str]) -> None:
    figures = ranking_figures({"问": run}, {"问": relevant})
    order = list(dict.fromkeys(run))
    for k in (1, 3, 5):
        assert figures[f"recall_at_{k}"] == pytest.approx(len(relevant & set(order[:k])) / len(relevant))
    ranks = [rank for rank, name in enumerate(order, 1) if name in relevant]
    assert figures["reciprocal_rank"] == pytest.approx(1 / ranks[0] if ranks else 0.0)
    assert 0.0 <= (figures["ndcg_at_5"] or 0.0) <= 1.0 + 1e-9


class Ranked:
    """The one field of an outcome that judgements are made of."""

    def __init__(self, *ranks: int | None) -> None:
        self.ranks = ranks


def figures_of(*outcomes: Any) -> dict[str, float | None]:
    return ranking_figures(*judgements(outcomes))


def test_evidence_is_judged_by_the_first_passage_that_holds_it() -> None:
    figures = figures_of(Ranked(2, None), Ranked(1))
    assert figures["recall_at_1"] == 0.5
    assert figures["recall_at_3"] == pytest.approx((1 / 2 + 1) / 2)
    assert figures["reciprocal_rank"] == pytest.approx((1 / 2 + 1) / 2)


def test_sentences_that_one_passage_shows_are_one_document() -> None:
    assert figures_of(Ranked(1, 1))["recall_at_1"] == 1.0
    assert figures_of(Ranked(1, 1, None))["recall_at_5"] == pytest.approx(1 / 2)
    assert figures_of(Ranked(None, None))["recall_at_5"] == 0.0


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(1, 9)), min_size=1, max_size=4), min_size=1, max_size=5))
def test_the_reciprocal_rank_is_that_of_the_best_sentence(cases: list[list[int | None]]) -> None:
    best = [min((rank for rank in ranks if rank is not None), default=math.inf) for ranks in cases]
    figures = figures_of(*(Ranked(*ranks) for ranks in cases))
    assert figures["reciprocal_rank"] == pytest.approx(sum(1 / rank for rank in best) / len(best))
