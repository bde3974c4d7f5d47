"""Fragments: the pieces in which a file holds an article, before its layout is repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.types import BlockKind

_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece of text without line breaks; ``kind`` is what its markup says it is, None where there is none."""

    text: str
    kind: BlockKind | None = None


def split_lines(text: str) -> list[str]:
    """The lines of ``text``, whatever ends them, without surrounding white space; empty ones included."""
    return [line.strip() for line in _LINE_BREAK.split(text)]


def plain_fragments(text: str) -> list[Fragment]:
    """The fragments of plain text: its lines that are not empty.

    Indentation and empty lines are no evidence of a new paragraph: copying from a laid-out page adds and drops both.

    Example:
        >>> [fragment.text for fragment in plain_fragments("　　春天来了。\\n\\n花开了。")]
        ['春天来了。', '花开了。']
    """
    return [Fragment(line) for line in split_lines(text) if line]
