"""Sentences about things and how they are: functions, materials, reasons, purposes, lists, steps."""

from __future__ import annotations

from training.news.facts.domain import Thing
from training.news.facts.passage import Passage

_NUMBERS = ("", "", "两", "三", "四", "五")


def know_thing(passage: Passage, thing: Thing) -> None:
    """Name a thing, and each attribute that it has, told or not."""
    passage.know("thing", thing.name)
    for kind, attribute in (("made", thing.made_of), ("used", thing.used_for), ("works", thing.works_by)):
        if attribute:
            passage.know(kind, thing.name)


def side_by_side(passage: Passage) -> None:
    """Two or three things, each with what it does."""
    cast, rng = passage.cast, passage.rng
    things = [cast.thing() for _ in range(rng.choice((2, 3, 3)))]
    values = {f"thing{n}": thing.name for n, thing in enumerate(things)}
    values |= {f"does{n}": thing.does for n, thing in enumerate(things)}
    link = rng.choice(("，", "；", "；"))
    clauses = [
        "{thing0}[能|可以|会|能够]{does0}",
        "{thing1}[能|可以|可]{does1}",
        "{thing2}[则能|则可|还能|能]{does2}",
    ]
    passage.say(
        f"[展台上，|在这里，|记者看到，|眼下，|]<all>{link.join(clauses[: len(things)])}</all>[。|……|"
        f"，引来[不少人|观众]驻足。]",
        **values,
    )
    for n, thing in enumerate(things):
        know_thing(passage, thing)
        passage.tell("thing.does", f"does{n}", thing=thing.name)
        # What a thing does says in part what it is for and how.
        passage.hint("thing.used_for", thing=thing.name)
        passage.hint("thing.works_by", thing=thing.name)
    names = [thing.name for thing in things]
    for joined in ("、".join(names), "、".join(names[:-1]) + "和" + names[-1]):
        passage.tell("things.all", "all", all=joined)


def one_thing(passage: Passage) -> None:
    """A thing with two or three of its attributes and its maker."""
    cast = passage.cast
    thing, maker = cast.thing(), cast.organisation()
    parts = []
    if thing.made_of:
        parts.append("[以{made}制成|主要用料是{made}|用的是{made}]")
    if thing.used_for:
        parts.append("[主要用于{used}|用来{used}|专为{used}而做]" if not thing.used_for.startswith("用") else "{used}")
    if thing.works_by:
        parts.append("[原理是{works}|它的办法是{works}|工作时{works}]")
    chosen = passage.rng.sample(parts, min(len(parts), passage.rng.randint(1, 2)))
    lead = passage.rng.choice(
        ("[由{maker}研发的|{maker}带来的|{maker}推出的]{thing}", "{thing}", "{thing}[出自{maker}|由{maker}研制]，[它|]")
    )
    tail = passage.rng.choice(("", "，能{does}"))
    passage.say(
        lead + "，".join(chosen) + tail + "。",
        thing=thing.name,
        maker=maker,
        made=thing.made_of,
        used=thing.used_for,
        works=thing.works_by,
        does=thing.does,
    )
    know_thing(passage, thing)
    passage.tell("thing.maker", "maker", thing=thing.name)
    if passage.has("maker"):
        passage.tell("org.made", "thing", org=maker)
        passage.know("organisation", maker)
    passage.tell("thing.made_of", "made", thing=thing.name)
    passage.tell("thing.used_for", "used", thing=thing.name)
    passage.tell("thing.works_by", "works", thing=thing.name)
    passage.tell("thing.does", "does", thing=thing.name)
    # What it is for, how it works and what it does answer for one another in part.
    for relation in ("thing.does", "thing.used_for", "thing.works_by"):
        passage.hint(relation, thing=thing.name)


def makers(passage: Passage) -> None:
    """Two things and who made which."""
    cast = passage.cast
    one, two = cast.thing(), cast.thing()
    org, org2 = cast.organisation(), cast.organisation()
    passage.say(
        "{org}[研发|拿出|展示|推出]的{one}[备受关注|前围满了人|人气很高]，{org2}[则|]带来了{two}。",
        org=org,
        org2=org2,
        one=one.name,
        two=two.name,
    )
    for thing, maker, marks in ((one, org, ("org", "one")), (two, org2, ("org2", "two"))):
        know_thing(passage, thing)
        passage.know("organisation", maker)
        passage.tell("thing.maker", marks[0], thing=thing.name)
        passage.tell("org.made", marks[1], org=maker)


def reason(passage: Passage) -> None:
    """Something happens for a reason."""
    cause = passage.cast.pair("cause")
    passage.say(
        "[由于{reason}，{effect}。|因为{reason}，{effect}。|{effect}，[原因是|这是因为|"
        "主要是因为]{reason}。|{effect}。[究其原因，是|原来，是因为]{reason}。|{reason}，[因此|"
        "所以]{effect}。]",
        reason=cause.told,
        effect=cause.about,
    )
    passage.tell("effect.reason", "reason", effect=cause.asked)


def purpose(passage: Passage) -> None:
    """An organisation does something for a purpose."""
    goal, org = passage.cast.pair("purpose"), passage.cast.organisation()
    passage.say(
        "[为{goal}，{org}{action}。|为了{goal}，{org}[日前|近日|去年|]{action}。|{org}{action}，[目的是|"
        "为的是|意在]{goal}。]",
        goal=goal.told,
        org=org,
        action=goal.about,
    )
    passage.know("organisation", org)
    passage.tell("action.purpose", "goal", org=org, action=goal.asked)
    passage.tell("action.org", "org", action=goal.asked)


def means(passage: Passage) -> None:
    """An organisation reaches something by some means."""
    way, org = passage.cast.pair("means"), passage.cast.organisation()
    passage.say(
        "[通过|依靠|借助|凭借]{way}，{org}{result}。",
        way=way.told,
        org=org,
        result=way.about,
    )
    passage.know("organisation", org)
    passage.tell("result.means", "way", org=org, result=way.asked)


def consequence(passage: Passage) -> None:
    """What follows under a condition."""
    outcome = passage.cast.pair("outcome")
    passage.say(
        "[如果|一旦|要是|倘若]{condition}，{outcome}。",
        condition=outcome.about,
        outcome=outcome.told,
    )
    passage.tell("condition.outcome", "outcome", condition=outcome.asked)


def measures(passage: Passage) -> None:
    """What an organisation does for a goal, point by point."""
    cast = passage.cast
    listing, org = cast.listing("measure"), cast.organisation()
    heads = passage.rng.choice(
        (("一是", "二是", "三是", "四是"), ("首先，", "其次，", "再次，", "最后，"), ("", "", "", ""))
    )
    stop = "，" if not heads[0] else passage.rng.choice(("；", "；", "。"))
    steps = stop.join(head + step for head, step in zip(heads, listing.items, strict=False))
    number = _NUMBERS[len(listing.items)]
    passage.say(
        f"[为|为了]{{goal}}，{{org}}[采取{number}项措施|推出{number}项举措|作出安排|"
        f"打出“组合拳”]：<all>{{steps}}</all>。",
        goal=listing.noun,
        org=org,
        steps=steps,
    )
    passage.know("organisation", org)
    passage.tell("goal.measures", "all", org=org, goal=listing.noun)


def enumeration(passage: Passage) -> None:
    """What there is in a place, by name."""
    cast = passage.cast
    listing, venue = cast.listing(), cast.venue()
    items = list(passage.rng.sample(listing.items, len(listing.items)))
    joined = (
        "、".join(items)
        if passage.rng.random() < 0.6
        else "、".join(items[:-1]) + passage.rng.choice("和及") + items[-1]
    )
    passage.say(
        "[{venue}的{noun}[主要有|包括|有]<list>{items}</list>。|在{venue}，[可以看到|"
        "记者见到了]<list>{items}</list>等{noun}。|<list>{items}</list>，都是{venue}的{noun}。]",
        venue=venue,
        noun=listing.noun,
        items=joined,
    )
    passage.know("venue", venue)
    passage.tell("list.items", "list", owner=venue, noun=listing.noun)
