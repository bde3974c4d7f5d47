"""Which pieces of a multilingual vocabulary Chinese and English text needs.

A Unigram tokenizer takes the best-scored way to cut a text into pieces of its vocabulary (Kudo 2018,
https://arxiv.org/abs/1804.10959). A piece can only take part in cutting a text that holds all of its characters. So if
*every* piece made of the characters of an alphabet is kept, text written in that alphabet is cut exactly as before: it
has the same candidates with the same scores. That is why no rare word is dropped here, only other alphabets.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

WORD_START = "▁"
PINYIN_LETTERS = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêḿńňǹĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛÜÊḾŃŇǸ")
IDEOGRAPHIC_LETTERS = frozenset("々〆〻")


@cache
def in_alphabet(character: str) -> bool:
    """Whether `character` belongs to Chinese or English text.

    These do: Han characters, the letters of ASCII and Latin-1 (café, São Paulo), pinyin with tone marks, bopomofo, and
    every character that is neither a letter nor a mark (digits, punctuation, symbols, emoji).
    """
    if unicodedata.category(character)[0] not in "LM":
        return True
    if character < "\u0100" or character in PINYIN_LETTERS or character in IDEOGRAPHIC_LETTERS:
        return True
    return unicodedata.name(character, "").startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY", "BOPOMOFO"))


def needed_pieces(texts: Sequence[str], special: frozenset[int]) -> NDArray[np.intp]:
    """The indices, ascending, of the pieces to keep among `texts`.

    Kept are the `special` ones, all pieces within the alphabet (see `in_alphabet`), and the single letters of every
    other script: a name in Cyrillic is then spelt out letter by letter instead of being unknown.
    """
    kept = [
        index
        for index, text in enumerate(texts)
        if index in special or len(text.lstrip(WORD_START)) <= 1 or all(map(in_alphabet, text))
    ]
    return np.array(kept, dtype=np.intp)
