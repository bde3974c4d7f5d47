"""Which figure of the passages a question asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answer.checks import to_be_told
from rag.answer.coverage import Coverage, cover
from rag.answer.evidence import Sentence, sentence_before
from rag.answer.figures import Figure, find_figures
from rag.answer.guards.figure_guards import FIGURE_GUARDS, extra_words
from rag.answer.reading import Support
from rag.question.focus import Focus
from rag.question.terms import Term
from rag.question.units import unit_fits
from rag.text.numbers import same_quantity

Similarity = Mapping[tuple[str, int, int], float]
"""Cosine of the question with each sentence, by article id, start and end."""

_MOST_MISSING = 0.34
_EXTRA_WORD = 0.025
_MOST_EXTRA_WORDS = 4
_TARGET = 1.5
_NEARLY_AS_GOOD = 0.08


@dataclass(frozen=True, slots=True)
class ScoredFigure:
    """A figure, how well it fits (0 to 1), and why not where something speaks against it."""

    figure: Figure
    score: float
    coverage: Coverage
    similarity: float
    obstacle: str

    @property
    def confidence(self) -> float:
        """How sure it is that this figure is what was asked."""
        return 0.0 if self.obstacle else confidence_of(self.score)

    @property
    def support(self) -> tuple[Support, ...]:
        """The sentence of the figure, then the sentence that says of which time it is, where that is another."""
        sentence = self.figure.sentence
        return (Support(sentence.article_id, sentence.span), *time_support(sentence, self.figure.quantity.start))


def confidence_of(score: float) -> float:
    """A score as a probability: a logistic curve, placed on the development questions."""
    return 1 / (1 + math.exp(-14 * (score - 0.6)))


def rank_figures(
    focus: Focus, sentences: Sequence[Sentence], similarity: Similarity, weigh: Callable[[Term], float]
) -> list[ScoredFigure]:
    """The figures of ``sentences`` that could answer ``focus``, best first; those with an obstacle come last."""
    ranked = [
        _score(focus, figure, similarity, weigh)
        for sentence in sentences
        for figure in find_figures(sentence)
        if is_asked_kind(focus, figure)
    ]
    ranked.sort(key=lambda scored: (bool(scored.obstacle), -scored.score))
    return ranked if focus.times else _latest_first(ranked)


def _latest_first(ranked: list[ScoredFigure]) -> list[ScoredFigure]:
    """``ranked``, the latest first among those that fit nearly as well as the best: no year asked means now."""
    if not ranked or ranked[0].obstacle:
        return ranked
    near = [s for s in ranked if not s.obstacle and s.score >= ranked[0].score - _NEARLY_AS_GOOD]
    near.sort(key=lambda scored: _time_of(scored.figure), reverse=True)
    return [*near, *(scored for scored in ranked if scored not in near)]


def _time_of(figure: Figure) -> date:
    """The end of the time that a figure holds for; the article's own date where it names none."""
    period = figure.time.period if figure.time else None
    period = period or figure.sentence.published
    return min(period.last, figure.sentence.published.last) if period and figure.sentence.published else date.min


def time_support(sentence: Sentence, offset: int) -> tuple[Support, ...]:
    """The earlier sentence that gives the time of the words at ``offset``, if they take it from there."""
    time = sentence.time_at(offset)
    if time is None or time in sentence.times or time not in sentence.times_before:
        return ()
    start = sentence.before_start + time.start
    holder = next((span for span in sentence_before(sentence) if span.start <= start < span.end), None)
    return (Support(sentence.article_id, holder),) if holder else ()


def normal_similarity(cosine: float) -> float:
    """The cosine of question and sentence, stretched from the narrow band that e5 embeddings use to 0–1."""
    return min(1.0, max(0.0, (cosine - 0.78) / 0.14))


def is_asked_kind(focus: Focus, figure: Figure) -> bool:
    """Whether a figure has the unit, the form and the counted thing that the question asks for."""
    quantity = figure.quantity
    if focus.asks_order or quantity.ordinal:
        return focus.asks_order and quantity.ordinal
    if any(same_quantity(quantity, claimed) for claimed in focus.claimed):
        return False
    if not figure.is_strong and quantity.unit not in focus.units:
        return False
    behind = figure.sentence.folded[quantity.end : quantity.end + 1]
    if focus.counted and focus.counted not in (quantity.unit, behind, quantity.text[-1]):
        return False
    if not quantity.unit and behind != focus.counted and not re.search("[万亿]", quantity.text):
        return False  # a code such as “20508”, not an amount
    return unit_fits(quantity.unit, focus.units, asks_rate=focus.asks_change)


def _score(focus: Focus, figure: Figure, similarity: Similarity, weigh: Callable[[Term], float]) -> ScoredFigure:
    sentence = figure.sentence
    regions = figure.regions()

    def weigh_target(term: Term) -> float:
        return weigh(term) * (_TARGET if term.text in focus.target else 1.0)

    coverage = cover(to_be_told(focus.terms, sentence), regions, weigh_target)
    cosine = similarity.get((sentence.article_id, sentence.span.start, sentence.span.end), 0.0)
    extra = min(extra_words(focus, figure), _MOST_EXTRA_WORDS)
    score = 0.75 * coverage.score + 0.25 * normal_similarity(cosine) - _EXTRA_WORD * extra
    if figure.is_rate and focus.asks_change != figure.is_change:
        score -= 0.2
    return ScoredFigure(figure, score, coverage, cosine, _obstacle(focus, figure, coverage))


def _obstacle(focus: Focus, figure: Figure, coverage: Coverage) -> str:
    for guard in FIGURE_GUARDS.values():
        if guard.speaks_against(focus, figure):
            return guard.obstacle
    lacks_noun = any(term.is_noun and len(term.text) > 1 and not term.is_measure for term in coverage.missing)
    return "kind" if lacks_noun or coverage.missing_share > _MOST_MISSING or not focus.terms else ""
