"""Sentences about events: when, where, who held and opened them, what went on, which editions there were."""

from __future__ import annotations

from training.news.facts.cast import neighbours, numeral
from training.news.facts.passage import Passage


def opening(passage: Passage) -> None:
    """An event opens."""
    cast, rng = passage.cast, passage.rng
    stem, region, number = cast.stem(), cast.region(), rng.randint(2, 26)
    edition = rng.choice((f"第{numeral(number)}届", f"{rng.randint(2020, 2025)}年", ""))
    event = rng.choice(
        (
            f"{edition}{region}{stem}",
            f"{region}{edition}{stem}" if edition.startswith("第") else f"{edition}{region}{stem}",
        )
    )
    host, organiser, date = cast.organisation(), cast.organisation(), cast.day()
    passage.say(
        "[{date}，{event}在{venue}[举行|开幕|启幕|拉开帷幕|举办]。"
        "|由{host}主办、{organiser}承办的{event}于{date}在{venue}[举行|开幕|启幕]。"
        "|{date}，由{host}主办的{event}[在{venue}|][开幕|举行]。"
        "|[走进{venue}，{event}[的现场人头攒动|正热闹非凡]。|{venue}里，{event}[刚刚启幕|吸引了不少市民]。]]",
        date=date,
        event=event,
        venue=cast.venue(),
        host=host,
        organiser=organiser,
    )
    passage.know("event", event, stem, f"[这届|本届|这次]{stem}", f"{region}{stem}")
    passage.tell("event.when", "date", event=event)
    passage.tell("event.where", "venue", event=event)
    passage.tell("event.host", "host", event=event)
    passage.tell("event.organiser", "organiser", event=event)
    if passage.has("date"):
        passage.tell("date.event", "event", date=date)
    if edition.startswith("第"):
        start, _ = passage.mark("event")
        offset = start + event.index(edition)
        passage.tell_at("stem.edition", offset, offset + len(edition), stem=stem)
    _theme(passage, event, stem)
    _editions(passage, event, stem)


def _theme(passage: Passage, event: str, stem: str) -> None:
    cast = passage.cast
    listing = cast.listing("programme")
    opener = cast.person()
    post = cast.post()
    passage.say(
        "[本届{stem}以“{theme}”为主题，[设有|推出|带来]<list>{items}</list>等{noun}。|"
        "{stem}的主题是“{theme}”[。|，{post}{opener}宣布开幕。]|[主办方|"
        "组委会]推出了<list>{items}</list>等{noun}，{post}{opener}在致辞后宣布{stem}开幕。|"
        "{stem}[共有|设置了|包括]<list>{items}</list>[|等]{noun}。]",
        stem=stem,
        theme=cast.theme(),
        items="、".join(passage.rng.sample(listing.items, len(listing.items))),
        noun=listing.noun,
        post=post,
        opener=opener,
    )
    passage.tell("event.theme", "theme", event=event)
    passage.tell("list.items", "list", owner=event, noun=listing.noun)
    if passage.has("opener"):
        passage.know("person", opener)
        passage.know("post", post)
        passage.tell("event.opener", "opener", event=event)
        passage.tell("person.post", "post", who=opener)
        passage.tell("person.position", "post", who=opener)
        passage.tell("post.person", "opener", post=post)
        passage.hint("person.deed", who=opener)
        passage.hint("person.said", who=opener)


def _editions(passage: Passage, event: str, stem: str) -> None:
    if passage.rng.random() < 0.5:
        return
    cast = passage.cast
    passage.say(
        "[据了解，|另据介绍，|]上一届{stem}于{year}在{city}[举办|举行][。|，下一届将[移师|落户]{city2}。]",
        stem=stem,
        year=f"{passage.rng.randint(2012, 2018)}年",
        city=cast.city_elsewhere(),
        city2=cast.city_elsewhere(),
    )
    # 上一届 and 下一届 tell something of the neighbouring editions.
    for other in neighbours(event):
        for relation in ("event.when", "event.where"):
            passage.hint(relation, event=other)
    passage.tell("stem.previous", "year", stem=stem)
    passage.tell("stem.next", "city2", stem=stem)


def side_events(passage: Passage) -> None:
    """Two events in one sentence."""
    cast = passage.cast
    one, two = cast.event(), cast.event()
    date, date2 = cast.day(), cast.day()
    passage.say(
        "[此前的|]{date}，{one}[已|]在{venue}[落幕|举行]；{date2}，{two}[又将|将]在{venue2}[登场|开幕|举行]。",
        one=one,
        two=two,
        date=date,
        date2=date2,
        venue=cast.venue(),
        venue2=cast.venue(),
    )
    for event, marks in ((one, ("date", "venue", "one")), (two, ("date2", "venue2", "two"))):
        passage.know("event", event)
        passage.tell("event.when", marks[0], event=event)
        passage.tell("event.where", marks[1], event=event)
        passage.tell("date.event", marks[2], date=date if event == one else date2)


def awards(passage: Passage) -> None:
    """Several people win several awards."""
    cast = passage.cast
    who, who2 = cast.person(), cast.person()
    award, award2 = cast.award(), cast.award()
    passage.say(
        "[经过评审|颁奖仪式上|当晚揭晓的名单中]，{who}[获得|摘得|捧走]{award}，{award2}[则|]由{who2}[获得|摘取|捧得]。",
        who=who,
        who2=who2,
        award=award,
        award2=award2,
    )
    for name, prize, marks in ((who, award, ("who", "award")), (who2, award2, ("who2", "award2"))):
        passage.know("person", name)
        passage.know("award", prize)
        passage.tell("award.winner", marks[0], award=prize)
        passage.tell("winner.award", marks[1], who=name)
        passage.hint("person.deed", who=name)
        passage.hint("person.post", who=name)
