"""English words in Chinese: a list of general vocabulary, and the forms under which a word is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_VERB = "v"
_COMPARED = re.compile(r"(?:er|est)$")
_PREPOSITION = re.compile(r" (?:of|in|at|on|to|for|from|with|by|and)\b|^(?:in|on|at|by|per) ")


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


@lru_cache(maxsize=4096)
def forms_of(phrase: str) -> tuple[str, ...]:
    """The forms under which ``phrase`` may be known: as it stands, and its last word without its ending.

    Comparatives and superlatives keep theirs, which says something.

    Example:
        >>> forms_of("stolen boats"), forms_of("largest")
        (('stolen boats', 'stolen boat'), ('largest',))
    """
    bare = phrase.lower().replace("_", " ")
    *before, last = bare.split()
    lemma = lemma_of(last)
    return (bare,) if lemma == last else (bare, " ".join([*before, lemma]))


@lru_cache(maxsize=4096)
def lemma_of(word: str) -> str:
    """An English word of small letters without its ending: took is take, houses house; later stays as it is."""
    from simplemma import lemmatize

    lemma = lemmatize(word, lang="en").lower()
    return word if _COMPARED.search(word) else lemma


@lru_cache(maxsize=1024)
def superlative_of(word: str) -> str:
    """The word that ``word`` is the highest degree of; "" where it is none.

    Example:
        >>> superlative_of("highest"), superlative_of("forest")
        ('high', '')
    """
    from simplemma import lemmatize

    if not word.endswith("est"):
        return ""
    lemma = lemmatize(word, lang="en").lower()
    return "" if lemma == word else lemma


def listed_senses(phrase: str) -> tuple[Word, ...]:
    """What a phrase means by the list, in any form; the likeliest first."""
    known = _words()
    return next((known[form] for form in forms_of(phrase) if form in known), ())


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[Word, ...]]:
    known: dict[str, tuple[Word, ...]] = {}
    text = files("rag.question.english").joinpath("words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        english, chinese, *rest = line.split("\t")
        measure = rest[0] if rest else ""
        words = [Word(one, "" if measure == _VERB else measure, measure == _VERB) for one in chinese.split("|")]
        for form in english.split("|"):
            known[form.lower()] = (*known.get(form.lower(), ()), *words)
    return known


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    held = [phrase for phrase in _words() if _PREPOSITION.search(phrase)]
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(held, key=len, reverse=True)))})(?:e?s)?\b", re.IGNORECASE
    )
