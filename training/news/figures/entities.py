"""The places and organisations that figures are told of; the organisations are invented, most places real."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random

from training.news.figures.lexicon import lines, word_lists

# How an organisation of a kind is named again, and how a question may name its kind.
_AGAIN = {
    "company": ("该公司", "公司", "该企业"),
    "hospital": ("该院", "全院", "医院"),
    "school": ("该校", "全校", "学校"),
    "museum": ("该馆", "馆内", "全馆"),
    "library": ("该馆", "馆内", "全馆"),
    "scenic": ("景区", "该景区"),
    "court": ("该院", "全院"),
    "bank": ("该行", "全行"),
    "port": ("该港", "全港", "港口"),
    "airport": ("该机场", "机场"),
    "railway": ("该局", "全局"),
    "product": ("该产品", "这款产品", "它"),
    "survey": ("调查显示", "结果显示"),
}
_LEVELS = {"省": "全省", "区": "全区", "市": "全市", "县": "全县", "州": "全州", "旗": "全旗", "盟": "全盟"}

# How much of a province's figures a place of the next levels has.
_SCALES = {"市": 0.15, "州": 0.15, "盟": 0.15, "县": 0.02, "区": 0.04, "旗": 0.02, "镇": 0.002, "乡": 0.001}


@dataclass(frozen=True, slots=True)
class Entity:
    """A place or an organisation; ``again`` are the ways to name it a second time."""

    name: str
    kind: str = field(compare=False)
    again: tuple[str, ...] = field(compare=False)
    asks: tuple[str, ...] = field(compare=False)
    parent: str = field(compare=False, default="")
    scale: float = field(compare=False, default=1.0)


@cache
def _provinces() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in lines("places.txt"):
        province, _, rest = line.partition(":")
        cities = (entry.split("/") for entry in rest.split())
        found[province] = {city: tuple(counties) for city, *counties in cities}
    return found


def region(name: str, parent: str = "") -> Entity:
    """A province, city or county."""
    again = _LEVELS.get(name[-1], "当地")
    if name.endswith(("自治区", "地区")):
        again = "全区"
    short = name
    for suffix in ("维吾尔自治区", "回族自治区", "自治区", "地区", "省", "市", "州", "县"):
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            short = name.removesuffix(suffix)
            break
    in_full = (f"{parent}{name}",) if parent else ()
    asks = (name, *in_full, short) if short not in ("海南", "吉林", "延边") or name.endswith("省") else (name,)
    scale = 1.0 if name.endswith(("省", "自治区")) else _SCALES.get(name[-1], 0.15)
    return Entity(name, "region", (again, again, "当地"), asks, parent, scale)


def draw_regions(rng: Random) -> tuple[Entity, list[Entity]]:
    """A region and some others of the next level within it (all invented one time in four)."""
    if rng.random() < 0.25:
        names = word_lists("names.txt")
        ends = rng.choice((("市", "县"), ("市", "区"), ("县", "镇"), ("县", "乡"), ("省", "市")))
        whole = region(_invented(rng, names) + ends[0])
        return whole, [region(_invented(rng, names) + ends[1], whole.name) for _ in range(5)]
    provinces = _provinces()
    province = rng.choice(sorted(provinces))
    cities = provinces[province]
    city = rng.choice(sorted(cities))
    if rng.random() < 0.5 and len(cities[city]) >= 2:
        return region(city, province), [region(name, city) for name in cities[city]]
    return region(province), [region(name, province) for name in rng.sample(sorted(cities), min(5, len(cities)))]


def other_region(rng: Random, entity: Entity) -> Entity:
    """A region of the same level elsewhere."""
    provinces = _provinces()
    province = rng.choice(sorted(provinces))
    if entity.name in provinces:
        return region(province)
    city = rng.choice(sorted(provinces[province]))
    counties = provinces[province][city]
    if entity.name.endswith(("县", "镇", "乡", "旗")) and counties:
        return region(rng.choice(counties), city)
    return region(city, province)


def organisation(rng: Random, kind: str) -> Entity:
    """An invented organisation, product or survey of a kind."""
    names = word_lists("names.txt")
    if kind in ("company", "product"):
        brand = rng.choice(names["brand-first"]) + rng.choice(names["brand-last"])
        if kind == "company":
            short = brand + rng.choice(names["industry"])
            name = short + rng.choice(names["company-suffix"]) if rng.random() < 0.3 else short
            return Entity(name, kind, _AGAIN[kind], (name, short))
        kind_name = rng.choice(names["product-kind"])
        model = rng.choice(("", " Pro", "X", "2代", " S3", " Air", "Max", "Mini"))
        name = f"{brand}{kind_name}{model}"
        return Entity(name, kind, _AGAIN[kind], (name,))
    if kind == "survey":
        place = rng.choice(sorted(_provinces()))
        city = rng.choice(sorted(_provinces()[place]))
        name = f"{city}{rng.choice(names['survey-kind'])}"
        return Entity(name, kind, _AGAIN[kind], (name, city))
    place = _invented(rng, names) if rng.random() < 0.6 else region(rng.choice(sorted(_cities()))).asks[-1]
    level = "" if kind in ("port", "airport", "railway", "bank") else rng.choice(("市", "县", "市", ""))
    if kind in ("scenic", "school", "museum", "library") and rng.random() < 0.6:
        level = ""
    if place.endswith(("州", "地区", "盟")):
        level = ""
    name = f"{place}{level}{rng.choice(names[f'{kind}-suffix'])}"
    return Entity(name, kind, _AGAIN[kind], (name,))


@cache
def _cities() -> tuple[str, ...]:
    return tuple(city for cities in _provinces().values() for city in cities)


def _invented(rng: Random, names: dict[str, tuple[str, ...]]) -> str:
    while True:
        first, last = rng.choice(names["place-first"]), rng.choice(names["place-last"])
        if first != last:
            return first + last
