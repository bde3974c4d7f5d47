"""Tables in the text of an article: neighbouring lines of cells between upright strokes, the first of them the head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.text.numbers import find_quantities
from rag.text.sentences import split_sentences
from rag.types import Article, Block, BlockKind, Span

_STROKE = "|"
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPANS_OF_TIME = frozenset("小时 天 日 周 个月 月 年 分钟".split())
_LEADS_IN = re.compile(r"如下|下表|见表|附表|下面|以下|单位|[:：]\s*$|表\s*\d")
_CAPTION_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``text`` is its slice of the article, without the space around it; it may be empty."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line."""

    cells: tuple[Cell, ...]

    @property
    def span(self) -> Span:
        """From the first cell to the last, without the strokes around them."""
        return Span(self.cells[0].span.start, self.cells[-1].span.end)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an article: its ``head``, the ``rows`` under it, each with as many cells, and all of it, ``span``.

    ``captions`` are the sentences above it that lead it in or tell the unit; ``section`` is the heading over it.
    """

    head: Row
    rows: tuple[Row, ...]
    span: Span
    captions: tuple[Span, ...] = ()
    section: str = ""


def is_row(text: str) -> bool:
    """Whether a line is one of a table: strokes at both ends and between.

    >>> is_row("| 苹果 | 3元 |"), is_row("他说|笑着|就走了")
    (True, False)
    """
    line = text.strip()
    return len(line) > 2 and line[0] == line[-1] == _STROKE and _STROKE in line[1:-1]


@lru_cache(maxsize=256)
def tables_of(article: Article) -> tuple[Table, ...]:
    """The tables of ``article``, in order."""
    return tuple(find_tables(article.text, article.blocks))


def find_tables(text: str, blocks: Sequence[Block]) -> Iterator[Table]:
    """The tables among ``blocks`` of ``text``.

    A table is a head and at least one row, all of as many cells; no cell of the head is a figure, and no two say the
    same. Lines with strokes that make up no such table are none: where a stroke in a cell, or a cell left out, shifts
    the others, nobody can tell what stands under what.
    """
    run: list[Block] = []
    above: Block | None = None
    for block in [*blocks, None]:
        if block is not None and block.kind is BlockKind.PARAGRAPH and is_row(text[block.start : block.end]):
            run.append(block)
            continue
        if run:
            table = _table(text, run, above)
            if table is not None:
                yield table
            run = []
        above = block


def _table(text: str, run: Sequence[Block], above: Block | None) -> Table | None:
    lines = [block for block in run if not _RULE.fullmatch(text[block.start : block.end])]
    rows = [_row(text, block.span) for block in lines]
    if len(rows) < 2 or len({len(row.cells) for row in rows}) > 1 or not _is_head(rows[0]):
        return None
    return Table(
        rows[0],
        tuple(rows[1:]),
        Span(run[0].start, run[-1].end),
        _captions(text, above) if above is not None else (),
        run[0].section,
    )


def _row(text: str, line: Span) -> Row:
    cells = []
    start = text.index(_STROKE, line.start) + 1
    end = text.rindex(_STROKE, line.start, line.end)
    while start <= end:
        stop = text.index(_STROKE, start, end + 1)
        words = text[start:stop].strip()
        at = start + len(text[start:stop]) - len(text[start:stop].lstrip()) if words else start
        cells.append(Cell(Span(at, at + len(words)), words))
        start = stop + 1
    return Row(tuple(cells))


def _is_head(row: Row) -> bool:
    words = [cell.text for cell in row.cells]
    if any(not word for word in words[1:]) or len(set(words)) < len(words):
        return False
    return not any(_is_figure(word) for word in words)


def _is_figure(word: str) -> bool:
    """Whether a cell is an amount, as no head is; a year is one, and a span of time (24小时)."""
    if _YEAR.fullmatch(word):
        return False
    return any(
        figure.start == 0 and figure.end == len(word) and figure.unit not in _SPANS_OF_TIME
        for figure in find_quantities(word)
    )


def _captions(text: str, above: Block) -> tuple[Span, ...]:
    """The sentences of the block above a table that lead it in."""
    if above.kind not in (BlockKind.PARAGRAPH, BlockKind.CAPTION):
        return ()
    return tuple(
        Span(span.start, span.start + len(text[span.start : span.end].rstrip()))
        for span in split_sentences(text[above.start : above.end], above.start)
        if span.length <= _CAPTION_LENGTH and _LEADS_IN.search(text[span.start : span.end])
    )
