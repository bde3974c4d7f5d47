"""A second look at what the reader found: it is asked again, with nothing but the sentence that holds the answer.

Between other sentences a span is now and then taken for the tone of its neighbours; what still answers by itself is
right more often. Of two views of one thing that err differently the mean errs less (Hansen and Salamon 1990, "Neural
network ensembles"); what it adds is measured in ``training/README.md``.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.candidates import Candidate, under_title
from rag.answer.reading import Material
from rag.models.span_model import SpanModel
from rag.types import BlockKind, Span

MOST_READ_ALONE = 4
"""Candidates that get the second look; the others are hardly ever right."""
NOT_FOUND = -12.0
"""The margin of a candidate that is not among what the reader finds in its sentence, or that was not read again."""
_PER_SENTENCE = 3


def margins_alone(
    material: Material, candidates: Sequence[Candidate], ruled_out: Sequence[bool], model: SpanModel
) -> list[float]:
    """By how much each of ``candidates`` is above "no answer" in its sentences alone, under the article's title.

    The first `MOST_READ_ALONE` that are not ``ruled_out`` are read. A sentence with several candidates is read once.
    """
    standing = [candidate for candidate, is_out in zip(candidates, ruled_out, strict=True) if not is_out]
    places = {_place(candidate): None for candidate in standing[:MOST_READ_ALONE]}
    found: dict[tuple[str, str, Span], list[tuple[Span, float]]] = {}
    for question in dict.fromkeys(asked for asked, _, _ in places):
        asked_here = [place for place in places if place[0] == question]
        contexts = [_context(material, place) for place in asked_here]
        read = model.read(question, [context for context, _ in contexts], _PER_SENTENCE)
        for place, (_, offset), spans in zip(asked_here, contexts, read, strict=True):
            found[place] = [(Span(span.start + offset, span.end + offset), span.margin) for span in spans]
    return [
        max(
            (margin for span, margin in found.get(_place(candidate), ()) if span.overlaps(candidate.span)),
            default=NOT_FOUND,
        )
        for candidate in candidates
    ]


def _place(candidate: Candidate) -> tuple[str, str, Span]:
    first, last = candidate.sentences[0], candidate.sentences[-1]
    return candidate.asked, first.article_id, Span(first.span.start, last.span.end)


def _context(material: Material, place: tuple[str, str, Span]) -> tuple[str, int]:
    """What is read at a place, and what must be added to an offset in it to get that in the article."""
    _, id_, span = place
    article = material.articles[id_]
    text = article.text[span.start : span.end]
    block = article.block_at(span.start)
    if block is not None and block.kind is BlockKind.TITLE:
        return text, span.start
    context, first = under_title(article.title, text)
    return context, span.start - first
