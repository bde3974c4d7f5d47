"""Where an answer cites: the marks [1], [2] … in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rag.types import Citation

_MARK: Final = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` is the mark of ``citation``; offsets count characters (code points)."""

    start: int
    end: int
    citation: Citation


def marks(text: str, citations: tuple[Citation, ...]) -> Iterator[Mark]:
    """The marks in ``text`` that stand for one of ``citations``; other numbers in brackets are just text."""
    by_number = {citation.number: citation for citation in citations}
    for match in _MARK.finditer(text):
        citation = by_number.get(int(match[1]))
        if citation is not None:
            yield Mark(match.start(), match.end(), citation)
