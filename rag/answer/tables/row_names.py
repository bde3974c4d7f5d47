"""Which rows of a table a question names, by their labels or by other words in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rag.answer.tables.columns import Column
from rag.question.terms import same_words
from rag.text.dates import TimeExpression, find_times
from rag.text.normalise import arabic_numerals, fold
from rag.text.tables import Cell, Table
from rag.text.tokens import tokenize
from rag.types import Span

_PART_OF = re.compile(r"^(?:其中|#|＃)[:：]?\s*|^(?:[一二三四五六七八九十]|\d{1,2})[、.．]\s*")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_JOINED = re.compile(r"[及和与、,/·\s]+")
_CODE = re.compile(r"[a-z0-9]")
_GOVERNED = "国省市州区县乡镇村"
_LEVELS = "级里内属"
_CLASS = frozenset("站店村镇乡县市区省馆厂线路队校院部组桥岛山湖河楼园场港号类科系班社所局")
_A_MONTH = 31
_OF_ITS_KIND = frozenset("具类品")
TOTAL = re.compile(r"^(?:合计|总计|总和|总额|总数|总量|全部|共计|小计|平均|均值|全[国省市县区乡镇校公司]+)$")
REST = re.compile(r"^其[他它余]|^其余")


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of the question (``span``) that names the cell at ``row`` and ``place``; ``whole`` if all of it."""

    row: int
    place: int
    span: Span
    whole: bool


def named_cells(
    question: str, table: Table, columns: Sequence[Column], times: Sequence[TimeExpression], published_year: int | None
) -> list[Named]:
    """The cells that a folded ``question`` names; of two readings of the same words the longer one only.

    Figures name no row. A cell that is a time is named by a time of the question (``times``) that holds it.
    """
    found = [
        Named(number, column.place, span, whole)
        for number, row in enumerate(table.rows)
        for column in columns
        if not column.holds_figures and not (column.numbers_rows and not _is_time(row.cells[column.place]))
        for span, whole in _spans(question, row.cells[column.place], times, published_year)
    ]
    return [
        one
        for one in found
        if not any(other.span.covers(one.span) and other.span.length > one.span.length for other in found)
        and not (not one.whole and any(other.whole and other.span == one.span for other in found))
    ]


def is_total(cell: Cell) -> bool:
    """Whether a row so labelled sums others up, so that it is none of them."""
    return bool(TOTAL.match(_label(cell.text)))


def label_span(cell: Cell) -> Span:
    """The label in a cell without what says that it is part of another: 其中：."""
    lead = _PART_OF.match(cell.text)
    return Span(cell.span.start + lead.end(), cell.span.end) if lead else cell.span


def is_part(cell: Cell) -> bool:
    """Whether a row so labelled is a part of one above it."""
    return cell.text.startswith(("其中", "#", "＃"))


def _label(text: str) -> str:
    return _PART_OF.sub("", fold(text)).strip()


def _is_time(cell: Cell) -> bool:
    return bool(find_times(cell.text, None)) or bool(re.fullmatch(r"(?:19|20)\d\d", cell.text))


def _spans(
    question: str, cell: Cell, times: Sequence[TimeExpression], published_year: int | None
) -> Iterator[tuple[Span, bool]]:
    if _is_time(cell):
        yield from ((Span(time.start, time.end), True) for time in times if _holds(time, cell.text, published_year))
        return
    for pattern, whole in _patterns(cell.text):
        for match in re.finditer(pattern, question):
            if len(match.group()) > 1 or _stands_alone(question, match.start()):
                yield Span(*match.span()), whole


def _holds(time: TimeExpression, text: str, year: int | None) -> bool:
    """Whether a time of the question is that of a cell, or holds it: 9月 holds 9月下旬."""
    bare = f"{text}年" if re.fullmatch(r"(?:19|20)\d\d", text) else text
    told = find_times(bare, date(year, 12, 31) if year else None)
    period = told[0].period if len(told) == 1 else None
    if period is None or time.period is None:
        return False
    is_short = (time.period.last - time.period.first).days < _A_MONTH
    return period == time.period or (is_short and time.period.covers(period))


def _stands_alone(question: str, at: int) -> bool:
    return any(token.start == at and token.end == at + 1 for token in tokenize(question))


def names_of(text: str) -> tuple[str, ...]:
    """The folded words that name a cell with ``text`` wholly, its own first, and others that are used for it."""
    own = dict.fromkeys((_label(text), _BRACKETS.sub("", _label(text)).strip()))
    own.update(dict.fromkeys(arabic_numerals(one) for one in tuple(own)))
    for label in tuple(own):
        own.update(dict.fromkeys(word for word in same_words(label) if len(word) > 1))
    return tuple(own)


@lru_cache(maxsize=4096)
def _patterns(text: str) -> tuple[tuple[str, bool], ...]:
    """Patterns for the words that name a cell with ``text``, and whether they name it wholly."""
    whole = names_of(text)
    parts: dict[str, None] = {}
    for label in whole:
        if _CODE.search(label) or re.match(r"第?[一二三四五六七八九十]", label):
            continue  # 12路 is never meant by what 13路 has too.
        parts.update(dict.fromkeys(_parts(label)))
    found = [(_pattern(word), True) for word in whole if len(word) > 1]
    return (*found, *((_pattern(word), False) for word in parts if word not in whole))


def _parts(label: str) -> Iterator[str]:
    """Shorter names for what has the label: 白沙 for 白沙站, 活动室 for 街道活动室, 茶 for 茶具."""
    pieces = [piece for piece in _JOINED.split(label) if len(piece) > 1]
    if len(pieces) > 1:
        yield from pieces
    tokens = tokenize(label)
    for token in tokens[1:]:
        if token.start > 1:
            yield label[: token.start]
        if len(label) - token.start > 1:
            yield label[token.start :]
    if len(label) > 2 and label[-1] in _CLASS:
        yield label[:-1]
    if len(label) == 2 and label[-1] in _OF_ITS_KIND:
        yield label[0]


def _pattern(word: str) -> str:
    """``word`` as a pattern; 区级 and 区里 are one, and 12 is no part of 112."""
    bare = re.sub(rf"(?<=[{_GOVERNED}])[{_LEVELS}](?=.)", "", word)
    body = "".join(
        re.escape(character) + (f"[{_LEVELS}]?" if character in _GOVERNED and at + 1 < len(bare) else "")
        for at, character in enumerate(bare)
    )
    before = r"(?<![a-z0-9.])" if _CODE.match(bare) else ""
    after = r"(?![a-z0-9.])" if _CODE.match(bare[-1:]) else ""
    return before + body + after
