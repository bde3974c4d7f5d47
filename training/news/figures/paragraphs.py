"""Whole paragraphs: groups of sentences about one place or organisation, with lead-ins and words between."""

from __future__ import annotations

from functools import cache
from random import Random

from training.news.figures.blocks import Setting, total_and_parts
from training.news.figures.entities import draw_regions, organisation
from training.news.figures.lexicon import families, lines, word_lists
from training.news.figures.lists import BLOCKS, PLACE_BLOCKS
from training.news.figures.scene import Scene

_ORGANISATIONS = (
    "bank port airport railway hospital hospital school school museum library scenic court product product survey"
)
_KINDS = (*("region",) * 20, *("company",) * 6, *_ORGANISATIONS.split())


def paragraph(rng: Random) -> tuple[Scene, Setting]:
    """A paragraph of 60 to 400 characters, and what it is about."""
    while True:
        scene, setting = _write(rng)
        facts = [mark.fact for mark in scene.marks]
        # A quantity told twice would be told with two figures.
        if 50 <= len(scene.text) <= 420 and len(facts) >= 2 and len(set(facts)) == len(facts):
            return scene, setting


def _write(rng: Random) -> tuple[Scene, Setting]:
    kind = rng.choice(_KINDS)
    if kind == "region":
        entity, within = draw_regions(rng)
    else:
        entity, within = organisation(rng, kind), []
    year = rng.choice((-1, -1, 0, 0)) if rng.random() < 0.3 else rng.randint(2011, 2025)
    setting = Setting(entity, tuple(within), year)
    scene = Scene(rng)
    groups = families()[kind]
    count = rng.choice((1, 1, 2, 2, 2, 3)) if len(groups) > 1 else 1
    chosen = rng.sample(groups, min(count, len(groups)))
    # The same family twice puts figures of one name but another time side by side.
    if count > 1 and rng.random() < 0.25:
        chosen[1] = chosen[0]
    for number, family in enumerate(chosen):
        if number == 0 and rng.random() < 0.45:
            scene.add(_lead(rng, setting) + ",")
        if number and rng.random() < 0.5:
            scene.add(_between(rng))
        blocks = BLOCKS + PLACE_BLOCKS * 2 if len(within) >= 2 else BLOCKS
        if family.is_timeless:
            blocks = (total_and_parts,)
        block = total_and_parts if rng.random() < 0.3 else rng.choice(blocks)
        quoted = number > 0 and rng.random() < 0.15
        if quoted:
            scene.add("“")
        block(scene, setting, family)
        if quoted:
            scene.add(f"”{_person(rng)}{rng.choice(('说', '介绍', '表示', '告诉记者'))}。")
    if rng.random() < 0.35:
        scene.add(_between(rng))
    return scene, setting


def _lead(rng: Random, setting: Setting) -> str:
    names = word_lists("fillers.txt")
    office = setting.entity.name
    if setting.entity.kind == "region":
        office += rng.choice(names["office-region"])
    elif setting.entity.kind in ("product", "survey"):
        return rng.choice(("据介绍", "据悉", "记者了解到"))
    return rng.choice(names["lead"]).replace("{o}", office)


def _between(rng: Random) -> str:
    return rng.choice(_sentences()).replace("{w}", _person(rng))


def _person(rng: Random) -> str:
    names = word_lists("fillers.txt")
    return rng.choice(names["post"]) + rng.choice(names["surname"]) + rng.choice(names["given"])


@cache
def _sentences() -> tuple[str, ...]:
    for line in lines("fillers.txt"):
        if line.startswith("sentence:"):
            return tuple(line.removeprefix("sentence:").split())
    raise ValueError("fillers.txt holds no sentences")
