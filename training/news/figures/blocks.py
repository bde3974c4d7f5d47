"""Groups of sentences on one place or organisation: a total and its parts, months, goals, 累计."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from training.news.figures.clauses import growth, noun, reach, share, tails, target_clause, value_clause, value_of
from training.news.figures.entities import Entity
from training.news.figures.lexicon import Family
from training.news.figures.periods import TIMELESS, Period, draw_period, month, up_to, whole_year, year_to_date
from training.news.figures.scene import TARGET, Fact, Scene


@dataclass(frozen=True, slots=True)
class Setting:
    """Who and when a paragraph is about: an entity, the regions within it, a year (0 is 今年, -1 去年)."""

    entity: Entity
    within: tuple[Entity, ...]
    year: int

    def period(self, scene: Scene, family: Family) -> Period:
        """A time of the year fit for the family, often that of the sentence before."""
        if family.is_timeless:
            return TIMELESS
        last = scene.timed
        fits = last is not None and last.year == self.year and last.stretch.startswith("E") == family.is_stock
        if last is not None and fits and last.stretch[0] not in "PSH" and scene.rng.random() < 0.5:
            return last
        return draw_period(scene.rng, self.year, stock=family.is_stock, holidays=family.has_holidays)


def total_and_parts(scene: Scene, setting: Setting, family: Family) -> None:
    """A total, and parts of it after 其中; sometimes the part first."""
    rng, period = scene.rng, setting.period(scene, family)
    total = value_of(setting.entity, family, family.total, period)
    parts = [
        value_of(setting.entity, family, item, period)
        for item in rng.sample(family.parts, min(len(family.parts), rng.choice((1, 1, 2, 2, 3))))
    ]
    if family.adds_up:
        left = scene.number(total)
        for part in parts:
            scene.set_number(part, left * rng.uniform(0.1, 0.6))
            left *= 0.4
    whole = noun(scene, family, family.total) if family.adds_up else ""
    if rng.random() < 0.25:
        value_clause(scene, parts[0])
        tails(scene, parts[0], whole)
        if rng.random() < 0.5:
            scene.end_sentence()
        else:
            scene.add(",")
        value_clause(scene, total)
        tails(scene, total)
        scene.end_sentence()
        return
    value_clause(scene, total)
    tails(scene, total)
    scene.add(rng.choice(("。其中,", "。其中", ",其中", ";其中,", "。其中,") if family.adds_up else ("。", ";", ",")))
    for number, part in enumerate(parts):
        if number:
            scene.add(rng.choice((";", ",", "。") if number == 1 else (";", ",")))
        way = rng.random()
        plain_flow = family.adds_up and not family.is_rate and not family.is_timeless
        if way < 0.12 and plain_flow:
            scene.add(noun(scene, family, part.item))
            share(scene, part, "", joint="")
        elif way < 0.2 and not family.is_timeless and family.kind != "survey":
            scene.add(noun(scene, family, part.item))
            growth(scene, part, joint="")
        else:
            value_clause(scene, part, head=False)
            tails(scene, part, whole, most=1)
    scene.end_sentence()


def month_and_so_far(scene: Scene, setting: Setting, family: Family) -> None:
    """A month's figure and that of the year so far; or a half year's and a quarter's."""
    rng = scene.rng
    if family.is_stock or family.is_timeless or family.is_rate:
        total_and_parts(scene, setting, family)
        return
    item = rng.choice(family.items)
    last = rng.randint(4, 11)
    periods = [month(setting.year, last), year_to_date(setting.year, last)]
    if rng.random() < 0.35:
        periods = [year_to_date(setting.year, 3), year_to_date(setting.year, 6)]
        if rng.random() < 0.5 and setting.year != 0:
            periods.append(whole_year(setting.year))
    facts = [value_of(setting.entity, family, item, period) for period in periods]
    for before, fact in pairwise(facts):
        scene.set_number(fact, scene.number(before) * rng.uniform(1.6, 5))
    if rng.random() < 0.4:
        facts.reverse()
    for number, fact in enumerate(facts):
        if number:
            scene.add(rng.choice(("。", ";", ",")))
        value_clause(scene, fact, full=number == 0)
        tails(scene, fact, most=1)
    scene.end_sentence()


def so_far_and_ever(scene: Scene, setting: Setting, family: Family) -> None:
    """What was done in a year, and all that was done up to its end (累计)."""
    rng = scene.rng
    if family.is_stock or not family.adds_up or family.is_rate or family.unit == "元":
        total_and_parts(scene, setting, family)
        return
    year = setting.year if setting.year != 0 else -1
    item = rng.choice(family.items)
    new = value_of(setting.entity, family, item, whole_year(year))
    ever = value_of(setting.entity, family, item, up_to(year))
    scene.set_number(ever, scene.number(new) * rng.uniform(2, 12))
    value_clause(scene, new, full=True)
    tails(scene, new, most=1)
    scene.add(rng.choice(("。", ";", ",")))
    scene.add(rng.choice(ever.period.texts))
    scene.around(rng.choice(family.clauses).replace("{x}", item), ever, scene.figure(ever))
    scene.timed = None
    scene.end_sentence()


def goal(scene: Scene, setting: Setting, family: Family) -> None:
    """What is, and what is aimed at for a future year."""
    rng = scene.rng
    item = rng.choice(family.items)
    if family.is_timeless:
        total_and_parts(scene, setting, family)
        return
    now = value_of(setting.entity, family, item, setting.period(scene, family))
    year = (setting.year if setting.year > 0 else 2025) + rng.choice((2, 3, 3, 5, 5, 10))
    aim = Fact(setting.entity, family, item, whole_year(year), TARGET)
    scene.set_number(aim, scene.number(now) * rng.uniform(1.05, 2.2))
    aim_first = rng.random() < 0.4
    if aim_first:
        target_clause(scene, setting.entity, family, item, year)
        scene.end_sentence()
        scene.timed = None
    value_clause(scene, now, full=aim_first)
    tails(scene, now, most=1)
    if not aim_first:
        scene.add(rng.choice(("。", ";", "。")))
        target_clause(scene, setting.entity, family, item, year)
    scene.timed = None
    scene.end_sentence()


def single(scene: Scene, setting: Setting, family: Family) -> None:
    """One figure of a family, and what trails behind it."""
    item = scene.rng.choice(family.items)
    fact = value_of(setting.entity, family, item, setting.period(scene, family))
    value_clause(scene, fact)
    tails(scene, fact)
    scene.end_sentence()


def extremes(scene: Scene, setting: Setting, family: Family) -> None:
    """Parts of a total side by side, the largest and the smallest named."""
    rng, period = scene.rng, setting.period(scene, family)
    if len(family.parts) < 3 or family.kind == "survey":
        total_and_parts(scene, setting, family)
        return
    first, middle, last = (value_of(setting.entity, family, item, period) for item in rng.sample(family.parts, 3))
    scene.set_number(middle, scene.number(first) * rng.uniform(0.4, 0.8))
    scene.set_number(last, scene.number(first) * rng.uniform(0.05, 0.3))
    scene.add(scene.head(setting.entity, period))
    for fact, words in (
        (first, ("最高", "最多", "居首")),
        (middle, ("其次", "次之")),
        (last, ("最低", "最少", "垫底")),
    ):
        scene.add("" if fact is first else rng.choice((",", ";")))
        name = noun(scene, family, fact.item)
        if family.adds_up and fact is not middle:
            _ask_which(scene, fact, name, "最" + ("多" if fact is first else "少"))
        word = rng.choice(words)
        figure = scene.figure(fact)
        scene.add(f"{name}{word},{reach(scene, family, figure)}")
        scene.mark(fact, figure)
    scene.end_sentence()


def _ask_which(scene: Scene, fact: Fact, name: str, most: str) -> None:
    """Ask which part is the largest or smallest; the text goes on with its name."""
    whole = noun(scene, fact.family, fact.family.total)
    place = scene.rng.choice((*fact.entity.asks, ""))
    ways = ("{p}{n}里哪一类{m}", "{p}各类{n}中什么{m}", "{p}{n}中{m}的是什么", "{p}{n}里{m}的是哪种")
    start = len(scene.text) + name.index(fact.item)
    question = scene.rng.choice(ways).format(p=place, n=whole, m=most)
    scene.prepare(question, "item", start, start + len(fact.item))
