"""Sentences about matches, incidents, routes, careers: the short news of every day."""

from __future__ import annotations

from training.news.facts.passage import Passage
from training.news.facts.words import FREQUENCIES, TEAM_NAMES


def match(passage: Passage) -> None:
    """A final: who won against whom, where, and who was best."""
    cast = passage.cast
    name, best = cast.match(), cast.person()
    team, team2 = passage.rng.sample(TEAM_NAMES, 2)
    passage.say(
        "[{date}，|]{match}[决赛|]在{venue}[结束|收官|落幕]，{team}[以3比1战胜{team2}|力克{team2}|在加时后击败{team2}]，[夺得|捧走|拿下]冠军"
        "[。|，{best}当选最佳选手。|，{best}被评为最佳选手。]",
        match=name,
        date=cast.date(),
        venue=cast.venue(),
        team=passage.rng.choice((cast.city, cast.county)) + team,
        team2=cast.region() + team2,
        best=best,
    )
    passage.know("match", name)
    passage.tell("match.winner", "team", match=name)
    passage.tell("match.second", "team2", match=name)
    passage.tell("match.where", "venue", match=name)
    passage.tell("match.best", "best", match=name)
    if passage.has("best"):
        passage.know("person", best)
        for relation in ("person.post", "person.deed", "winner.award"):
            passage.hint(relation, who=best)


def incident(passage: Passage) -> None:
    """Something goes wrong: when, where, why, and who came."""
    cast = passage.cast
    what, cause = cast.incident()
    passage.say(
        "[{date}，{place}[发生|突发]{incident}[，{org}[接报后|闻讯后|连夜]赶到现场处置|]。[经查|初步判断|事后查明|据了解]，[起因是|原因是]{cause}。|"
        "{date}，{place}[发生|突发]{incident}，{org}[接报后|第一时间|连夜]赶到现场处置。]",
        date=cast.date(),
        place=cast.place(),
        incident=what,
        org=cast.organisation(),
        cause=cause,
    )
    passage.know("incident", what)
    passage.tell("incident.when", "date", incident=what)
    passage.tell("incident.where", "place", incident=what)
    passage.tell("incident.cause", "cause", incident=what)
    passage.tell("incident.rescuer", "org", incident=what)


def route(passage: Passage) -> None:
    """A line from somewhere to somewhere."""
    cast = passage.cast
    line = cast.route()
    passage.say(
        "[{route}从{start}[出发|开出|启程]，[途经|经停|经过]<via>{one}、{two}[、{three}|和{three}]</via>，[最终抵达|终点设在|开往]{end}。|"
        "{route}[始发于|起点在]{start}，[终点是|开往]{end}。]",
        route=line,
        start=cast.city_elsewhere(),
        one=cast.city_elsewhere(),
        two=cast.city_elsewhere(),
        three=cast.city_elsewhere(),
        end=cast.city_elsewhere(),
    )
    passage.know("route", line)
    passage.tell("route.from", "start", route=line)
    passage.tell("route.to", "end", route=line)
    passage.tell("route.via", "via", route=line)


def careers(passage: Passage) -> None:
    """Two people's homes, schools and first years at work."""
    cast = passage.cast
    who, who2 = cast.person(), cast.person()
    passage.say(
        "{who}[出生在|老家在]{home}，[毕业于{school}|{year}[入行|参加工作]|毕业后于{year}参加工作]；{who2}[来自{home2}|毕业于{school2}|{year2}[入行|参加工作]]。",
        who=who,
        who2=who2,
        home=cast.city_elsewhere(),
        home2=cast.city_elsewhere(),
        school=cast.city_elsewhere() + passage.rng.choice(("师范学院", "理工大学", "农业学校")),
        school2=cast.city_elsewhere() + passage.rng.choice(("大学", "职业学院", "艺术学校")),
        year=cast.year(),
        year2=cast.year(),
    )
    for name, end in ((who, ""), (who2, "2")):
        passage.know("person", name)
        passage.hint("person.post", who=name)
        passage.hint("person.deed", who=name)
        passage.tell("person.home", "home" + end, who=name)
        passage.tell("person.school", "school" + end, who=name)
        passage.tell("person.joined", "year" + end, who=name)


def recurring(passage: Passage) -> None:
    """How often an event is held, and since when."""
    cast = passage.cast
    stem = cast.stem()
    passage.say(
        "{stem}{often}，[首届于{year}举办|始于{year}|自{year}起从未间断]。",
        stem=stem,
        often=passage.rng.choice(FREQUENCIES),
        year=cast.year(),
    )
    passage.know("stem", stem)
    passage.tell("stem.frequency", "often", stem=stem)
    passage.tell("stem.first", "year", stem=stem)


def guests(passage: Passage) -> None:
    """Who came to an event."""
    cast = passage.cast
    event = cast.event()
    passage.say(
        "[[参加|出席|亮相]{event}的[有|单位包括]<list>{one}、{two}[、{three}|和{three}]</list>[|等]。|"
        "<list>{one}、{two}[、{three}|和{three}]</list>[等单位|]参加了{event}。]",
        event=event,
        one=cast.organisation(),
        two=cast.organisation(),
        three=cast.organisation(),
    )
    passage.know("event", event)
    passage.tell("event.guests", "list", event=event)
