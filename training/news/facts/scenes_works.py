"""Sentences about bylines, captions, books, buildings, nicknames and plans."""

from __future__ import annotations

from training.news.facts.cast import PLANS
from training.news.facts.passage import Passage

_PUBLISHERS = tuple("青藤 海岸 山河 百草 云中 晨钟 江声 长卷 蒲公英 知了".split())
_FORMERS = tuple(
    "老粮仓 废弃的砖厂 一所停办的小学 旧火车站 国营纺织厂的仓库 民国时期的邮局 一片采石场 老电影院 "
    "闲置的供销社 旧码头 停产的糖厂 部队营房".split()
)
_NICKNAMES = tuple(
    "竹编之乡 千塔之城 云上茶乡 北方小江南 候鸟驿站 百桥之镇 中国核桃之都 石头王国 花灯之乡 水上粮仓 "
    "民歌之乡 天空之镜 泉水之城 陶都 戏曲之乡 诗歌小镇".split()
)
_RULERS = tuple("发展改革局 人民政府 文化和旅游局 自然资源局 住房城乡建设局 教育局 水利局".split())


def byline(passage: Passage) -> None:
    """Who wrote it, on a line of its own; with the photographer or not."""
    cast = passage.cast
    name = cast.person()
    spaced = f"{name[0]} {name[1]}" if len(name) == 2 and passage.rng.random() < 0.6 else name
    passage.say(
        "[作者：{author}|文/{author}|文 | {author}|本报记者 {author}|记者 {author}|□ 本报记者 {author}|"
        "撰文：{author}|（{paper}记者 {author}）]".replace("文 | ", "文｜")
        + "[|　摄影：{photographer}|　图/{photographer}|　{photographer}　摄|　编辑：{editor}]\n",
        author=spaced,
        photographer=cast.person(),
        editor=cast.person(),
        paper=passage.rng.choice((cast.city + "日报", cast.province + "晚报")),
    )
    passage.tell("byline.author", "author")
    passage.tell("photo.author", "photographer")


def captions(passage: Passage) -> None:
    """One or two captions with their photographers."""
    cast = passage.cast
    deeds = [cast.pair("deed") for _ in range(passage.rng.choice((1, 2, 2)))]
    for deed in deeds:
        photographer, subject = cast.person(), cast.person()
        passage.say(
            "[图：|图为|]<scene>[{post}{subject}|{subject}]{deed}</scene>[（{photographer}/摄）|"
            "。（{photographer} 摄）|。{photographer}/摄|　{photographer}　摄|。图/{photographer}|"
            "（摄影：{photographer}）]\n",
            post=cast.domain.posts[0],
            subject=subject,
            deed=deed.told,
            photographer=photographer,
        )
        passage.know("person", photographer)
        passage.hint("person.post", who=photographer)
        passage.hint("person.position", who=photographer)
        passage.tell("photo.of", "photographer", scene=subject + deed.asked)
        passage.tell("photo.shows", "scene", who=photographer)
        passage.tell("deed.person", "subject", deed=deed.asked)
        if len(deeds) == 1 and not passage.told("photo.author", ()):
            passage.tell("photo.author", "photographer")
    passage.hint("photo.author")


def books(passage: Passage) -> None:
    """Two books, by whom and from which press."""
    cast = passage.cast
    one, two = cast.work(), cast.work()
    author, author2 = cast.person(), cast.person()
    press, press2 = (name + "出版社" for name in passage.rng.sample(_PUBLISHERS, 2))
    passage.say(
        "[{author}[撰写|创作]的{one}[由{press}出版|近日面世]，{author2}的{two}[则由{press2}推出|也已付印|同期上架]。|"
        "[新书里|书架上]，{one}[出自{author}之手|为{author}所著]，{two}[则是{author2}的新作|"
        "的作者是{author2}，由{press2}出版]。]",
        one=one,
        two=two,
        author=author,
        author2=author2,
        press=press,
        press2=press2,
    )
    for work, name, marks in ((one, author, ("author", "press")), (two, author2, ("author2", "press2"))):
        passage.know("work", work)
        passage.know("person", name)
        passage.hint("person.deed", who=name)
        passage.hint("person.post", who=name)
        passage.tell("work.author", marks[0], work=work)
        passage.tell("work.publisher", marks[1], work=work)


def venues(passage: Passage) -> None:
    """Two buildings, where they stand and what they were."""
    cast = passage.cast
    one, two = cast.venue(), cast.venue()
    former, former2 = passage.rng.sample(_FORMERS, 2)
    passage.say(
        "{one}[坐落在|位于|地处]{place}，[由{former}改建而成|前身是{former}|{date}正式启用|"
        "{date}揭牌]；{two}[原是{former2}|则建在{place2}|于{date2}对外开放]。",
        one=one,
        two=two,
        former=former,
        former2=former2,
        place=cast.place(),
        place2=cast.place(),
        date=cast.date(),
        date2=cast.date(),
    )
    for venue, marks in ((one, ("place", "former", "date")), (two, ("place2", "former2", "date2"))):
        passage.know("venue", venue)
        passage.tell("venue.where", marks[0], venue=venue)
        passage.tell("venue.former", marks[1], venue=venue)
        passage.tell("venue.opened", marks[2], venue=venue)


def nickname(passage: Passage) -> None:
    """Two places and what they are called."""
    cast = passage.cast
    one, two = cast.city_elsewhere(), cast.city_elsewhere()
    name, name2 = passage.rng.sample(_NICKNAMES, 2)
    passage.say(
        "{one}[素有“{name}”之称|被誉为“{name}”|又称“{name}”]，{two}则[享有“{name2}”的美誉|被人们称作“{name2}”]。",
        one=one,
        two=two,
        name=name,
        name2=name2,
    )
    for place, mark in ((one, "name"), (two, "name2")):
        passage.tell("place.nickname", mark, place=place)


def plan(passage: Passage) -> None:
    """A plan is issued."""
    cast = passage.cast
    region = cast.region()
    title = f"《{region}{passage.rng.choice(PLANS)}》"
    passage.say(
        "[{date}，{issuer}[印发|发布|公布]{title}。|{issuer}{date}[出台|发布]{title}。|[日前|"
        "近日]，{title}由{issuer}[印发|发布]。]",
        date=cast.date(),
        issuer=region + passage.rng.choice(_RULERS),
        title=title,
    )
    passage.know("plan", title)
    passage.tell("plan.issuer", "issuer", plan=title)
    passage.tell("plan.when", "date", plan=title)
