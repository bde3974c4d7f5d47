"""Answers what the credits of an article tell: who wrote it or took its pictures, where and when, and what they show.

Credits are no prose. They are read by their form (`rag.answer.credits.credit_lines`), and a question for something
that they do not tell is refused here: a model would name somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.answer.coverage import Region, cover
from rag.answer.credits.article_credits import Told, credit_lines, tell
from rag.answer.credits.picture_choice import PictureChoice, shows_all
from rag.answer.credits.picture_scene import people_of, person_on_side, place_in, time_in
from rag.answer.credits.pictures import Picture, credited_for_all, pictures_of
from rag.answer.credits.posts import find_post
from rag.answer.figure_ranking import Similarity
from rag.answer.outline import lines_of, read_in, read_line
from rag.answer.reading import Finding, Material, Reading, Support
from rag.question.asked_credit import AskedCredit, Role, Scene, asked_credit, is_about_picture
from rag.question.asked_outline import AskedLine, AskedPart
from rag.question.described import described
from rag.question.focus import Focus, find_focus
from rag.question.terms import Term
from rag.text.folding import fold
from rag.types import Article, Span

SURE = 0.97
"""The confidence of what a credit says outright."""
_HEADING = 0.5
_BODY = 0.4
_MOST_MISSING = 0.5
_MOST_CLOSEST = 2
_CATEGORY = re.compile(r"哪[一1]?[个座条片处家所]([\u4e00-\u9fff]{1,4}?)(?:里|上|中)?(?:拍|摄|$|[?？的])")
_SAYS_HOUR = re.compile(r"哪[一1]?[天日年月]|几[月号]|日期|日子|何日|哪个月")


class CreditReader:
    """Reads credits; ``weigh`` is the weight of a question's term in the corpus."""

    def __init__(self, weigh: Callable[[Term], float]) -> None:
        self._weigh = weigh
        self._choice = PictureChoice(weigh)

    def read(self, material: Material, similarity: Similarity) -> Reading | None:
        """What the credits say; a reading without findings where they do not, None where they are not asked.

        ``similarity`` is the cosine of the question with the sentences of the passages.
        """
        asked = asked_credit(material.focus.wording)
        if asked is None or not re.search(r"[\u4e00-\u9fff]", material.focus.wording):
            return None
        articles = _articles(material)
        if asked.asks is Scene.WITHIN:
            return self._nothing_within(asked, material, similarity)
        if asked.of_picture:
            return self._read_picture(asked, material.focus, articles, similarity)
        return self._read_article(asked, material.focus, articles)

    def read_post(self, material: Material) -> Reading | None:
        """What somebody is whom only the credits name; None where nobody such is asked about."""
        post = find_post(material.focus, _articles(material))
        return Reading((post,)) if post else None

    def read_line(self, asked: AskedLine, material: Material) -> Reading:
        """The title or heading that is asked for, of the article that the question speaks of."""
        article = self._spoken_of(asked.about, material)
        return read_line(article, asked) if article else Reading((), lines_of(_articles(material)))

    def material_in(self, asked: AskedPart, material: Material) -> Material | None:
        """The part of the article that is asked about, to be read alone; None where there is no such part."""
        article = self._spoken_of(asked.about, material)
        return read_in(article, asked, material) if article else None

    def _spoken_of(self, about: str, material: Material) -> Article | None:
        articles = _articles(material)
        return self.meant(find_focus(about), articles) if about else next(iter(articles), None)

    def pictures_asked(self, material: Material, similarity: Similarity) -> list[Picture]:
        """The pictures in which to look, where the question asks of something in one; none where it does not."""
        asked = asked_credit(material.focus.wording)
        if asked is None or asked.asks is not Scene.WITHIN:
            return []
        focus, articles = material.focus, _articles(material)
        pictures = [picture for article in articles for picture in pictures_of(article)]
        meant = self._choice.meant(focus, described(focus), pictures, articles, similarity)
        return [picture for picture in meant if shows_all(asked.thing, picture)]

    def _nothing_within(self, asked: AskedCredit, material: Material, similarity: Similarity) -> Reading | None:
        """A refusal where no picture is the one that is meant, though only a picture can answer; else None."""
        if not asked.sure or self.pictures_asked(material, similarity):
            return None
        lines = [(picture.article.id, picture.line) for one in _articles(material) for picture in pictures_of(one)]
        return Reading((), tuple(dict.fromkeys(Support(*line) for line in lines))[:_MOST_CLOSEST], "kind")

    def _read_article(self, asked: AskedCredit, focus: Focus, articles: Sequence[Article]) -> Reading | None:
        if not isinstance(asked.asks, Role):
            return None
        if asked.title:
            articles = [article for article in articles if _has_title(article, asked.title)]
            if not articles:
                return None
        article = self.meant(focus, articles)
        if article is None:
            return Reading((), _closest(credit_lines(other), other.id) if (other := next(iter(articles), None)) else ())
        told = tell(article, asked.asks, focus.wording)
        if not told:
            return Reading((), _closest(credit_lines(article), article.id), "kind")
        return Reading((_counted(article, told, asked.count) if asked.count else _finding(article, told[0]),))

    def meant(self, focus: Focus, articles: Sequence[Article]) -> Article | None:
        """The article that the question speaks of; None where it names one that is not there."""
        terms = described(focus)
        if not terms:
            return next(iter(articles), None)
        best, least = None, 0.0
        for article in articles:
            heading = fold(" ".join([article.title, article.subtitle, *(block.section for block in article.blocks)]))
            coverage = cover(terms, [Region(heading, 1.0), Region(fold(article.text), _BODY)], self._weigh)
            # Half of a long word may be there: 雪情 in 全市雪情.
            part = sum(self._weigh(term) for term in coverage.missing if _holds_part(term, fold(article.text)))
            missing = coverage.missing_share - part / 2 / sum(self._weigh(term) for term in terms)
            if missing <= _MOST_MISSING and (best is None or coverage.score > least):
                best, least = article, coverage.score
        return best

    def _read_picture(
        self, asked: AskedCredit, focus: Focus, articles: Sequence[Article], similarity: Similarity
    ) -> Reading | None:
        pictures = [picture for article in articles for picture in pictures_of(article)]
        about = described(focus)
        meant = self._choice.meant(focus, about, pictures, articles, similarity)
        if not asked.sure and (not meant or not about):
            return None
        findings = [finding for picture in meant if (finding := self._of_picture(asked, focus, picture))]
        named = is_about_picture(focus.wording)
        if (not pictures or not named) and isinstance(asked.asks, Role) and not about:
            general = [finding for article in articles[:1] if (finding := _of_all(article, asked.asks))]
            findings = general or (findings if len(findings) == len(meant) else [])
        elif asked.asks is not Scene.SHOWN and len(findings) < len(meant):
            findings = []
        if len({finding.short for finding in findings}) == 1 or (findings and asked.asks is Scene.SHOWN):
            return Reading(tuple(findings[:1]))
        if not asked.sure:
            return None
        near = meant or pictures
        closest = tuple(Support(picture.article.id, picture.line) for picture in near)
        return Reading((), tuple(dict.fromkeys(closest))[:_MOST_CLOSEST], "kind")

    def _of_picture(self, asked: AskedCredit, focus: Focus, picture: Picture) -> Finding | None:
        span = _span_asked(asked, focus, picture)
        if span is not None and span.length:
            return _slice(picture.article, span, picture.line)
        if isinstance(asked.asks, Role) and not picture.credits:
            return _of_all(picture.article, asked.asks)
        return None


def _articles(material: Material) -> list[Article]:
    """The articles that something was found in, the nearest first."""
    return [material.articles[id_] for id_ in dict.fromkeys(passage.article_id for passage in material.passages)]


def _span_asked(asked: AskedCredit, focus: Focus, picture: Picture) -> Span | None:
    published = picture.article.published
    if asked.asks is Scene.TIME:
        return time_in(picture, published, with_hour=not _SAYS_HOUR.search(focus.wording))
    if asked.asks is Scene.PLACE:
        category = _CATEGORY.search(focus.wording)
        return place_in(picture, published, category.group(1) if category else "")
    if asked.asks is Scene.PEOPLE:
        return people_of(picture)
    if asked.asks is Scene.SIDE:
        return person_on_side(picture, focus.wording)
    if not isinstance(asked.asks, Role):
        return picture.shown
    span = picture.names_of(asked.asks)
    if span is None and asked.asks is Role.SUPPLIER:
        # 图片来源 may be asked of a picture that a photographer is named for.
        return picture.names_of(Role.PHOTOGRAPHER)
    return span


def _holds_part(term: Term, text: str) -> bool:
    """Whether two neighbouring characters of a word that is no name stand in ``text``."""
    word = term.text
    return not term.is_name and len(word) > len("雪情") and any(word[i : i + 2] in text for i in range(len(word) - 1))


def _has_title(article: Article, title: str) -> bool:
    heading, wanted = fold(article.title), fold(title)
    return bool(heading) and (wanted in heading or heading in wanted or wanted == fold(article.subtitle))


def _of_all(article: Article, role: Role) -> Finding | None:
    for credit in credited_for_all(article):
        block = article.block_at(credit.span.start)
        if block is not None and (role in credit.roles or role is Role.SUPPLIER):
            return _slice(article, credit.span, block.span)
    return None


def _finding(article: Article, told: Told) -> Finding:
    return _slice(article, told.span, told.line)


def _slice(article: Article, span: Span, line: Span) -> Finding:
    return Finding(article.text[span.start : span.end], span, (Support(article.id, line),), SURE)


def _counted(article: Article, told: Sequence[Told], measure: str) -> Finding:
    """How many are credited, worked out from their names."""
    told = list({article.text[one.span.start : one.span.end]: one for one in reversed(told)}.values())[::-1]
    lines = tuple(dict.fromkeys(Support(article.id, one.line) for one in told))
    names = "、".join(article.text[one.span.start : one.span.end] for one in told)
    short = f"{sum(one.count for one in told)}{measure}"
    return Finding(short, None, lines, SURE, formula=f"{names} = {short}")


def _closest(lines: Sequence[Span], article_id: str) -> tuple[Support, ...]:
    return tuple(Support(article_id, line) for line in lines[:_MOST_CLOSEST])
