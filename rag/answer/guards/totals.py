"""Who asks for a total gets no part of it: of two amounts of one thing at one time, the lesser is not all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.candidates import Candidate
from rag.answer.coverage import found
from rag.answer.figures import Figure
from rag.question.focus import Focus
from rag.question.terms import is_measured
from rag.text.measure_words import compatible_units

_ASKS_TOTAL = re.compile(r"总(?=的|共|计|量|额|数|值|产|销|收|支|金|合|投|面积|人)|一共|合计|共计|全部加|加起来")


def is_part_of_total(focus: Focus, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a total is asked, and one of ``others`` is more of what ``candidate`` is a figure of, at the same time.

    ``others`` are candidates that nothing else speaks against. Figures of what is not measured alike (金额, 产量) are
    not compared, nor are shares and changes.
    """
    figure = candidate.figure
    if figure is None or not _ASKS_TOTAL.search(focus.wording):
        return False
    return any(other.figure is not None and _is_more_of_it(focus, other.figure, figure) for other in others)


def _is_more_of_it(focus: Focus, greater: Figure, figure: Figure) -> bool:
    if figure.sentence.article_id != greater.sentence.article_id or figure.is_rate or greater.is_rate:
        return False
    if figure.is_change or greater.is_change or not compatible_units(figure.quantity.unit, greater.quantity.unit):
        return False
    measured = [term for term in focus.terms if is_measured(term.text)]
    alike = any(found(term, figure.own_text) and found(term, greater.own_text) for term in measured)
    return alike and _period(figure) == _period(greater) and greater.quantity.value > figure.quantity.value


def _period(figure: Figure) -> object:
    time = figure.time
    return time.period if time is not None else None
