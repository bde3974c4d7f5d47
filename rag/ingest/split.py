"""Article -> passages: whole sentences, of a length that one vector can stand for.

Passages are exact slices of the article's text and together hold all of it. Paragraphs are the preferred borders.
Short neighbouring paragraphs of one section share a passage: a paragraph of eight characters says little alone, and
text between two neighbours is nothing but an empty line, so the slice stays exact. Title and subtitle are a passage of
their own, and so are the byline, each heading with its dek, and each caption; a passage never reaches across one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rag.text.sentences import split_clauses, split_sentences
from rag.types import Article, Block, BlockKind, Passage, Span

# A sentence stays whole up to this many times `max_chars`; a longer one is split after clauses.
_SENTENCE_CAP = 2
# What a passage costs: too short (in proportion), a border inside a paragraph, a paragraph border inside it.
_TOO_SHORT = 4.0
_BORDER_IN_PARAGRAPH = 1.0
_PARAGRAPHS_JOINED = 0.5


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence (or a piece of a very long one), and whether its block ends with it."""

    span: Span
    closes: bool


def split_article(article: Article, min_chars: int, max_chars: int) -> tuple[Passage, ...]:
    """The passages of an article, in order.

    Args:
        article: a repaired article.
        min_chars: passages are at least this long where their surroundings allow it.
        max_chars: passages are at most this long, unless a single sentence is longer.

    Returns:
        Passages with ``passage.text == article.text[passage.start : passage.end]``. Their sentences tile each block;
        between the sentences of two paragraphs lies only the empty line. Every character of every block is in exactly
        one passage.

    Raises:
        ValueError: the limits are not ``0 < min_chars <= max_chars``.
    """
    if not 0 < min_chars <= max_chars:
        raise ValueError(f"min_chars ({min_chars}) must be positive and no more than max_chars ({max_chars})")
    passages: list[Passage] = []
    for run in _runs(article):
        units = [unit for block in run for unit in _units(article.text, block, max_chars)]
        groups = _best_groups(units, min_chars, max_chars)
        passages += [_passage(article, run[0], [unit.span for unit in group]) for group in groups]
    return tuple(passages)


def _runs(article: Article) -> Iterator[list[Block]]:
    """Neighbouring blocks that may share a passage."""

    def key(place_and_block: tuple[int, Block]) -> tuple[object, ...]:
        place, block = place_and_block
        if block.kind is BlockKind.CAPTION:
            return (block.kind, place)
        kind = BlockKind.TITLE if block.kind is BlockKind.SUBTITLE else block.kind
        return (kind, block.section)

    for _, run in groupby(enumerate(article.blocks), key):
        yield [block for _, block in run]


def _units(text: str, block: Block, max_chars: int) -> list[_Unit]:
    spans: list[Span] = []
    for sentence in split_sentences(text[block.start : block.end], block.start):
        if sentence.length <= _SENTENCE_CAP * max_chars:
            spans.append(sentence)
        else:
            spans += _pieces(text, sentence, max_chars)
    return [_Unit(span, closes=span is spans[-1]) for span in spans]


def _pieces(text: str, sentence: Span, max_chars: int) -> list[Span]:
    """A very long sentence in pieces of at most ``max_chars``, cut after clauses where it has any."""
    pieces: list[Span] = []
    for clause in split_clauses(text[sentence.start : sentence.end], sentence.start):
        for start in range(clause.start, clause.end, max_chars):
            part = Span(start, min(start + max_chars, clause.end))
            if pieces and part.end - pieces[-1].start <= max_chars:
                pieces[-1] = Span(pieces[-1].start, part.end)
            else:
                pieces.append(part)
    return pieces


def _best_groups(units: list[_Unit], min_chars: int, max_chars: int) -> list[list[_Unit]]:
    """The cheapest division of ``units`` into passages (dynamic programming over the border positions)."""
    cheapest = [0.0]
    previous = [0]
    for end in range(1, len(units) + 1):
        border = 0.0 if units[end - 1].closes else _BORDER_IN_PARAGRAPH
        best = (float("inf"), end - 1)
        joined = 0
        for start in range(end - 1, -1, -1):
            length = units[end - 1].span.end - units[start].span.start
            if start < end - 1:
                joined += units[start].closes
                if length > max_chars:
                    break
            short = max(0.0, 1 - length / min_chars)
            cost = cheapest[start] + border + _TOO_SHORT * short + _PARAGRAPHS_JOINED * joined
            best = min(best, (cost, start))
        cheapest.append(best[0])
        previous.append(best[1])
    groups = []
    end = len(units)
    while end:
        groups.append(units[previous[end] : end])
        end = previous[end]
    return groups[::-1]


def _passage(article: Article, block: Block, sentences: list[Span]) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    return Passage(
        id=f"{article.id}:{start}-{end}",
        article_id=article.id,
        title=article.title,
        section=block.section,
        kind=block.kind,
        text=article.text[start:end],
        start=start,
        end=end,
        sentences=tuple(sentences),
    )
