"""The whole of what a span is a part of: the reader now and then stops within a date, or after the first of several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.enumeration import asked_count, count_of, enclosing
from rag.answer.evidence import Sentence
from rag.answer.spans import find_dates, find_positions
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.types import Span

# What may stand around a date without making it another: 自…起, 于…
_AROUND_A_DATE = re.compile(r"[自从于在起,，。 ]*")
_RANGE = re.compile(r"[至到—–~～-]")


def whole_span(focus: Focus, span: Span, sentences: Sequence[Sentence]) -> Span:
    """``span``, or the date, post or enumeration that the question asks for and ``span`` is a part of.

    ``sentences`` are those of the passage that ``span`` stands in, in their order.
    """
    if focus.kind is AnswerKind.DATE:
        return _whole_date(span, sentences)
    if focus.kind is AnswerKind.POSITION:
        return _whole_position(focus, span, sentences)
    count = asked_count(focus.wording)
    if focus.kind is not AnswerKind.LIST and count is None:
        return span
    if count is not None and count_of(_words(span, sentences)) == count:
        return span
    found = enclosing(span, sentences, count)
    if found is None and focus.kind is AnswerKind.LIST:
        found = enclosing(span, sentences, None)
    return found.span if found else span


def _whole_date(span: Span, sentences: Sequence[Sentence]) -> Span:
    for sentence in sentences:
        for within in find_dates(sentence):
            date = Span(sentence.start + within.start, sentence.start + within.end)
            # The first or the last day of a range may be what is asked.
            grows = (
                date.start == span.start
                and date.covers(span)
                and not _RANGE.search(sentence.text[within.start : within.end])
            )
            if grows or (span.covers(date) and _is_bare(span, date, sentence)):
                return date
    return span


def _whole_position(focus: Focus, span: Span, sentences: Sequence[Sentence]) -> Span:
    """``span`` up to the name that follows it: 总经理 is another post than 总经理助理."""
    for sentence in sentences:
        for name in focus.names:
            for within in find_positions(sentence, name.text):
                position = Span(sentence.start + within.start, sentence.start + within.end)
                if position.overlaps(span) and span.end < position.end:
                    return Span(span.start, position.end)
    return span


def _words(span: Span, sentences: Sequence[Sentence]) -> str:
    sentence = next((one for one in sentences if one.span.covers(span)), None)
    return sentence.text[span.start - sentence.start : span.end - sentence.start] if sentence else ""


def _is_bare(span: Span, date: Span, sentence: Sentence) -> bool:
    before = sentence.text[max(0, span.start - sentence.start) : date.start - sentence.start]
    after = sentence.text[date.end - sentence.start : span.end - sentence.start]
    return bool(_AROUND_A_DATE.fullmatch(before + after))
