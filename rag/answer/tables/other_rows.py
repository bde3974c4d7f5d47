"""Prose of something else than the row of a table that a question names: one branch's sales are not another's."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

from rag.answer.reading import Finding, Material, Reading
from rag.answer.tables.columns import columns_of, label_place
from rag.answer.tables.row_names import REST, is_total, names_of
from rag.question.terms import MEASURE_NOUNS, is_function_word, is_measured
from rag.text.dates import find_times
from rag.text.normalise import fold
from rag.text.tables import tables_of
from rag.types import Article

_SHORTEST = 2


def of_named_rows(reading: Reading, material: Material) -> Reading:
    """``reading`` without the findings of paragraphs that do not name what the question names of a table of theirs.

    What an article sets out by rows it tells apart in its sentences too.
    """
    kept = tuple(one for one in reading.findings if not _is_of_another(one, material))
    if len(kept) == len(reading.findings):
        return reading
    return dataclasses.replace(reading, findings=kept, obstacle=reading.obstacle or "name")


def _is_of_another(finding: Finding, material: Material) -> bool:
    article = material.articles[finding.support[0].article_id]
    told = "\n".join(_paragraph(material.articles[one.article_id], one.span.start) for one in finding.support)
    asked = material.focus.wording
    return any(
        any(name in asked for name in names) and not any(name in told for name in names)
        for names in _labels_of(article)
    )


@lru_cache(maxsize=256)
def _labels_of(article: Article) -> tuple[tuple[str, ...], ...]:
    """What each row of the tables of ``article`` is called, in all its forms."""
    labels = []
    for table in tables_of(article):
        place = label_place(columns_of(article, table))
        cells = [row.cells[place] for row in table.rows]
        plain = [cell for cell in cells if not is_total(cell) and _tells_apart(fold(cell.text))]
        labels += [names for cell in plain if (names := tuple(n for n in names_of(cell.text) if len(n) >= _SHORTEST))]
    return tuple(labels)


def _tells_apart(label: str) -> bool:
    """Whether a label is one of things told apart, not a time or a measure, which prose has other words for."""
    is_measure = label in MEASURE_NOUNS or is_measured(label) or is_function_word(label)
    return not (REST.match(label) or find_times(label, None) or is_measure)


def _paragraph(article: Article, at: int) -> str:
    block = article.block_at(at)
    return fold(f"{article.title}\n{block.section}\n{article.text[block.start : block.end]}") if block else ""
