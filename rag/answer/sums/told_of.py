"""Whether a sentence tells of what a sum is asked of, for sums whose operands stand side by side in the text.

A change told by its two ends, a whole with its parts, a value with what it exceeds: where a sentence tells such a pair,
its own wording says what belongs together. All that is left to see is whether it speaks of what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.answer.checks import is_introduced, title_agrees
from rag.answer.coverage import Coverage, found
from rag.answer.evidence import Sentence, last_sentence
from rag.answer.figure_ranking import ScoredFigure
from rag.answer.figures import Figure, find_figures
from rag.answer.guards.figure_guards import FIGURE_GUARDS
from rag.answer.reading import Finding
from rag.question.focus import Focus
from rag.question.terms import Term
from rag.text.measure_words import PERSONS, canonical_unit, compatible_units

_CLEARLY_BETTER = 0.05
_TOLD = 0.8
_GUARDS = ("time", "name", "scope")


def speaks_of(focus: Focus, figure: Figure, *others: Figure, instead: Sequence[Term] = ()) -> float:
    """How much of ``focus`` the sentence of ``figure`` tells, 0 where it tells of another thing, place or time.

    Every noun must stand in it, or in the sentence before it; ``instead`` are terms that need not. Words that stand
    with the figure itself, or with the ``others`` of its sum, count twice.
    """
    sentence = figure.sentence
    if any(FIGURE_GUARDS[name].speaks_against(focus, figure) for name in _GUARDS):
        return 0.0
    terms = [term for term in focus.terms if not term.is_measure and term not in instead]
    nouns = [term for term in terms if term.is_noun or term.is_name]
    inside = [term for term in nouns if found(term, sentence.folded)]
    before = last_sentence(sentence)
    elsewhere = (before, sentence.heading)
    if not inside or not title_agrees(focus, sentence):
        return 0.0
    if not all(
        term in inside or is_introduced(term, sentence) or any(found(term, text) for text in elsewhere)
        for term in nouns
    ):
        return 0.0
    own = " ".join(one.own_text for one in (figure, *others))
    return sum(bool(found(term, sentence.folded)) + bool(found(term, own)) for term in terms) / (2 * len(terms))


def same_unit(one: str, other: str) -> bool:
    """Whether two figures with these units can be added or taken from each other: 名 and 人 can, 个 and 家 can't."""
    one, other = canonical_unit(one), canonical_unit(other)
    return one == other or (one in PERSONS and other in PERSONS)


def amounts(sentence: Sentence) -> list[Figure]:
    """The plain amounts of ``sentence``: no changes, rates, multiples, ranges or places in an order."""
    return [
        figure
        for figure in find_figures(sentence)
        if figure.quantity.unit not in ("", "倍")
        and not (figure.is_change or figure.is_rate or figure.quantity.ordinal)
        and figure.quantity.upper is None
    ]


def unit_is_asked(focus: Focus, unit: str) -> bool:
    """Whether a result in ``unit`` is of the kind that the question asks for."""
    return not focus.units or any(unit == asked or (unit and compatible_units(unit, asked)) for asked in focus.units)


def as_found(figure: Figure) -> ScoredFigure:
    """``figure`` as one that was found, for a sum that rests on it: the sentence says what it is."""
    return ScoredFigure(figure, _TOLD, Coverage(_TOLD, (), 0.0), 0.0, "")


def the_one(found_sums: Iterable[tuple[float, Finding]]) -> Finding | None:
    """The finding with the highest score; None where another result is told of nearly as well."""
    ranked = sorted(found_sums, key=lambda pair: -pair[0])
    if not ranked:
        return None
    best_score, best = ranked[0]
    rivals = [finding for score, finding in ranked if score > best_score - _CLEARLY_BETTER]
    return best if all(finding.short == best.short for finding in rivals) else None
