"""Sentences that deal out several figures: 分别为, places and years side by side, rankings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from training.news.figures.amounts import percent
from training.news.figures.blocks import (
    Setting,
    extremes,
    goal,
    month_and_so_far,
    single,
    so_far_and_ever,
    total_and_parts,
)
from training.news.figures.clauses import growth, noun, of, tails, value_clause, value_of
from training.news.figures.entities import Entity
from training.news.figures.lexicon import Family
from training.news.figures.periods import Period, end_of, other_period, whole_year, year_name
from training.news.figures.scene import Fact, Scene

_COUNTS = {2: "两", 3: "三", 4: "四"}


def dealt_out_items(scene: Scene, setting: Setting, family: Family) -> None:
    """ "小麦、玉米、大豆产量分别为A、B、C", and their growth likewise."""
    rng, period = scene.rng, setting.period(scene, family)
    if family.kind == "survey" or len(family.parts) < 2:
        total_and_parts(scene, setting, family)
        return
    items = rng.sample(family.parts, min(len(family.parts), rng.choice((2, 3, 3, 4))))
    joined = _joined(scene, items)
    name = noun(scene, family, joined)
    scene.add(f"{scene.head(setting.entity, period)}{name}{rng.choice(('分别为', '分别达', '分别达到', '依次为'))}")
    facts = [value_of(setting.entity, family, item, period) for item in items]
    start = len(scene.text)
    _deal(scene, facts, [scene.figure(fact) for fact in facts])
    asked = noun(scene, family, "、".join(items))
    _ask_all(scene, period, setting.entity.asks[-1], asked, start)
    if rng.random() < 0.45 and not family.is_timeless and not family.is_rate:
        scene.add(rng.choice((",同比分别增长", ",分别增长")))
        start = len(scene.text)
        grown = [of(fact, "growth") for fact in facts]
        _deal(scene, grown, [scene.fresh(lambda: percent(rng, fall=False)[0]) for _ in grown])
        question = f"{rng.choice(period.asks)}{asked}{rng.choice(('分别增长多少', '增速各是多少', '各涨了百分之几'))}"
        scene.prepare(question, "list-figures", start, len(scene.text))
    scene.end_sentence()


def dealt_out_places(scene: Scene, setting: Setting, family: Family) -> None:
    """ "A市、B市、C市粮食产量分别为…", or who leads a ranking, with the figures."""
    rng, period = scene.rng, setting.period(scene, family)
    item = rng.choice(family.items)
    places = rng.sample(setting.within, min(len(setting.within), rng.choice((2, 3, 3, 4))))
    facts = [value_of(place, family, item, period) for place in places]
    for number, fact in enumerate(facts[1:], 1):
        scene.set_number(fact, scene.number(facts[0]) * 0.8**number * rng.uniform(0.85, 1))
    time = rng.choice(period.texts) + rng.choice((",", "")) if period.stretch else ""
    scene.timed = period
    name = noun(scene, family, item)
    if rng.random() < 0.5 and len(places) >= 3:
        _ranking(scene, setting, places, time, name, period)
        scene.add(rng.choice((",分别为", ",依次是", ",分别达")))
    else:
        joined = _joined(scene, [place.name for place in places])
        scene.add(f"{time}{joined}{name}{rng.choice(('分别为', '分别达', '分别是'))}")
    start = len(scene.text)
    _deal(scene, facts, [scene.figure(fact) for fact in facts])
    _ask_all(scene, period, "、".join(place.asks[-1] for place in places), name, start)
    scene.named = None
    scene.end_sentence()


def _ranking(scene: Scene, setting: Setting, places: Sequence[Entity], time: str, name: str, period: Period) -> None:
    rng = scene.rng
    count = _COUNTS[len(places)]
    scene.add(f"{time}{setting.entity.name}{name}{rng.choice((f'居前{count}位的是', f'排名前{count}的分别是'))}")
    start = len(scene.text)
    scene.add("、".join(place.name for place in places[:-1]) + rng.choice(("和", "、")) + places[-1].name)
    when = rng.choice(period.asks) if period.asks and rng.random() < 0.7 else ""
    questions = (
        f"{when}{name}居前{count}位的是哪些地方",
        f"{when}{name}排前{count}的是哪几个",
        f"{when}{name}最高的{count}个地方是哪里",
        f"{when}{setting.entity.asks[-1]}哪{count}个地方{name}排在前面",
        f"{name}前{count}名都有谁",
        f"哪{count}个地方的{name}领先",
    )
    scene.prepare(rng.choice(questions), "list-names", start, len(scene.text))
    best = (
        f"{when}{name}排第一的是哪里",
        f"{when}哪里的{name}最高",
        f"{when}{name}最多的是哪个地方",
        f"{name}冠军是谁",
    )
    scene.prepare(rng.choice(best), "place", start, start + len(places[0].name))
    worst = (
        f"{when}{name}排最后的是哪里",
        f"{when}哪里的{name}最低",
        f"{when}{name}增长最快的是哪个地方",
        f"{when}{name}排第{'六七八九'[rng.randrange(4)]}的是哪里",
        f"{name}居后{count}位的是哪些地方",
    )
    scene.prepare(rng.choice(worst), "near-miss/ranking")
    other = _another(scene, period)
    if other:
        scene.prepare(f"{other}{name}居前{count}位的是哪些地方", "near-miss/list")


def side_by_side(scene: Scene, setting: Setting, family: Family) -> None:
    """ "A市…;B市…;C市…", each with its own verb and growth."""
    rng, period = scene.rng, setting.period(scene, family)
    item = rng.choice(family.items)
    places = rng.sample(setting.within, min(len(setting.within), rng.choice((2, 2, 3))))
    same = noun(scene, family, item)
    for number, place in enumerate(places):
        fact = value_of(place, family, item, period)
        if number == 0:
            value_clause(scene, fact)
            tails(scene, fact, most=1)
            continue
        scene.add(rng.choice((";", ",", "。")))
        way = rng.random()
        scene.named, scene.timed = place, period
        if way < 0.3:
            scene.add(f"{place.name}{rng.choice(('为', '则为', '是', '达到'))}")
            scene.mark(fact, scene.figure(fact))
        elif way < 0.6 or family.is_timeless:
            scene.add(f"{place.name}{same}为")
            scene.mark(fact, scene.figure(fact))
        else:
            scene.named = None
            value_clause(scene, fact)
            growth(scene, fact)
    scene.named = None
    scene.end_sentence()


def years(scene: Scene, setting: Setting, family: Family) -> None:
    """Two or three years side by side: 由…增至, 分别为, 上年为."""
    rng = scene.rng
    if family.is_timeless:
        total_and_parts(scene, setting, family)
        return
    item = rng.choice(family.items)
    make = end_of if family.is_stock else whole_year
    year = setting.year or -1
    earlier = year - rng.choice((1, 1, 2, 3, 5)) if year > 0 else year - 1
    now, then = (value_of(setting.entity, family, item, make(at)) for at in (year, earlier))
    scene.set_number(then, scene.number(now) * rng.uniform(0.45, 0.97))
    name = noun(scene, family, item)
    place = setting.entity.name if scene.named != setting.entity else rng.choice((*setting.entity.again, ""))
    ending = "底" if family.is_stock else ""
    old, new = year_name(earlier) + ending, year_name(year) + ending
    way = rng.random()
    if way < 0.4:
        scene.named = setting.entity
        scene.add(f"{place}{name}{rng.choice(('由', '从'))}")
        _ask_when(scene, setting, name, then, old)
        scene.add(rng.choice(("增加到", "增至", "提高到", "上升到")))
        _ask_when(scene, setting, name, now, new)
    elif way < 0.65:
        value_clause(scene, then, full=True)
        scene.add(rng.choice((f";{new}", f",{new}", f"。{new},这一数字", f",到{new}")))
        scene.add(rng.choice(("达到", "为", "增加到", "增至")))
        scene.mark(now, scene.figure(now))
        growth(scene, now)
    elif way < 0.82 and year > 0:
        third = value_of(setting.entity, family, item, make(earlier - 1))
        scene.set_number(third, scene.number(then) * rng.uniform(0.7, 0.98))
        oldest = year_name(earlier - 1) + ending
        scene.named = setting.entity
        scene.add(f"{oldest}、{old}和{new},{place}{name}分别为")
        start = len(scene.text)
        facts = [third, then, now]
        _deal(scene, facts, [scene.figure(fact) for fact in facts])
        question = f"{setting.entity.asks[-1]}{name}{oldest}、{old}、{new}各是多少"
        scene.prepare(question, "list-figures", start, len(scene.text))
    else:
        value_clause(scene, now, full=True)
        # After a year by number, 上年 is the year before it, which a question may name by number.
        before = "上年" + ending if year > 0 and earlier == year - 1 else old
        scene.add(rng.choice((f",而{before}", f";{before}", f",{before}同一数字")))
        scene.add(rng.choice(("为", "是", "只有", "仅为")))
        scene.mark(then, scene.figure(then))
    scene.timed = None
    scene.end_sentence()


def _ask_when(scene: Scene, setting: Setting, name: str, fact: Fact, label: str) -> None:
    start = len(scene.text)
    figure = scene.figure(fact)
    scene.add(label + "的")
    scene.mark(fact, figure)
    place = setting.entity.asks[-1]
    ways = ("{p}{n}哪年是{v}", "{p}{n}什么时候是{v}", "哪一年{p}{n}为{v}", "{p}的{n}达到{v}是哪一年")
    words = scene.rng.choice(ways)
    scene.prepare(words.format(p=place, n=name, v=figure), "time", start, start + len(label))
    number = scene.number(fact) * scene.rng.choice((0.3, 0.5, 1.7, 3))
    other = f"{number:.0f}{fact.family.unit}" if number >= 2 else f"{number:.2f}{fact.family.unit}"
    if other not in scene.text:
        scene.prepare(words.format(p=place, n=name, v=other), "near-miss/figure")


def _joined(scene: Scene, names: Sequence[str]) -> str:
    return "、".join(names[:-1]) + scene.rng.choice(("、", "和")) + names[-1]


def _ask_all(scene: Scene, period: Period, place: str, name: str, start: int) -> None:
    rng = scene.rng
    ways = ("分别是多少", "各是多少", "各有多少", "分别达到多少", "都是多少", "分别为多少")
    when = rng.choice(period.asks) if period.asks and rng.random() < 0.7 else ""
    orders = (f"{when}{place}{name}", f"{place}{when}{name}", f"{when}{place}的{name}")
    scene.prepare(rng.choice(orders) + rng.choice(ways), "list-figures", start, len(scene.text))
    other = _another(scene, period)
    if other:
        scene.prepare(f"{other}{place}{name}{rng.choice(ways)}", "near-miss/list")


def _another(scene: Scene, period: Period) -> str:
    if not period.stretch or period.stretch.startswith("P"):
        return ""
    year = period.year
    years_near = [year - 1, year - 2, year - 3, year + 1] if period.is_dated else [-3, -2]
    other = other_period(scene.rng, period, years_near)
    said = {mark.fact.period for mark in scene.marks}
    return scene.rng.choice(other.asks) if other not in said else ""


def _deal(scene: Scene, facts: list[Fact], figures: list[str]) -> None:
    conjunction = scene.rng.choice(("、", "和"))
    for number, (fact, figure) in enumerate(zip(facts, figures, strict=True)):
        if number:
            scene.add(conjunction if number == len(facts) - 1 else "、")
        scene.mark(fact, figure)


Block = Callable[[Scene, Setting, Family], None]
BLOCKS: tuple[Block, ...] = (
    total_and_parts,
    dealt_out_items,
    years,
    years,
    month_and_so_far,
    so_far_and_ever,
    goal,
    single,
    extremes,
)
PLACE_BLOCKS: tuple[Block, ...] = (dealt_out_places, side_by_side)
