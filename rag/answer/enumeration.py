"""Whole enumerations: who asks for several things must not get the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.evidence import Sentence
from rag.answer.spans import find_lists
from rag.text.chinese_numerals import to_arabic
from rag.text.measure_words import UNIT_PATTERN
from rag.types import Span

_ASKED_COUNT = re.compile(
    rf"(?<!第)(?P<count>\d+|[两二三四五六七八九十]+)(?:大|{UNIT_PATTERN})[^\d一二两三四五六七八九十]{{0,12}}?[是有为](?:什么|啥|哪些?|哪里|哪儿|谁)|"
    r"(?:哪|什么)(?P<which>\d+|[两二三四五六七八九十]+)"
)
_LAST_OF_WORDS = re.compile(r"(?:、|》《|”“|以及|及|和|与)")
_CLOSING = "。.!！?？…；; \n”"
_SEMICOLONS = (";", "；")
_COLON = re.compile("[:：]")
_SERIES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![第其之])(?P<number>[一二三四五六七八九十])是",
        r"第(?P<number>[一二三四五六七八九十])[，,、是]",
        r"其(?P<number>[一二三四五六七八九十])[，,、是]",
        r"[（(](?P<number>[一二三四五六七八九十]|\d)[）)]",
        r"(?P<number>[①②③④⑤⑥⑦⑧⑨⑩])",
        r"(?P<number>首先|其次|再次|然后|最后)[，,是]?",
        r"(?P<number>一方面|另一方面)[，,是]?",
    )
)
_FIRST = frozenset("一 1 ① 首先 一方面".split())


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Several things named one after the other: where they stand in the article, and how many they are."""

    span: Span
    items: int


def asked_count(wording: str) -> int | None:
    """How many things a question (folded text) says that it asks for, from two on; None where it does not say.

    Example:
        >>> asked_count("他定的三条规矩是什么?"), asked_count("有哪些规矩?")
        (3, None)
    """
    match = _ASKED_COUNT.search(wording)
    if match is None:
        return None
    numeral = match["count"] or match["which"]
    number = numeral if numeral.isdigit() else to_arabic(numeral)
    return int(number) if number and number.isdigit() and int(number) > 1 else None


def enclosing(span: Span, sentences: Sequence[Sentence], count: int | None) -> Enumeration | None:
    """The innermost enumeration that holds all of ``span``; of ``count`` items if that is given.

    ``sentences`` follow one another in one article. Three kinds are known: words joined by 、, clauses joined by ；
    behind a colon, and clauses or sentences that begin with 一是, 第一, 首先, ① and the like.
    """
    found = [
        enumeration
        for enumeration in _enumerations(sentences)
        if enumeration.span.covers(span) and count in (None, enumeration.items)
    ]
    inner = min(found, key=lambda enumeration: enumeration.span.length, default=None)
    return _with_borders_of(span, inner, sentences) if inner else None


def _with_borders_of(span: Span, whole: Enumeration, sentences: Sequence[Sentence]) -> Enumeration:
    """``whole`` with the borders of ``span`` where that begins in the first or ends in the last item joined by 、.

    Which words lead in to the first item and out of the last one the reader can tell better than a rule.
    """
    sentence = next(one for one in sentences if one.span.overlaps(whole.span))
    if not sentence.span.covers(whole.span):
        return whole
    words = sentence.text[whole.span.start - sentence.start : whole.span.end - sentence.start]
    marks = [whole.span.start + mark.end() for mark in _LAST_OF_WORDS.finditer(words)]
    if not marks:
        return whole
    start = span.start if span.start < marks[0] else whole.span.start
    end = span.end if span.end > marks[-1] else whole.span.end
    return Enumeration(Span(start, end), whole.items)


def _enumerations(sentences: Sequence[Sentence]) -> Iterator[Enumeration]:
    for sentence in sentences:
        yield from _of_words(sentence)
    yield from _of_clauses(sentences)
    yield from _series(sentences)


def _of_words(sentence: Sentence) -> Iterator[Enumeration]:
    for span in find_lists(sentence):
        words = sentence.text[span.start : span.end]
        if ("、" in words or "》《" in words or "”“" in words) and not re.search("[;；]", words):
            yield Enumeration(_in_article(span, sentence), len(_LAST_OF_WORDS.split(words)))


def _of_clauses(sentences: Sequence[Sentence]) -> Iterator[Enumeration]:
    """Clauses between a colon and the end of what semicolons hold together; each of them is a sentence of its own."""
    for first, sentence in enumerate(sentences):
        colon = _COLON.search(sentence.text)
        if colon is None or not sentence.text.endswith(_SEMICOLONS):
            continue
        last = first + 1
        while last < len(sentences) - 1 and sentences[last].text.endswith(_SEMICOLONS):
            last += 1
        if last < len(sentences):
            yield Enumeration(Span(sentence.start + colon.end(), _end(sentences[last])), last - first + 1)


def _series(sentences: Sequence[Sentence]) -> Iterator[Enumeration]:
    for pattern in _SERIES:
        run: list[tuple[Sentence, re.Match[str]]] = []
        for sentence in sentences:
            for match in pattern.finditer(sentence.text):
                if match["number"] in _FIRST:
                    yield from _whole(run)
                    run = [(sentence, match)]
                elif run:
                    run.append((sentence, match))
        yield from _whole(run)


def _whole(run: list[tuple[Sentence, re.Match[str]]]) -> Iterator[Enumeration]:
    if len(run) > 1:
        (first, opening), (last, _) = run[0], run[-1]
        yield Enumeration(Span(first.start + opening.start(), _end(last)), len(run))


def _end(sentence: Sentence) -> int:
    """Where the words of a sentence end in the article, before what closes it."""
    return sentence.start + len(sentence.text.rstrip(_CLOSING))


def _in_article(span: Span, sentence: Sentence) -> Span:
    return Span(sentence.start + span.start, sentence.start + span.end)
