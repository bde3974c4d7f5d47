"""So much for each: 平均每户种多少亩, worked out of 168户 and 1260亩 that the article tells together."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answer.evidence import Sentence
from rag.answer.figures import Figure, find_figures
from rag.answer.guards.averages import average_agrees
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.told_of import amounts, as_found, same_unit, speaks_of, the_one
from rag.answer.times.governing_time import period_of
from rag.question.focus import Focus, find_focus
from rag.text.measure_words import COUNTERS, PERSONS, UNIT_PATTERN, canonical_unit, reported_unit
from rag.text.tokens import tokenize

_ASKING = r"(?P<asking>(?:多少|几|多长时间|多久).*)$"
_OF_TRIPS = r"(?:个(?=[\u4e00-\u9fff]次))?"
_ASKS = re.compile(
    rf"^(?P<lead>.*?)平均(?:下来|算下来)?(?:(?P<crop>亩产)|[每一]{{1,2}}{_OF_TRIPS}(?P<measure>{UNIT_PATTERN}))"
    rf"(?P<rest>.*?){_ASKING}"
)
_ASKS_BEHIND = re.compile(
    rf"^(?P<lead>.*?)每{_OF_TRIPS}(?P<measure>{UNIT_PATTERN})(?P<rest>.*?)平均(?P<rest2>.*?){_ASKING}"
)
_AVERAGE_OF_ONE = re.compile(r"[每均]|平均|单价|人均")
_PART = re.compile(r"其中|包括|包含")
_ASKED_UNIT = re.compile(rf"(?:多少|几)(?P<unit>{UNIT_PATTERN})")
_MASSES = {"吨": Decimal(1000), "公斤": Decimal(1), "千克": Decimal(1), "斤": Decimal("0.5"), "克": Decimal("0.001")}
_DURATIONS = {"小时": Decimal(3600), "分钟": Decimal(60), "秒": Decimal(1)}
_COUNTED_BEFORE = r"(?:总?数|量)?(?:已|共|约|近|超|达到?|为|是|有|突破|超过)*$"


@dataclass(frozen=True, slots=True)
class _Asked:
    """``total`` is what is shared out, ``measure`` and ``counted`` what it is shared among (户 and 社员)."""

    total: Focus
    measure: str
    counted: tuple[str, ...]
    unit: str


def compute_per_unit(question: str, focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """A total by a count that stands with it; None where no average is asked or the two do not belong together."""
    asked = _read(question, focus)
    return None if asked is None else the_one(_averages(focus, asked, sentences))


def is_no_average(question: str, focus: Focus, figure: Figure) -> bool:
    """Whether a figure is a total where the average of each is asked."""
    if _match(question) is None:
        return False
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    return not average_agrees(focus.wording, figure.own_text, own + figure.sentence.folded[: figure.own.end])


def _match(question: str) -> re.Match[str] | None:
    text = re.sub(r"[?？。 呢吗啊]+$", "", question)
    return None if re.search(r"比(?!赛)|占", text) else _ASKS.match(text) or _ASKS_BEHIND.match(text)


def _read(question: str, focus: Focus) -> _Asked | None:
    match = _match(question)
    if match is None:
        return None
    groups = match.groupdict()
    measure = reported_unit(groups["measure"] or "亩")
    rest = groups["rest"] or ""
    counted: list[str] = []
    if measure in COUNTERS | PERSONS:
        for token in tokenize(rest):
            if not token.tag.startswith(("n", "vn", "j", "l")):
                break
            counted.append(token.text)
    behind = rest[len("".join(counted)) :] + (groups.get("rest2") or "")
    anchor = next((time.period.first for time in focus.times if time.period), None)
    total = find_focus(groups["lead"] + "产量" * bool(groups.get("crop")) + behind + groups["asking"], anchor)
    unit = _ASKED_UNIT.search(groups["asking"])
    if not total.terms and not counted:
        return None
    if not total.terms:
        total = dataclasses.replace(total, terms=find_focus("".join(counted)).terms)
    return _Asked(total, measure, tuple(counted), reported_unit(unit["unit"]) if unit else "")


def _averages(focus: Focus, asked: _Asked, sentences: Sequence[Sentence]) -> Iterator[tuple[float, Finding]]:
    for sentence in sentences:
        for total in _totals(focus, asked, sentence):
            count = _count_for(asked, total, sentences)
            score = speaks_of(asked.total, total) if count else 0.0
            if count is None or not score or count.quantity.value <= 0:
                continue
            a, b = total.quantity, count.quantity
            value, unit = _in_unit(a.value / b.value, a.unit, asked.unit)
            operands = (Operand(a), Operand(b, rising=False))
            figures = [as_found(total), as_found(count)]
            divisor = b.text if b.unit else b.text + asked.measure
            yield score, calculate(value, unit, f"{a.text} ÷ {divisor}", operands, figures)


def _in_unit(value: Decimal, unit: str, asked: str) -> tuple[Decimal, str]:
    """``value`` in the unit that is asked; less than an hour in minutes, where none is."""
    if not asked and unit == "小时" and value < 1:
        asked = "分钟"
    for sizes in (_MASSES, _DURATIONS):
        if unit in sizes and asked in sizes:
            return value * sizes[unit] / sizes[asked], asked
    return value, unit


def _totals(focus: Focus, asked: _Asked, sentence: Sentence) -> list[Figure]:
    """The amounts of ``sentence`` that may be shared out: of the asked unit, no averages, no parts."""
    return [
        figure
        for figure in amounts(sentence)
        if _unit_may_be(asked, focus, figure.quantity.unit)
        and not _AVERAGE_OF_ONE.search(figure.own_text)
        and not _PART.search(sentence.folded[: figure.quantity.start])
        and not same_unit(figure.quantity.unit, asked.measure)
    ]


def _unit_may_be(asked: _Asked, focus: Focus, unit: str) -> bool:
    for sizes in (_MASSES, _DURATIONS):
        if asked.unit in sizes:
            return unit in sizes
    if asked.unit:
        return same_unit(unit, asked.unit) or unit in focus.units
    return unit in (asked.total.units or focus.units)


def _count_for(asked: _Asked, total: Figure, sentences: Sequence[Sentence]) -> Figure | None:
    """The count nearest before ``total``, in its sentence or else in the one before, that holds for the same time."""
    sentence = total.sentence
    inside = [f for f in _countable(sentence) if _counts(asked, f, total)]
    ahead = [f for f in inside if f.quantity.start < total.quantity.start] or inside
    if not ahead:
        around = [
            f
            for other in sentences
            if other.article_id == sentence.article_id and sentence.before_start <= other.start < sentence.start
            for f in _countable(other)
            if _counts(asked, f, total)
        ]
        ahead = around if len(around) == 1 else []
    if not ahead:
        return None
    period = period_of(ahead[-1])
    undated_beside_it = period is None and bool(inside)
    return ahead[-1] if undated_beside_it or period == period_of(total) else None


def _countable(sentence: Sentence) -> list[Figure]:
    """The amounts of ``sentence``, and the plain numbers, whose unit may stand before them (发送人次达80万)."""
    return [
        figure
        for figure in find_figures(sentence)
        if figure in amounts(sentence) or (not figure.quantity.unit and figure.is_strong and not figure.is_change)
    ]


def _counts(asked: _Asked, figure: Figure, total: Figure) -> bool:
    if not figure.quantity.unit:
        before = figure.sentence.folded[figure.own.start : figure.quantity.start]
        match = re.search(rf"([\u4e00-\u9fff]{{2}}){asked.measure}{_COUNTED_BEFORE}", before)
        # 渡运时长 and 渡运班次 are of one thing; the trips of another say nothing of how long it took.
        return asked.measure.endswith("次") and match is not None and match[1] in total.own_text
    if canonical_unit(figure.quantity.unit) != canonical_unit(asked.measure) and not (
        asked.measure in PERSONS and figure.quantity.unit in PERSONS
    ):
        return False
    is_part = _PART.search(figure.sentence.folded[: figure.quantity.start])
    return not is_part and all(word in figure.sentence.folded for word in asked.counted)
