"""Where sentences and clauses end in Chinese text with some English in it."""

from __future__ import annotations

import re

from rag.types import Span

_CLOSERS = "”’」』）)】〕》\"'"
_GOES_ON = "的地得等、,，;；:：之一"
_TITLE_LIMIT = 120
_ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof st vs etc inc ltd co corp no fig vol jr sr e.g i.e u.s u.k u.n a.m p.m approx".split()
)
_WORD_BEFORE = re.compile(r"[A-Za-z](?:[A-Za-z.]{0,15})$")

# One cluster of marks that may end a sentence: 。 ？！ …… ; a full stop is checked further.
_TERMINATORS = re.compile(r"[。！？!?；;…｡]+[。！？!?；;…｡.]*|\.+|\n+")
_CLAUSE_MARKS = re.compile(r"[,，:：]|—{2,}")
_TITLE = re.compile(rf"《[^《》\n]{{0,{_TITLE_LIMIT}}}》")


def split_sentences(text: str, offset: int = 0) -> list[Span]:
    """Whole sentences of ``text`` as spans, each with ``offset`` added.

    The spans tile ``text.strip()``: the first starts where it starts, each ends where the next begins, the last
    ends where it ends. White space after a sentence belongs to that sentence. A sentence ends at 。！？; … and
    their clusters, at a line break, and at "." where that is a full stop (not in 48.9, e.g. or J. Smith); closing
    quotes and brackets are part of it. A title in 《》 is never cut.

    >>> text = "产量95万辆。“真的吗?”他问。"
    >>> [text[span.start : span.end] for span in split_sentences(text)]
    ['产量95万辆。', '“真的吗?”', '他问。']
    """
    return _tile(text, _sentence_ends(text), offset)


def split_clauses(text: str, offset: int = 0) -> list[Span]:
    """Clauses of ``text`` as spans: as :func:`split_sentences`, and also cut after ，,：: and ——.

    Commas and colons inside a number or a time of day (1,234 and 14:30) do not cut.

    >>> text = "达到254万辆,创近7年新高;其中1,137辆出口。"
    >>> [text[span.start : span.end] for span in split_clauses(text)]
    ['达到254万辆,', '创近7年新高;', '其中1,137辆出口。']
    """
    ends = set(_sentence_ends(text))
    titles = _title_ends(text)
    for mark in _CLAUSE_MARKS.finditer(text):
        if mark.start() in titles or _inside_number(text, mark.start()):
            continue
        if mark.group() == ":" and text.startswith("//", mark.end()):
            continue
        ends.add(_skip_closers(text, mark.end()))
    return _tile(text, sorted(ends), offset)


def _inside_number(text: str, at: int) -> bool:
    mark = text[at]
    if at == 0 or not (_is_digit(text, at - 1) and _is_digit(text, at + 1)):
        return False
    if mark in ":：":
        return True
    return all(_is_digit(text, at + step) for step in (1, 2, 3)) and not _is_digit(text, at + 4)


def _is_digit(text: str, at: int) -> bool:
    return at < len(text) and text[at] in "0123456789０１２３４５６７８９"


def _title_ends(text: str) -> set[int]:
    """Every offset inside a title in 《》."""
    inside: set[int] = set()
    for title in _TITLE.finditer(text):
        inside.update(range(title.start(), title.end() - 1))
    return inside


def _sentence_ends(text: str) -> list[int]:
    titles = _title_ends(text)
    ends = []
    for cluster in _TERMINATORS.finditer(text):
        marks = cluster.group()
        if cluster.start() in titles:
            continue
        if marks == "." and not _is_full_stop(text, cluster.start()):
            continue
        if marks.startswith("..") and len(marks) < 3:
            continue
        end = _skip_closers(text, cluster.end())
        quoted = end > cluster.end()
        if quoted and end < len(text) and text[end] in _GOES_ON:
            continue
        ends.append(end)
    return ends


def _skip_closers(text: str, at: int) -> int:
    while at < len(text) and text[at] in _CLOSERS:
        # A straight quote closes only where no word follows: it may open the next sentence.
        if text[at] in "\"'" and at + 1 < len(text) and text[at + 1].isalnum() and text[at + 1].isascii():
            break
        at += 1
    return at


def _is_full_stop(text: str, at: int) -> bool:
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    if not before or before.isspace():
        return False
    if not before.isascii():
        return not (after.isascii() and after.isalnum())
    if before.isdigit():
        # "3. Build ..." numbers an item of a list.
        start = at
        while start and at - start < 4 and text[start - 1].isdigit():
            start -= 1
        if start == 0 or text[start - 1] == "\n":
            return False
        return after == "" or after.isspace()
    word = _WORD_BEFORE.search(text, max(0, at - 16), at)
    if word and (len(word.group()) == 1 or word.group().lower() in _ABBREVIATIONS):
        return after == ""
    return after == "" or after.isspace() or after in _CLOSERS


def _tile(text: str, ends: list[int], offset: int) -> list[Span]:
    start = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    spans: list[Span] = []
    for end in ends:
        while end < last and text[end].isspace():
            end += 1
        end = min(end, last)
        if end > start:
            spans.append(Span(start + offset, end + offset))
            start = end
    if start < last:
        spans.append(Span(start + offset, last + offset))
    return spans
