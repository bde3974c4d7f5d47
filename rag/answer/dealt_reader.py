"""Answers with the figure that a row deals to the thing which a question names, where an earlier sentence has it."""

from __future__ import annotations

import re

from rag.answer.coverage import found
from rag.answer.dealt_rows import dealt_figure, place_of_asked, row_of, row_support
from rag.answer.evidence import gather
from rag.answer.figures import Figure, find_figures
from rag.answer.guards.figure_guards import another_time
from rag.answer.reading import Finding, Material, Reading, Support
from rag.question.focus import Focus
from rag.question.units import unit_fits

CONFIDENCE = 0.95
"""Of what the row says itself, once its things are known: no more is guessed there."""
_DEALS = re.compile("分别|依次")


def read_dealt_rows(material: Material) -> Reading | None:
    """The figure dealt to the thing that the question names, if its clause has all the other words."""
    focus = material.focus
    for sentence in gather(material.passages, material.articles):
        figures = find_figures(sentence) if _DEALS.search(sentence.folded) else []
        for figure in figures:
            dealt = dealt_figure(focus, figure)
            if dealt != figure or another_time(focus, figure) or not _tells_the_rest(focus, figure):
                continue
            support = (Support(sentence.article_id, sentence.span), *row_support(focus, figure))
            short = figure.quantity.text
            return Reading((Finding(short, figure.span, support, CONFIDENCE),))
    return None


def _tells_the_rest(focus: Focus, figure: Figure) -> bool:
    """Whether the unit fits, and each word of the question is that of the thing or stands before the end of the row."""
    row = row_of(figure)
    place = place_of_asked(focus, figure, len(row))
    if place is None or not unit_fits(figure.quantity.unit, focus.units, asks_rate=focus.asks_change):
        return False
    own = figure.sentence.folded[: row[-1].end]
    rest = [term for term in focus.terms if term.text not in place[2]]
    return bool(rest) and all(found(term, own) for term in rest)
