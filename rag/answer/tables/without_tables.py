"""Passages without the rows of tables, for readers of prose."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from rag.answer.reading import Material
from rag.text.numbers import find_quantities
from rag.text.tables import Table, tables_of
from rag.types import Article, Passage, Span


def without_tables(material: Material) -> Material:
    """``material`` with each passage cut where a table stands in it; what is left around that are passages too."""
    passages: list[Passage] = []
    for passage in material.passages:
        article = material.articles[passage.article_id]
        tables = [span for table in tables_of(article) for span in (table.span, *_only_units(article, table))]
        inside = [span for span in tables if span.overlaps(passage.span)]
        passages += _around(passage, inside) if inside else [passage]
    return dataclasses.replace(material, passages=passages)


def _only_units(article: Article, table: Table) -> Iterator[Span]:
    """The lines over ``table`` that tell a unit and no figure."""
    for span in table.captions:
        text = article.text[span.start : span.end]
        if "单位" in text and not find_quantities(text):
            yield span


def _around(passage: Passage, tables: list[Span]) -> Iterator[Passage]:
    """The parts of ``passage`` outside ``tables``; their sentences stay, since they are known by their ends."""
    kept: list[Span] = []
    for sentence in [one for one in passage.sentences if not any(table.overlaps(one) for table in tables)]:
        if kept and not any(kept[-1].start < table.start < sentence.start for table in tables):
            kept[-1] = Span(kept[-1].start, sentence.end)
        else:
            kept.append(sentence)
    for part in kept:
        yield dataclasses.replace(
            passage,
            id=f"{passage.id}/{part.start}-{part.end}",
            text=passage.text[part.start - passage.start : part.end - passage.start],
            start=part.start,
            end=part.end,
            sentences=tuple(one for one in passage.sentences if part.covers(one)),
        )
