"""The whole of what a span is a part of: the reader now and then stops within a date, or after the first of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.spans.enumeration import asked_count, count_of, enclosing
from rag.answer.spans.phrase_span import phrase_span
from rag.answer.spans.typed_spans import find_dates, find_positions, formed_list
from rag.question.focus import Focus
from rag.question.full_names import name_spans
from rag.question.kinds import IDENTIFIER, AnswerKind
from rag.types import Span

# What may stand around a date without making it another: 自…起, 于…
_AROUND_A_DATE = re.compile(r"[自从于在起,，。 ]*")
_CLOCK_BEHIND = re.compile(
    r"(?:上午|下午|凌晨|清晨|早上?|中午|傍晚|晚上?)?\d{1,2}(?:[时点](?:\d{1,2}分?|半)?|:\d\d)(?:许|左右)?"
)
SAYS_MORE = re.compile(r"[,，；;。].*[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{5}", re.DOTALL)
"""Matches words beside a date that tell what happened."""
_NUMBER_IN_DIGITS = re.compile(r"\d[\d-]{3,}\d")
_BOUND = re.compile("近|约|超过?|逾|大约|将近|接近|不到|至少|超出")
_RANGE = re.compile(r"[至到—–~～-]")


def whole_span(focus: Focus, span: Span, sentences: Sequence[Sentence]) -> Span:
    """``span``, or the date, post or enumeration that the question asks for and ``span`` is a part of.

    ``sentences`` are those of the passage that ``span`` stands in, in their order.
    """
    if focus.kind is AnswerKind.DATE:
        return _asked_date(focus, _whole_date(span, sentences), sentences)
    span = _with_whole_names(span, sentences)
    if re.search(IDENTIFIER, focus.wording):
        return _whole_number(span, sentences)
    span = phrase_span(focus, span, sentences)
    if focus.kind is AnswerKind.POSITION:
        return _whole_position(focus, span, sentences)
    count = asked_count(focus.wording)
    if focus.kind is not AnswerKind.LIST and count is None:
        return _with_bound(span, sentences)
    if count is not None and count_of(_words(span, sentences)) == count:
        return span
    formed = _formed(span, sentences)
    if formed is not None:
        return formed
    whole = enclosing(span, sentences, count)
    if whole is None and focus.kind is AnswerKind.LIST:
        whole = enclosing(span, sentences, None)
    return whole.span if whole else span


def _formed(span: Span, sentences: Sequence[Sentence]) -> Span | None:
    """The items alone, where ``span`` also holds the words that set them apart."""
    for sentence in sentences:
        if sentence.span.covers(span):
            inside = formed_list(sentence, Span(span.start - sentence.start, span.end - sentence.start))
            return Span(sentence.start + inside.start, sentence.start + inside.end) if inside else None
    return None


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


def _asked_date(focus: Focus, span: Span, sentences: Sequence[Sentence]) -> Span:
    """The one date in ``span`` that asked words follow, where it holds more: 16日 of 15日升级,16日解除 for 何时解除.

    Of several the one that most of the asked words follow, by their length: 1990年 of 1981年进窑,1990年当窑长 for
    哪年当的窑长.
    """
    followed: dict[Span, int] = {}
    for sentence in sentences:
        inside = [Span(sentence.start + date.start, sentence.start + date.end) for date in find_dates(sentence)]
        for date, following in pairwise([*inside, Span(sentence.span.end, sentence.span.end)]):
            behind = sentence.folded[date.end - sentence.start : following.start - sentence.start]
            told = sum(len(term.text) for term in focus.terms if found(term, behind))
            if span.covers(date) and span != date and told:
                clock = _CLOCK_BEHIND.match(behind)
                followed[Span(date.start, date.end + (clock.end() if clock else 0))] = told
    words = "".join(_part(span, sentence) for sentence in sentences)
    best = [date for date, told in followed.items() if told == max(followed.values())]
    is_one = len(best) == 1 and SAYS_MORE.search(words) and not _RANGE.search(words)
    return best[0] if is_one else span


def _with_whole_names(span: Span, sentences: Sequence[Sentence]) -> Span:
    """``span`` up to the ends of the people's names that it begins or stops in."""
    for sentence in sentences:
        for within in name_spans(sentence.text, sentence.people):
            name = Span(sentence.start + within.start, sentence.start + within.end)
            if name.overlaps(span):
                span = Span(min(span.start, name.start), max(span.end, name.end))
    return span


def _whole_number(span: Span, sentences: Sequence[Sentence]) -> Span:
    """The number in digits that ``span`` touches, whole: 5560-0027."""
    for sentence in sentences:
        for match in _NUMBER_IN_DIGITS.finditer(sentence.text):
            number = Span(sentence.start + match.start(), sentence.start + match.end())
            if number.overlaps(span):
                return number
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


def _with_bound(span: Span, sentences: Sequence[Sentence]) -> Span:
    """``span`` with the word before its figure that says how exact it is: 近7年, 超300家."""
    for sentence in sentences:
        told = [(one.start, one.end, one.text) for one in sentence.quantities]
        told += [(time.start, time.end, time.text) for time in sentence.times]
        for start, end, text in told:
            figure = Span(sentence.start + start, sentence.start + end)
            if figure.covers(span) and figure.end == span.end and _BOUND.fullmatch(text[: -span.length]):
                return figure
    return span


def _words(span: Span, sentences: Sequence[Sentence]) -> str:
    sentence = next((one for one in sentences if one.span.covers(span)), None)
    return _part(span, sentence) if sentence else ""


def _part(span: Span, sentence: Sentence) -> str:
    return sentence.text[max(0, span.start - sentence.start) : max(0, span.end - sentence.start)]


def _is_bare(span: Span, date: Span, sentence: Sentence) -> bool:
    before = sentence.text[max(0, span.start - sentence.start) : date.start - sentence.start]
    after = sentence.text[date.end - sentence.start : span.end - sentence.start]
    return bool(_AROUND_A_DATE.fullmatch(before + after))
