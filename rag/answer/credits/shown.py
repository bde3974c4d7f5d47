"""What pictures show, as passages of their own: who asks of something in a picture asks for no credit."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from rag.answer.coverage import found
from rag.answer.credits.pictures import Picture, pictures_of
from rag.answer.reading import Finding, Material, Reading, Support
from rag.question.described import without_picture
from rag.question.focus import find_focus
from rag.question.kinds import AnswerKind
from rag.text.folding import fold
from rag.text.numbers import find_quantities
from rag.types import Article, BlockKind, Passage, Span

WHOLE = 0.7
"""The confidence of all that a picture shows, where what is done in it is asked and nothing shorter is surer."""
_ASKS_WHAT_IS_DONE = re.compile(r"(?:做|干|忙|忙着)(?:些|着)?(?:什么|啥|嘛)|干嘛")

_CLAUSE_END = re.compile(r"[，,；;。！!？?]")


def shown_in(pictures: Sequence[Picture], material: Material) -> Material:
    """``material`` with nothing to read but what ``pictures`` show, and the question asked of that.

    The credits are left out: whoever took a picture is not in it.
    """
    question = without_picture(material.question)
    published = pictures[0].article.published if pictures else None
    return dataclasses.replace(
        material,
        question=question,
        focus=find_focus(question, published),
        passages=[passage for picture in pictures for passage in _passages(picture, material.passages)],
    )


def without_credits(material: Material) -> Material:
    """``material`` with its captions as far as they say what they show: no photographer does what a picture shows."""
    passages: list[Passage] = []
    for passage in material.passages:
        if passage.kind is not BlockKind.CAPTION:
            passages.append(passage)
            continue
        pictures = pictures_of(material.articles[passage.article_id])
        if any(picture.line.overlaps(passage.span) for picture in pictures):
            passages += [part for picture in pictures for part in _passages(picture, [passage]) if part.text]
        else:
            passages.append(passage)
    return dataclasses.replace(material, passages=passages)


def with_captions(reading: Reading, material: Material) -> Reading:
    """``reading`` with each caption cited whole."""
    articles = material.articles
    return dataclasses.replace(
        reading,
        findings=tuple(dataclasses.replace(one, support=_captions(one.support, articles)) for one in reading.findings),
        closest=_captions(reading.closest, articles),
    )


def _passages(picture: Picture, passages: Sequence[Passage]) -> list[Passage]:
    """The part of each passage that ``picture`` is shown in; its sentences stay, since they are known by their ends."""
    shown = picture.shown
    return [
        dataclasses.replace(
            passage,
            id=f"{passage.id}/{shown.start}-{shown.end}",
            text=picture.text,
            start=shown.start,
            end=shown.end,
            sentences=tuple(span for span in passage.sentences if span.overlaps(shown)),
        )
        for passage in passages
        if passage.article_id == picture.article.id and passage.span.covers(shown)
    ]


def as_told(reading: Reading, material: Material) -> Reading:
    """``reading`` of `shown_in`'s ``material`` with each caption cited whole: its credit says whose it is.

    What is done is told with its place (在河边钓鱼), or else by all that the picture shows; how many only by a figure.
    """
    findings = list(reading.findings)
    if material.focus.kind is AnswerKind.QUANTITY:
        findings = [finding for finding in findings if find_quantities(finding.short or "")]
    if _ASKS_WHAT_IS_DONE.search(material.focus.wording):
        findings = [_with_place(finding, material) for finding in findings]
        # 教孩子们唱歌 is what somebody else does.
        who = [term for term in material.focus.terms if term.is_noun]
        findings = [one for one in findings if not any(found(term, fold(one.short or "")) for term in who)]
        findings += [_whole(passage) for passage in material.passages[:1]]
        findings.sort(key=lambda finding: -finding.confidence)
    return with_captions(dataclasses.replace(reading, findings=tuple(findings)), material)


def _with_place(finding: Finding, material: Material) -> Finding:
    span = finding.answer_span
    if span is None or not finding.support:
        return finding
    text = material.articles[finding.support[0].article_id].text
    start = span.start - 1
    shown = next((passage.span for passage in material.passages if passage.start <= start < passage.end), None)
    if shown is None or text[start] != "在":
        return finding
    # 在河边 alone says where; what is done there follows.
    rest = _CLAUSE_END.search(text, span.end, shown.end)
    end = rest.start() if rest else shown.end
    return dataclasses.replace(finding, short=text[start:end], answer_span=Span(start, end))


def _whole(passage: Passage) -> Finding:
    return Finding(passage.text, passage.span, (Support(passage.article_id, passage.span),), WHOLE)


def _captions(support: Sequence[Support], articles: Mapping[str, Article]) -> tuple[Support, ...]:
    """``support`` with each slice of a caption widened to all of it."""
    return tuple(dict.fromkeys(_caption(one, articles[one.article_id]) for one in support))


def _caption(support: Support, article: Article) -> Support:
    block = article.block_at(support.span.start)
    is_caption = block is not None and block.kind is BlockKind.CAPTION
    return Support(article.id, block.span) if block and is_caption else support
