"""The names in an English sentence about a Chinese text: in Latin letters there, or written in pinyin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.question.language import is_han

_WORD = re.compile(r"[A-Za-z][A-Za-z'’&.-]*[A-Za-z]|[A-Za-z]")
_WORDS_WITH_CAPITALS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_NOT_NAMES = frozenset(
    "i january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday chinese china yuan rmb q1 q2 q3 q4 h1 h2".split()
)
_KINDS = frozenset(
    "city county province district town township village region area state port airport station bridge road street "
    "river lake mountain island park square museum library theatre theater hospital university college school "
    "institute academy laboratory center centre company corporation corp group holdings co ltd inc bank bureau "
    "department ministry office committee commission council government association federation union agency mr mrs ms "
    "dr professor prof president chairman chairwoman director mayor governor minister secretary manager general chief "
    "deputy vice engineer reporter festival conference expo fair forum summit award prize north south east west "
    "international national provincial municipal".split()
)
"""Words that are written with a capital inside names, and say of what kind a thing is, not which."""
_READ_AS_PINYIN = frozenset(
    "change time name line side make made take like are data here hence male sale wage guide game nine dance rice more "
    "machine home change same bite site range".split()
)
"""English words that open a sentence and could be Chinese syllables."""
_BREAK = "/"
_OPENS_A_SENTENCE = re.compile(r"(?:^|[.!?:“\"(]\s*)$")


def missing_name(sentence: str, sources: Sequence[str]) -> str:
    """The first capitalised word of an English sentence that the sources do not hold; "" where they hold all.

    A name counts as held if it stands there in Latin letters, or is the pinyin (without tones) of characters there.

    Example:
        >>> missing_name("Output in Wuhan grew, says Li Ming.", ["李明说,武汉产量增长。"])
        ''
        >>> missing_name("Output in Wuhan grew, says Zhang Wei.", ["李明说,武汉产量增长。"])
        'Wei'
        >>> missing_name("Output in Wuhan grew, says Li Wu.", ["李明说,武汉产量增长。"])
        'Li Wu'
    """
    text = "\n".join(sources)
    latin = {word.lower() for word in _WORD.findall(text)}
    spelt = _pinyin(text)
    for word in names_in(sentence):
        bare = _bare(word)
        if bare not in latin and not _is_spelt(re.sub(r"[^a-z]", "", bare), spelt):
            return word
    for match in _WORDS_WITH_CAPITALS.finditer(sentence):
        name = [word.lower() for word in match.group().split() if word.lower() not in _KINDS]
        syllables = [_most_syllables(word) for word in name]
        # Li Ming is one name: its syllables must stand together.
        if len(name) > 1 and all(syllables) and 1 in syllables and not _is_spelt("".join(name), spelt):
            return match.group()
    return ""


def names_in(sentence: str) -> list[str]:
    """The words of an English sentence that are written like names.

    Those are the capitalised ones; the first word of a sentence only if it has a capital inside or reads as pinyin.

    Example:
        >>> names_in("The output of Wuhan rose."), names_in("Wuhan built a bridge in May."), names_in("Bridges rose.")
        (['Wuhan'], ['Wuhan'], [])
    """
    return [match.group() for match in _WORD.finditer(sentence) if _is_name(match.group(), sentence[: match.start()])]


def _is_name(word: str, before: str) -> bool:
    bare = _bare(word)
    if bare in _NOT_NAMES or bare in _KINDS:
        return False
    if not _OPENS_A_SENTENCE.search(before):
        return word[0].isupper()
    if any(letter.isupper() for letter in word[1:]):
        return True
    return word[0].isupper() and bare not in _READ_AS_PINYIN and _most_syllables(bare) > 1


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")


def _most_syllables(letters: str) -> int:
    """How many syllables of Chinese ``letters`` can be; 0 where they are none."""
    known = _syllables()
    reached = {0: 0}
    for at in range(len(letters)):
        if at in reached:
            for end in range(at + 2, at + 7):
                if letters[at:end] in known:
                    reached[end] = max(reached.get(end, 0), reached[at] + 1)
    return reached.get(len(letters), 0)


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """The syllables of Chinese, without tones."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.pinyin_dict import pinyin_dict

    spellings = {
        spelling
        for code, spellings in pinyin_dict.items()
        if 0x4E00 <= code <= 0x9FFF
        for spelling in spellings.split(",")
    }
    return frozenset(to_normal(spelling, v_to_u=False) for spelling in spellings)


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
