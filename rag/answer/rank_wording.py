"""Places in a contest, said by number or by name: 第三名 is the 季军."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RANKS = (
    (1, re.compile("第[一1]名"), "冠军"),
    (2, re.compile("第[二2]名"), "亚军"),
    (3, re.compile("第[三3]名"), "季军"),
)


def word_ranks(question: str, passage: str) -> str:
    """``question`` with its places in a contest as ``passage`` words them, where it has the other words for them.

    Example:
        >>> word_ranks("第三名得了多少钱", "季军得了1万元。")
        '季军得了多少钱'
    """
    for _, numbered, named in _RANKS:
        told = numbered.search(passage)
        if named in passage and not told:
            question = numbered.sub(named, question)
        elif told and named not in passage:
            question = question.replace(named, told.group())
    return question


def named_ranks(text: str) -> Iterator[int]:
    """The places that ``text`` names by 冠军, 亚军 and 季军."""
    return (rank for rank, _, named in _RANKS if named in text)
