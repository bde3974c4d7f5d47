"""How long steps tell how far they are, without knowing who shows it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called as ``progress(label, done, total)``; ``done == total`` ends the step named by ``label``."""


def silent(label: str, done: int, total: int) -> None:
    """A Progress that shows nothing."""
