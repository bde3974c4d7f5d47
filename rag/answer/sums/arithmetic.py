"""Sums of two figures that a reader of the article would do: a share, a multiple, a difference, a total.

Every operand is a figure of the article, found and checked like any answer, and cited. What comes out is
labelled 推算 by its `Finding.formula`; nothing is worked out when the article states it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal

from rag.answer.coverage import found
from rag.answer.figure_ranking import ScoredFigure
from rag.answer.figures import Figure
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.earlier_value import is_of_the_whole_year
from rag.answer.sums.growth import Rank
from rag.answer.sums.meeting_figures import may_meet
from rag.answer.sums.operand_fit import counts_target, is_another_part
from rag.answer.sums.told_sums import is_only_an_operand
from rag.answer.sums.two_figures import Sides, Sum, read_sides
from rag.answer.times.governing_time import holds_when_asked, period_of
from rag.question.focus import Focus
from rag.question.units import RATE_UNITS

_LEAST_CONFIDENCE = 0.5
_MOST_OPERANDS = 6
_NEARLY_AS_GOOD = 0.12
_TIED = 0.005
_TOTAL = re.compile(r"合计|共计|总计|一共|总共|累计|两者|两项|加起来|共(?=[\d有为达约超近])")
_NOW = re.compile(r"^[“\"]?(?:现在|如今|目前|眼下|当前)[只仅]?(?:要|需|用|有|是|剩)?[了约]?$")
_FROM_TO = re.compile(r"(?:到|至|为|成)[了约近超]*$")
_OF_ONE_MEASURE = (Sum.DIFFERENCE, Sum.MULTIPLE, Sum.RATIO)
_IN_PERCENT = (Sum.SHARE, Sum.RATIO)
_RATES = RATE_UNITS | {"倍"}


def compute(question: str, focus: Focus, rank: Rank) -> Finding | None:
    """Work the answer out of two cited figures; None where the question asks for no sum or an operand is missing."""
    sides = read_sides(question, focus)
    if sides is None or not sides.tell_apart:
        return None
    pairs = _pairs(sides, focus, rank)
    for first, second in pairs if not _is_tied(pairs) else ():
        finding = _work(sides, first, second, rank)
        if finding is not None:
            return finding
    if sides.sum is not Sum.DIFFERENCE:
        return None
    return _within_change(sides, rank) or _then_and_now(sides, rank)


def states_the_sum(question: str, focus: Focus, figure: Figure) -> bool:
    """Whether a figure found may itself answer ``question``: not if that asks for a sum of which it is one operand."""
    if is_only_an_operand(question, focus, figure):
        return False
    sides = read_sides(question, focus)
    if sides is None:
        return True
    if sides.sum is Sum.DIFFERENCE:
        return _states_difference(sides, figure)
    if sides.sum is Sum.MULTIPLE:
        return figure.quantity.unit == "倍"
    near = figure.own_text + (figure.parent.own_text if figure.parent else "")
    first, second = ({term.text: term for term in side.terms if term.is_noun} for side in (sides.first, sides.second))
    # 产量 tells nothing apart from 粮食产量.
    of_first = [term for text, term in first.items() if not any(text in other for other in second)]
    of_second = [term for text, term in second.items() if not any(text in other for other in first)]
    if sides.sum in _IN_PERCENT:
        return figure.is_rate and (not of_first or any(found(term, near) for term in of_first))
    if _TOTAL.search(figure.own_text) and all(found(term, figure.sentence.folded) for term in (*of_first, *of_second)):
        return True
    return all(any(found(term, figure.own_text) for term in own) for own in (of_first, of_second))


def _states_difference(sides: Sides, figure: Figure) -> bool:
    """Whether a figure is told as the difference of the two sides: in points where points are asked, of that other."""
    if not figure.is_change:
        return False
    if sides.in_points and figure.quantity.unit not in ("个百分点", "百分点"):
        return False
    if sides.only_times_differ:
        return True
    known = {term.text for term in sides.first.terms}
    others = [term for term in sides.second.terms if term.is_noun and term.text not in known and not term.is_measure]
    return all(found(term, figure.sentence.folded) for term in others)


def _pairs(sides: Sides, focus: Focus, rank: Rank) -> list[tuple[ScoredFigure, ScoredFigure]]:
    """Figures for both sides that may meet in one sum, best first; the latest, where the question names no time."""
    in_full = _sure_ones(sides.second_in_full, rank) if sides.sum in _OF_ONE_MEASURE else []
    pairs = [
        (first, second)
        for first in _sure_ones(sides.first, rank) or _sure_ones(sides.first_in_full, rank)
        for second in _sure_ones(sides.second, rank) or in_full
        if may_meet(sides, first.figure, second.figure)
    ]
    if any(time.period is not None for time in focus.times):
        return pairs
    return sorted(pairs, key=lambda pair: _recency(pair[0].figure, pair[1].figure))


def _is_tied(pairs: Sequence[tuple[ScoredFigure, ScoredFigure]]) -> bool:
    """Whether another figure of the same time fits one side just as well as the best does."""
    return any(
        abs(best.score - other.score) < _TIED
        and best.figure.quantity.value != other.figure.quantity.value
        and other.figure.span not in taken
        and period_of(best.figure) == period_of(other.figure)
        for pair in pairs[1:]
        for taken in [[scored.figure.span for scored in pairs[0]]]
        for best, other in zip(pairs[0], pair, strict=True)
    )


def _recency(first: Figure, second: Figure) -> int:
    periods = [period for period in (period_of(first), period_of(second)) if period is not None]
    return -max((period.last.toordinal() for period in periods), default=0)


def _sure_ones(focus: Focus, rank: Rank) -> list[ScoredFigure]:
    """The best figure, and those that fit nearly as well."""
    ranked = rank(focus)
    return [
        scored
        for scored in ranked[:_MOST_OPERANDS]
        if scored.confidence >= _LEAST_CONFIDENCE
        and scored.score >= ranked[0].score - _NEARLY_AS_GOOD
        and scored.figure.quantity.upper is None
        and holds_when_asked(focus, scored.figure)
        and not is_another_part(focus, scored.figure)
        and counts_target(focus, scored.figure)
        and not is_of_the_whole_year(focus, scored.figure)
    ]


def _work(sides: Sides, first: ScoredFigure, second: ScoredFigure, rank: Rank) -> Finding | None:
    figures = (first, second)
    a, b = first.figure.quantity, second.figure.quantity
    if sides.sum is Sum.TOTAL:
        return _total(sides, first, second, rank)
    if sides.sum is Sum.DIFFERENCE:
        return _difference(figures)
    if b.value <= 0:
        return None
    operands = (Operand(a), Operand(b, rising=False))
    if sides.sum is Sum.MULTIPLE:
        return calculate(a.value / b.value, "倍", f"{a.text} ÷ {b.text}", operands, figures)
    if sides.sum is Sum.SHARE and a.value > b.value:
        return None
    return calculate(a.value / b.value * Decimal(100), "%", f"{a.text} ÷ {b.text}", operands, figures)


def _total(sides: Sides, first: ScoredFigure, second: ScoredFigure, rank: Rank) -> Finding | None:
    """The sum of the parts; None where a further part is not found, or is found twice."""
    known = [(sides.first, first), (sides.second, second)]
    for focus in sides.others:
        more = next(
            (
                scored
                for scored in _sure_ones(focus, rank)
                if all(
                    may_meet(dataclasses.replace(sides, first=focus, second=side), scored.figure, part.figure)
                    for side, part in known
                )
            ),
            None,
        )
        if more is None:
            return None
        known.append((focus, more))
    figures = [scored for _, scored in known]
    parts = [scored.figure.quantity for scored in figures]
    value = sum((part.value for part in parts), Decimal(0))
    formula = " + ".join(part.text for part in parts)
    return calculate(value, parts[0].unit, formula, [Operand(part) for part in parts], figures)


def _difference(figures: Sequence[ScoredFigure]) -> Finding:
    """The larger figure less the smaller."""
    large, small = sorted((scored.figure.quantity for scored in figures), key=lambda q: q.value, reverse=True)
    unit = "个百分点" if large.unit == "%" else large.unit
    operands = (Operand(large), Operand(small, rising=False))
    return calculate(large.value - small.value, unit, f"{large.text} − {small.text}", operands, figures)


def _within_change(sides: Sides, rank: Rank) -> Finding | None:
    """The difference of the two ends of one change (从62%提高到90%), where the question sets two times apart."""
    if not sides.only_times_differ:
        return None
    for scored in rank(sides.first)[:_MOST_OPERANDS]:
        figure = scored.figure
        if scored.confidence < _LEAST_CONFIDENCE or figure.quantity.upper is not None:
            continue
        end, folded = figure.quantity, figure.sentence.folded
        clause = next(span for span in figure.sentence.clauses if span.start <= end.start < span.end)
        before = [q for q in figure.sentence.quantities if clause.start <= q.start and q.end <= end.start]
        if not before or before[-1].unit != end.unit or end.unit in _RATES - {"%"}:
            continue
        start = before[-1]
        if "从" in folded[clause.start : start.start] and _FROM_TO.search(folded[start.end : end.start]):
            large, small = (end, start) if end.value >= start.value else (start, end)
            unit = "个百分点" if end.unit == "%" else end.unit
            operands = (Operand(large), Operand(small, rising=False))
            return calculate(large.value - small.value, unit, f"{large.text} − {small.text}", operands, (scored,))
    return None


def _then_and_now(sides: Sides, rank: Rank) -> Finding | None:
    """The difference of earlier days and today where one sentence tells of both (以前要68个人,现在只要9个)."""
    if not sides.against_then:
        return None
    for scored in _sure_ones(sides.second, rank):
        figure = scored.figure
        folded, then = figure.sentence.folded, figure.quantity
        for clause in figure.sentence.clauses:
            inside = [q for q in figure.sentence.quantities if clause.start <= q.start < clause.end]
            now = inside[0] if len(inside) == 1 and inside[0] != then else None
            if now is None or now.unit != then.unit or not _NOW.match(folded[clause.start : now.start]):
                continue
            large, small = (now, then) if now.value >= then.value else (then, now)
            operands = (Operand(large), Operand(small, rising=False))
            formula = f"{large.text} − {small.text}"
            return calculate(large.value - small.value, then.unit, formula, operands, (scored,))
    return None
