"""A few of many, always the same ones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

_SEED = 20
_T = TypeVar("_T")


def sample(items: Sequence[_T], limit: int) -> list[_T]:
    """At most ``limit`` of the items, always the same ones, in their order; all of them where ``limit`` is 0."""
    if not 0 < limit < len(items):
        return list(items)
    draw = random.Random(_SEED)  # noqa: S311 - a sample of questions, no secret
    return [items[index] for index in sorted(draw.sample(range(len(items)), limit))]
