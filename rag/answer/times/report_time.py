"""The time that a whole article reports on: a half-year report tells of the half-year, not of the day it came out."""

from __future__ import annotations

import re
from datetime import date

from rag.text.dates import Period, TimeExpression
from rag.text.normalise import fold
from rag.types import Article, BlockKind

_REPORT = re.compile(
    r"(?:(?P<year>20[0-9]{2})年?度?的?)?(?:"
    r"(?P<half>半年度?(?:报告|业绩|财报)|半年报|中报|中期业绩)"
    r"|(?P<first>第?[一1]季度?(?:报告|业绩|财报|报(?!道)))"
    r"|(?P<three>第?三季度?(?:报告|业绩|财报|报(?!道))|前三季度(?:业绩|财报|经营))"
    r"|(?P<whole>(?<!半)年(?:度(?:报告|业绩|财报)|业绩|财报|报(?![道告名到价]))|(?:国民经济和社会发展)?统计公报))"
)
_RESULTS = r"(?=.{0,12}(?:成绩单|答卷|经济|运行|数据|gdp|业绩|盘点|统计))"
_RESULTS_IN_TITLE = re.compile(
    r"(?:(?P<year>20[0-9]{2})年)?(?:"
    rf"(?P<half>上半年){_RESULTS}"
    rf"|(?P<first>(?<!第)第?[一1]季度){_RESULTS}"
    rf"|(?P<three>前三季度){_RESULTS}"
    r"|(?P<whole>(?!)))"
)
"""A title that names a span of time with its results; in a sentence the same words only date what follows them."""
_IN_THE_LEAD = 2
"""Paragraphs at the head of an article in which it names what it reports on."""
_PUBLISHES = re.compile(r"(?:发布|公布|披露|公告|交出|出炉|晒出)[^。；]{0,40}报|报[^。；]{0,12}(?:发布|公布|披露|出炉)")
_AS_OF_NOW = re.compile(r"现有|目前|截至|拥有|已有|如今")


def reported_time(article: Article) -> TimeExpression | None:
    """The span of time that ``article`` reports on by its title, its subtitle or its lead, if it is such a report.

    A report without a year is the latest that was over when the article was published.
    """
    paragraphs = [block for block in article.blocks if block.kind is BlockKind.PARAGRAPH][:_IN_THE_LEAD]
    lead = (article.text[block.start : block.end] for block in paragraphs)
    heads = (article.title, article.subtitle)
    for text in (*heads, *(text for text in lead if _PUBLISHES.search(text))):
        match = _REPORT.search(fold(text))
        if match is None and text in heads:
            match = _RESULTS_IN_TITLE.search(fold(text))
        period = _period(match, article.published) if match else None
        if match and period:
            return TimeExpression(match.start(), match.end(), match.group(), period, match["year"] is None)
    return None


def names_a_report(folded: str, time: TimeExpression) -> bool:
    """Whether a time only says of which time a report is (发布2026年半年度报告)."""
    match = _REPORT.match(folded, time.start)
    return match is not None and match["year"] is not None


def is_as_of_now(folded: str) -> bool:
    """Whether a sentence tells how things stand (现有员工3914人), not what came about in a span of time."""
    return bool(_AS_OF_NOW.search(folded))


def _period(match: re.Match[str], published: date | None) -> Period | None:
    if match["year"]:
        return _part(match, int(match["year"]))
    if published is None:
        return None
    this_year = _part(match, published.year)
    return this_year if this_year.last < published else _part(match, published.year - 1)


def _part(match: re.Match[str], year: int) -> Period:
    if match["half"]:
        return Period.half(year, 1)
    if match["first"]:
        return Period.quarter(year, 1)
    if match["three"]:
        return Period.months(year, 1, year, 9)
    return Period.year(year)
