"""What a paragraph does not say, though it says much like it: another year, place, part or measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from training.news.figures.clauses import rank_field
from training.news.figures.entities import Entity, organisation, other_region
from training.news.figures.lexicon import families
from training.news.figures.periods import Period, other_period, whole_year
from training.news.figures.scene import TARGET, VALUE, Fact, Measure, Scene


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A fact that the paragraph lacks, and in what it differs from one that it has.

    ``needs_place`` and ``needs_time`` say which slots its question must name.
    """

    fact: Fact
    kind: str
    needs_place: bool = False
    needs_time: bool = False


def near_misses(rng: Random, scene: Scene, fact: Fact, around: tuple[Entity, ...]) -> Iterator[NearMiss]:
    """Near misses of a fact on each of its slots, those only that the paragraph neither says nor implies."""
    for miss in _candidates(rng, scene, fact, around):
        if not scene.says(miss.fact) and not implied(scene, miss.fact):
            yield miss


def implied(scene: Scene, fact: Fact) -> bool:
    """Whether what is asked follows from the paragraph by reckoning, though no figure of it states it."""
    said = [mark.fact for mark in scene.marks]
    same = [
        other
        for other in said
        if other.entity == fact.entity and other.family == fact.family and other.measure.kind in ("value", "increment")
    ]
    values = [other for other in same if other.measure == VALUE]
    if fact.measure.kind == "value":
        if any(other.measure.kind == "increment" and other.item == fact.item for other in same):
            return True
        siblings = {other.item for other in values if other.period == fact.period and other.item != fact.item}
        return fact.family.is_exhaustive and len(siblings) >= len(fact.family.items) - 1
    if fact.measure.kind == "share":
        return len({other.item for other in values if other.period == fact.period}) >= 2
    if fact.measure.kind in ("growth", "month-on-month", "multiple", "increment"):
        return len({other.period for other in values if other.item == fact.item}) >= 2
    return False


def _candidates(rng: Random, scene: Scene, fact: Fact, around: tuple[Entity, ...]) -> Iterator[NearMiss]:
    said = [mark.fact for mark in scene.marks]
    if fact.period.key:
        for _ in range(3):
            period = _another_time(rng, said, fact)
            if period != fact.period:
                same_stretch = period.key[-3:] == fact.period.key[-3:]
                yield NearMiss(replace(fact, period=period), "year" if same_stretch else "period", needs_time=True)
    yield NearMiss(replace(fact, entity=_another_entity(rng, said, fact, around)), "place", needs_place=True)
    for item in rng.sample(fact.family.items, 2):
        kind = "total" if item == fact.family.total else ("part" if fact.item == fact.family.total else "sibling")
        yield NearMiss(replace(fact, item=item), kind)
    family = rng.choice(families()[fact.entity.kind])
    if family.is_timeless == fact.family.is_timeless and family.is_stock == fact.family.is_stock:
        yield NearMiss(Fact(fact.entity, family, rng.choice(family.items), fact.period, VALUE), "quantity")
    if not fact.family.is_timeless:
        yield from _other_measures(rng, fact)


def _another_time(rng: Random, said: list[Fact], fact: Fact) -> Period:
    if fact.measure == TARGET:
        return whole_year(int(fact.period.key[:4]) + rng.choice((-3, -2, -1, 1, 2, 5, 7)))
    # A time that the paragraph names for something else makes the reader look at what it names it for.
    elsewhere = [
        other.period
        for other in said
        if other.period.key
        and other.period != fact.period
        and other.family.is_stock == fact.family.is_stock
        and other.measure != TARGET
    ]
    if elsewhere and rng.random() < 0.5:
        return rng.choice(elsewhere)
    written = fact.period.key[:-3] if "Q" not in fact.period.key else fact.period.key.split("Q")[0]
    year = int(written)
    years = [year - 1, year - 1, year + 1, year - 2, year - 3, year - 4, year] if year > 0 else [-1, 0, -2, -3]
    if year > 0 and rng.random() < 0.1:
        years = [year - 10, year - 6, year - 7]
    return other_period(rng, fact.period, years)


def _another_entity(rng: Random, said: list[Fact], fact: Fact, around: tuple[Entity, ...]) -> Entity:
    present = [other.entity for other in said if other.entity != fact.entity]
    if present and rng.random() < 0.5:
        return rng.choice(present)
    if fact.entity.kind == "region":
        near = [entity for entity in around if entity != fact.entity]
        if near and rng.random() < 0.5:
            return rng.choice(near)
        return other_region(rng, fact.entity)
    return organisation(rng, fact.entity.kind)


def _other_measures(rng: Random, fact: Fact) -> Iterator[NearMiss]:
    kind = fact.measure.kind
    year = fact.period.key[:4]
    if kind == "target":
        yield NearMiss(replace(fact, measure=Measure("growth")), "measure")
        return
    if kind != "value":
        yield NearMiss(replace(fact, measure=VALUE), "measure")
    if year.isdigit():
        base = f"{int(year) - rng.randint(2, 9)}年"
        if kind in ("growth", "increment", "month-on-month"):
            yield NearMiss(replace(fact, measure=Measure(kind if kind == "increment" else "growth", base)), "base")
        if not fact.family.is_rate:
            yield NearMiss(
                replace(fact, measure=Measure("multiple", base)), "base" if kind == "multiple" else "measure"
            )
        later = whole_year(int(year) + rng.choice((2, 3, 5, 10)))
        if kind == "value" and int(later.key[:4]) > 2025:
            yield NearMiss(replace(fact, period=later, measure=TARGET), "target", needs_time=True)
    if not fact.measure.base:
        yield NearMiss(replace(fact, measure=Measure("growth")), "measure")
        if not fact.family.is_rate:
            yield NearMiss(replace(fact, measure=Measure("increment")), "measure")
    if fact.period.key[-3:-2] == "M" and not fact.family.is_rate:
        yield NearMiss(replace(fact, measure=Measure("month-on-month")), "measure")
    yield NearMiss(replace(fact, measure=Measure("rank", rank_field(fact.entity))), "measure")
    if fact.item != fact.family.total and fact.family.adds_up:
        whole = fact.family.nouns[0].replace("{x}", fact.family.total)
        yield NearMiss(replace(fact, measure=Measure("share", whole)), "measure")
