"""Answers of another line of a list: the hour of the race is not that of the concert two lines below."""

from __future__ import annotations

import re

from rag.answer.candidates import Candidate
from rag.answer.coverage import found
from rag.answer.reading import Material
from rag.question.kinds import AnswerKind
from rag.text.normalise import fold
from rag.types import Article, Block, BlockKind

_LINE = 60
"""A block so short is a line of a list, not a paragraph that goes on from one to the next."""
_IS_SPOKEN = re.compile(r"[。！？!?…”]$|^(?:问|答|记者)[:：]")
"""An answer of an interview takes what it speaks of from the question over it."""
_OF_ONE_LINE = (AnswerKind.QUANTITY, AnswerKind.DATE, AnswerKind.PLACE, AnswerKind.PERSON)


def is_of_another_line(material: Material, candidate: Candidate) -> bool:
    """Whether the question names something that a line of the same list has, and that of ``candidate`` has not."""
    focus, sentence = material.focus, candidate.sentence
    if focus.kind not in _OF_ONE_LINE:
        return False
    article = material.articles[sentence.article_id]
    lines = _lines_around(article, sentence.start)
    own = next((line for line in lines if line.start <= sentence.start < line.end), None)
    if own is None:
        return False
    told = f"{fold(article.text[own.start : own.end])}\n{sentence.heading}"
    elsewhere = [term for term in focus.terms if not term.is_measure and len(term.text) > 1 and not found(term, told)]
    beside = [fold(article.text[line.start : line.end]) for line in lines if line != own]
    return any(term.text in line for term in elsewhere for line in beside)


def _lines_around(article: Article, at: int) -> list[Block]:
    """The lines of a list that follow one another around offset ``at``; none where its own is a paragraph."""
    lines: list[Block] = []
    for block in article.blocks:
        text = article.text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH and len(text) <= _LINE and not _IS_SPOKEN.search(text):
            lines.append(block)
        elif any(line.start <= at < line.end for line in lines):
            break
        else:
            lines = []
    return lines if any(line.start <= at < line.end for line in lines) else []
