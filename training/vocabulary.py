"""The reader's vocabulary: pieces whose borders fall where answers begin and end, small enough to ship.

The tokenizer of the embedder joins what a reader must keep apart: 年的, 。《, （12, 90%. An answer with a border inside
such a piece can't be given exactly (5 to 24 % of the answers in the training data). So only pieces of one kind of
character are kept, no piece of several Han characters begins or ends with a function word, and of the Latin pieces only
the most frequent.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from rag.models.packed import Pieces
from rag.models.vocabulary import WORD_START, in_alphabet

LATIN_PIECES = 12_000
LONGEST_NUMBER = 4
"""A year is at most two pieces, never joined to what stands beside it: a figure must be read from its digits."""
_BORDER_WORDS = frozenset("的了是在和与及或为于等从到将把被对向由至以之也还都就有年月日")


def reader_pieces(pieces: Pieces) -> NDArray[np.intp]:
    """The indices, ascending, of the pieces that the reader keeps."""
    special = {pieces.bos, pieces.eos, pieces.pad, pieces.unknown, pieces.texts.index("<mask>")}
    kept: list[int] = []
    latin: list[int] = []
    for index, text in enumerate(pieces.texts):
        bare = text.removeprefix(WORD_START)
        if index in special or not bare or (len(bare) == 1 and bare == text and in_alphabet(bare)):
            kept.append(index)
            continue
        kinds = {_kind(character) for character in bare}
        if kinds == {"han"}:
            if text == bare and bare[0] not in _BORDER_WORDS and bare[-1] not in _BORDER_WORDS:
                kept.append(index)
        elif kinds == {"digit"}:
            if len(bare) <= LONGEST_NUMBER:
                kept.append(index)
        elif kinds == {"latin"}:
            latin.append(index)
    latin.sort(key=lambda index: -float(pieces.scores[index]))
    return np.array(sorted(kept + latin[:LATIN_PIECES]), dtype=np.intp)


def _kind(character: str) -> str:
    if character.isascii() and character.isdigit():
        return "digit"
    if character.isascii() and character.isalpha():
        return "latin"
    return "han" if unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH") else "other"
