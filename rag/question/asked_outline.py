"""Questions about how an article is laid out: its title, its subtitle, the heading of a part, or what a part tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LAST = -1
"""The number of the last part."""


class Line(StrEnum):
    """A line that stands over an article or a part of it."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    DEK = "dek"
    """What a part is about: the line under its heading, where it has one."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line that a question asks for; ``part`` counts from 1 (`LAST`: the last), 0 where the article's is meant.

    ``about`` says what the article is about that is meant, "" where it is the one at hand.
    """

    line: Line
    part: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class AskedPart:
    """``question`` without the words that say in which ``part`` of the article the answer stands.

    ``about`` as for `AskedLine`.
    """

    part: int
    question: str
    about: str = ""


_POLITE = r"(?:请问|请告诉我|告诉我|我想知道)?"
_NOUN = r"(?:文章|文(?!件)|报道|新闻|稿件|稿子|特稿|通讯|专访|消息)"
_TELLS_OF = r"(?:讲|写|谈|关于|介绍|采访|报道)"
# What it is about tells an article from others: 这篇讲茶的文章, 茶园那篇报道, 茶园的报道.
_SUBJECT = r"(?![这那本该此全他她它我你])[^,，。?？第]{1,14}?"
_ARTICLE = (
    rf"(?:(?:(?:{_TELLS_OF})?{_SUBJECT}的?)?[这那][1一]?[篇则条份]{_NOUN}?|"
    rf"(?:这|那|本|该|此|全)?(?:[1一]?[篇则条份])?(?:{_TELLS_OF}{_SUBJECT}的)?{_NOUN}|{_SUBJECT}的{_NOUN})"
)
_ABOUT = (
    re.compile(rf".*?{_TELLS_OF}(?P<about>{_SUBJECT})的?(?:[这那][1一]?[篇则条份]{_NOUN}?|的{_NOUN})"),
    re.compile(rf"{_POLITE}(?P<about>{_SUBJECT})的?(?:[这那][1一]?[篇则条份]{_NOUN}?|(?<=的){_NOUN})"),
)
_WHAT = r"(?:什么|啥|哪个|哪句话?)?(?:名字|名称)?(?:来着|呢|啊|呀)?[?？。!！]*"
_TITLE = re.compile(
    rf"{_POLITE}(?:{_ARTICLE}的?)?[大主正总]?(?:标题|题目|题名)(?:写的)?(?:是|叫做?|为|名叫|怎么写)?{_WHAT}|"
    rf"{_POLITE}{_ARTICLE}(?:的名字)?(?:叫做?|名叫|名为|题为|题目叫)(?:什么|啥)(?:名字|名|题目|标题)?(?:来着|呢|啊|呀)?[?？。]*|"
    r"what(?: is|'s|’s) the (?:title|headline|name) of (?:this|the) (?:article|report|story|piece|text)[?.]*|"
    r"what(?: is|'s|’s) (?:this|the) (?:article|report|story|piece)(?:'s|’s)? (?:title|headline|called|titled)[?.]*"
)
_SUBTITLE = re.compile(
    rf"{_POLITE}(?:{_ARTICLE}的?)?(?:副标题|副题)(?:写的)?(?:是|叫做?|为|怎么写)?{_WHAT}|"
    r"what(?: is|'s|’s) the (?:subtitle|subheading|subhead) of (?:this|the) (?:article|report|story|piece|text)[?.]*"
)
_PART = (
    r"(?:第(?P<number>\d{1,2}|[一二三四五六七八九十])(?:个)?(?:大)?|(?P<last>最后[1一]?个?))"
    r"(?:部分|章节|小节|板块|小标题|[章节](?![目日假能约省]))"
)
_HEADING = re.compile(
    rf"{_POLITE}(?:{_ARTICLE}的?)?{_PART}的?(?:小?标题|题目)?(?:是|叫做?|为|名叫|写的是)(?:什么|啥)[?？。]*"
)
_DEK = re.compile(
    rf"{_POLITE}(?:{_ARTICLE}的?)?{_PART}的?(?:主要|大概|都|大致)?(?:内容|主题|主旨)?(?:讲述?|说|写|谈|介绍|讨论|是)?"
    r"(?:的|了)?(?:是|有关|关于)?(?:什么|啥)(?:内容|主题|问题|事情?|方面)?(?:的)?(?:呢|啊|呀)?[?？。]*"
)
_TELLS = r"(?:主要|都|还)?(?:讲述?|说|谈|写|提|介绍|论述|讨论)(?:到|道|过|了|的|是)*"
_IN_IT = r"(?:里面?|中|内容|的?标题[里中]?)?,?"
_WITHIN = tuple(
    re.compile(rf"{_POLITE}在?{where},?(?:的是)?(?P<rest>.+)")
    # 第1部分工程 is no part of the article, 第1部分讲 is.
    for where in (rf"{_ARTICLE}的?{_PART}的?{_IN_IT}(?:{_TELLS})?", rf"{_PART}{_IN_IT}{_TELLS}")
)
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)}


def asked_line(folded: str) -> AskedLine | None:
    """The line of an article that a question (folded text) asks for; None where it asks for anything else.

    Example:
        >>> asked_line("第2部分的标题是什么?"), asked_line("论文的标题是什么?")
        (AskedLine(line=<Line.HEADING: 'heading'>, part=2, about=''), None)
    """
    about = _about(folded)
    if _TITLE.fullmatch(folded):
        return AskedLine(Line.TITLE, about=about)
    if _SUBTITLE.fullmatch(folded):
        return AskedLine(Line.SUBTITLE, about=about)
    for pattern, line in ((_HEADING, Line.HEADING), (_DEK, Line.DEK)):
        match = pattern.fullmatch(folded)
        if match:
            return AskedLine(line, _number(match["number"]), about)
    return None


def asked_part(question: str) -> AskedPart | None:
    """The part of the article that a question says its answer stands in; None where it says none.

    Example:
        >>> asked_part("文章第1部分讲了谁的故事?")
        AskedPart(part=1, question='谁的故事?', about='')
    """
    match = next((match for pattern in _WITHIN if (match := pattern.fullmatch(question))), None)
    return AskedPart(_number(match["number"]), match["rest"], _about(question)) if match else None


def _about(question: str) -> str:
    return next((told["about"] for pattern in _ABOUT if (told := pattern.match(question))), "")


def _number(numeral: str | None) -> int:
    if numeral is None:
        return LAST
    return _NUMERALS.get(numeral) or int(numeral)
