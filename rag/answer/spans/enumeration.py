"""Whole enumerations: who asks for several things must not get the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.evidence import Sentence
from rag.answer.spans.typed_spans import find_lists
from rag.text.chinese_numerals import to_arabic
from rag.text.measure_words import UNIT_PATTERN
from rag.types import Span

_NUMERAL = r"(?:\d+|[两二三四五六七八九十]+)"
_NO_COUNT = r"年|月|日|号|时|点|周|岁|%|元|万|亿|千|百"
_ASKED_COUNT = re.compile(
    rf"(?<![第\d一两二三四五六七八九十百千万.])(?P<count>{_NUMERAL})(?!{_NO_COUNT})(?:大|{UNIT_PATTERN})"
    rf"[^\d一二两三四五六七八九十]{{0,12}}?(?:[是有为]|[都别]?叫)(?:什么|啥|哪些?|哪里|哪儿|谁)|"
    rf"(?:哪|(?<!为)什么)(?P<which>{_NUMERAL})(?!{_NO_COUNT})"
)
_MOST_ASKED = 20
"""Who asks for more things than this names a quantity, not a list."""
_JOINING = re.compile(r"(?:、|》《|”“|以及|及|和|与)")
_CLOSING = "。.!！?？…；; \n"
_SEMICOLONS = (";", "；")
# Not the colon of a clock time.
_COLON = re.compile(r"(?<!\d)[:：]|[:：](?!\d)")
_OPENS = r"(?:(?<=[，,；;。：:“”（(])|^)\s*"
_SERIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (order, re.compile(rf"{_OPENS}{pattern}"))
    for order, pattern in (
        ("一二三四五六七八九十", r"(?P<number>[一二三四五六七八九十])是"),
        ("一二三四五六七八九十", r"第(?P<number>[一二三四五六七八九十])[，,、是]"),
        ("一二三四五六七八九十", r"其(?P<number>[一二三四五六七八九十])[，,、是]"),
        ("一二三四五六七八九十", r"[（(](?P<number>[一二三四五六七八九十])[）)]"),
        ("123456789", r"[（(](?P<number>[1-9])[）)]"),
        ("①②③④⑤⑥⑦⑧⑨⑩", r"(?P<number>[①②③④⑤⑥⑦⑧⑨⑩])"),
        ("首其再最", r"(?P<number>[首其再最])(?:先|次|后)[，,是]"),
        ("一另", r"(?P<number>[一另])(?:一)?方面[，,是]?"),
    )
)


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
    return int(number) if number and number.isdigit() and 1 < int(number) <= _MOST_ASKED else None


def enclosing(span: Span, sentences: Sequence[Sentence], count: int | None) -> Enumeration | None:
    """The innermost enumeration that holds all of ``span``; of ``count`` items if that is given.

    ``sentences`` follow one another in one article. Three kinds are known: words joined by 、, clauses joined by ；
    behind a colon, and clauses or sentences that begin with 一是, 第一, 首先, ① and the like.
    """
    found = [
        enumeration
        for enumeration in _enumerations(span, sentences)
        if enumeration.span.covers(span) and count in (None, enumeration.items)
    ]
    return min(found, key=lambda enumeration: enumeration.span.length, default=None)


def count_of(words: str) -> int:
    """How many things words joined by 、, 和 and the like name."""
    return len(_JOINING.split(words))


def _enumerations(span: Span, sentences: Sequence[Sentence]) -> Iterator[Enumeration]:
    for sentence in sentences:
        yield from _of_words(span, sentence)
    yield from _of_clauses(sentences)
    yield from _series(sentences)


def _of_words(span: Span, sentence: Sentence) -> Iterator[Enumeration]:
    """The words joined by 、 in a sentence.

    Which words lead in to the first item and out of the last one the reader can tell better than a rule: where ``span``
    begins in the first or ends in the last item, its border is kept.
    """
    for within in find_lists(sentence):
        words = sentence.text[within.start : within.end]
        if not ("、" in words or "》《" in words or "”“" in words) or re.search("[;；]", words):
            continue
        whole = Span(sentence.start + within.start, sentence.start + within.end)
        marks = [whole.start + mark.end() for mark in _JOINING.finditer(words)]
        start = span.start if whole.start < span.start < marks[0] else whole.start
        end = span.end if marks[-1] < span.end < whole.end else whole.end
        yield Enumeration(Span(start, end), len(marks) + 1)


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
    """Clauses or sentences that are counted off: 一是, 二是; 首先, 其次, 最后."""
    for order, pattern in _SERIES:
        run: list[tuple[Sentence, re.Match[str], int]] = []
        for sentence in sentences:
            for match in pattern.finditer(sentence.text):
                place = order.index(match["number"])
                if place == 0:
                    yield from _whole(run)
                    run = []
                # 再 may be left out, but nothing is counted twice or backwards.
                if place == 0 or (run and run[-1][2] < place <= run[-1][2] + (2 if order[0] == "首" else 1)):
                    run.append((sentence, match, place))
        yield from _whole(run)


def _whole(run: Sequence[tuple[Sentence, re.Match[str], int]]) -> Iterator[Enumeration]:
    if len(run) > 1:
        (first, opening, _), (last, _, _) = run[0], run[-1]
        yield Enumeration(Span(first.start + opening.start("number") - _prefix(opening), _end(last)), len(run))


def _prefix(opening: re.Match[str]) -> int:
    """How many characters of a mark stand before its number: one in 第一 and （一）."""
    return len(opening.group().lstrip()[: opening.start("number") - opening.start()].strip())


def _end(sentence: Sentence) -> int:
    """Where the words of a sentence end in the article, before what closes it; a quotation mark stays with its pair."""
    words = sentence.text.rstrip(_CLOSING)
    if words.endswith("”") and words.count("“") < words.count("”"):
        words = words[:-1].rstrip(_CLOSING)
    return sentence.start + len(words)
