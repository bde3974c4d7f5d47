"""Reciprocal rank fusion: the formula of the paper, and what must hold for any rankings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.fusion import RANK_CONSTANT, reciprocal_rank_fusion

rankings = st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=4)


def test_the_formula_of_the_paper() -> None:
    fused = dict(reciprocal_rank_fusion([["a", "b"], ["b"]]))
    assert fused["a"] == pytest.approx(1 / (RANK_CONSTANT + 1))
    assert fused["b"] == pytest.approx(1 / (RANK_CONSTANT + 2) + 1 / (RANK_CONSTANT + 1))


def test_agreement_between_rankings_beats_one_first_place() -> None:
    assert reciprocal_rank_fusion([["a", "x"], ["b", "x"]])[0][0] == "x"


def test_nothing_to_fuse() -> None:
    assert reciprocal_rank_fusion([]) == []
    assert reciprocal_rank_fusion([[], []]) == []


def test_a_repeated_item_counts_once_at_its_better_rank() -> None:
    assert reciprocal_rank_fusion([["a", "b", "a"]]) == reciprocal_rank_fusion([["a", "b"]])


@pytest.mark.parametrize("bad", [0, -1])
def test_a_bad_constant_is_named(bad: int) -> None:
    with pytest.raises(ValueError, match=str(bad)):
        reciprocal_rank_fusion([["a"]], rank_constant=bad)


@given(st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_one_ranking_keeps_its_order(ranking: list[str]) -> None:
    assert [item for item, _ in reciprocal_rank_fusion([ranking])] == ranking


@given(rankings)
def test_all_items_come_out_once_best_first(given_rankings: list[list[str]]) -> None:
    fused = reciprocal_rank_fusion(given_rankings)
    items = [item for item, _ in fused]
    scores = [score for _, score in fused]
    assert len(items) == len(set(items))
    assert set(items) == {item for ranking in given_rankings for item in ranking}
    assert scores == sorted(scores, reverse=True)


@given(rankings, st.sampled_from("abcdefgh"))
def test_a_better_rank_never_lowers_a_score(given_rankings: list[list[str]], item: str) -> None:
    raised = [[item, *(other for other in ranking if other != item)] for ranking in given_rankings]
    assert dict(reciprocal_rank_fusion(raised)).get(item, 0.0) >= dict(reciprocal_rank_fusion(given_rankings)).get(
        item, 0.0
    )
