"""Long texts in parts that WeChat takes: cut at sentences, never inside a link or a character as people see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from rag.text.sentences import split_sentences

LINK: Final = re.compile(r'<a href="[^"<>]*">[^<>]*</a>')
"""A link as WeChat shows it in a text."""

_JOINER: Final = "\u200d"


def cut(text: str, most_bytes: int) -> tuple[str, str]:
    """The longest beginning of ``text`` that fits, and the rest; the two joined are ``text``.

    The beginning ends with a line or a sentence where one ends in time, else between two characters.

    Args:
        text: what is to be cut; links in it as `LINK` finds them.
        most_bytes: how long the beginning may be, in UTF-8.

    Raises:
        ValueError: a link, or a single character, is longer than that.

    Example:
        >>> cut("一句。两句。三句。", 20)
        ('一句。两句。', '三句。')
    """
    if len(text.encode("utf-8")) <= most_bytes:
        return text, ""
    fits = len(text.encode("utf-8")[:most_bytes].decode("utf-8", "ignore"))
    closed = _closed(text)
    # A sentence may end right behind the last character that fits, so it must be seen whole.
    ends = {span.end for span in split_sentences(text)} | {match.end() for match in re.finditer("\n+", text)}
    open_places = [at for at in range(1, fits + 1) if at not in closed]
    characters = [at for at in open_places if _parts(text, at)]
    # A letter under more marks than fit is cut between these: there is no better place.
    at = next(
        (places[-1] for places in ([at for at in characters if at in ends], characters, open_places) if places), 0
    )
    if not at:
        raise ValueError(f"a link or character is longer than {most_bytes} bytes: {text[:80]!r}")
    return text[:at], text[at:]


def _closed(text: str) -> set[int]:
    return {place for link in LINK.finditer(text) for place in range(link.start() + 1, link.end())}


def _parts(text: str, at: int) -> bool:
    """Whether a new character, as people see it, begins at ``at``."""
    before, after = text[at - 1], text[at]
    if before == _JOINER or after == _JOINER or (before, after) == ("\r", "\n"):
        return False
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    if "\U000e0020" <= after <= "\U000e007f":
        return False
    return not (_is_regional(after) and sum(1 for _ in _regionals_before(text, at)) % 2)


def _is_regional(character: str) -> bool:
    # Two of them are one flag.
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _regionals_before(text: str, at: int) -> Iterator[str]:
    while at and _is_regional(text[at - 1]):
        at -= 1
        yield text[at]
