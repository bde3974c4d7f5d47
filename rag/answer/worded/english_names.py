"""The names in an English sentence about a Chinese text: in Latin letters there, or written in pinyin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.language import is_han

_WORD = re.compile(r"[A-Za-z][A-Za-z'’&.-]*[A-Za-z]|[A-Za-z]")
_NOT_NAMES = frozenset(
    "i january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday chinese china yuan rmb q1 q2 q3 q4 h1 h2".split()
)
_BREAK = "/"
_OPENS_A_SENTENCE = re.compile(r"(?:^|[.!?:“\"(]\s*)$")


def missing_name(sentence: str, sources: Sequence[str]) -> str:
    """The first capitalised word of an English sentence that the sources do not hold; "" where they hold all.

    A name counts as held if it stands there in Latin letters, or is the pinyin (without tones) of characters there.
    The first word of a sentence is one only if it is spelt like no English word, that is with a capital inside.

    Example:
        >>> missing_name("Output in Wuhan grew, says Li Ming.", ["李明说,武汉产量增长。"])
        ''
        >>> missing_name("Output in Wuhan grew, says Zhao Lei.", ["李明说,武汉产量增长。"])
        'Zhao'
    """
    text = "\n".join(sources)
    latin = {word.lower() for word in _WORD.findall(text)}
    spelt = _pinyin(text)
    for match in _WORD.finditer(sentence):
        word = match.group()
        opens = bool(_OPENS_A_SENTENCE.search(sentence[: match.start()]))
        if not any(letter.isupper() for letter in (word[1:] if opens else word[:1])):
            continue
        bare = word.lower().removesuffix("'s").removesuffix("’s")
        letters = re.sub(r"[^a-z]", "", bare)
        if bare not in latin and bare not in _NOT_NAMES and not _is_spelt(letters, spelt):
            return word
    return ""


def _pinyin(text: str) -> list[str]:
    """The syllables of the characters of ``text``, in order, with "" where something else stands between."""
    from pypinyin import Style, lazy_pinyin

    if not any(map(is_han, text)):
        return []
    syllables = lazy_pinyin(text, style=Style.NORMAL, errors=lambda _: _BREAK)
    return ["" if syllable == _BREAK else syllable for syllable in syllables]


def _is_spelt(letters: str, syllables: Sequence[str]) -> bool:
    """Whether ``letters`` are one or more syllables that follow one another."""
    for first in range(len(syllables)):
        rest = letters
        for syllable in syllables[first:]:
            if not syllable or not rest.startswith(syllable):
                break
            rest = rest[len(syllable) :]
            if not rest:
                return True
    return False
