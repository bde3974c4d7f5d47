"""Shares as people read them."""

from __future__ import annotations


def percent(share: float | None, decimals: int = 1) -> str:
    """A share in percent, without its sign; "100" only for all of it, "–" where nothing was measured.

    With one decimal it is at most five characters long.

    Example:
        >>> percent(0.9999), percent(1.0), percent(None), percent(0.12345, 2)
        ('100.0', '100', '–', '12.35')
    """
    if share is None:
        return "–"
    return "100" if share == 1 else f"{100 * share:.{decimals}f}"
