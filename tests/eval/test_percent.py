"""Shares as they are shown."""

from __future__ import annotations

import pytest

from eval.percent import percent


@pytest.mark.parametrize(
    ("share", "decimals", "shown"),
    [(None, 1, "–"), (0.0, 1, "0.0"), (1.0, 1, "100"), (1.0, 2, "100"), (0.9999, 1, "100.0"), (1 / 3, 2, "33.33")],
)
def test_a_share_in_percent(share: float | None, decimals: int, shown: str) -> None:
    assert percent(share, decimals) == shown
