"""Common words that the tagger takes for names (摩托车, 台风, 上市), with the tag that they should have."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
NAME_TAGS = frozenset("nr ns nt nz nrt nrfg".split())

_NO_NAMES = {
    **dict.fromkeys(("瘦成", "胖成", "白干", "白跑", "白忙", "白等", "白送", "白住"), "v"),
    **dict.fromkeys(("中文", "英文", "日文", "外文", "柏木", "梁柱"), "n"),
}
"""Common words taken for names that the lists lack."""
_NO_FUNCTION_WORDS = {"初中": "n", "本科": "n", "刷单": "v", "借据": "n", "三包": "n"}
"""What the tagger takes for a direction, a pronoun, an adverb, a preposition or a number."""


def corrected_tag(word: str, tag: str) -> str:
    """``tag``, or "n" or "v" where it says that a common ``word`` is a name or a function word.

    >>> corrected_tag("摩托车", "nz"), corrected_tag("北京", "ns")
    ('n', 'ns')
    """
    if word in _NO_FUNCTION_WORDS:
        return _NO_FUNCTION_WORDS[word]
    return _NO_NAMES.get(word) or _tags().get(word, tag) if tag in NAME_TAGS else tag


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    return {
        word: tag
        for name, tag in (("common_nouns.txt", "n"), ("common_verbs.txt", "v"))
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        for word in line.split()
    }
