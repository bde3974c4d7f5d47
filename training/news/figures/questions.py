"""Questions for a figure: formal, colloquial or in keywords, with its time and place or without."""

from __future__ import annotations

from random import Random

from training.news.figures import patterns
from training.news.figures.lexicon import Family
from training.news.figures.periods import year_name
from training.news.figures.scene import TARGET, Fact

_PLANNERS = ("{p}计划", "{p}打算", "{p}提出", "{p}希望")
_WITHIN = {
    "share": (patterns.SHARE, patterns.SHARE_ALONE),
    "rank": (patterns.RANK, patterns.RANK_ALONE),
}
_POOLS = {
    "increment": patterns.INCREMENT,
    "multiple": patterns.MULTIPLE,
    "daily": patterns.DAILY,
    "completion": patterns.COMPLETION,
}


class Asker:
    """Words questions for facts; draws from the generator it is given."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def ask(
        self,
        fact: Fact,
        *,
        place: bool,
        time: bool,
        brief: bool = False,
        vague: bool = False,
        based: bool = False,
        loose: bool = False,
        again: str = "",
    ) -> str:
        """A question for a fact.

        ``place`` and ``time`` say whether it names them; ``brief`` leaves the year out of the time (上半年). ``vague``
        allows wordings that fit a change in percent as well as one in the unit itself (涨了多少). ``based`` makes it
        name what a change, share or rank is measured against. ``loose`` lets it name the year for its end.
        ``again`` stands for the place (全省).
        """
        rng, family = self._rng, fact.family
        where = (again or rng.choice(fact.entity.asks)) if place else ""
        when = rng.choice(fact.period.briefs if brief else fact.period.asks) if time and fact.period.asks else ""
        if when and fact.measure == TARGET:
            when = fact.period.asks[0]
        elif when and loose and fact.period.stretch == "E12":
            when = year_name(fact.period.year)
        up = rng.choice(("增长", "增长", "增加", "提高"))
        if family.is_rate:
            up = rng.choice(("下降", "变化", "回落") if fact.measure.down else ("提高", "上升", "变化"))
        words = {
            "w": self._whose(where, when),
            "p": where,
            "t": when,
            "n": self._name(family, fact.item),
            "u": family.unit,
            "b": fact.measure.base,
            "c": self._compared(fact, based),
            "up": up,
            "more": rng.choice(("减少", "少", "下降") if fact.measure.down else ("增加", "多", "新增")),
        }
        return self.close(self._worded(fact, words, vague, based))

    def direction(self, fact: Fact, *, place: bool, time: bool) -> str:
        """The question whether a figure rose or fell, and by how much."""
        rng = self._rng
        where = rng.choice(fact.entity.asks) if place else ""
        when = rng.choice(fact.period.asks) if time and fact.period.asks else ""
        name = self._name(fact.family, fact.item)
        return self.close(f"{self._whose(where, when)}{name}{rng.choice(patterns.DIRECTION)}")

    def close(self, text: str) -> str:
        """A question with its mark, or without."""
        text = " ".join(text.split()).strip(", ").removeprefix("的")
        end = self._rng.choice(patterns.ENDS)
        if " " in text:
            return text
        if end in ("呢？", "啊") and not text.endswith(("多少", "几", "多大", "多高")):
            end = "？"
        return text + end

    def _worded(self, fact: Fact, words: dict[str, str], vague: bool, based: bool) -> str:
        rng, kind = self._rng, fact.measure.kind
        if kind == "value":
            return self._value(fact.family, fact.item, words)
        if kind in ("growth", "month-on-month"):
            return self._change(fact, vague, based).format(**words)
        if kind == "target":
            pool = patterns.TARGET if words["t"] else patterns.TARGET_UNDATED
            # 计划 and 提出 want somebody who plans.
            subjects = [pattern for pattern in pool if words["p"] or not pattern.startswith(_PLANNERS)]
            return rng.choice(subjects).format(**words)
        if kind in ("share", "rank"):
            named, alone = _WITHIN[kind]
            bare = not fact.measure.base or (not based and rng.random() < 0.35)
            return rng.choice(alone if bare else named).format(**words)
        return rng.choice(_POOLS[kind]).format(**words)

    def _value(self, family: Family, item: str, words: dict[str, str]) -> str:
        rng, whose = self._rng, words["w"]
        way = rng.random()
        if way < 0.4:
            pattern = rng.choice(patterns.VALUE)
            if not whose and "的{n}" in pattern:
                pattern = "{w}{n}是多少"
            return pattern.format(**words)
        if way < 0.49:
            if words["t"] and words["p"]:
                return rng.choice(patterns.KEYWORDS).format(**words)
            return f"{words['p']} {words['t']} {words['n']}"
        asked = rng.choice(family.questions)
        starts_with_item = asked.startswith("{x}")
        asked = asked.replace("{x}", item)
        if asked.endswith("多少") and family.unit not in ("%", "元") and rng.random() < 0.12:
            asked += family.unit
        start = (
            rng.choice(("一共", "总共", "共", "究竟", "大概")) if not starts_with_item and rng.random() < 0.12 else ""
        )
        lead = rng.choice(patterns.LEADS) if rng.random() < 0.07 else ""
        if starts_with_item and whose and rng.random() < 0.2:
            whose += "的"
        return f"{lead}{whose}{start}{asked}"

    def _change(self, fact: Fact, vague: bool, based: bool) -> str:
        rng, down = self._rng, fact.measure.down
        if fact.family.is_rate:
            return rng.choice(patterns.POINTS)
        if based or fact.measure.base or fact.measure.kind == "month-on-month":
            # What it is compared with must be named, or the question is another one.
            return rng.choice(patterns.FALL_COMPARED if down else patterns.GROWTH_COMPARED)
        if vague and rng.random() < 0.4:
            return rng.choice(patterns.FALL_VAGUE if down else patterns.GROWTH_VAGUE)
        return rng.choice(patterns.FALL if down else patterns.GROWTH)

    def _compared(self, fact: Fact, based: bool) -> str:
        rng, measure = self._rng, fact.measure
        if measure.kind == "month-on-month":
            return rng.choice(("环比", "比上个月", "较上月"))
        if measure.base:
            return rng.choice((f"比{measure.base}", f"较{measure.base}", f"和{measure.base}相比"))
        return rng.choice(("同比" if based else "", "同比", "同比", "比上年", "比前一年", "较上年同期"))

    def _name(self, family: Family, item: str) -> str:
        name = self._rng.choice(family.nouns).replace("{x}", item)
        if self._rng.random() < 0.25:
            for length in (4, 3, 2):
                ways = patterns.SYNONYMS.get(name[-length:])
                if ways and len(name) > length:
                    return name[:-length] + self._rng.choice(ways)
        return name

    def _whose(self, where: str, when: str) -> str:
        if where and when:
            within = f"{where}{when}" if when.startswith(("截至", "到")) else f"{where}在{when}"
            return self._rng.choice((f"{when}{where}", f"{where}{when}", f"{when},{where}", within))
        return where + when
