"""Several rankings made into one, by rank alone, so that scores of different kinds need no common scale."""

from __future__ import annotations

from collections.abc import Sequence

RANK_CONSTANT = 60
"""The constant of the paper: it keeps the very first ranks of one ranking from outvoting agreement between rankings."""


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[str]], rank_constant: int = RANK_CONSTANT
) -> list[tuple[str, float]]:
    """Fuse rankings by the sum of ``1 / (rank_constant + rank)``, where the first rank is 1.

    Cormack, Clarke and Büttcher: Reciprocal Rank Fusion outperforms Condorcet and Individual Rank Learning
    Methods, SIGIR 2009.

    Args:
        rankings: each the ids of items, best first; an item may be missing from a ranking, and an item that
            stands in a ranking twice counts at its better rank.
        rank_constant: above zero; 60 in the paper.

    Returns:
        Every item with its score, best first; equal scores in the order in which the items are met, ranking by
        ranking.

    Raises:
        ValueError: ``rank_constant`` is not above zero.

    Example:
        >>> [item for item, score in reciprocal_rank_fusion([["a", "b", "c"], ["b", "c"]])]
        ['b', 'c', 'a']
    """
    if rank_constant <= 0:
        raise ValueError(f"rank_constant is {rank_constant}; it must be above 0")
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(dict.fromkeys(ranking), start=1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (rank_constant + rank)
    return sorted(scores.items(), key=lambda entry: -entry[1])
