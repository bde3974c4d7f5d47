"""The lines that an article and its parts stand under, and its parts, numbered as a reader counts them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer.reading import Finding, Material, Reading, Support
from rag.question.asked_outline import LAST, AskedLine, AskedPart, Line
from rag.question.focus import find_focus
from rag.types import Article, Block, BlockKind, Span

SURE = 0.97
"""The confidence of a line that is told by its place."""
_DASHES = "—–-－ \u3000"
_INTERROGATIVE = re.compile(r"什么|啥|谁|哪|几|多少|怎么|怎样|如何")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article: its ``heading``, the line under that (``dek``), and all of it with both, ``span``."""

    heading: Block
    dek: Block | None
    span: Span


def parts_of(article: Article) -> tuple[Part, ...]:
    """The parts of ``article`` in order; none where headings stand under headings, so that nobody can count them."""
    blocks = article.blocks
    opens = [
        place
        for place, block in enumerate(blocks)
        if block.kind is BlockKind.HEADING and not (place and blocks[place - 1].kind is BlockKind.HEADING)
    ]
    parts = []
    for place, following in pairwise([*opens, len(blocks)]):
        lines = [block for block in blocks[place:following] if block.kind is BlockKind.HEADING]
        dek = lines[1] if len(lines) == 2 and article.text[lines[1].start] in _DASHES else None
        if len(lines) > 1 and dek is None:
            return ()
        parts.append(Part(lines[0], dek, Span(blocks[place].start, blocks[following - 1].end)))
    return tuple(parts)


def read_line(article: Article, asked: AskedLine) -> Reading:
    """The line that is asked for; a reading without findings where the article has none."""
    blocks: tuple[Block | None, ...]
    if asked.line in (Line.TITLE, Line.SUBTITLE):
        kind = BlockKind.TITLE if asked.line is Line.TITLE else BlockKind.SUBTITLE
        blocks = tuple(block for block in article.blocks if block.kind is kind)[:1]
    else:
        part = _part(article, asked.part)
        blocks = () if part is None else (part.heading, part.dek)
    lines = [block.span for block in blocks if block is not None]
    if not lines:
        return Reading((), (), "kind")
    answer = _bare(article, lines[-1] if asked.line is Line.DEK else lines[0])
    support = tuple(Support(article.id, line) for line in sorted(lines, key=lambda line: not line.covers(answer)))
    return Reading((Finding(article.text[answer.start : answer.end], answer, support, SURE),))


def read_in(article: Article, asked: AskedPart, material: Material) -> Material | None:
    """``material`` with only the part of ``article`` that is asked about; None where it has no such part."""
    part = _part(article, asked.part)
    if part is None:
        return None
    passages = [one for one in material.passages if one.article_id == article.id and part.span.covers(one.span)]
    focus = find_focus(asked.question, article.published)
    return dataclasses.replace(material, question=asked.question, focus=focus, passages=passages)


def as_asked(reading: Reading, material: Material) -> Reading:
    """``reading`` with what a heading tells in the form that was asked.

    It must name the kind of thing that is asked (机遇 for 什么机遇); where two things are asked at once, the whole line
    is told.
    """
    findings = list(reading.findings)
    told = [one for one in findings if _is_heading(one, material)]
    if told and material.focus.category:
        named = [one for one in told if _names_kind(one, material)]
        # The lines of one heading say one thing: how sure it is that it answers goes for both.
        named = [dataclasses.replace(one, confidence=told[0].confidence) for one in named[:1]]
        findings = [*named, *(one for one in findings if one not in told)]
        findings.sort(key=lambda one: -one.confidence)
    if len(_INTERROGATIVE.findall(material.focus.wording)) > 1:
        findings = [_whole_line(one, material) if _is_heading(one, material) else one for one in findings]
    return dataclasses.replace(reading, findings=tuple(findings))


def _block_of(finding: Finding, material: Material) -> Block | None:
    article = material.articles[finding.support[0].article_id]
    return article.block_at(finding.answer_span.start) if finding.answer_span else None


def _is_heading(finding: Finding, material: Material) -> bool:
    block = _block_of(finding, material)
    return block is not None and block.kind is BlockKind.HEADING


def _names_kind(finding: Finding, material: Material) -> bool:
    span, kind = finding.answer_span, material.focus.category
    if span is None:
        return False
    text = material.articles[finding.support[0].article_id].text
    return kind in text[span.start : span.end + len(kind)]


def _whole_line(finding: Finding, material: Material) -> Finding:
    article, block = material.articles[finding.support[0].article_id], _block_of(finding, material)
    if block is None:
        return finding
    span = _bare(article, block.span)
    return dataclasses.replace(finding, short=article.text[span.start : span.end], answer_span=span)


def _part(article: Article, number: int) -> Part | None:
    parts = parts_of(article)
    if number == LAST:
        return parts[-1] if parts else None
    return parts[number - 1] if 0 < number <= len(parts) else None


def _bare(article: Article, line: Span) -> Span:
    """A line without the dashes that open it."""
    words = article.text[line.start : line.end]
    return Span(line.end - len(words.lstrip(_DASHES)), line.end)


def lines_of(articles: Sequence[Article]) -> tuple[Support, ...]:
    """The titles of ``articles``, shown where what is asked about them is not there."""
    return tuple(
        Support(article.id, block.span)
        for article in articles
        for block in article.blocks
        if block.kind is BlockKind.TITLE
    )
