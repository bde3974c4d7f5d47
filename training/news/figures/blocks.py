"""Groups of sentences in which figures look alike: a total and its parts, years, places, 分别为, a goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from training.news.figures.clauses import growth, noun, share, tails, target_clause, value_clause, value_of
from training.news.figures.entities import Entity
from training.news.figures.lexicon import Family
from training.news.figures.periods import (
    TIMELESS,
    Period,
    draw_period,
    end_of,
    month,
    whole_year,
    year_name,
    year_to_date,
)
from training.news.figures.scene import Fact, Listing, Measure, Scene


@dataclass(frozen=True, slots=True)
class Setting:
    """Who and when a group of sentences is about: an entity, the regions within it, a year (0 is 今年, -1 去年)."""

    entity: Entity
    within: tuple[Entity, ...]
    year: int

    def period(self, scene: Scene, family: Family) -> Period:
        """A time of the year, fit for the family."""
        return TIMELESS if family.is_timeless else draw_period(scene.rng, self.year, family.is_stock)


def total_and_parts(scene: Scene, setting: Setting, family: Family) -> None:
    """A total, and parts of it after 其中; sometimes the part first."""
    rng, period = scene.rng, setting.period(scene, family)
    total = value_of(setting.entity, family, family.total, period)
    parts = rng.sample(family.parts, min(len(family.parts), rng.choice((1, 1, 2, 2, 3))))
    if family.adds_up:
        left = scene.number(total)
        for part in parts:
            scene.set_number(value_of(setting.entity, family, part, period), left * rng.uniform(0.1, 0.6))
            left *= 0.4
    whole = noun(scene, family, family.total) if family.adds_up else ""
    if rng.random() < 0.25:
        part = value_of(setting.entity, family, parts[0], period)
        value_clause(scene, part)
        tails(scene, part, whole)
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
    for number, item in enumerate(parts):
        if number:
            scene.add(rng.choice((";", ",", "。") if number == 1 else (";", ",")))
        part = value_of(setting.entity, family, item, period)
        way = rng.random()
        if way < 0.12 and family.adds_up and not family.is_rate:
            scene.add(noun(scene, family, item))
            share(scene, part, "", joint="")
        elif way < 0.2 and not family.is_timeless:
            scene.add(noun(scene, family, item))
            growth(scene, part, joint="")
        else:
            value_clause(scene, part, head=False)
            tails(scene, part, whole, most=1)
    scene.end_sentence()


def dealt_out_items(scene: Scene, setting: Setting, family: Family) -> None:
    """ "小麦、玉米、大豆产量分别为A、B、C", and their growth likewise."""
    rng, period = scene.rng, setting.period(scene, family)
    items = rng.sample(family.parts, min(len(family.parts), rng.choice((2, 3, 3, 4))))
    joined = "、".join(items[:-1]) + rng.choice(("、", "和")) + items[-1]
    head = scene.head(setting.entity, period)
    name = noun(scene, family, joined)
    scene.add(f"{head}{name}{rng.choice(('分别为', '分别达', '分别达到', '依次为'))}")
    _deal(
        scene,
        [value_of(setting.entity, family, item, period) for item in items],
        f"{_asked(setting, period)}{name}分别是多少",
    )
    if rng.random() < 0.45 and not family.is_timeless and not family.is_rate:
        scene.add(
            rng.choice((",同比分别增长", ",分别增长", ",比上年分别增长" if setting.year > 1 else ",同比分别增长"))
        )
        measure = Measure("growth")
        facts = [Fact(setting.entity, family, item, period, measure) for item in items]
        _deal_percent(scene, facts, f"{_asked(setting, period)}{name}分别增长多少")
    scene.end_sentence()


def dealt_out_places(scene: Scene, setting: Setting, family: Family) -> None:
    """ "A市、B市、C市粮食产量分别为…", or who leads a ranking, with the figures."""
    rng, period = scene.rng, setting.period(scene, family)
    item = rng.choice(family.items)
    places = list(setting.within)[: rng.choice((2, 3, 3, 4))]
    scene.named = None
    time = _time(scene, period)
    name = noun(scene, family, item)
    asked = _asked_time(scene, period)
    if rng.random() < 0.4 and len(places) >= 3:
        scene.named = setting.entity
        count = {2: "两", 3: "三", 4: "四"}[len(places)]
        scene.add(f"{time}{setting.entity.name}{name}居前{count}位的是")
        start = len(scene.text)
        scene.add("、".join(place.name for place in places[:-1]) + "和" + places[-1].name)
        question = rng.choice(
            (
                f"{asked}{name}居前{count}位的是哪些地方",
                f"{asked}{name}排前{count}的是哪几个",
                f"{name}最高的{count}个地方是哪里",
            )
        )
        scene.listings.append(Listing(question, start, len(scene.text), "names"))
        scene.add(rng.choice((",分别为", ",依次是", ",分别达")))
    else:
        joined = "、".join(place.name for place in places[:-1]) + rng.choice(("、", "和")) + places[-1].name
        scene.add(f"{time}{joined}{name}{rng.choice(('分别为', '分别达', '分别是'))}")
    facts = [value_of(place, family, item, period) for place in places]
    top = scene.number(facts[0])
    for number, fact in enumerate(facts[1:], 1):
        scene.set_number(fact, top * 0.8**number * rng.uniform(0.85, 1))
    joined = "、".join(place.asks[-1] for place in places)
    _deal(scene, facts, f"{asked}{joined}的{name}分别是多少")
    scene.named = None
    scene.end_sentence()


def side_by_side(scene: Scene, setting: Setting, family: Family) -> None:
    """ "A市…;B市…;C市…", each with its own verb and growth."""
    rng, period = scene.rng, setting.period(scene, family)
    item = rng.choice(family.items)
    places = list(setting.within)[: rng.choice((2, 2, 3))]
    same = noun(scene, family, item)
    for number, place in enumerate(places):
        fact = value_of(place, family, item, period)
        if number:
            scene.add(rng.choice((";", ",", "。")))
        if number == 0:
            value_clause(scene, fact)
            tails(scene, fact, most=1)
            continue
        scene.named = place
        way = rng.random()
        if way < 0.35:
            scene.add(f"{place.name}{rng.choice(('为', '则为', '是', '达到'))}")
            scene.mark(fact, scene.figure(fact))
        elif way < 0.7 or family.is_timeless:
            scene.add(f"{place.name}{same}为")
            scene.mark(fact, scene.figure(fact))
        else:
            scene.timed = period
            value_clause(scene, fact)
            growth(scene, fact)
    scene.named = None
    scene.end_sentence()


def years(scene: Scene, setting: Setting, family: Family) -> None:
    """Two or three years side by side: 由…增至, 分别为, 上年为."""
    rng = scene.rng
    item = rng.choice(family.items)
    make = end_of if family.is_stock else whole_year
    year = setting.year
    earlier = year - rng.choice((1, 1, 2, 3, 5)) if year > 0 else year - 1
    now, then = (
        value_of(setting.entity, family, item, make(year)),
        value_of(setting.entity, family, item, make(earlier)),
    )
    scene.set_number(then, scene.number(now) * rng.uniform(0.45, 0.97))
    name = noun(scene, family, item)
    place = setting.entity.name if scene.named != setting.entity else rng.choice((*setting.entity.again, ""))
    scene.named, scene.timed = setting.entity, now.period
    old, new = year_name(earlier), year_name(year)
    ending = "底" if family.is_stock else ""
    way = rng.random()
    if way < 0.4:
        scene.add(f"{place}{name}{rng.choice(('由', '从'))}{old}{ending}的")
        scene.mark(then, scene.figure(then))
        scene.add(
            rng.choice(
                (f"增加到{new}{ending}的", f"增至{new}{ending}的", f"提高到{new}{ending}的", f"上升到{new}{ending}的")
            )
        )
        scene.mark(now, scene.figure(now))
    elif way < 0.65:
        value_clause(scene, then, full=True)
        scene.add(rng.choice((f";{new}{ending}", f",{new}{ending}", f"。{new}{ending},这一数字", f",到{new}{ending}")))
        scene.add(rng.choice(("达到", "为", "增加到", "增至")))
        scene.mark(now, scene.figure(now))
        growth(scene, now)
    elif way < 0.82 and year > 0:
        third = value_of(setting.entity, family, item, make(earlier - 1))
        scene.set_number(third, scene.numbers[then] * rng.uniform(0.7, 0.98))
        scene.add(
            f"{year_name(earlier - 1)}{ending}、{old}{ending}和{new}{ending},{place or setting.entity.name}{name}分别为"
        )
        asked = f"{place or setting.entity.name}{name}{year_name(earlier - 1)}、{old}、{new}各是多少"
        _deal(scene, [third, then, now], asked)
    else:
        value_clause(scene, now, full=True)
        scene.add(rng.choice((f",而{old}{ending}", f";{old}{ending}", f",{old}{ending}同一数字")))
        scene.add(rng.choice(("为", "是", "只有", "仅为")))
        scene.mark(then, scene.figure(then))
    scene.timed = None
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
        if rng.random() < 0.5:
            periods.append(whole_year(setting.year))
    facts = [value_of(setting.entity, family, item, period) for period in periods]
    for before, fact in zip(facts, facts[1:], strict=False):
        scene.set_number(fact, scene.number(before) * rng.uniform(1.6, 5))
    if rng.random() < 0.4:
        facts.reverse()
    for number, fact in enumerate(facts):
        if number:
            scene.add(rng.choice(("。", ";", ",")))
        value_clause(scene, fact, full=number == 0)
        tails(scene, fact, most=1)
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
    aim_first = rng.random() < 0.35
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
    """One or two figures of a family."""
    period = setting.period(scene, family)
    item = scene.rng.choice(family.items)
    fact = value_of(setting.entity, family, item, period)
    value_clause(scene, fact)
    tails(scene, fact)
    scene.end_sentence()


def _deal(scene: Scene, facts: list[Fact], question: str) -> None:
    start = len(scene.text)
    for number, fact in enumerate(facts):
        if number:
            scene.add("和" if number == len(facts) - 1 and scene.rng.random() < 0.5 else "、")
        scene.mark(fact, scene.figure(fact))
    scene.listings.append(Listing(question, start, len(scene.text), "figures"))


def _deal_percent(scene: Scene, facts: list[Fact], question: str) -> None:
    start = len(scene.text)
    for number, fact in enumerate(facts):
        if number:
            scene.add("和" if number == len(facts) - 1 and scene.rng.random() < 0.5 else "、")
        scene.mark(fact, f"{scene.rng.uniform(0.5, 60):.1f}%")
    scene.listings.append(Listing(question, start, len(scene.text), "figures"))


def _time(scene: Scene, period: Period) -> str:
    if not period.key:
        return ""
    scene.timed = period
    return scene.rng.choice(period.texts) + scene.rng.choice((",", ""))


def _asked(setting: Setting, period: Period) -> str:
    return (period.asks[0] if period.asks else "") + setting.entity.name


def _asked_time(scene: Scene, period: Period) -> str:
    return scene.rng.choice(period.asks) if period.asks else ""


Block = Callable[[Scene, Setting, Family], None]
BLOCKS: tuple[Block, ...] = (total_and_parts, dealt_out_items, years, month_and_so_far, goal, single)
PLACE_BLOCKS: tuple[Block, ...] = (dealt_out_places, side_by_side)
