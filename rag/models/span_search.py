"""The best spans of one window by the logits of its starts and ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Number = TypeVar("_Number", bound=np.generic)


def best_spans(
    start_logits: NDArray[np.float32],
    end_logits: NDArray[np.float32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    *,
    longest: int,
    count: int,
) -> Iterator[tuple[int, int, float]]:
    """The `count` best spans of at most `longest` tokens, best first, no two sharing a character.

    Arguments hold one element a token: its logits, and where it stands (``starts`` to ``ends``, exclusive; equal for
    a token that shows nothing, at which no span starts or ends). Yields start, end and the sum of the two logits.
    Fewer where no room is left. Of equal spans the first and shortest is taken.
    """
    tokens = len(starts)
    if tokens == 0:
        return
    longest = min(longest, tokens)
    shown = ends > starts
    opening = np.where(shown, start_logits, -np.inf)
    # Row i, column j: the span from token i to token i + j. Behind the last token no span ends.
    closing = _band(np.where(shown, end_logits, -np.inf), longest, -np.inf)
    last = _band(ends, longest, 0)
    scores = np.where(last > starts[:, None], opening[:, None] + closing, -np.inf)
    for _ in range(count):
        row, column = divmod(int(scores.argmax()), longest)
        score = float(scores[row, column])
        if score == -np.inf:
            return
        start, end = int(starts[row]), int(last[row, column])
        yield start, end, score
        scores[(starts[:, None] < end) & (last > start)] = -np.inf


def _band(values: NDArray[_Number], width: int, filling: float) -> NDArray[_Number]:
    padded = np.concatenate([values, np.full(width - 1, filling, values.dtype)])
    return np.lib.stride_tricks.sliding_window_view(padded, width)
