"""What a paragraph does not say, though it says much like it: another year, place, part or measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from training.news.figures.clauses import of, rank_field
from training.news.figures.entities import Entity, organisation, other_region
from training.news.figures.lexicon import families
from training.news.figures.periods import Period, other_period, whole_year
from training.news.figures.scene import TARGET, VALUE, Fact, Scene


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A fact that the paragraph lacks, and in what it differs from one that it has.

    ``needs_place``, ``needs_time`` and ``based`` say what its question must name, being what differs.
    """

    fact: Fact
    kind: str
    needs_place: bool = False
    needs_time: bool = False
    based: bool = False


def near_misses(rng: Random, scene: Scene, fact: Fact, around: tuple[Entity, ...]) -> Iterator[NearMiss]:
    """Near misses of a fact on each of its slots, those only that the paragraph neither says nor implies."""
    for miss in _candidates(rng, scene, fact, around):
        if not scene.says(miss.fact) and not implied(scene, miss.fact):
            yield miss


def implied(scene: Scene, fact: Fact) -> bool:
    """Whether what is asked follows from the paragraph by reckoning, or could be read as what it states."""
    same = [mark.fact for mark in scene.marks if mark.fact.entity == fact.entity and mark.fact.family == fact.family]
    of_item = [other for other in same if other.item == fact.item]
    # 今年 asked where a part of this year is told may mean just that part.
    if fact.period == whole_year(0) and any(other.period.year == 0 for other in of_item):
        return True
    values = [other for other in same if other.measure == VALUE]
    if fact.measure.kind == "value":
        if any(other.measure.kind == "increment" for other in of_item):
            return True
        if any(other.measure.kind == "share" for other in of_item) and fact.item != fact.family.total:
            return True
        siblings = {other.item for other in values if other.period == fact.period and other.item != fact.item}
        return fact.family.is_exhaustive and len(siblings) >= len(fact.family.items) - 1
    if fact.measure.kind == "share":
        at_once = {other.item for other in values if other.period == fact.period}
        return len(at_once) >= 2 or any(other.measure.kind == "share" for other in of_item)
    if fact.measure.kind in ("growth", "month-on-month", "multiple", "increment"):
        if len({other.period for other in of_item if other.measure == VALUE}) >= 2:
            return True
        # From the growth on last year and last year's figure one could reckon; a second base is another matter.
        return fact.measure.kind == "multiple" and any(other.measure.base == fact.measure.base for other in of_item)
    return False


def _candidates(rng: Random, scene: Scene, fact: Fact, around: tuple[Entity, ...]) -> Iterator[NearMiss]:
    said = [mark.fact for mark in scene.marks]
    if fact.period.stretch:
        for _ in range(3):
            period = _another_time(rng, said, fact)
            if period != fact.period:
                kind = "year" if period.stretch == fact.period.stretch else "period"
                yield NearMiss(replace(fact, period=period), kind, needs_time=True, based=True)
    entity = _another_entity(rng, said, fact, around)
    yield NearMiss(replace(fact, entity=entity), "place", needs_place=True)
    for item in rng.sample(fact.family.items, 2):
        kind = "total" if item == fact.family.total else ("part" if fact.item == fact.family.total else "sibling")
        yield NearMiss(replace(fact, item=item), kind)
    family = rng.choice(families()[fact.entity.kind])
    if rng.random() < 0.6 and family.is_timeless == fact.family.is_timeless and family.is_stock == fact.family.is_stock:
        yield NearMiss(Fact(fact.entity, family, rng.choice(family.items), fact.period, VALUE), "quantity")
    if not fact.family.is_timeless:
        yield from rng.sample(list(_other_measures(rng, fact)), 2)


def _another_time(rng: Random, said: list[Fact], fact: Fact) -> Period:
    year = fact.period.year
    if fact.measure == TARGET:
        return whole_year(year + rng.choice((-3, -2, -1, 1, 2, 5, 7)))
    # A time that the paragraph names for something else makes the reader look at what it names it for.
    elsewhere = [
        other.period
        for other in said
        if other.period.stretch
        and other.period != fact.period
        and other.family.is_stock == fact.family.is_stock
        and other.measure != TARGET
    ]
    if elsewhere and rng.random() < 0.5:
        return rng.choice(elsewhere)
    if fact.period.is_dated:
        steps = (-1, -1, 1, -2, -3, -4, 0) if rng.random() < 0.9 else (-10, -6, -7)
        return other_period(rng, fact.period, [year + step for step in steps])
    # No year by number: without the day of publication nobody knows which one 去年 is.
    return other_period(rng, fact.period, [-1, 0, -2, -3])


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
    kind, period, family = fact.measure.kind, fact.period, fact.family
    field = rank_field(fact.entity)
    if kind == "target":
        yield NearMiss(of(fact, "growth"), "measure", needs_time=True)
        yield NearMiss(of(fact, "rank", field), "measure", needs_time=True)
        return
    yield NearMiss(replace(fact, measure=VALUE), "measure")
    yield NearMiss(of(fact, "growth"), "measure")
    yield NearMiss(of(fact, "rank", field), "measure")
    if kind == "rank":
        yield NearMiss(of(fact, "rank", "全球" if field == "全国" else "全国"), "base", based=True)
    if not family.is_rate:
        yield NearMiss(of(fact, "increment"), "measure")
        if not family.is_stock and family.grows_with_size:
            yield NearMiss(of(fact, "daily"), "measure")
            yield NearMiss(of(fact, "completion"), "measure")
        if period.is_month:
            yield NearMiss(of(fact, "month-on-month"), "measure")
    if period.is_dated:
        base = f"{period.year - rng.randint(2, 9)}年"
        if kind in ("growth", "month-on-month"):
            yield NearMiss(of(fact, "growth", base), "base")
            yield NearMiss(of(fact, "growth", base), "base")
        if not family.is_rate:
            yield NearMiss(of(fact, "multiple", base), "base" if kind == "multiple" else "measure")
    year = (period.year if period.is_dated else 2025) + rng.choice((2, 3, 5, 10))
    yield NearMiss(Fact(fact.entity, family, fact.item, whole_year(year), TARGET), "target", needs_time=True)
    if fact.item != family.total and family.adds_up:
        yield NearMiss(of(fact, "share", family.nouns[0].replace("{x}", family.total)), "measure")
