"""A whole with its parts as the article tells them (总投资5亿元,其中省级资金3亿元,其余…), and what is left of it.

What is left is told without a figure (其余由企业自筹), asked by its opposite (不是党员的社员), or by the other sex.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.figures import Figure
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.told_of import amounts, as_found, same_unit, speaks_of, the_one, unit_is_asked
from rag.question.focus import Focus, find_focus
from rag.question.terms import Term
from rag.text.tokens import tokenize
from rag.types import Span

_MARK = re.compile(r"其中|包括|包含")
_REST = re.compile(r"(?:其余|剩余|剩下)(?:的|部分|资金|者)?")
_NOT_ALL = re.compile(r"等")
_ENDS_LIST = re.compile(r"[;；。!?！？]")
_NEGATED = (
    re.compile(
        r"(?:不是|不属于|并非|非)(?P<part>[^的多少几有]{2,10})的(?P<whole>[^的,，]{1,10})(?:一共|总共|共)?(?:有|是)?(?:多少|几)"
    ),
    re.compile(
        r"(?:多少|几)(?:[个名位人家座台辆条件项]|)(?P<whole>[^不没的]{2,8})(?:是)?(?:不|没有|没)(?P<part>[^的]{2,6})$"
    ),
    re.compile(
        r"(?P<whole>[^不没的]{2,10})(?:中|里)(?:有)?(?:多少|几)[个名位人家座台辆条件项]?(?:是)?(?:不是|不|没有|没)(?P<part>[^的]{2,6})的?$"
    ),
)
_ONE_SEX = re.compile(r"(?P<sex>[男女])(?P<whole>[\u4e00-\u9fff]{1,6}?)(?:一共|总共|共)?(?:有|是)?(?:多少|几)")
_ONE_SEX_BEHIND = re.compile(r"(?:多少|几)[个名位人]?(?:是)?(?P<sex>[男女])(?P<whole>[\u4e00-\u9fff]{1,6})$")
_OPPOSITES = {"男": "女", "女": "男"}
_ASKS_HOW_MANY = re.compile(r"多少|几")
_ASKS_OTHERWISE = re.compile(r"占|比例|比重|百分|几成|比(?!赛)|倍|平均|每|增长|增加|年龄")


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure of a whole, the parts of it that are told, and the words for the rest, if a rest is spoken of."""

    whole: Figure
    parts: tuple[Figure, ...]
    rest: Span | None


def find_wholes(sentence: Sentence, before: Sentence | None = None) -> list[Whole]:
    """The wholes told in ``sentence``; one that begins with 其中 has its whole in the sentence ``before``.

    A figure that may not be the whole is left out: one of two amounts before 其中, or one that a part exceeds.
    """
    figures = amounts(sentence)
    wholes = []
    for mark in _MARK.finditer(sentence.folded):
        end = _ENDS_LIST.search(sentence.folded, mark.end())
        last = end.start() if end else len(sentence.folded)
        behind = [f for f in figures if mark.end() <= f.quantity.start < last]
        opens = not sentence.folded[: mark.start()].strip('“" ')
        ahead = amounts(before) if opens and before else [f for f in figures if f.quantity.end <= mark.start()]
        alike = [f for f in ahead if behind and same_unit(f.quantity.unit, behind[0].quantity.unit)]
        if len(alike) != 1:
            continue
        parts = tuple(f for f in behind if same_unit(f.quantity.unit, alike[0].quantity.unit))
        if sum((f.quantity.value for f in parts), Decimal(0)) > alike[0].quantity.value:
            # Parts that overlap are no parts of one division; each of them is still less than the whole.
            parts = parts[:1] if parts[0].quantity.value <= alike[0].quantity.value else ()
            last = mark.end()
        if parts:
            wholes.append(Whole(alike[0], parts, _rest(sentence, parts[-1].quantity.end, last)))
    return wholes


def _rest(sentence: Sentence, start: int, end: int) -> Span | None:
    """The clause that tells what the rest is, without a figure of its own."""
    match = _REST.search(sentence.folded, start, end)
    if match is None or any(match.start() <= q.start < end for q in sentence.quantities):
        return None
    return Span(match.end(), end)


def compute_rest(question: str, focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """What is left of a whole for the thing that is asked; None where the article tells of no such rest."""
    if not _ASKS_HOW_MANY.search(focus.wording) or focus.asks_change or focus.asks_change_amount or focus.asks_order:
        return None
    negated = _negated(question)
    if negated is not None:
        part, whole = (_focus_of(text, focus) for text in negated)
        return the_one(_without_part(focus, part, whole, sentences))
    if _ASKS_OTHERWISE.search(focus.wording):
        return None
    return the_one(_left_over(focus, sentences))


def is_no_rest(question: str, focus: Focus, figure: Figure) -> bool:
    """Whether a figure is of a whole or of another part where what is left is asked."""
    negated = _negated(question)
    if negated is not None and not _ASKS_OTHERWISE.search(focus.wording):
        part = _focus_of(negated[0], focus)
        own = figure.own_text
        says_not = re.search(r"不|非|没|未|其余|其他", own)
        is_the_part = not says_not and all(found(term, own) for term in part.terms)
        return is_the_part or _is_whole_only(figure, part)
    sentence = figure.sentence
    rest = _REST.search(sentence.folded, figure.quantity.end)
    if rest is None or any(q.start >= rest.end() for q in sentence.quantities):
        return False
    told = sentence.folded[rest.end() :]
    return any(
        found(term, told) and not found(term, sentence.folded[: rest.start()])
        for term in focus.terms
        if term.is_noun and not term.is_measure
    )


def _is_whole_only(figure: Figure, part: Focus) -> bool:
    sentence = figure.sentence
    return any(found(term, sentence.folded[figure.quantity.end :]) for term in part.terms if term.is_noun)


def _left_over(focus: Focus, sentences: Sequence[Sentence]) -> Iterator[tuple[float, Finding]]:
    for sentence, before in with_before(sentences):
        for whole in find_wholes(sentence, before):
            if whole.rest is None or not unit_is_asked(focus, whole.whole.quantity.unit):
                continue
            told = sentence.folded[whole.rest.start : whole.rest.end]
            if _NOT_ALL.search(told) or not _names_all(focus, told) or _names_a_part(focus, told, whole.parts):
                continue
            score = speaks_of(focus, whole.parts[0])
            finding = _less_parts(whole, whole.parts)
            if finding is not None and score:
                yield score, finding


def _names_all(focus: Focus, told: str) -> bool:
    """Whether the question names all things that the rest is: 医技和行政人员 is more than 行政人员."""
    nouns = [
        token.text
        for token in tokenize(told)
        if token.tag.startswith(("n", "vn", "j", "l", "s"))
        and not Term((token.text,), token.tag, 0, is_name=False).is_measure
    ]
    asked = [noun for noun in nouns if any(found(term, noun) or noun in term.text for term in focus.terms)]
    joined = re.search(r"[、和与及]", told) is not None
    return bool(asked) and (len(asked) == len(nouns) if joined else True)


def _names_a_part(focus: Focus, told: str, parts: Sequence[Figure]) -> bool:
    """Whether the question has a word that only a part has: 康复病床, where the rest are 普通病床."""
    lacking = [term for term in focus.terms if len(term.text) > 1 and not found(term, told)]
    return any(found(term, part.own_text[part.own_text.find("其中") + 1 :]) for term in lacking for part in parts)


def _without_part(
    focus: Focus, part: Focus, of: Focus, sentences: Sequence[Sentence]
) -> Iterator[tuple[float, Finding]]:
    for sentence, before in with_before(sentences):
        for whole in find_wholes(sentence, before):
            if not unit_is_asked(focus, whole.whole.quantity.unit):
                continue
            fitting = [f for f in whole.parts if part.terms and all(found(term, f.own_text) for term in part.terms)]
            score = speaks_of(of, whole.whole) if of.terms else 0.0
            if len(fitting) == 1 and score and not _NOT_ALL.search(_clause(fitting[0])):
                finding = _less_parts(whole, fitting)
                if finding is not None:
                    yield score, finding


def _less_parts(whole: Whole, parts: Sequence[Figure]) -> Finding | None:
    value = whole.whole.quantity.value - sum((f.quantity.value for f in parts), Decimal(0))
    if value <= 0:
        return None
    quantities = [whole.whole.quantity, *(f.quantity for f in parts)]
    operands = [Operand(q, rising=not position) for position, q in enumerate(quantities)]
    formula = " − ".join(q.text for q in quantities)
    figures = [as_found(whole.whole), *(as_found(f) for f in parts)]
    return calculate(value, quantities[0].unit, formula, operands, figures)


def _negated(question: str) -> tuple[str, str] | None:
    """The part that is not meant and the whole, where what is asked is a whole without a part."""
    text = re.sub(r"[?？。 呢吗啊]+$", "", question)
    for pattern in _NEGATED:
        match = pattern.search(text)
        if match:
            return match["part"], match["whole"]
    match = _ONE_SEX.search(text) or _ONE_SEX_BEHIND.search(text)
    if match and text.count("男") + text.count("女") == 1:
        return _OPPOSITES[match["sex"]], match["whole"]
    return None


def _focus_of(words: str, focus: Focus) -> Focus:
    other = find_focus(words)
    if words in _OPPOSITES.values():
        # One character alone: the tagger does not take it for a word to look for.
        other = dataclasses.replace(other, terms=(Term((words,), "b", 0, is_name=False),))
    return dataclasses.replace(other, times=focus.times)


def _clause(figure: Figure) -> str:
    return figure.sentence.folded[figure.own.start : figure.own.end]


def with_before(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence | None]]:
    """Each sentence with the one right before it in its paragraph, if that was read too."""
    by_end = {(sentence.article_id, sentence.span.end): sentence for sentence in sentences}
    for sentence in sentences:
        if not sentence.before.strip():
            yield sentence, None
            continue
        blank = len(sentence.before) - len(sentence.before.rstrip())
        yield sentence, by_end.get((sentence.article_id, sentence.start - blank))
