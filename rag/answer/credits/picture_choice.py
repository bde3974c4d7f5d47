"""Which picture a question means: by what it shows, its day, its place among the others, or all but the one named."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence

from rag.answer.coverage import Region, cover, found
from rag.answer.credits.picture_scene import times_of
from rag.answer.credits.pictures import Picture
from rag.answer.figure_ranking import Similarity, normal_similarity
from rag.answer.guards.rivals import another_modifier
from rag.question.focus import Focus
from rag.question.terms import Term, find_terms
from rag.text.folding import fold
from rag.types import Article, Span

_MOST_UNSHOWN = 0.35
"""Share of what the question describes that a caption may lack. Embeddings do not tell one picture from the next."""
_MOST_LACKED = 0.5
_WIDEST_SPREAD = 5
_ORDINAL = re.compile(r"第(?P<number>\d+)(?:[张幅]|个图)|图(?P<figure>\d+)(?!\d)")
_LAST = re.compile(r"最后[1一]?[张幅]")
_SIDE_PICTURE = re.compile(r"(?P<side>[左右上下中大小题头])(?:边的|面的|侧的)?图")
_EXCEPT = re.compile(r"除(?:了|去|开)?(?P<which>[^,，。?？]{2,20}?)(?:以外|之外|外|[,，]|还有|另)")
_OTHERS = frozenset("还有 另 另外 其他 其余 其它 别的 剩下 剩余 以外 之外".split())
_FIRST_NUMERAL = ord("①")


class PictureChoice:
    """Chooses pictures; ``weigh`` is the weight of a question's term in the corpus."""

    def __init__(self, weigh: Callable[[Term], float]) -> None:
        self._weigh = weigh

    def meant(
        self,
        focus: Focus,
        about: Sequence[Term],
        pictures: Sequence[Picture],
        articles: Sequence[Article],
        similarity: Similarity,
    ) -> list[Picture]:
        """The picture that the question describes, or all of the nearest article where it describes none."""
        chosen = [picture for picture in pictures if _time_fits(focus, picture)]
        left_out = _EXCEPT.search(focus.wording)
        if left_out:
            named = [term for term in about if left_out.start() <= term.start < left_out.end()]
            out = [picture for picture in chosen if _is_named(picture, left_out["which"], named)]
            # Of what is not there nothing can be left out; what is left is of the same article.
            chosen = [one for one in chosen if one not in out and any(one.article is other.article for other in out)]
            about = [term for term in about if term not in named and term.text not in _OTHERS]
        if not about:
            nearest = [picture for picture in chosen if picture.article is articles[0]] if articles else []
            return _by_place(focus.wording, nearest or chosen)
        scored = [(self._score(focus, about, picture, similarity), picture) for picture in chosen]
        fitting = [(score, picture) for score, picture in scored if score is not None]
        best = max((score for score, _ in fitting), default=0.0)
        return _by_place(focus.wording, [picture for score, picture in fitting if score >= best - 0.02][:1])

    def _score(self, focus: Focus, about: Sequence[Term], picture: Picture, similarity: Similarity) -> float | None:
        """How well ``picture`` shows what the question is ``about``; None where it shows something else."""
        text = picture.article.text
        shown = fold(picture.text)
        credited = fold(" ".join(text[credit.span.start : credit.span.end] for credit in picture.credits))
        heading = fold(f"{picture.article.title} {picture.article.subtitle}")
        coverage = cover(about, [Region(shown, 1.0), Region(credited, 1.0)], self._weigh)
        # 王小明喝茶: whoever does it is no kind of tea.
        told = {term: term not in coverage.missing or _lacks(term, shown) == 1.0 for term in about}
        things = tuple(term for term in about if told[term] and not term.tag.startswith(("nr", "v")))
        names = [term for term in coverage.missing if term.is_name and not found(term, heading) and _lacks(term, shown)]
        if names or another_modifier(dataclasses.replace(focus, terms=things), [shown]):
            return None
        weights = {term: self._weigh(term) for term in about}
        unshown = sum(weights[term] * _lacks(term, shown) for term in coverage.missing) / sum(weights.values())
        cosines = [
            cosine
            for (article, start, end), cosine in similarity.items()
            if article == picture.article.id and Span(start, end).overlaps(picture.line)
        ]
        alike = normal_similarity(max(cosines, default=0.0))
        if unshown > _MOST_UNSHOWN:
            return None
        return 0.4 * (1 - unshown) + 0.4 * coverage.score + 0.2 * alike


def shows_all(words: str, picture: Picture) -> bool:
    """Whether a picture shows every thing that ``words`` name, in these words or others that share half of them."""
    shown = fold(picture.text)
    return not any(
        term.is_noun and not found(term, shown) and _lacks(term, shown) > _MOST_LACKED for term in find_terms(words, ())
    )


def _lacks(term: Term, text: str) -> float:
    """How much of a ``term`` that ``text`` does not hold is not there either in other words.

    接水 is there in 接自来水; half of 铺子 in 修表铺.
    """
    word = term.text
    if (term.is_name and term.tag != "nz") or len(word) < len("接水") or word.isascii():
        return 1.0
    gap = rf"[^,，。;；]{{0,{_WIDEST_SPREAD}}}"
    if len(word) == len("接水") and re.search(gap.join(re.escape(character) for character in word), text):
        return 0.0
    if term.is_name:
        return 1.0
    return max(0.5, 1.0 - sum(character in text for character in word) / len(word))


def _time_fits(focus: Focus, picture: Picture) -> bool:
    """Whether a picture tells each time that the question names; one that nothing dates must stand there as asked."""
    shown = fold(picture.text)
    if any(time.period is None and fold(time.text) not in shown for time in focus.times):
        return False
    wanted = [time.period for time in focus.times if time.period is not None]
    told = [time.period for _, time in times_of(picture, picture.article.published) if time.period is not None]
    return all(any(period.overlaps(other) for other in told) for period in wanted)


def _by_place(wording: str, pictures: Sequence[Picture]) -> list[Picture]:
    """Those of ``pictures`` that the question points at: 第2张, 图1, 左图; all where it points at none."""
    if _LAST.search(wording):
        return list(pictures[-1:])
    side = _SIDE_PICTURE.search(wording)
    if side:
        return [picture for picture in pictures if picture.label == side["side"] + "图"]
    match = _ORDINAL.search(wording)
    if match is None:
        return list(pictures)
    number = int(match["number"] or match["figure"])
    labels = {f"图{number}", f"图{chr(_FIRST_NUMERAL + number - 1)}", f"图{'一二三四五六七八九'[number - 1 : number]}"}
    labelled = [picture for picture in pictures if picture.label in labels]
    return labelled or ([] if match["figure"] else list(pictures[number - 1 : number]))


def _is_named(picture: Picture, words: str, terms: Sequence[Term]) -> bool:
    """Whether ``words``, in which ``terms`` stand, name somebody credited with ``picture`` or tell what it shows."""
    text, shown = picture.article.text, fold(picture.text)
    names = ("".join(fold(text[name.start : name.end]).split()) for credit in picture.credits for name in credit.names)
    return any(name in words for name in names) or (bool(terms) and all(found(term, shown) for term in terms))
