"""The people, organisations, events and things of one invented paragraph, no two of them alike."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from training.news.facts import names, words
from training.news.facts.domain import Domain, Pair, Thing

_NUMERALS = "零一二三四五六七八九十"
_EDITION = re.compile(r"第([一二三四五六七八九十]+)届")
_YEAR = re.compile(r"(20\d\d)年")
PLANS = tuple(
    "乡村振兴行动方案 古城保护条例 湿地保护规划 全民阅读促进办法 老旧小区改造计划 绿道建设规划 "
    "文物安全管理办法 青少年健康行动计划".split()
)
_BRANDS = tuple(
    "蓝禾 云帆 青山 星野 和风 瑞谷 启明 远桥 春晖 海图 朴石 南枝 百川 晨露 知行 麦浪 雪松 金穗 同辉 长风".split()
)
_PAIR_KINDS = ("quote", "deed", "cause", "purpose", "means", "outcome")
_AWARDS = tuple(
    "金穗奖 匠心奖 最佳创意奖 年度贡献奖 银帆奖 山海奖 新锐奖 特等奖 青年先锋奖 优秀组织奖 "
    "观众最喜爱奖 最佳团队奖 红枫奖 星火奖 最具潜力奖".split()
)


class OutOfStockError(LookupError):
    """Nothing of the kind is left that this paragraph does not hold yet."""


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def neighbours(event: str) -> tuple[str, ...]:
    """The names of the editions of an event close to the one that is named."""
    if edition := _EDITION.search(event):
        return tuple(event.replace(edition[0], f"第{numeral(number)}届", 1) for number in range(1, 40))
    if year := _YEAR.search(event):
        return tuple(event.replace(year[1], str(int(year[1]) + step), 1) for step in range(-3, 4) if step)
    return ()


class Cast:
    """Draws names and statements so that none holds another, and near misses that the paragraph does not hold."""

    def __init__(self, rng: Random, domain: Domain) -> None:
        self.rng = rng
        self.domain = domain
        self.province = rng.choice(tuple(names.PROVINCES))
        cities, counties = names.PROVINCES[self.province]
        self.city = rng.choice(cities)
        self.county = rng.choice(counties)
        self._used: list[str] = []
        self._pools: dict[str, list[Any]] = {}

    def _unlike(self, make: Any) -> str:
        for _ in range(40):
            name: str = make()
            if not any(name in used or used in name for used in self._used):
                self._used.append(name)
                return name
        raise OutOfStockError

    def _pop(self, pool: str, stock: tuple[Any, ...]) -> Any:
        if pool not in self._pools:
            self._pools[pool] = self.rng.sample(stock, len(stock))
        if not self._pools[pool]:
            raise OutOfStockError(pool)
        return self._pools[pool].pop()

    def person(self) -> str:
        """A name of a person."""
        return self._unlike(lambda: names.person(self.rng))

    def region(self) -> str:
        """A city, a county or a province, often the paragraph's own."""
        if self.rng.random() < 0.6:
            return self.rng.choice((self.city, self.county, self.county, self.province))
        cities, counties = names.PROVINCES[self.rng.choice(tuple(names.PROVINCES))]
        return self.rng.choice(cities + counties)

    def place(self) -> str:
        """A place to live or work in: city and road, county and town, or a town."""
        rng = self.rng
        town = rng.choice(names.TOWN_STEMS) + rng.choice(("镇", "村", "乡", "街道"))
        road = rng.choice(names.ROADS) + rng.choice(("路", "街", "大道"))
        forms = (
            f"{self.city}{road}",
            f"{self.county}{town}",
            town,
            f"{road}{rng.randint(2, 299)}号",
            f"{self.city}市郊的{town}",
            rng.choice(names.TOWN_STEMS) + rng.choice(("河畔", "山脚下", "湖边", "水库旁", "渡口")),
        )
        return self._unlike(lambda: rng.choice(forms) if rng.random() < 0.2 else forms[rng.randrange(len(forms))])

    def city_elsewhere(self) -> str:
        """A city that the paragraph does not name yet."""
        return self._unlike(lambda: self.rng.choice(names.PROVINCES[self.rng.choice(tuple(names.PROVINCES))][0]))

    def venue(self) -> str:
        """A hall, park or other place where things happen."""
        stem: str = self._pop("venue", self.domain.venues)
        return self._unlike(lambda: self.rng.choice((self.city, self.county, self.rng.choice(names.TOWN_STEMS))) + stem)

    def organisation(self) -> str:
        """An organisation: its region or brand, and what it is."""
        stem: str = self._pop("body", self.domain.bodies * 2)

        def make() -> str:
            brand = stem.endswith("公司") and self.rng.random() < 0.7
            return (self.rng.choice(_BRANDS) if brand else self.region()) + stem

        return self._unlike(make)

    def post(self, organisation: str = "") -> str:
        """A post in an organisation, the given one or another."""
        if not organisation and self.rng.random() < 0.3:
            return self._unlike(lambda: self._neighbourhood() + self.rng.choice(self.domain.posts))
        organisation = organisation or self.organisation()
        posts = next(
            (posts for endings, posts in words.POSTS_BY_ENDING if organisation.endswith(endings)), words.ANY_POSTS
        )
        free = [organisation + post for post in posts if organisation + post not in self._used]
        self._used.append(self.rng.choice(free))
        return self._used[-1]

    def _neighbourhood(self) -> str:
        town = self.rng.choice(names.TOWN_STEMS) + self.rng.choice(("镇", "村", "乡"))
        return self.rng.choice((self.city, self.county, town))

    def stem(self) -> str:
        """What an event is called without its edition and place."""
        name: str = self._pop("event", self.domain.events)
        return name

    def event(self) -> str:
        """An event with its edition or year and place."""
        stem = self.stem()
        rng = self.rng
        edition = rng.choice((f"第{numeral(rng.randint(2, 28))}届", f"{rng.randint(2019, 2025)}年", ""))
        return self._unlike(lambda: edition + self.region() + stem)

    def thing(self) -> Thing:
        """A thing of the domain."""
        thing: Thing = self._pop("thing", self.domain.things)
        self._used.append(thing.name)
        return thing

    def pair(self, kind: str) -> Pair:
        """A statement of the domain: "quote", "deed", "cause", "purpose", "means" or "outcome"."""
        pair: Pair = self._pop(kind, getattr(self.domain, kind))
        return pair

    def listing(self, kind: str = "listing") -> Any:
        """A list of the domain, of parts ("listing") or of steps for a goal ("measure")."""
        return self._pop(kind, getattr(self.domain, kind))

    def award(self) -> str:
        """An award."""
        return self._unlike(lambda: self.rng.choice(_AWARDS))

    def date(self) -> str:
        """A day or days."""
        return self._unlike(lambda: names.date(self.rng))

    def day(self) -> str:
        """A day or days without a year, for what bears its year in its name."""
        return self._unlike(lambda: re.sub(r"^\d+年", "", names.date(self.rng)))

    def year(self) -> str:
        """A year of the past."""
        return self._unlike(lambda: f"{self.rng.randint(1952, 2022)}年")

    def work(self) -> str:
        """A title in 《》."""
        title: str = self._pop("work", self.domain.works)
        return title

    def match(self) -> str:
        """A competition with its place."""
        return self._unlike(lambda: self.region() + self.rng.choice(words.MATCHES))

    def incident(self) -> tuple[str, str]:
        """An incident and what it came of."""
        kept: tuple[str, str] = self._pop("incident", words.INCIDENTS)
        return kept

    def route(self) -> str:
        """A line of transport."""
        line: str = self._pop("route", words.ROUTES)
        return line

    def first(self) -> str:
        """Something that is the first of its kind."""
        kind: str = self._pop("first", words.FIRSTS)
        return self.rng.choice(words.RANKS) + kind

    def project(self) -> str:
        """A project that is invested in."""
        name: str = self._pop("project", words.PROJECTS)
        return name

    def pet_name(self) -> str:
        """A name that people give to a thing."""
        name: str = self._pop("pet_name", words.PET_NAMES)
        return name

    def plan(self) -> str:
        """A title of a plan, in 《》."""
        return self._unlike(lambda: f"《{self.region()}{self.rng.choice(PLANS)}》")

    def theme(self) -> str:
        """A slogan."""
        slogan: str = self._pop("theme", self.domain.themes)
        return slogan

    def fresh(self, kind: str, like: str) -> str:
        """Another of the kind, which the paragraph does not hold; an event may be another edition of ``like``.

        Raises:
            OutOfStockError: nothing is left.
        """
        if kind == "event" and self.rng.random() < 0.6:
            if edition := _EDITION.search(like):
                other = self._unlike(lambda: numeral(self.rng.randint(2, 30)))
                return like.replace(edition[1], other, 1)
            if year := _YEAR.search(like):
                return like.replace(year[1], str(int(year[1]) + self.rng.choice((-2, -1, 1, 2))), 1)
        if kind == "thing":
            return self.thing().name
        if kind == "incident":
            return self.incident()[0]
        if kind in ("place", "region"):
            return self.city_elsewhere()
        if kind in _PAIR_KINDS:
            return self.pair(kind).asked
        if kind in ("listing", "measure", "programme"):
            noun: str = self.listing(kind).noun
            return noun
        made: str = getattr(self, kind)()
        return made
