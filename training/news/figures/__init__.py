"""Paragraphs full of figures that look alike, with questions for each, answerable and not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from training.examples import Answer, Example
from training.news.figures.entities import Entity
from training.news.figures.near_misses import near_misses
from training.news.figures.paragraphs import paragraph
from training.news.figures.questions import Asker
from training.news.figures.scene import TARGET, Fact, Mark, Scene

_PER_PARAGRAPH = 4
_SENTENCE = re.compile(r"[^。]*。[”]?")


def generate(count: int, seed: int) -> Iterator[Example]:
    """So many examples, about half of them unanswerable; the same for the same seed."""
    rng = Random(seed)  # noqa: S311
    made = number = 0
    while made < count:
        scene, setting = paragraph(rng)
        asker = Asker(rng)
        group = f"news/figures/{seed}/{number}"
        number += 1
        answerable = list(_answerable(rng, scene, asker, group))
        unanswerable = list(_unanswerable(rng, scene, asker, group, setting.within))
        rng.shuffle(answerable)
        rng.shuffle(unanswerable)
        half = min(len(answerable), len(unanswerable), _PER_PARAGRAPH)
        for example in (*answerable[:half], *unanswerable[:half]):
            if made == count:
                return
            made += 1
            yield example


def _answerable(rng: Random, scene: Scene, asker: Asker, group: str) -> Iterator[Example]:
    context = scene.text
    for mark in scene.marks:
        fact = mark.fact
        slots = _enough(rng, scene, fact)
        if slots is None:
            continue
        place, time, brief = slots
        again = _again(rng, scene, fact)
        changes = _changes(scene, fact)
        question = asker.ask(
            fact,
            place=place,
            time=time,
            brief=brief,
            vague=changes == 1,
            based=changes > 1,
            loose=rng.random() < 0.3 and _only_in_year(scene, fact),
            again=again,
        )
        yield _example(question, context, mark.start, mark.end, _slot(scene, fact), group)
        if fact.measure.kind == "growth" and not fact.measure.base and mark.verb < mark.start and rng.random() < 0.15:
            question = asker.direction(fact, place=place, time=time and not brief)
            if not brief:
                yield _example(question, context, mark.verb, mark.end, "direction", group)
    for prepared in scene.prepared:
        if prepared.end:
            yield _example(asker.close(prepared.question), context, prepared.start, prepared.end, prepared.kind, group)


def _unanswerable(rng: Random, scene: Scene, asker: Asker, group: str, around: tuple[Entity, ...]) -> Iterator[Example]:
    for prepared in scene.prepared:
        if not prepared.end:
            yield Example(asker.close(prepared.question), scene.text, (), f"news/{prepared.kind}", group)
    facts = [mark.fact for mark in scene.marks]
    for fact in rng.sample(facts, min(3, len(facts))):
        for miss in near_misses(rng, scene, fact, around):
            ways = [
                (place, time)
                for place in (True, False)
                for time in (True, False)
                if (place or not miss.needs_place)
                and (time or not miss.needs_time)
                and not _matching(scene, miss.fact, place, time)
            ]
            if ways:
                place, time = rng.choice(ways)
                again = _again(rng, scene, miss.fact) if not miss.needs_place else ""
                based = miss.based or _changes(scene, miss.fact) > 0
                question = asker.ask(miss.fact, place=place, time=time, based=based, again=again)
                yield Example(question, scene.text, (), f"news/near-miss/{miss.kind}", group)
    if rng.random() < 0.35:
        yield from _removed(rng, scene, asker, group)


def _removed(rng: Random, scene: Scene, asker: Asker, group: str) -> Iterator[Example]:
    mark = rng.choice(scene.marks)
    if len(_matching(scene, mark.fact, True, True)) != 1:
        return
    sentences = [(found.start(), found.end()) for found in _SENTENCE.finditer(scene.text)]
    for start, end in sentences:
        if start <= mark.start < end:
            context = scene.text[:start] + scene.text[end:]
            others = [other for other in scene.marks if not start <= other.start < end]
            if len(context) >= 40 and others:
                question = asker.ask(mark.fact, place=True, time=True)
                yield Example(question, context, (), "news/near-miss/removed", group)


def _enough(rng: Random, scene: Scene, fact: Fact) -> tuple[bool, bool, bool] | None:
    """Whether to name the place and the time, and the time without its year, so that one figure only fits."""
    ways = [
        (place, time, False)
        for place in (True, False)
        for time in (True, False)
        if len(_matching(scene, fact, place, time)) == 1
    ]
    if fact.period.briefs and fact.measure != TARGET:
        brief = [
            mark for mark in _matching(scene, fact, True, False) if mark.fact.period.stretch == fact.period.stretch
        ]
        if len(brief) == 1:
            ways.append((True, True, True))
    return rng.choice(ways) if ways else None


def _matching(scene: Scene, fact: Fact, place: bool, time: bool) -> list[Mark]:
    return [
        mark
        for mark in scene.marks
        if mark.fact.family == fact.family
        and mark.fact.item == fact.item
        and _same_measure(mark.fact, fact)
        and (not place or mark.fact.entity == fact.entity)
        and (not time or mark.fact.period == fact.period)
    ]


def _same_measure(said: Fact, asked: Fact) -> bool:
    # A share is asked without its whole as often as with it.
    if said.measure.kind == asked.measure.kind == "share":
        return True
    return said.measure == asked.measure


def _again(rng: Random, scene: Scene, fact: Fact) -> str:
    """The word 全省 or 全市 for the place, where no other place of the paragraph could be meant."""
    again = fact.entity.again[0]
    others = {mark.fact.entity for mark in scene.marks} - {fact.entity}
    if fact.entity.kind != "region" or rng.random() < 0.8 or any(other.again[0] == again for other in others):
        return ""
    return again if again != "当地" else ""


def _changes(scene: Scene, fact: Fact) -> int:
    """How many figures tell how the quantity changed, in percent or otherwise."""
    return sum(
        mark.fact.item == fact.item
        and mark.fact.family == fact.family
        and mark.fact.measure.kind in ("growth", "increment", "month-on-month", "multiple")
        for mark in scene.marks
    )


def _only_in_year(scene: Scene, fact: Fact) -> bool:
    return sum(mark.fact.period.year == fact.period.year for mark in _matching(scene, fact, False, False)) == 1


def _slot(scene: Scene, fact: Fact) -> str:
    if fact.measure.kind != "value":
        return fact.measure.kind
    return "total" if fact.item == fact.family.total else "part"


def _example(question: str, context: str, start: int, end: int, slot: str, group: str) -> Example:
    return Example(question, context, (Answer(context[start:end], start),), f"news/{slot}", group)
