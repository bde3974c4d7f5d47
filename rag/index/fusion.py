"""Several searches made into one, by their scores."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

_ALIKE = 1e-9


def standardised_fusion(
    searches: Sequence[tuple[float, Mapping[str, float]]], scale: Collection[str]
) -> list[tuple[str, float]]:
    """Fuse searches by the weighted sum of their scores, each brought to the mean 0 and the deviation 1 first.

    A convex combination of scores keeps what ranks throw away: by how much one item is better than the next (Bruch,
    Gai and Ingber: An Analysis of Fusion Functions for Hybrid Retrieval, TOIS 2023).

    Args:
        searches: a weight and the score of each item, higher is better; an item that a search lacks has its score 0.
        scale: the items that mean and deviation are taken of, so that further items don't move the scores of these. A
            search whose scores are all equal there has no say.

    Returns:
        Every item of any search with its fused score, best first; equal scores in the order in which the items are
        met, search by search.

    Example:
        >>> meaning, words = {"a": 0.9, "b": 0.8, "c": 0.7}, {"b": 5.0}
        >>> [item for item, score in standardised_fusion([(0.5, meaning), (0.5, words)], "abc")]
        ['b', 'a', 'c']
    """
    fused = dict.fromkeys((item for _, scores in searches for item in scores), 0.0)
    for weight, scores in searches:
        of_scale = np.array([scores.get(item, 0.0) for item in scale], dtype=np.float64)
        deviation = float(of_scale.std()) if len(of_scale) else 0.0
        if deviation < _ALIKE:
            continue
        mean = float(of_scale.mean())
        for item in fused:
            fused[item] += weight * (scores.get(item, 0.0) - mean) / deviation
    return sorted(fused.items(), key=lambda entry: -entry[1])
