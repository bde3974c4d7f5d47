"""A whole without a part that the question leaves out: 8.4万吨 of 茶叶, 其中绿茶7.2万吨, is 1.2万吨 除绿茶以外.

Where it cannot be worked out, neither the part nor the whole stands for it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.figures import Figure
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.operand_fit import says_more
from rag.answer.sums.told_of import as_found, speaks_of, the_one, unit_is_asked
from rag.answer.sums.whole_and_parts import find_wholes, with_before
from rag.answer.times.governing_time import hold_together
from rag.question.excluded import EXCLUDING, Excluded, read_excluded
from rag.question.focus import Focus, find_focus
from rag.question.units import RATE_UNITS

_SHARE = re.compile(r"占|百分之|比例|比重|几成|百分比")
_OTHER_SUM = re.compile(r"比(?![例重])|倍|平均|[人户亩日月年场]均|每|增长|增加|下降|减少|提高|同比|环比|率|排名|第几")
_IN_PART = re.compile(r"等")


def leaves_out(focus: Focus) -> bool:
    """Whether the question leaves a part out of what it asks for."""
    return read_excluded(focus.wording) is not None


def compute_without(focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """The whole less the parts that the question leaves out, or its share; None where the article tells not both."""
    excluded = read_excluded(focus.wording)
    if excluded is None or not excluded.parts or _OTHER_SUM.search(excluded.whole):
        return None
    return the_one(_remainders(focus, excluded, sentences))


def is_left_out(focus: Focus, figure: Figure) -> bool:
    """Whether a figure is of what the question leaves out, or of all, where it asks for the rest."""
    excluded = read_excluded(focus.wording)
    if excluded is None:
        return False
    sentence = figure.sentence
    if any(f"{part}外" in sentence.folded for part in excluded.parts):
        return False  # 围墙以外 and 围墙外 are one place.
    if excluded.word and excluded.word in sentence.folded[: figure.own.end]:
        return False
    if excluded.adds:
        own = figure.own_text + (figure.parent.own_text if figure.parent else "")
        behind = sentence.folded[figure.quantity.end :] + sentence.after
        return "其中" in behind or any(_names(part, own) for part in excluded.parts)
    start = max((q.end for q in sentence.quantities if q.end <= figure.quantity.start), default=0)
    return not EXCLUDING.search(sentence.folded[start : max(figure.own.end, figure.quantity.end)])


def _remainders(focus: Focus, excluded: Excluded, sentences: Sequence[Sentence]) -> Iterator[tuple[float, Finding]]:
    anchor = next((time.period.first for time in focus.times if time.period), None)
    asked = dataclasses.replace(find_focus(excluded.whole, anchor), times=focus.times)
    share = bool(_SHARE.search(excluded.whole))
    for sentence, before in with_before(sentences):
        for told in find_wholes(sentence, before):
            if not share and not unit_is_asked(focus, told.whole.quantity.unit):
                continue
            parts = _parts_left_out(excluded, told.parts)
            score = speaks_of(asked, told.whole) if asked.terms and parts else 0.0
            if not score or any(says_more(focus, figure) for figure in (told.whole, *parts)):
                continue
            if all(hold_together(told.whole, part) for part in parts):
                finding = _less(told.whole, parts, share=share)
                if finding is not None:
                    yield score, finding


def _parts_left_out(excluded: Excluded, told: Sequence[Figure]) -> list[Figure]:
    """The figures of all parts that are left out, each named by one; none where one of them is not told."""
    chosen: list[Figure] = []
    for part in excluded.parts:
        fitting = [figure for figure in told if part in figure.own_text]
        fitting = fitting or [figure for figure in told if _names(part, figure.own_text)]
        if len(fitting) != 1 or fitting[0] in chosen or _IN_PART.search(fitting[0].own_text):
            return []
        chosen.append(fitting[0])
    return chosen


def _names(part: str, text: str) -> bool:
    terms = [term for term in find_focus(part).terms if not term.is_measure]
    return all(found(term, text) == 1.0 for term in terms) if terms else part in text


def _less(whole: Figure, parts: Sequence[Figure], *, share: bool) -> Finding | None:
    quantities = [whole.quantity, *(part.quantity for part in parts)]
    value = whole.quantity.value - sum((part.quantity.value for part in parts), Decimal(0))
    if value <= 0 or whole.quantity.unit in RATE_UNITS:
        return None
    operands = [Operand(quantity, rising=not position) for position, quantity in enumerate(quantities)]
    formula = " − ".join(quantity.text for quantity in quantities)
    figures = [as_found(figure) for figure in (whole, *parts)]
    if not share:
        return calculate(value, whole.quantity.unit, formula, operands, figures)
    percent = value / whole.quantity.value * Decimal(100)
    return calculate(percent, "%", f"({formula}) ÷ {whole.quantity.text}", operands, figures)
