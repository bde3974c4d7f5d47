"""Clauses of one fact, and the growth, share, rank or goal that trails behind it."""

from __future__ import annotations

from training.news.figures.amounts import chinese, exact, percent, plain
from training.news.figures.entities import Entity
from training.news.figures.lexicon import Family
from training.news.figures.periods import Period, whole_year
from training.news.figures.scene import TARGET, Fact, Measure, Scene

_REACH = ("达", "达到", "为", "是", "共", "完成", "达", "为", "总计")
_INTENSIVE = ("元", "%", "克", "毫米", "小时", "升", "毫安时", "微克/立方米")
_PLACES = (
    *(f"第{chinese(number)}位" for number in range(1, 15)),
    "第3位",
    "第5位",
    "第一",
    "第二",
    "第三",
    "首位",
    "第八名",
)
_FRACTIONS = ("三分之一", "四分之一", "五分之一", "近一半", "三成", "四成多", "近六成", "七成以上", "半数以上")


def noun(scene: Scene, family: Family, item: str) -> str:
    """The name of an item's quantity."""
    return scene.rng.choice(family.nouns).replace("{x}", item)


def of(fact: Fact, kind: str, base: str = "", *, down: bool = False) -> Fact:
    """The same quantity, measured in another respect."""
    return Fact(fact.entity, fact.family, fact.item, fact.period, Measure(kind, base, down))


def value_clause(scene: Scene, fact: Fact, *, head: bool = True, full: bool = False) -> None:
    """ "2023年,某省粮食产量达95.3万吨", or the same with a verb: 收获粮食95.3万吨."""
    rng, family = scene.rng, fact.family
    if head:
        scene.add(scene.head(fact.entity, fact.period, full=full))
    figure = scene.figure(fact)
    if rng.random() < 0.45:
        clause = rng.choice(family.clauses).replace("{x}", fact.item)
        counted = family.unit not in _INTENSIVE and not scene.text.endswith("累计")
        if counted and rng.random() < 0.2 and not clause.startswith((fact.item, "累计", "共", "{v}")):
            clause = rng.choice(("共", "一共")) + clause
        scene.around(clause, fact, figure)
        return
    scene.add(noun(scene, family, fact.item))
    scene.add(reach(scene, family, figure))
    scene.mark(fact, figure)


def reach(scene: Scene, family: Family, figure: str) -> str:
    """The verb between a quantity's name and its figure."""
    if figure.startswith(("超", "逾", "接近")):
        return scene.rng.choice(("", "已"))
    return "为" if family.unit in _INTENSIVE else scene.rng.choice(_REACH)


def growth(scene: Scene, fact: Fact, *, joint: str = ",") -> None:
    """ "同比增长12.4%", in points where the figure is itself a percentage."""
    rng = scene.rng
    down = rng.random() < 0.28
    if fact.family.is_rate:
        verb = rng.choice(("下降", "回落", "降低") if down else ("提高", "上升", "提升"))
        figure = scene.fresh(lambda: f"{plain(rng.uniform(0.1, 9), rng.choice((1, 1, 2)))}个百分点")
    else:
        verb = rng.choice(("下降", "减少", "降低", "下滑") if down else ("增长", "增长", "增加", "上升"))
        figure = scene.fresh(lambda: percent(rng, fall=down)[0])
    lead, kind, base = _compared(scene, fact)
    scene.add(joint + lead)
    if rng.random() < 0.12 and not down:
        scene.add(rng.choice(("增速达", "涨幅为", "增幅达")) if not fact.family.is_rate else "提高了")
        verb = ""
    scene.mark(of(fact, kind, base, down=down), figure, verb)
    if kind == "month-on-month" and rng.random() < 0.5:
        other = scene.fresh(lambda: percent(rng, fall=False)[0])
        scene.add(",同比")
        scene.mark(of(fact, "growth"), other, "增长")
    elif kind == "growth" and not base and fact.period.is_dated and rng.random() < 0.1 and not fact.family.is_rate:
        base = f"{fact.period.year - rng.randint(2, 6)}年"
        other = scene.fresh(lambda: percent(rng, fall=False)[0])
        scene.add(f",{rng.choice(('比', '较'))}{base}")
        scene.mark(of(fact, "growth", base), other, "增长")


def _compared(scene: Scene, fact: Fact) -> tuple[str, str, str]:
    rng, period = scene.rng, fact.period
    if period.is_month and rng.random() < 0.4 and not fact.family.is_rate:
        return rng.choice(("环比", "比上月", "较上月")), "month-on-month", ""
    if period.is_dated and rng.random() < 0.12:
        base = f"{period.year - rng.randint(2, 6)}年"
        return rng.choice(("比", "较")) + base, "growth", base
    if period.is_dated:
        return rng.choice(("同比", "同比", "比上年同期", "较上年", "比上年")), "growth", ""
    if period.year == 0:
        return rng.choice(("同比", "同比", "较去年同期", "比去年同期")), "growth", ""
    return "同比", "growth", ""


def increment(scene: Scene, fact: Fact) -> None:
    """ ",比上年增加3.2万吨": by how much, in the figure's own unit."""
    rng, family = scene.rng, fact.family
    if family.is_rate:
        return
    down = rng.random() < 0.25
    number = scene.number(fact)
    figure = scene.fresh(lambda: exact(number * rng.uniform(0.02, 0.3), family.decimals, family.unit))
    scene.add("," + (rng.choice(("比上年", "较上年", "同比")) if fact.period.is_dated else "同比"))
    verb = rng.choice(("减少", "少")) if down else rng.choice(("增加", "多", "净增", "新增"))
    if family.unit == "元":
        verb = "减少" if down else "增加"
    scene.mark(of(fact, "increment", down=down), figure, verb)


def share(scene: Scene, fact: Fact, whole: str, *, joint: str = ",") -> None:
    """ ",占全省的32.1%"."""
    rng = scene.rng
    if rng.random() < 0.08:
        figure = scene.fresh(lambda: rng.choice(_FRACTIONS))
    else:
        total = scene.numbers.get(value_of(fact.entity, fact.family, fact.family.total, fact.period))
        part = scene.numbers.get(value_of(fact.entity, fact.family, fact.item, fact.period))
        known = 100 * part / total if total and part and part < total else None
        figure = scene.fresh(lambda: f"{plain(known or rng.uniform(1.5, 60), 1)}%")
    if whole:
        scene.add(f"{joint}占{whole}{rng.choice(('的', '的', '比重达', '的比重为'))}")
    else:
        scene.add(joint + rng.choice(("占比为", "占", "占比达")))
    scene.mark(of(fact, "share", whole), figure)


def rank(scene: Scene, fact: Fact) -> None:
    """ ",居全国第三位"."""
    rng, field = scene.rng, rank_field(fact.entity)
    place = scene.fresh(lambda: rng.choice(_PLACES))
    verb = "居" if place == "首位" else rng.choice(("居", "位居", "排在", "列", "排名"))
    scene.add(f",{verb}{field}")
    scene.mark(of(fact, "rank", field), place)


def rank_field(entity: Entity) -> str:
    """Among whom an entity is ranked."""
    if entity.kind != "region":
        return "同行业" if entity.kind in ("company", "bank") else "全国同类"
    fields = {"省": "全国", "市": "全省", "县": "全市", "镇": "全县", "乡": "全县"}
    return "全国" if entity.name.endswith("自治区") else fields.get(entity.name[-1], "全国")


def multiple(scene: Scene, fact: Fact) -> None:
    """ ",是2016年的2.3倍"."""
    rng = scene.rng
    if not fact.period.is_dated or fact.family.is_rate:
        return
    base = f"{fact.period.year - rng.randint(3, 10)}年"
    figure = scene.fresh(
        lambda: rng.choice(
            (
                f"{plain(rng.uniform(1.2, 8), 1)}倍",
                f"{rng.choice('两三四五六')}倍",
                f"{rng.randint(2, 9)}倍多",
                f"近{rng.randint(2, 9)}倍",
            )
        )
    )
    scene.add(f",{rng.choice(('是', '为', '相当于'))}{base}的")
    scene.mark(of(fact, "multiple", base), figure)


def daily(scene: Scene, fact: Fact) -> None:
    """ ",日均13.2万人次"."""
    family = fact.family
    if family.is_rate or family.is_stock or family.unit in _INTENSIVE or fact.period.stretch[0] in "PS":
        return
    number = scene.number(fact) / fact.period.days
    figure = scene.fresh(lambda: exact(number * scene.rng.uniform(0.98, 1.02), family.decimals, family.unit))
    scene.add(scene.rng.choice((",日均", ",日均达", ",平均每天")))
    scene.mark(of(fact, "daily"), figure)


def completion(scene: Scene, fact: Fact) -> None:
    """ ",完成年度计划的87.3%"."""
    if fact.family.is_rate or fact.family.is_stock or fact.family.unit in _INTENSIVE or fact.period.stretch[0] in "PSH":
        return
    figure = scene.fresh(lambda: f"{plain(scene.rng.uniform(40, 118), 1)}%")
    scene.add(scene.rng.choice((",完成年度计划的", ",占年度任务的", ",为年度目标的")))
    scene.mark(of(fact, "completion"), figure)


def target_clause(scene: Scene, entity: Entity, family: Family, item: str, year: int) -> None:
    """ "到2028年,全省粮食产量力争达到120万吨"."""
    rng = scene.rng
    period = whole_year(year)
    fact = Fact(entity, family, item, period, TARGET)
    figure = scene.figure(fact)
    place = rng.choice((*entity.again, entity.name)) if scene.named == entity else entity.name
    scene.named, scene.timed = entity, period
    name = noun(scene, family, item)
    patterns = (
        f"到{year}年,{place}{name}力争达到",
        f"按照规划,到{year}年,{place}{name}将达到",
        f"{place}提出,到{year}年{name}达到",
        f"{place}计划到{year}年使{name}达到",
        f"根据行动方案,{year}年{place}{name}的目标是",
        f"{place}的目标是,到{year}年底,{name}达到",
        f"展望{year}年,{place}{name}预计为",
        f"力争到{year}年,{place}{name}突破",
    )
    scene.add(rng.choice(patterns))
    scene.mark(fact, figure.removeprefix("突破"))


_TAILS = {
    "growth": growth,
    "increment": increment,
    "rank": rank,
    "multiple": multiple,
    "daily": daily,
    "completion": completion,
}
_WEIGHTED = (*("growth",) * 5, "increment", "rank", "multiple", "daily", "completion")


def tails(scene: Scene, fact: Fact, whole: str = "", most: int = 2) -> None:
    """Up to so many of growth, increment, share, rank and the like; no growth along with an increment."""
    rng = scene.rng
    if fact.family.is_timeless or fact.period.stretch[0] in "PS":
        return
    ways = dict.fromkeys(
        rng.choice((*_WEIGHTED, "share", "share", "share") if whole else _WEIGHTED)
        for _ in range(min(most, rng.choice((0, 1, 1, 1, 2))))
    )
    if "growth" in ways:
        # Their figures would have to agree, and what follows from one would answer for the other.
        ways.pop("increment", None)
    for way in ways:
        if way == "share":
            share(scene, fact, whole)
        else:
            _TAILS[way](scene, fact)


def value_of(entity: Entity, family: Family, item: str, period: Period) -> Fact:
    """The fact of a quantity's value."""
    return Fact(entity, family, item, period)
