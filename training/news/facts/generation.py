"""Invented news paragraphs full of look-alike facts, with questions they answer and questions they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

from training.examples import Answer, Example
from training.news.facts import scenes_events, scenes_news, scenes_people, scenes_places, scenes_things, scenes_works
from training.news.facts.cast import Cast, OutOfStockError
from training.news.facts.grammar import expand, fill
from training.news.facts.misses import Miss, other_subjects, removed, untold
from training.news.facts.passage import Fields, Passage
from training.news.facts.relations import RELATIONS
from training.news.facts.stock import DOMAINS
from training.news.facts.words import FILLERS

SCENES: tuple[Callable[[Passage], None], ...] = (
    scenes_people.quotation,
    scenes_people.quotation,
    scenes_people.two_voices,
    scenes_people.deed,
    scenes_people.two_deeds,
    scenes_people.organisation,
    scenes_people.partners,
    scenes_events.opening,
    scenes_events.opening,
    scenes_events.side_events,
    scenes_events.awards,
    scenes_things.side_by_side,
    scenes_things.side_by_side,
    scenes_things.one_thing,
    scenes_things.makers,
    scenes_things.reason,
    scenes_things.purpose,
    scenes_things.means,
    scenes_things.consequence,
    scenes_things.measures,
    scenes_things.enumeration,
    scenes_news.match,
    scenes_news.incident,
    scenes_news.route,
    scenes_news.careers,
    scenes_news.recurring,
    scenes_news.guests,
    scenes_places.first,
    scenes_places.projects,
    scenes_places.hours,
    scenes_places.named,
    scenes_works.byline,
    scenes_works.captions,
    scenes_works.books,
    scenes_works.venues,
    scenes_works.nickname,
    scenes_works.plan,
)
_SHORTEST, _LONGEST = 60, 400
_PER_PASSAGE = 4
_FILLED = 0.12
_LEADS = ("请问", "想问一下，", "我想知道", "文中", "报道中，", "根据文章，")


def generate(count: int, seed: int) -> Iterator[Example]:
    """``count`` examples, the same for the same seed, about half of them without an answer."""
    return islice(_examples(seed), count)


def _examples(seed: int) -> Iterator[Example]:
    rng = Random(seed)  # noqa: S311 - invented news needs no secrets
    number = 0
    while True:
        passage = _passage(rng)
        length = sum(map(len, passage.units))
        if _SHORTEST <= length <= _LONGEST and passage.facts:
            yield from _ask(passage, f"facts/{seed}/{number}")
            number += 1


def _passage(rng: Random) -> Passage:
    passage = Passage(rng, Cast(rng, rng.choice(DOMAINS)))
    scenes = rng.sample(SCENES, rng.randint(2, 4))
    # Lines of their own stand before the text.
    scenes.sort(key=lambda scene: scene not in (scenes_works.byline, scenes_works.captions))
    for scene in scenes:
        try:
            scene(passage)
        except OutOfStockError:
            continue
        if rng.random() < _FILLED:
            passage.say(rng.choice(FILLERS))
    return passage


def _ask(passage: Passage, group: str) -> Iterator[Example]:
    rng = passage.rng
    facts = rng.sample(passage.facts, min(_PER_PASSAGE, len(passage.facts)))
    for fact in facts:
        start = sum(map(len, passage.units[: fact.unit])) + fact.start
        context = "".join(passage.units).rstrip("\n")
        answer = Answer(context[start : start + fact.end - fact.start], start)
        question = phrase(passage, fact.relation, fact.fields)
        yield Example(question, context, (answer,), f"facts/{RELATIONS[fact.relation].slot}", group)
    for miss in _draw_misses(passage, len(facts)):
        context = "".join(unit for unit_number, unit in enumerate(passage.units) if unit_number not in miss.without)
        slot = RELATIONS[miss.relation].slot
        source = f"facts/near-miss/{slot}/{miss.way}"
        yield Example(phrase(passage, miss.relation, miss.fields), context.rstrip("\n"), (), source, group)


def _draw_misses(passage: Passage, count: int) -> list[Miss]:
    rng = passage.rng
    ways = {"other": list(other_subjects(passage)), "untold": list(untold(passage)), "removed": list(removed(passage))}
    drawn: list[Miss] = []
    while len(drawn) < count and any(ways.values()):
        way = rng.choices(("other", "untold", "removed"), weights=(5, 3, 2))[0]
        if ways[way]:
            drawn.append(ways[way].pop(rng.randrange(len(ways[way]))))
    return drawn


def phrase(passage: Passage, relation: str, fields: Fields) -> str:
    """One way to ask for a relation of these fields, a subject by its name or another it goes by."""
    rng = passage.rng
    named = {field: expand(rng.choice((value, *passage.aliases.get(value, ()))), rng) for field, value in fields}
    question = fill(expand(rng.choice(RELATIONS[relation].questions), rng), named)
    if " " in question:
        return question
    if question.startswith(("说说", "介绍", "讲讲", "按照", "照")):
        return question
    if rng.random() < 0.08:
        question = rng.choice(_LEADS) + question
    return question + rng.choices(("？", "?", "", "呢？"), weights=(60, 8, 28, 4))[0]
