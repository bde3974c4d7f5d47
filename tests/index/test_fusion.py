"""The fusion of searches by their scores: the formula, and what must hold for any scores."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.fusion import standardised_fusion

ITEMS = "abcdefgh"
SCORES = st.dictionaries(st.sampled_from(ITEMS), st.integers(-50, 50).map(float), max_size=8)
SEARCHES = st.lists(st.tuples(st.sampled_from([0.25, 0.5, 1.0]), SCORES), max_size=3)


def order(searches: list[tuple[float, Mapping[str, float]]], scale: str = ITEMS) -> list[str]:
    return [item for item, _ in standardised_fusion(searches, scale)]


def test_scores_are_standardised_before_they_are_added() -> None:
    # Mean 2, deviation 1 and mean 20, deviation 10: as far from their means as each other.
    fused = dict(standardised_fusion([(0.7, {"a": 3.0, "b": 1.0}), (0.3, {"a": 10.0, "b": 30.0})], "ab"))
    assert fused == {"a": pytest.approx(0.4), "b": pytest.approx(-0.4)}


def test_by_how_much_one_is_better_counts() -> None:
    meaning = {"a": 0.9, "b": 0.89, "c": 0.5}
    words = {"b": 9.0, "a": 1.0}
    assert order([(0.5, meaning), (0.5, words)], "abc")[0] == "b"


def test_what_a_search_did_not_find_scores_nothing_there() -> None:
    assert standardised_fusion([(1.0, {"a": 1.0}), (1.0, {"b": 1.0})], "ab") == [("a", 0.0), ("b", 0.0)]


def test_a_search_that_tells_nothing_apart_has_no_say() -> None:
    assert order([(0.9, {"b": 4.0, "a": 4.0}), (0.1, {"a": 1.0, "b": 0.5})], "ab") == ["a", "b"]


def test_nothing_to_fuse() -> None:
    assert standardised_fusion([], "ab") == []
    assert standardised_fusion([(1.0, {}), (1.0, {})], "") == []


@given(SCORES)
def test_one_search_keeps_its_order(scores: dict[str, float]) -> None:
    fused = standardised_fusion([(1.0, scores)], tuple(scores))
    assert [scores[item] for item, _ in fused] == sorted(scores.values(), reverse=True)


@given(SEARCHES)
def test_all_items_come_out_once_best_first(searches: list[tuple[float, Mapping[str, float]]]) -> None:
    fused = standardised_fusion(searches, ITEMS)
    items = [item for item, _ in fused]
    values = [score for _, score in fused]
    assert len(items) == len(set(items))
    assert set(items) == {item for _, scores in searches for item in scores}
    assert values == sorted(values, reverse=True)


@given(SEARCHES, st.floats(0.1, 100), st.floats(-100, 100))
def test_the_scale_of_a_search_does_not_matter(
    searches: list[tuple[float, Mapping[str, float]]], factor: float, shift: float
) -> None:
    # A shift moves what a search did not find as well, so every item is given a score first.
    whole = [(weight, {item: scores.get(item, 0.0) for item in ITEMS}) for weight, scores in searches]
    moved = [(weight, {item: factor * score + shift for item, score in scores.items()}) for weight, scores in whole]
    before, after = dict(standardised_fusion(whole, ITEMS)), dict(standardised_fusion(moved, ITEMS))
    assert after == pytest.approx(before, abs=1e-6)


@given(SEARCHES, st.sampled_from(ITEMS), st.floats(-50, 50))
def test_an_item_outside_the_scale_moves_no_other(
    searches: list[tuple[float, Mapping[str, float]]], item: str, score: float
) -> None:
    scale = [other for other in ITEMS if other != item]
    more = [(weight, {**scores, item: score}) for weight, scores in searches]
    before, after = dict(standardised_fusion(searches, scale)), dict(standardised_fusion(more, scale))
    assert {name: before[name] for name in before if name != item} == {
        name: after[name] for name in after if name != item
    }
