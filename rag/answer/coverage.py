"""How much of a question is found in the words around a candidate answer.

A weighted term overlap: each term of the question counts by its rarity in the corpus (inverse document
frequency, Spärck Jones 1972), and what is found counts by how near it stands to the candidate: in the
candidate's own clause fully, in the heading of its section least.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.question.terms import Term

SYNONYM = 0.92
"""What a word counts that stands there as another word of the same meaning."""

_LEAST_SHARED_PAIRS = 0.6


@dataclass(frozen=True, slots=True)
class Region:
    """Folded text around a candidate, and what a term found there counts (0 to 1)."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """``score`` from 0 to 1; ``missing`` are the terms that no region holds, heaviest first."""

    score: float
    missing: tuple[Term, ...]
    missing_share: float

    @property
    def missing_names(self) -> tuple[Term, ...]:
        """The missing terms that are names."""
        return tuple(term for term in self.missing if term.is_name)


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Weighs a question's terms by rarity and by kind of word.

    ``document_frequency`` counts the passages that hold a word; ``total`` is the number of passages.
    """

    document_frequency: Callable[[str], int]
    total: int

    def __call__(self, term: Term) -> float:
        """The weight of ``term``, positive."""
        frequency = self.document_frequency(term.text)
        rarity = math.log(1 + (self.total + 1) / (frequency + 0.5))
        if term.is_measure:
            return 0.15 * rarity
        if term.is_name:
            return 1.3 * rarity
        if len(term.text) == 1:
            return 0.35 * rarity
        return rarity if term.is_noun else 0.6 * rarity


def found(term: Term, text: str) -> float:
    """How surely ``text`` (folded) holds ``term``: 1 for the word itself, less for a synonym or most of its parts."""
    word, *others = term.words
    if _holds(word, text):
        return 1.0
    if any(_holds(other, text) for other in others):
        return SYNONYM
    if term.is_name or len(word) < 3 or word.isascii():
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    share = sum(pair in text for pair in pairs) / len(pairs)
    return 0.9 * share if share >= _LEAST_SHARED_PAIRS else 0.0


def cover(terms: Sequence[Term], regions: Sequence[Region], weigh: Callable[[Term], float]) -> Coverage:
    """How much of ``terms`` the ``regions`` hold, each term counted where it counts most."""
    if not terms:
        return Coverage(0.0, (), 0.0)
    weights = [weigh(term) for term in terms]
    total = sum(weights)
    score = 0.0
    missing: list[tuple[float, Term]] = []
    for term, weight in zip(terms, weights, strict=True):
        best = max((region.weight * found(term, region.text) for region in regions), default=0.0)
        score += weight * best
        if best == 0.0:
            missing.append((weight, term))
    missing.sort(key=lambda pair: -pair[0])
    return Coverage(score / total, tuple(term for _, term in missing), sum(weight for weight, _ in missing) / total)


def _holds(word: str, text: str) -> bool:
    if word.isascii():
        return bool(_word_pattern(word).search(text))
    return word in text


@lru_cache(maxsize=4096)
def _word_pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])")
