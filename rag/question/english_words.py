"""English words in Chinese: a list of general vocabulary, and names by their pinyin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Spelt = Callable[[str], str]
"""The Chinese characters that Latin letters spell in the articles; "" where there are none."""
_MOST_WORDS = 4
_SILENT = frozenset("the a an be been being is are was were do does did there".split())
_VERB = "v"
_ENDINGS = tuple(ending.split(">") for ending in "ies>y es> es>e s> ied>y ed> ed>e ing> ing>e".split())
_AS_IT_STANDS = re.compile(r"[\d.,%+-]*\d%?|[A-Z][A-Z0-9-]*[A-Z0-9]|[\u3400-\u9fff]+")


class UntranslatableError(ValueError):
    """A word is not known; whoever asks is answered as if nothing were."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in Chinese, the measure word that goes with it ("" where none does), and whether it is a verb."""

    text: str
    measure: str = ""
    is_verb: bool = False


def words_of(phrase: str) -> list[str]:
    """The words of an English phrase; a genitive is a word of its own."""
    return re.findall(r"[A-Za-z][A-Za-z_-]*|'s|[\d.,]*\d%?|[\u3400-\u9fff]+", phrase)


def join_phrases(text: str) -> str:
    """``text`` with the phrases that hold a preposition of their own (point of view) made one word each."""
    return _phrases().sub(lambda match: match.group().replace(" ", "_"), text)


def is_verb(word: str) -> bool:
    """Whether a word, in any form, is a verb and nothing else."""
    senses = _senses(word)
    return bool(senses) and all(sense.is_verb for sense in senses)


def may_be_verb(word: str) -> bool:
    """Whether a word, in any form, is a verb, perhaps among other things."""
    return any(sense.is_verb for sense in _senses(word))


def is_past(word: str) -> bool:
    """Whether a word is the past form of a verb, which no noun has."""
    return word.endswith("ed") and may_be_verb(word)


def translate(words: Sequence[str], spelt: Spelt, *, acts: bool = False) -> list[Word]:
    """``words`` in Chinese, in their order, articles left out.

    ``acts`` says that a word behind the first, or a past form, is rather a verb where it may be one or a noun.

    Raises:
        UntranslatableError: a word is neither known nor the pinyin of anything in the articles.
    """
    found: list[Word] = []
    at = 0
    while at < len(words):
        if words[at].lower() in _SILENT:
            at += 1
            continue
        word, at = _next(words, at, spelt, acts=acts and (bool(found) or is_past(words[at])))
        found.append(word)
    return found


def _next(words: Sequence[str], at: int, spelt: Spelt, *, acts: bool) -> tuple[Word, int]:
    if words[at] == "'s":
        return Word("的"), at + 1
    longest = min(_MOST_WORDS, len(words) - at)
    for length in range(longest, 0, -1):
        part = words[at : at + length]
        name = spelt("".join(part)) if all(word[0].isupper() for word in part) else ""
        if name:
            return Word(name), at + length
        senses = _senses(" ".join(part))
        if senses:
            return next((sense for sense in senses if sense.is_verb is acts), senses[0]), at + length
    if _AS_IT_STANDS.fullmatch(words[at]):
        return Word(words[at]), at + 1
    raise UntranslatableError(words[at])


def _senses(phrase: str) -> tuple[Word, ...]:
    """What a phrase means, its last word in any regular form."""
    known, bare = _words(), phrase.lower().replace("_", " ")
    forms = [bare]
    for ending, instead in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) > 1:
            stem = bare[: -len(ending)] + instead
            forms.append(stem)
            if ending in ("ed", "ing") and not instead and stem[-1] == stem[-2]:
                forms.append(stem[:-1])
    return next((known[form] for form in forms if form in known), ())


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[Word, ...]]:
    known: dict[str, tuple[Word, ...]] = {}
    text = files("rag.question").joinpath("english_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        english, chinese, *rest = line.split("\t")
        measure = rest[0] if rest else ""
        word = Word(chinese, "" if measure == _VERB else measure, measure == _VERB)
        for form in english.split("|"):
            known[form.lower()] = (*known.get(form.lower(), ()), word)
    return known


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    held = [phrase for phrase in _words() if re.search(r" (?:of|in|at|on|to|for) ", phrase)]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, held))})\b", re.IGNORECASE)
