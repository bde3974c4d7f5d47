"""Text as every database takes it."""

from __future__ import annotations

from typing import Any, TypeVar

Value = TypeVar("Value")


def storable(value: Value) -> Value:
    r"""``value`` without what PostgreSQL (NUL) or UTF-8 (half a surrogate pair) cannot hold.

    Each such character is replaced by U+FFFD; in lists and dicts too.

    Example:
        >>> storable(["产量\0", "\ud83d", 12])
        ['产量�', '�', 12]
    """
    cleaned: Any = value
    if isinstance(value, str):
        cleaned = value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    elif isinstance(value, dict):
        cleaned = {name: storable(item) for name, item in value.items()}
    elif isinstance(value, list | tuple):
        cleaned = [storable(item) for item in value]
    return cleaned  # type: ignore[no-any-return]
