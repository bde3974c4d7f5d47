"""The value of a thing that another is compared with: 6200元,比传统手术节省2800元 makes the other 9000元."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.figures import Figure, find_figures
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.told_of import as_found, same_unit, speaks_of, the_one, unit_is_asked
from rag.question.focus import Focus
from rag.text.dates import find_times
from rag.text.tokens import tokenize

_BASE = re.compile(
    r"(?:^|[,，、;；])(?P<lead>[^,，;；比较]{0,6}?)(?:比|较)(?P<base>[^,，;；。]{2,20}?)"
    r"(?P<verb>多出|高出|多|高|少|低|节省|节约|省下|大|小|长|短|快|慢|贵|便宜|重|轻|深|增加|减少|缩短|提高|降低)"
    r"[了出下]?(?:[\u4e00-\u9fff]{0,2}?)[约近超达]*$"
)
_LESS = re.compile(r"少|低|省|节约|小|短|慢|便宜|轻|降低|减少|缩短")
_LEVEL = re.compile(r"(?:的?(?:平均)?水平|平均|的)$")
_LONGEST_GAP = 24
_POINTS = ("个百分点", "百分点")


@dataclass(frozen=True, slots=True)
class _Comparison:
    """``value`` exceeds ``base`` by ``by``, or falls short of it."""

    value: Figure
    by: Figure
    base: str
    is_less: bool


def compute_compared(focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """The value of what the article compares another value with, where the question asks for it."""
    if (focus.asks_change_amount and not focus.asks_change) or focus.asks_order:
        return None
    return the_one(_values(focus, sentences))


def is_beside_the_asked(focus: Focus, figure: Figure) -> bool:
    """Whether a figure is the value that is compared with the asked one, not the asked one itself."""
    return any(
        figure.span in (told.value.span, told.by.span) and _asks_for_base(focus, told)
        for told in _comparisons(figure.sentence)
    )


def _values(focus: Focus, sentences: Sequence[Sentence]) -> Iterator[tuple[float, Finding]]:
    for sentence in sentences:
        for told in _comparisons(sentence):
            value, by = told.value.quantity, told.by.quantity
            if not unit_is_asked(focus, value.unit) or focus.asks_change != told.value.is_change:
                continue
            score = speaks_of(focus, told.value)
            result = value.value + by.value if told.is_less else value.value - by.value
            if not score or result < 0 or not _asks_for_base(focus, told):
                continue
            operands = (Operand(value), Operand(by, rising=told.is_less))
            formula = f"{value.text} {'+' if told.is_less else '−'} {by.text}"
            figures = [as_found(told.value), as_found(told.by)]
            yield score, calculate(result, value.unit, formula, operands, figures)


def _comparisons(sentence: Sentence) -> list[_Comparison]:
    """The values of ``sentence`` that are told with what they exceed, and by how much."""
    figures = [f for f in find_figures(sentence) if f.quantity.upper is None and not f.quantity.ordinal]
    told = []
    for value, by in pairwise(figures):
        between = sentence.folded[value.quantity.end : by.quantity.start]
        match = _BASE.search(between) if len(between) <= _LONGEST_GAP else None
        unit, other = value.quantity.unit, by.quantity.unit
        fits = other in _POINTS if unit == "%" else bool(unit) and same_unit(unit, other)
        if match is None or not fits or find_times(match["base"], None):
            continue
        told.append(_Comparison(value, by, match["base"], bool(_LESS.search(match["verb"]))))
    return told


def _asks_for_base(focus: Focus, told: _Comparison) -> bool:
    """Whether the question asks of the base, not of what is compared with it: it has the words of the base."""
    base = _LEVEL.sub("", _LEVEL.sub("", told.base))
    words = [token.text for token in tokenize(base) if token.tag[:1] not in "uxpcdm" and len(token.text) > 1]
    if not words or "比" in focus.wording or "较" in focus.wording:
        return False
    return all(word in focus.wording for word in words) and not _names_the_other(focus, told)


def _names_the_other(focus: Focus, told: _Comparison) -> bool:
    """Whether the question names the thing that has the value, which the base is not (全市 beside 全县)."""
    inside = dataclasses.replace(focus, terms=tuple(t for t in focus.terms if t.is_name and t.text not in told.base))
    before = told.value.sentence.folded[: told.value.quantity.start]
    heading = told.value.sentence.heading
    return any(found(term, before) and not found(term, heading) for term in inside.terms)
