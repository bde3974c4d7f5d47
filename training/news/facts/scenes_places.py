"""Sentences about firsts, projects, opening hours and names given to things."""

from __future__ import annotations

from training.news.facts.passage import Passage
from training.news.facts.scenes_things import know_thing
from training.news.facts.words import CLOSED, HOURS


def first(passage: Passage) -> None:
    """The first of its kind: where, and by whom."""
    cast = passage.cast
    name = cast.first()
    passage.say(
        "[{first}在{place}[建成|落成|投入使用]，[由{org}建设|建设单位是{org}]。|{org}在{place}建成{first}。|{org}[办起|建起]了{first}。|{first}[已在|如今就在]{place}[开门|启用]。]",
        first=name,
        place=cast.place(),
        org=cast.organisation(),
    )
    passage.know("first", name)
    if not passage.has("place"):
        passage.hint("first.where", first=name)
    passage.tell("first.where", "place", first=name)
    passage.tell("first.org", "org", first=name)


def projects(passage: Passage) -> None:
    """Projects come to a place, each with its investor."""
    cast, rng = passage.cast, passage.rng
    region = cast.city_elsewhere()
    count = rng.choice((2, 3, 3))
    investors = [cast.organisation() for _ in range(count)]
    names = [cast.project() for _ in range(count)]
    parts = [f"{{org{n}}}[投资|出资|投建]的{{project{n}}}" for n in range(count)]
    joined = "、".join(parts[:-1]) + rng.choice(("和", "、", "以及")) + parts[-1]
    passage.say(
        f"[今年以来，|签约之后，|]<all>{joined}</all>[先后落户|相继落地|陆续在]{{region}}".replace(
            "陆续在]", "集中落户]"
        )
        + "。",
        region=region,
        **{f"org{n}": org for n, org in enumerate(investors)},
        **{f"project{n}": project for n, project in enumerate(names)},
    )
    for n, (org, project) in enumerate(zip(investors, names, strict=True)):
        passage.know("project", project)
        passage.know("organisation", org)
        passage.tell("project.investor", f"org{n}", project=project)
        passage.tell("project.where", "region", project=project)
        passage.tell("investor.project", f"project{n}", org=org)
    passage.tell("all.projects", "all", region=region)


def hours(passage: Passage) -> None:
    """When two venues are open."""
    cast, rng = passage.cast, passage.rng
    one, two = cast.venue(), cast.venue()
    open1, open2 = rng.sample(HOURS, 2)
    passage.say(
        "{one}{open1}开放[，{closed}|]；{two}[的开放时间为|则]{open2}[|，{closed2}]。".replace(
            "的开放时间为|则]{open2}", "的开放时间为{open2}|则{open2}开放]"
        ),
        one=one,
        two=two,
        open1=open1,
        open2=open2,
        closed=rng.choice(CLOSED),
        closed2=rng.choice(CLOSED),
    )
    for venue, end in ((one, "1"), (two, "2")):
        passage.know("venue", venue)
        passage.tell("venue.hours", "open" + end, venue=venue)
        passage.hint("venue.opened", venue=venue)
    passage.tell("venue.closed", "closed", venue=one)
    passage.tell("venue.closed", "closed2", venue=two)


def named(passage: Passage) -> None:
    """Two things and the names given to them."""
    cast = passage.cast
    one, two = cast.thing(), cast.thing()
    name, name2 = cast.pet_name(), cast.pet_name()
    passage.say(
        "[{thing}[名叫|被大家唤作|取名]“{name}”，{thing2}[则叫|的名字是|昵称]“{name2}”。|[大家|孩子们]给{thing}起名“{name}”，给{thing2}起名“{name2}”。]",
        thing=one.name,
        thing2=two.name,
        name=name,
        name2=name2,
    )
    for thing, called, end in ((one, name, ""), (two, name2, "2")):
        know_thing(passage, thing)
        passage.tell("thing.called", "name" + end, thing=thing.name)
        passage.tell("called.thing", "thing" + end, name=called)
