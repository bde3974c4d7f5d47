"""Which sentence answers a question that asks for no figure, and which words of it are the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer.checks import event_time_fits, missing_names, place_fits
from rag.answer.coverage import Coverage, Region, cover, found
from rag.answer.evidence import Sentence
from rag.answer.figure_ranking import Similarity, confidence_of, normal_similarity
from rag.answer.spans import spans_of_kind
from rag.question.focus import AnswerKind, Focus, Term
from rag.text.normalise import fold
from rag.types import BlockKind, Span

_OWN, _BEFORE, _HEADING = 1.0, 0.7, 0.5
_SPAN_KINDS = (AnswerKind.PERSON, AnswerKind.DATE, AnswerKind.PLACE, AnswerKind.ORGANISATION)
_CREDIT_QUESTION = re.compile(r"照片|图片|拍摄|摄影|拍的|拍下|哪张图|photo|picture")
_BYLINE_QUESTION = re.compile(r"作者|写的|撰写|执笔|撰稿|采写|哪位记者|记者是|哪家媒体|哪家杂志|author|wrote|written")
_REASON_CLAUSE = re.compile(r"因为|由于|得益于|源于|原因|为了|缘于|归功于|靠的是|因此")
_LEADING_WORDS = re.compile(r"^(?:[,，、;；:：的了着过\s”\"』」]|便|就|则|都|也|还)+")
_MOST_MISSING = 0.55
_FOUND_NOTHING = 0.45


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence, the span of it that answers (None: the sentence as a whole), its score and any obstacle."""

    sentence: Sentence
    answer: Span | None
    score: float
    coverage: Coverage
    obstacle: str

    @property
    def confidence(self) -> float:
        """How sure it is that this sentence answers."""
        return 0.0 if self.obstacle else confidence_of(self.score)


def rank_sentences(
    question: str,
    focus: Focus,
    sentences: Sequence[Sentence],
    similarity: Similarity,
    weigh: Callable[[Term], float],
) -> list[ScoredSentence]:
    """The ``sentences`` by how well they answer, best first; those with an obstacle come last."""
    wanted = _asked_block(question)
    ranked = [
        _score(question, focus, sentence, similarity, weigh)
        for sentence in sentences
        if (sentence.kind is wanted if wanted else sentence.kind is not BlockKind.BYLINE)
    ]
    return sorted(ranked, key=lambda scored: (bool(scored.obstacle), -scored.score))


def _asked_block(question: str) -> BlockKind | None:
    """The caption for who took a picture, the byline for who wrote; otherwise any block."""
    folded = fold(question)
    if _CREDIT_QUESTION.search(folded):
        return BlockKind.CAPTION
    if _BYLINE_QUESTION.search(folded):
        return BlockKind.BYLINE
    return None


def _score(
    question: str,
    focus: Focus,
    sentence: Sentence,
    similarity: Similarity,
    weigh: Callable[[Term], float],
) -> ScoredSentence:
    regions = (
        Region(sentence.folded, _OWN),
        Region(sentence.before, _BEFORE),
        Region(sentence.heading, _HEADING),
    )
    terms = focus.terms
    if sentence.kind in (BlockKind.BYLINE, BlockKind.CAPTION):
        # 照片, 作者 and the like say which block is meant; they need not stand in it.
        terms = tuple(term for term in terms if not (_CREDIT_QUESTION.search(term.text) or _is_byline_word(term)))
    coverage = cover(terms, regions, weigh)
    cosine = similarity.get((sentence.article_id, sentence.span.start, sentence.span.end), 0.0)
    score = 0.7 * (coverage.score if terms else 0.8) + 0.3 * normal_similarity(cosine)
    answer = _answer_span(focus, sentence)
    obstacle = _obstacle(focus, sentence, coverage, answer)
    return ScoredSentence(sentence, answer, score, coverage, obstacle)


def _is_byline_word(term: Term) -> bool:
    return bool(_BYLINE_QUESTION.search(term.text)) or term.text in ("写", "文", "记者", "拍", "图", "文章")


def _obstacle(focus: Focus, sentence: Sentence, coverage: Coverage, answer: Span | None) -> str:
    if not event_time_fits(focus.times, sentence.time_at(answer.start if answer else 0), sentence):
        return "time"
    if missing_names(focus, sentence):
        return "name"
    if not place_fits(focus, sentence, sentence.folded):
        return "place"
    if focus.kind in _SPAN_KINDS and answer is None:
        return "kind"
    if coverage.missing_share > _MOST_MISSING or (focus.terms and coverage.score < _FOUND_NOTHING):
        return "kind"
    return ""


def _answer_span(focus: Focus, sentence: Sentence) -> Span | None:
    positions = _positions(focus.terms, sentence)
    if focus.kind in _SPAN_KINDS or focus.kind is AnswerKind.LIST:
        candidates = [
            span for span in spans_of_kind(sentence, focus.kind) if not _is_in_question(focus, sentence, span)
        ]
        if candidates:
            return min(candidates, key=lambda span: _distance(span, positions))
        return None
    if focus.kind is AnswerKind.REASON:
        return next(
            (span for span in sentence.clauses if _REASON_CLAUSE.search(sentence.text, span.start, span.end)), None
        )
    return _predicate(focus, sentence)


def _predicate(focus: Focus, sentence: Sentence) -> Span | None:
    """The rest of the clause that holds most of the question's words, behind the last of them."""
    best = max(sentence.clauses, key=lambda span: _words_in(focus, sentence, span), default=None)
    if best is None or not _words_in(focus, sentence, best):
        return None
    ends = [
        best.start + sentence.folded[best.start : best.end].find(word) + len(word)
        for term in focus.terms
        for word in term.words
        if word in sentence.folded[best.start : best.end]
    ]
    start = max(ends)
    lead = _LEADING_WORDS.match(sentence.text[start : best.end])
    start += lead.end() if lead else 0
    end = best.start + len(sentence.text[best.start : best.end].rstrip("。.!！?？;；,，、…:： "))
    return Span(start, end) if end - start >= 4 else None


def _words_in(focus: Focus, sentence: Sentence, span: Span) -> float:
    text = sentence.folded[span.start : span.end]
    return sum(found(term, text) for term in focus.terms)


def _is_in_question(focus: Focus, sentence: Sentence, span: Span) -> bool:
    text = sentence.folded[span.start : span.end]
    return any(term.text in text and len(term.text) * 2 >= len(text) for term in focus.terms)


def _positions(terms: Sequence[Term], sentence: Sentence) -> list[int]:
    return [position for term in terms for word in term.words if (position := sentence.folded.find(word)) >= 0]


def _distance(span: Span, positions: Sequence[int]) -> float:
    if not positions:
        return float(span.start)
    return sum(min(abs(position - span.start), abs(position - span.end)) for position in positions) / len(positions)
