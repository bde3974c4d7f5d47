"""Sentences about people and organisations: who is what, who said and did what, who works with whom."""

from __future__ import annotations

from training.news.facts.passage import Passage


def introduce(passage: Passage, organisation: str = "") -> tuple[str, str]:
    """A person and the post, new to the passage; the post may be in the given organisation."""
    cast = passage.cast
    body = organisation or cast.organisation()
    post = cast.post(body)
    return cast.person(), post


def tell_post(passage: Passage, who: str, post: str) -> None:
    """Note who holds which post, both ways."""
    passage.know("person", who)
    passage.know("post", post)
    passage.tell("person.post", "post", who=who)
    passage.tell("person.position", "post", who=who)
    passage.tell("post.person", "who", post=post)


def quotation(passage: Passage) -> None:
    """Someone says something."""
    who, post = introduce(passage)
    quote = passage.cast.pair("quote")
    passage.say(
        "[“{quote}。”{post}{who}[说|表示|告诉记者|介绍|感慨地说|坦言]。|{post}{who}[说|表示|介绍说|"
        "告诉记者|坦言]：“{quote}。”|"
        "[谈起变化|对此|采访中|在现场]，{post}{who}[表示|认为|说]，{quote}。]",
        quote=quote.told,
        post=post,
        who=who,
    )
    tell_post(passage, who, post)
    passage.tell("person.said", "quote", who=who)
    passage.tell("gist.person", "who", gist=quote.asked)


def two_voices(passage: Passage) -> None:
    """Two people of one organisation say two things."""
    body = passage.cast.organisation()
    first, first_post = introduce(passage, body)
    second, second_post = introduce(passage, passage.rng.choice((body, "")))
    one, other = passage.cast.pair("quote"), passage.cast.pair("quote")
    passage.say(
        "“{one}。”{post}{who}说。[而在{post2}{who2}看来，{other}。|{post2}{who2}则[认为|表示|"
        "告诉记者]，{other}。|“{other}。”{post2}{who2}[接过话头|补充道|笑着说]。]",
        one=one.told,
        post=first_post,
        who=first,
        other=other.told,
        post2=second_post,
        who2=second,
    )
    for who, post, quote, marks in (
        (first, first_post, one, ("who", "post", "one")),
        (second, second_post, other, ("who2", "post2", "other")),
    ):
        passage.know("person", who)
        passage.know("post", post)
        passage.tell("person.post", marks[1], who=who)
        passage.tell("person.position", marks[1], who=who)
        passage.tell("post.person", marks[0], post=post)
        passage.tell("person.said", marks[2], who=who)
        passage.tell("gist.person", marks[0], gist=quote.asked)


def deed(passage: Passage) -> None:
    """Someone does something worth telling."""
    who, post = introduce(passage)
    done = passage.cast.pair("deed")
    passage.say(
        "[几年前|去年|今年|退休后|这些年]，{post}{who}{deed}[。|，[传为佳话|赢得一片掌声|让同行刮目相看]。]",
        post=post,
        who=who,
        deed=done.told,
    )
    tell_post(passage, who, post)
    passage.tell("person.deed", "deed", who=who)
    passage.tell("deed.person", "who", deed=done.asked)


def two_deeds(passage: Passage) -> None:
    """Two people do two things."""
    (first, first_post), (second, second_post) = introduce(passage), introduce(passage)
    one, other = passage.cast.pair("deed"), passage.cast.pair("deed")
    passage.say(
        "[在这里，|人群中，|表彰名单上，]{post}{who}{one}，{post2}{who2}则{other}。",
        post=first_post,
        who=first,
        one=one.told,
        post2=second_post,
        who2=second,
        other=other.told,
    )
    for who, post, done, marks in (
        (first, first_post, one, ("who", "post", "one")),
        (second, second_post, other, ("who2", "post2", "other")),
    ):
        passage.know("person", who)
        passage.know("post", post)
        passage.tell("person.post", marks[1], who=who)
        passage.tell("person.position", marks[1], who=who)
        passage.tell("post.person", marks[0], post=post)
        passage.tell("person.deed", marks[2], who=who)
        passage.tell("deed.person", marks[0], deed=done.asked)


def organisation(passage: Passage) -> None:
    """An organisation's past: founded when, by whom, where, under which name."""
    cast = passage.cast
    org, founder, former = cast.organisation(), cast.person(), cast.organisation()
    passage.say(
        "{org}[[创办|成立|创建]于{year}，[位于|坐落在|地处]{place}[，创始人是{founder}|，由{founder}一手创办|]"
        "|[前身是|原名]{former}，{year}由{founder}[创办|发起成立]|[位于|地处|坐落于]{place}，前身是{former}]。",
        org=org,
        year=cast.year(),
        place=cast.place(),
        founder=founder,
        former=former,
    )
    passage.know("organisation", org)
    passage.tell("org.founded", "year", org=org)
    passage.tell("org.where", "place", org=org)
    passage.tell("org.founder", "founder", org=org)
    passage.tell("org.former", "former", org=org)
    if passage.has("former"):
        passage.hint("org.founded", org=former)
        passage.know("organisation", former)
    if passage.has("founder"):
        passage.know("person", founder)
        passage.hint("person.post", who=founder)
        passage.hint("person.deed", who=founder)


def partners(passage: Passage) -> None:
    """An organisation signs with several others."""
    cast = passage.cast
    org, one, two, three = (cast.organisation() for _ in range(4))
    passage.say(
        "[当天|会上|随后|签约仪式上]，{org}[分别|]与<list>{one}、{two}[、{three}|"
        "和{three}]</list>[签署合作协议|签约|达成合作意向|结为共建伙伴]。",
        org=org,
        one=one,
        two=two,
        three=three,
    )
    passage.know("organisation", org)
    passage.tell("org.partners", "list", org=org)
    for partner in (one, two, three):
        passage.know("organisation", partner)
        passage.hint("org.partners", org=partner)
