"""Fold text for matching: one character in, one character out, so that offsets stay what they are."""

from __future__ import annotations

import functools
import threading
from typing import Any

_FULL_WIDTH_FIRST, _FULL_WIDTH_LAST, _FULL_WIDTH_SHIFT = 0xFF01, 0xFF5E, 0xFEE0
_SINGLES = {"\u3000": " ", "\u00a0": " ", "￥": "¥", "－": "-", "−": "-", "○": "〇", "◯": "〇"}

# OpenCC makes no promise about threads; conversions are short, so they take turns.
_opencc_lock = threading.Lock()


@functools.cache
def _traditional_to_simplified() -> Any:
    # Loading the dictionaries takes some 10 ms: paid by the first use, not by the import.
    from opencc import OpenCC

    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Turn Traditional into Simplified Chinese (OpenCC t2s); phrases may change length, unlike in :func:`fold`.

    >>> to_simplified("新能源車產量")
    '新能源车产量'
    """
    if text.isascii():
        return text
    with _opencc_lock:
        return str(_traditional_to_simplified().convert(text))


class _FoldTable(dict[int, str]):
    """A table for ``str.translate`` that fills itself, one entry for each character ever met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _SINGLES:
            folded = _SINGLES[character]
        elif _FULL_WIDTH_FIRST <= code <= _FULL_WIDTH_LAST:
            folded = chr(code - _FULL_WIDTH_SHIFT).lower()
        else:
            lowered = character.lower()
            if len(lowered) != 1:
                lowered = character
            simplified = lowered if code < 0x2E80 or 0xD800 <= code <= 0xDFFF else to_simplified(lowered)
            folded = simplified if len(simplified) == 1 else lowered
        self[code] = folded
        return folded


_table = _FoldTable()


def fold(text: str) -> str:
    """Lower case, full-width to half-width, Traditional to Simplified, character by character.

    The result has the length of ``text``, so a place found in it is the same place in ``text``. Mappings that
    need more than one character, or the neighbouring characters, are left alone. Folding twice changes nothing.

    >>> fold("ＡＩ產業，２０２４年")
    'ai产业,2024年'
    """
    return text.translate(_table)
