"""A paragraph in the making: its text, and what each of its figures says of whom, when and in which respect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from training.news.figures.amounts import amount, draw
from training.news.figures.entities import Entity
from training.news.figures.lexicon import Family
from training.news.figures.periods import Period


@dataclass(frozen=True, slots=True)
class Measure:
    """In which respect a figure measures: its value, growth, share, rank and so on.

    ``base`` is what it is measured against: a year for growth and multiples, the whole for a share, the field for a
    rank. ``down`` says that a change is a fall; it takes no part in comparing.
    """

    kind: str
    base: str = ""
    down: bool = field(compare=False, default=False)


VALUE = Measure("value")
TARGET = Measure("target")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a figure is of."""

    entity: Entity
    family: Family
    item: str
    period: Period
    measure: Measure = VALUE


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in the text and what it is of; ``verb`` is where the word 增长 or 下降 before it starts."""

    fact: Fact
    start: int
    end: int
    verb: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question that was worded with the text, its kind, and where its answer stands (end 0: nowhere)."""

    question: str
    kind: str
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Scene:
    """A paragraph in the making."""

    rng: Random
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    prepared: list[Prepared] = field(default_factory=list)
    figures: set[str] = field(default_factory=set)
    numbers: dict[Fact, float] = field(default_factory=dict)
    named: Entity | None = None
    timed: Period | None = None

    def add(self, text: str) -> None:
        """Go on with words that hold no figure."""
        self.text += text

    def mark(self, fact: Fact, figure: str, verb: str = "") -> None:
        """Go on with a word such as 增长 and a figure."""
        verb_at = len(self.text)
        start = verb_at + len(verb)
        self.text += verb + figure
        self.marks.append(Mark(fact, start, len(self.text), verb_at))

    def around(self, text: str, fact: Fact, figure: str) -> None:
        """Go on with a clause that has its figure at "{v}"."""
        before, _, after = text.partition("{v}")
        self.add(before)
        self.mark(fact, figure)
        self.add(after)

    def prepare(self, question: str, kind: str, start: int = 0, end: int = 0) -> None:
        """Keep a question for the text so far; without an end it has no answer."""
        self.prepared.append(Prepared(question, kind, start, end))

    def end_sentence(self) -> None:
        """Close a sentence, whatever stood last."""
        self.text = self.text.rstrip(",;、") + "。"

    def number(self, fact: Fact) -> float:
        """The number of a fact, drawn once; larger for a province than for a county."""
        if fact not in self.numbers:
            family = fact.family
            scale = fact.entity.scale if family.grows_with_size else 1.0
            self.numbers[fact] = draw(self.rng, family.low * scale, family.high * scale)
        return self.numbers[fact]

    def set_number(self, fact: Fact, number: float) -> None:
        """Say what the number of a fact is, unless it has one."""
        self.numbers.setdefault(fact, number)

    def figure(self, fact: Fact) -> str:
        """The figure of a fact with its unit, unlike all others in the paragraph."""
        number, family = self.number(fact), fact.family
        for _ in range(8):
            text = amount(self.rng, min(number, 99.9) if family.is_rate else number, family.decimals, family.unit)
            if text not in self.figures:
                break
            number *= self.rng.uniform(0.9, 1.1)
        self.figures.add(text)
        return text

    def fresh(self, draw_figure: Callable[[], str]) -> str:
        """A figure unlike all others in the paragraph."""
        for _ in range(20):
            text = draw_figure()
            if text not in self.figures:
                break
        self.figures.add(text)
        return text

    def says(self, fact: Fact) -> bool:
        """Whether a figure of the paragraph is this fact's."""
        return any(mark.fact == fact for mark in self.marks)

    def head(self, entity: Entity, period: Period, *, full: bool = False) -> str:
        """The time and place that a clause starts with; both are left out or shortened where just named."""
        rng = self.rng
        same_entity = self.named == entity and not full
        same_period = self.timed == period and not full
        same_year = self.timed is not None and self.timed.year == period.year and self.timed.stretch[:1] != "P"
        place = (
            (rng.choice((*entity.again, "")) if rng.random() < 0.75 else entity.name) if same_entity else entity.name
        )
        if entity.kind == "survey" and not same_entity:
            place = entity.name + rng.choice(("显示,", "结果显示,", "发现,"))
        if not period.stretch or (same_period and rng.random() < 0.8):
            time = ""
        elif same_year and period.shorts and rng.random() < 0.6:
            time = rng.choice(period.shorts)
        else:
            time = rng.choice(period.texts)
        self.named, self.timed = entity, period
        if entity.kind == "survey":
            if same_entity:
                place = rng.choice(("调查显示,", "同时,", "此外,", ""))
            return place
        if time and place:
            return rng.choice((f"{time},{place}", f"{place}{time}", f"{time}{place}", f"{time},{place}"))
        return f"{time}," if time and rng.random() < 0.6 else time + place
