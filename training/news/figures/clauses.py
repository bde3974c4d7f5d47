"""Clauses of one fact, and the growth, share, rank or goal that trails behind it."""

from __future__ import annotations

from training.news.figures.amounts import chinese, plain
from training.news.figures.entities import Entity
from training.news.figures.lexicon import Family
from training.news.figures.periods import Period, whole_year
from training.news.figures.scene import TARGET, VALUE, Fact, Measure, Scene

_REACH = ("达", "达到", "为", "是", "共", "完成", "达", "为", "总计")


def noun(scene: Scene, family: Family, item: str) -> str:
    """The name of an item's quantity."""
    return scene.rng.choice(family.nouns).replace("{x}", item)


def value_clause(scene: Scene, fact: Fact, *, head: bool = True, full: bool = False) -> None:
    """ "2023年,某省粮食产量达95.3万吨", or the same with a verb: 收获粮食95.3万吨."""
    rng, family = scene.rng, fact.family
    if head:
        scene.add(scene.head(fact.entity, fact.period, full=full))
    figure = scene.figure(fact)
    if rng.random() < 0.45:
        clause = rng.choice(family.clauses).replace("{x}", fact.item)
        if rng.random() < 0.2 and clause[:1] not in fact.item and family.kind != "survey":
            clause = rng.choice(("共", "累计", "一共")) + clause
        scene.around(clause, fact, figure)
        return
    scene.add(noun(scene, family, fact.item))
    reach = "为" if family.unit in ("元", "%", "克", "毫米", "小时", "升", "毫安时") else rng.choice(_REACH)
    scene.add(reach if not figure.startswith(("超", "逾")) or reach != "是" else "")
    scene.mark(fact, figure)


def growth(scene: Scene, fact: Fact, *, joint: str = ",") -> None:
    """ "同比增长12.4%", in points where the figure is itself a percentage."""
    rng = scene.rng
    down = rng.random() < 0.28
    monthly = fact.period.key[-3:-2] == "M" and rng.random() < 0.35
    if fact.family.is_rate:
        verb = rng.choice(("下降", "回落", "降低") if down else ("提高", "上升", "提升"))
        figure = f"{plain(rng.uniform(0.1, 9), rng.choice((1, 1, 2)))}个百分点"
    else:
        verb = rng.choice(("下降", "减少", "降低") if down else ("增长", "增长", "增加", "上升"))
        figure = _percent(scene, down)
    if figure in scene.figures or figure.startswith("0个"):
        return
    scene.figures.add(figure)
    kind = "month-on-month" if monthly else "growth"
    lead = "环比" if monthly else rng.choice(("同比", "同比", "比上年同期", "较上年", "比上年", "较去年同期"))
    base = ""
    if not monthly and rng.random() < 0.12 and fact.period.key[:4].isdigit():
        base = f"{int(fact.period.key[:4]) - rng.randint(2, 6)}年"
        lead = rng.choice(("比", "较")) + base
    elif ("上年" in lead and fact.period.key.startswith(("-", "0"))) or ("去年" in lead and not fact.period.key.startswith("0")):
        lead = "同比"
    scene.add(joint + lead)
    if rng.random() < 0.12 and not down:
        scene.add(rng.choice(("增速达", "涨幅为", "增幅达")))
        verb = ""
    changed = Fact(fact.entity, fact.family, fact.item, fact.period, Measure(kind, base, down))
    scene.mark(changed, figure, verb)


def _percent(scene: Scene, down: bool) -> str:
    rng = scene.rng
    way = rng.random()
    if way < 0.05:
        return rng.choice(("一", "两", "三", "四")) + "成" + rng.choice(("", "多", "以上"))
    if way < 0.1 and not down:
        return f"{plain(rng.uniform(1, 6), 1)}倍"
    number = plain(rng.uniform(0.3, 48 if down or way < 0.8 else 160), rng.choice((1, 1, 1, 2, 0)))
    return (
        f"{rng.choice(('近', '超', '约', '逾')) if rng.random() < 0.05 else ''}{number}%" if number != "0" else "0.4%"
    )


def increment(scene: Scene, fact: Fact) -> None:
    """ ",比上年增加3.2万吨": by how much, in the figure's own unit."""
    rng, family = scene.rng, fact.family
    if family.is_rate:
        return
    down = rng.random() < 0.25
    number = max(scene.number(fact) * rng.uniform(0.02, 0.3), 10.0**-family.decimals)
    figure = plain(number, family.decimals) + family.unit
    if figure in scene.figures or figure.startswith(f"0{family.unit}"):
        return
    scene.figures.add(figure)
    lead = rng.choice(("比上年", "较上年", "同比")) if not fact.period.key.startswith(("-", "0")) else "同比"
    scene.add("," + lead)
    changed = Fact(fact.entity, family, fact.item, fact.period, Measure("increment", "", down))
    scene.mark(changed, figure, "减少" if down else rng.choice(("增加", "多", "净增", "新增")))


def share(scene: Scene, fact: Fact, whole: str, *, joint: str = ",") -> None:
    """ ",占全省的32.1%"."""
    rng = scene.rng
    way = rng.random()
    figure = f"{plain(rng.uniform(1.5, 88), 1)}%"
    if way < 0.08:
        figure = rng.choice(("三分之一", "四分之一", "五分之一", "近一半", "三成", "四成多", "近六成", "七成以上"))
    if figure in scene.figures:
        return
    scene.figures.add(figure)
    scene.add(f"{joint}{rng.choice(('占', '占'))}{whole}{rng.choice(('的', '的', '比重达', '的比重为'))}")
    scene.mark(Fact(fact.entity, fact.family, fact.item, fact.period, Measure("share", whole)), figure)


def rank(scene: Scene, fact: Fact) -> None:
    """ ",居全国第三位"."""
    rng = scene.rng
    field = rank_field(fact.entity)
    place = rng.choice(
        (*(f"第{chinese(number)}位" for number in range(1, 15)), "第3位", "第5位", "第一", "第二", "首位", "前列")
    )
    if place == "前列" or place in scene.figures:
        return
    scene.figures.add(place)
    verb = "居" if place == "首位" else rng.choice(("居", "位居", "排在", "列"))
    scene.add(f",{verb}{field}")
    scene.mark(Fact(fact.entity, fact.family, fact.item, fact.period, Measure("rank", field)), place)


def rank_field(entity: Entity) -> str:
    """Among whom an entity is ranked."""
    if entity.kind != "region":
        return "同行业" if entity.kind in ("company", "bank") else "全国同类"
    return {"省": "全国", "市": "全省", "县": "全市", "镇": "全县", "乡": "全县"}.get(entity.name[-1], "全国")


def multiple(scene: Scene, fact: Fact) -> None:
    """ ",是2016年的2.3倍"."""
    rng = scene.rng
    if not fact.period.key[:4].isdigit() or fact.family.is_rate:
        return
    base = f"{int(fact.period.key[:4]) - rng.randint(3, 10)}年"
    figure = rng.choice(
        (
            f"{plain(rng.uniform(1.2, 8), 1)}倍",
            f"{rng.choice('两三四五六')}倍",
            f"{rng.randint(2, 9)}倍多",
            f"近{rng.randint(2, 9)}倍",
        )
    )
    if figure in scene.figures:
        return
    scene.figures.add(figure)
    scene.add(f",{rng.choice(('是', '为', '相当于'))}{base}的")
    scene.mark(Fact(fact.entity, fact.family, fact.item, fact.period, Measure("multiple", base)), figure)


def target_clause(scene: Scene, entity: Entity, family: Family, item: str, year: int) -> None:
    """ "到2028年,全省粮食产量力争达到120万吨"."""
    rng = scene.rng
    period = whole_year(year)
    fact = Fact(entity, family, item, period, TARGET)
    figure = scene.figure(fact)
    place = rng.choice((*entity.again, entity.name)) if scene.named == entity else entity.name
    scene.named, scene.timed = entity, period
    name = noun(scene, family, item)
    scene.add(
        rng.choice(
            (
                f"到{year}年,{place}{name}力争达到",
                f"按照规划,到{year}年,{place}{name}将达到",
                f"{place}提出,到{year}年{name}达到",
                f"{place}计划到{year}年使{name}达到",
                f"根据行动方案,{year}年{place}{name}的目标是",
                f"{place}的目标是,到{year}年底,{name}达到",
            )
        )
    )
    scene.mark(fact, figure)


def tails(scene: Scene, fact: Fact, whole: str = "", most: int = 2) -> None:
    """Up to so many of growth, increment, share, rank and multiple, in any order."""
    rng = scene.rng
    if fact.family.is_timeless:
        return
    ways = ["growth", "growth", "growth", "increment", "rank", "multiple"] + (["share"] if whole else [])
    for way in dict.fromkeys(rng.sample(ways, min(most, rng.choice((0, 1, 1, 1, 2))))):
        if way == "growth":
            growth(scene, fact)
        elif way == "increment":
            increment(scene, fact)
        elif way == "share":
            share(scene, fact, whole)
        elif way == "rank":
            rank(scene, fact)
        else:
            multiple(scene, fact)


def value_of(entity: Entity, family: Family, item: str, period: Period) -> Fact:
    """The fact of a quantity's value."""
    return Fact(entity, family, item, period, VALUE)
