"""Questions that a passage does not answer: of another subject, an untold attribute, or with the telling unit gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from training.news.facts.cast import OutOfStockError
from training.news.facts.passage import Fact, Fields, Passage
from training.news.facts.relations import RELATIONS

_OF_THE_TEXT = tuple(key for key, relation in RELATIONS.items() if not relation.fields)
_ANYWHERE: dict[str, list[tuple[str, str]]] = {}
for _key, _relation in RELATIONS.items():
    if _relation.anywhere and len(_relation.fields) == 1:
        ((_field, _kind),) = _relation.fields.items()
        _ANYWHERE.setdefault(_kind, []).append((_key, _field))


@dataclass(frozen=True, slots=True)
class Miss:
    """A question without an answer: the relation, what it is asked about, how it was made, and units to leave out."""

    relation: str
    fields: Fields
    way: str
    without: frozenset[int] = frozenset()


def other_subjects(passage: Passage) -> Iterator[Miss]:
    """A told relation asked of a subject of the same kind that the text does not hold at all."""
    for fact in passage.facts:
        if not fact.fields:
            continue
        name, value = passage.rng.choice(fact.fields)
        kind = RELATIONS[fact.relation].fields[name]
        try:
            other = _another(passage, kind, value)
        except OutOfStockError:
            continue
        fields = tuple((field, other if field == name else asked) for field, asked in fact.fields)
        if kind == "any_listing" and any(value in group and other in group for group in _NEAR_NOUNS):
            continue
        text = "".join(passage.units)
        if kind == "date" and same_days(other, text):
            continue
        if not passage.told(fact.relation, fields) and other not in text:
            yield Miss(fact.relation, fields, f"other-{kind}")


# Nouns under which one might list the same items.
_NEAR_NOUNS = tuple(
    frozenset(group.split())
    for group in (
        "动物 鸟类",
        "招牌菜 小吃 特产 作物 海产 原料 药材",
        "活动 项目 比赛 赛项 环节 课程 服务 训练项目 科目",
        "展品 文物 标本 馆藏 遗迹 材料",
        "设备 装备 场地 站点",
        "展区 展厅 单元 专区 组别 论坛 门类",
    )
)
_DAYS = re.compile(r"(\d+)月(?:(\d+)日)?(?:至(\d+)日)?")


def same_days(date: str, text: str) -> bool:
    """Whether the text names a day, or a span of days, that the date may fall on."""
    asked = [_span(match) for match in _DAYS.finditer(date)]
    told = [_span(match) for match in _DAYS.finditer(text)]
    return any(a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2] for a in asked for b in told)


def _span(match: re.Match[str]) -> tuple[int, int, int]:
    first = int(match[2] or 1)
    return int(match[1]), first, int(match[3] or match[2] or 31)


def _another(passage: Passage, kind: str, like: str) -> str:
    if kind == "things":
        return passage.cast.thing().name + "和" + passage.cast.thing().name
    if kind in ("made", "used", "works"):
        return passage.cast.thing().name
    if kind == "any_listing":
        return passage.cast.fresh(passage.rng.choice(("listing", "programme")), like)
    if kind == "owner":
        return passage.cast.venue()
    return passage.cast.fresh(kind, like)


def untold(passage: Passage) -> Iterator[Miss]:
    """A relation asked of a subject of the text, of which the text does not tell it."""
    for kind, name in passage.subjects:
        for key, field in _ANYWHERE.get(kind, ()):
            fields = ((field, name),)
            if not passage.told(key, fields):
                yield Miss(key, fields, "untold")
    for key in _OF_THE_TEXT:
        if not passage.told(key, ()):
            yield Miss(key, (), "untold")


def removed(passage: Passage) -> Iterator[Miss]:
    """A told relation asked of the text without the units that tell it."""
    for fact in passage.facts:
        telling = frozenset(
            other.unit for other in passage.facts if (other.relation, other.fields) == (fact.relation, fact.fields)
        )
        rest = "".join(unit for number, unit in enumerate(passage.units) if number not in telling)
        if answer_of(passage, fact) not in rest and len(rest) > 40:
            yield Miss(fact.relation, fact.fields, "removed", telling)


def answer_of(passage: Passage, fact: Fact) -> str:
    """The words that answer a fact's question."""
    return passage.units[fact.unit][fact.start : fact.end]
