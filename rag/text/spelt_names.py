"""Chinese names by their pinyin: which characters of a text Latin letters spell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rag.text.tokens import is_in_dictionary, tokenize

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_SHORTEST = 2
"""Characters; one syllable alone is that of too many."""
_LONGEST = 6
_LEVELS = "省市县区镇乡村"
_NAMES = ("nr", "ns", "nt", "nz")


def spelt_in(letters: str, texts: Iterable[str]) -> str:
    """The characters of ``texts`` whose pinyin (without tones) is ``letters``; "" where none are, or several words.

    Common words are no names (程度 is not Chengdu). Of several the one that stands there more often than all others
    together is meant.

    Example:
        >>> spelt_in("wuhan", ["武汉市在长江边。"])
        '武汉'
    """
    wanted = re.sub(r"[^a-z]", "", letters.lower().replace("ü", "v"))
    counted: Counter[str] = Counter()
    for text in texts:
        for run, syllables in _runs(text):
            counted.update(name for name in _matches(wanted, run, syllables) if _may_be_name(name))
    if not counted:
        return ""
    characters, times = counted.most_common(1)[0]
    return characters if 2 * times > counted.total() else ""


@lru_cache(maxsize=4096)
def _may_be_name(characters: str) -> bool:
    tokens = tokenize(characters)
    return len(tokens) > 1 or tokens[0].tag.startswith(_NAMES) or not is_in_dictionary(characters)


@lru_cache(maxsize=4096)
def _borders(run: str) -> frozenset[int]:
    """Where a name may begin or end in ``run``: between its words, and before the 市 of 武汉市."""
    tokens = tokenize(run)
    levels = (token.end - 1 for token in tokens if len(token.text) > _SHORTEST and token.text[-1] in _LEVELS)
    return frozenset({0, *(token.end for token in tokens), *levels})


def _matches(wanted: str, run: str, syllables: tuple[str, ...]) -> Iterable[str]:
    borders = _borders(run)
    for first in sorted(borders):
        spelt = ""
        for last in range(first, min(first + _LONGEST, len(run))):
            spelt += syllables[last]
            if not wanted.startswith(spelt):
                break
            # The tagger takes a character too many into rare names; three syllables are hardly spelt by chance.
            if spelt == wanted and last - first + 1 >= _SHORTEST and (last + 1 in borders or last - first > 1):
                yield run[first : last + 1]


@lru_cache(maxsize=64)
def _runs(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The stretches of characters in ``text``, each with its syllables."""
    from pypinyin import Style, lazy_pinyin

    runs = []
    for match in _HAN_RUN.finditer(text):
        syllables = lazy_pinyin(match.group(), style=Style.NORMAL, v_to_u=False)
        if len(syllables) == len(match.group()):
            runs.append((match.group(), tuple(syllables)))
    return tuple(runs)
