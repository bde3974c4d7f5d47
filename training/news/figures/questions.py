"""Questions for a figure: formal, colloquial or in keywords, with its time and place or without."""

from __future__ import annotations

from random import Random

from training.news.figures.scene import Fact

_VALUE = (
    "{w}{n}是多少",
    "{w}{n}是多少",
    "{w}{n}有多少",
    "{w}{n}达到多少",
    "{w}{n}达到了多少",
    "{w}{n}为多少",
    "{w}{n}多少",
    "{w}{n}一共是多少",
    "{w}{n}是多少{u}",
    "{w}{n}达到多少{u}",
    "{w}{n}到底是多少",
    "{w}{n}是个什么数字",
    "{w}{n}具体是多少",
    "{n}{w}是多少",
    "{w}的{n}是多少",
    "{w}的{n}有多少",
    "请问{w}{n}是多少",
    "文中说{w}{n}是多少",
    "想知道{w}{n}有多少",
    "{w}{n}报了多少",
    "{n}是多少,{w}",
)
_KEYWORDS = ("{n} {t}", "{t} {n}", "{p} {n} {t}", "{p}{n}", "{t}{p}{n}", "{p}{t}{n}", "{n} {p} {t}", "{p} {t} {n} 数据")
_GROWTH = (
    "{w}{n}{c}{up}了百分之几",
    "{w}{n}{c}{up}百分之多少",
    "{w}{n}增速是多少",
    "{w}{n}{c}增幅是多少",
    "{w}{n}{c}增幅有多大",
    "{w}{n}的增速有多快",
    "{w}{n}增长率是多少",
    "{w}{n}{c}增长率",
    "{w}{n}{c}变化幅度是多少",
    "{w}{n}{c}变动了百分之几",
    "{n} {t} 同比增速",
    "{w}{n}涨幅多大",
    "{w}{n}涨跌幅是多少",
    "{w}{n}{c}涨了百分之几",
    "{w}{n}{c}多了几成",
)
_GROWTH_VAGUE = (
    "{w}{n}{c}{up}多少",
    "{w}{n}{c}{up}了多少",
    "{w}{n}{c}涨了多少",
    "{w}{n}{c}变化有多大",
    "{w}{n}{c}多了多少",
)
_FALL = (
    "{w}{n}{c}降了百分之几",
    "{w}{n}降幅是多少",
    "{w}{n}{c}降幅有多大",
    "{w}{n}{c}减少了百分之几",
    "{w}{n}跌幅多大",
    "{w}{n}{c}少了几成",
    "{w}{n}{c}变化幅度是多少",
)
_FALL_VAGUE = ("{w}{n}{c}下降多少", "{w}{n}{c}少了多少", "{w}{n}{c}降了多少", "{w}{n}{c}减少了多少")
_GROWTH_COMPARED = tuple(pattern for pattern in _GROWTH if "{c}" in pattern)
_FALL_COMPARED = tuple(pattern for pattern in _FALL if "{c}" in pattern)
_POINTS = (
    "{w}{n}{c}{up}了几个百分点",
    "{w}{n}{c}{up}多少个百分点",
    "{w}{n}{c}变化了多少个百分点",
    "{w}{n}{c}变动几个百分点",
    "{w}{n}{c}{up}了多少",
    "{w}{n}{c}变化了多少",
)
_INCREMENT = (
    "{w}{n}{c}{more}多少{u}",
    "{w}{n}{c}{more}了多少{u}",
    "{w}{n}{c}{more}几{u}",
    "{w}{n}{c}变动了多少{u}",
    "{w}{n}{c}{more}的量是多少{u}",
)
_SHARE = (
    "{w}{n}占{b}多大比例",
    "{w}{n}占{b}的比重是多少",
    "{w}{n}占{b}百分之几",
    "{w}{n}占{b}的多少",
    "{w}{n}占{b}比重多大",
    "{w}{n}在{b}里占几成",
    "{w}{n}占{b}的份额有多大",
    "{w}{n}占比是多少",
    "{w}{n}占比多高",
    "{n} {t} 占比",
    "{w}{n}所占比例",
)
_RANK = (
    "{w}{n}居{b}第几位",
    "{w}{n}排{b}第几",
    "{w}{n}在{b}排第几",
    "{w}{n}在{b}排名多少",
    "{w}{n}位居{b}第几",
    "{w}{n}排名第几",
    "{w}{n}在{b}是什么位次",
    "{w}{n}在{b}处于第几名",
    "{n} {b}排名 {t}",
    "{w}{n}能排到{b}第几",
)
_MULTIPLE = (
    "{w}{n}是{b}的几倍",
    "{w}{n}是{b}的多少倍",
    "{w}{n}相当于{b}的几倍",
    "{w}{n}达到{b}的多少倍",
    "和{b}相比,{w}{n}是几倍",
    "{w}{n}为{b}的多少倍",
)
_TARGET = (
    "到{t}{p}{n}要达到多少",
    "{t}{p}{n}的目标是多少",
    "{p}{n}{t}计划达到多少",
    "{p}计划到{t}{n}达到多少",
    "{t}{p}{n}预计达到多少",
    "{p}打算到{t}把{n}做到多少",
    "{p}{n}{t}目标",
    "{t}{p}{n}力争达到多少{u}",
    "{p}提出{t}{n}达到多少",
    "{t}{p}{n}将达到多少",
)
_ENDS = ("？", "？", "？", "？", "?", "", "", "呢？", "啊", "？")


class Asker:
    """Words questions for facts; draws from the generator it is given."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def ask(self, fact: Fact, *, place: bool, time: bool, brief: bool = False, vague: bool = False) -> str:
        """A question for a fact.

        ``place`` and ``time`` say whether it names them; ``brief`` leaves the year out of the time (上半年). ``vague``
        allows wordings that fit a change in percent as well as one in the unit itself (涨了多少).
        """
        rng, family, kind = self._rng, fact.family, fact.measure.kind
        where = rng.choice(fact.entity.asks) if place else ""
        when = rng.choice(fact.period.briefs if brief else fact.period.asks) if time and fact.period.asks else ""
        name = rng.choice(family.nouns).replace("{x}", fact.item)
        words = {
            "w": self._whose(where, when),
            "p": where,
            "t": when,
            "n": name,
            "u": family.unit,
            "b": fact.measure.base,
            "c": self._compared(fact),
            "up": rng.choice(("提高", "上升", "变化"))
            if family.is_rate
            else rng.choice(("增长", "增长", "增加", "提高")),
            "more": rng.choice(("减少", "少", "下降")) if fact.measure.down else rng.choice(("增加", "多", "增加")),
        }
        if fact.measure.down and family.is_rate:
            words["up"] = rng.choice(("下降", "变化", "回落"))
        if kind == "value":
            text = self._value(fact, words)
        elif kind in ("growth", "month-on-month"):
            text = self._change(fact, vague).format(**words)
        else:
            pools = {"increment": _INCREMENT, "share": _SHARE, "rank": _RANK, "multiple": _MULTIPLE, "target": _TARGET}
            text = rng.choice(pools[kind]).format(**words)
        return self.close(text)

    def direction(self, fact: Fact, *, place: bool, time: bool) -> str:
        """The question whether a figure rose or fell, and by how much."""
        rng = self._rng
        where = rng.choice(fact.entity.asks) if place else ""
        when = rng.choice(fact.period.asks) if time and fact.period.asks else ""
        name = rng.choice(fact.family.nouns).replace("{x}", fact.item)
        end = rng.choice(
            (
                "是增长还是下降,幅度多大",
                "是增还是减,变了多少",
                "是涨了还是跌了",
                "是升是降",
                "同比是增加了还是减少了",
                "比过去多了还是少了",
            )
        )
        return self.close(f"{self._whose(where, when)}{name}{end}")

    def close(self, text: str) -> str:
        """A question with its mark, or without."""
        text = " ".join(text.split()).strip(", ")
        if text.startswith("的"):
            text = text[1:]
        end = self._rng.choice(_ENDS)
        if " " in text or (end in ("呢？", "啊") and not text.endswith(("多少", "几", "多大", "多高"))):
            end = "" if " " in text else "？"
        return text + end

    def _value(self, fact: Fact, words: dict[str, str]) -> str:
        rng, family = self._rng, fact.family
        way = rng.random()
        if way < 0.4:
            pattern = rng.choice(_VALUE)
            if not words["w"] and ("的{n}" in pattern or pattern.endswith(",{w}")):
                pattern = "{w}{n}是多少"
            return pattern.format(**words)
        if way < 0.5:
            return rng.choice(_KEYWORDS).format(**words) if words["t"] and words["p"] else "{p} {t} {n}".format(**words)
        asked = rng.choice(family.questions)
        start = (
            rng.choice(("一共", "总共", "共", "究竟", "大概"))
            if rng.random() < 0.12 and not asked.startswith("{x}")
            else ""
        )
        asked = asked.replace("{x}", fact.item)
        if asked.endswith("多少") and family.unit not in ("%", "元") and rng.random() < 0.12:
            asked += family.unit
        lead = rng.choice(("请问", "文章里说", "想问下", "我想知道")) if rng.random() < 0.06 else ""
        whose = words["w"]
        if asked.startswith(fact.item) and whose and rng.random() < 0.2:
            whose += "的"
        return f"{lead}{whose}{start}{asked}"

    def _change(self, fact: Fact, vague: bool) -> str:
        rng = self._rng
        if fact.family.is_rate:
            return rng.choice(_POINTS)
        if fact.measure.base or fact.measure.kind == "month-on-month":
            # What it is compared with must be named, or the question is another one.
            return rng.choice(_FALL_COMPARED if fact.measure.down else _GROWTH_COMPARED)
        if fact.measure.down and rng.random() < 0.7:
            return rng.choice(_FALL_VAGUE if vague and rng.random() < 0.4 else _FALL)
        if fact.measure.down:
            return rng.choice(("{w}{n}{c}变化幅度是多少", "{w}{n}{c}变动了百分之几", "{w}{n}增速是多少"))
        return rng.choice(_GROWTH_VAGUE if vague and rng.random() < 0.45 else _GROWTH)

    def _compared(self, fact: Fact) -> str:
        rng, measure = self._rng, fact.measure
        if measure.kind == "month-on-month":
            return rng.choice(("环比", "比上个月", "较上月"))
        if measure.base:
            return rng.choice((f"比{measure.base}", f"较{measure.base}", f"和{measure.base}相比"))
        return rng.choice(("", "同比", "同比", "比上年", "比前一年", "较上年同期"))

    def _whose(self, where: str, when: str) -> str:
        if where and when:
            return self._rng.choice(
                (f"{when}{where}", f"{where}{when}", f"{when},{where}", f"{where}在{when}", f"{where}{when}")
            )
        return where + when
