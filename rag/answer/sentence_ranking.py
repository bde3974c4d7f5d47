"""Which sentence answers a question that asks for no figure, and which words of it are the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer.checks import event_time_fits, missing_names, title_agrees, to_be_told
from rag.answer.coverage import Coverage, Region, cover, found
from rag.answer.evidence import Sentence
from rag.answer.figure_ranking import Similarity, confidence_of, normal_similarity
from rag.answer.guards.offices import holds_office
from rag.answer.guards.rivals import another_modifier, another_name, another_number, clauses_back
from rag.answer.spans.typed_spans import find_category, find_positions, is_where, spans_of_kind
from rag.question.focus import Focus
from rag.question.kinds import SPEECH_VERBS, AnswerKind, asked_block
from rag.question.surnames import looks_like_person
from rag.question.terms import Term
from rag.types import BlockKind, Span

_OWN, _BEFORE, _HEADING = 1.0, 0.7, 0.5
_SPAN_KINDS = (
    AnswerKind.PERSON,
    AnswerKind.DATE,
    AnswerKind.PLACE,
    AnswerKind.ORGANISATION,
    AnswerKind.POSITION,
    AnswerKind.SPEECH,
    AnswerKind.REASON,
)
_CREDIT_WORDS = frozenset("照片 图片 拍摄 摄影 拍 图 张 摄影师 那张 这张 张图 幅".split())
_POSITION_WORDS = frozenset("担任 职务 职位 职业 身份 头衔 岗位 工作 负责".split())
_REASON_CLAUSE = re.compile(r"因为|由于|得益于|源于|原因|为了|缘于|归功于|靠的是|因此|为的是|是因")
_LEADING_WORDS = re.compile(r"^(?:[,，、;；:：的了着过\s”\"』」]|便|就|则|都|也|还)+")
_PREDICATE = re.compile(
    r"^[”\"』」)）]?(?:们|们都|都|则|就|便|也|还|正|已)?(是|为|指的?是|即|达到?|将?达到?|会|能|可以?|将|要|自动|实时)"
)
_KEPT = frozenset("会 能 可 可以 将 要 自动 实时".split())
_SPEECH = re.compile(rf"(?:{SPEECH_VERBS})")
_QUOTE = re.compile(r"“([^”]{2,})”|\"([^\"]{2,})\"|「([^」]{2,})」")
_MOST_MISSING = 0.4
_FOUND_NOTHING = 0.45
_ALONE = 4
_WHICH_PLACE = re.compile(r"哪[一1]?个|哪些")

_BYLINE_CONFIDENT = 0.85


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
    focus: Focus,
    sentences: Sequence[Sentence],
    similarity: Similarity,
    weigh: Callable[[Term], float],
) -> list[ScoredSentence]:
    """The ``sentences`` by how well they answer, best first; those with an obstacle come last."""
    wanted = asked_block(focus.wording)
    ranked = [
        _score(focus, sentence, similarity, weigh)
        for sentence in sentences
        if (sentence.kind is wanted if wanted else sentence.kind is not BlockKind.BYLINE)
    ]
    return sorted(ranked, key=lambda scored: (bool(scored.obstacle), -scored.score))


def _score(
    focus: Focus,
    sentence: Sentence,
    similarity: Similarity,
    weigh: Callable[[Term], float],
) -> ScoredSentence:
    speaks = focus.kind is AnswerKind.PERSON and bool(_SPEECH.search(focus.wording))
    regions = (
        Region(sentence.folded, _OWN),
        # “…”某某说: the speaker of a quotation often stands behind it.
        Region(sentence.after if focus.kind is AnswerKind.SPEECH else "", _OWN),
        # Whoever is named after a quotation is its speaker.
        Region(sentence.before, _OWN if speaks and _SPEECH.search(sentence.folded) else _BEFORE),
        Region(sentence.heading, _HEADING),
    )
    terms = to_be_told(focus.terms, sentence)
    if sentence.kind is BlockKind.CAPTION:
        # 照片 and the like say which block is meant; they need not stand in it.
        terms = tuple(term for term in terms if term.text not in _CREDIT_WORDS)
    if focus.kind is AnswerKind.POSITION:
        terms = tuple(term for term in terms if term.text not in _POSITION_WORDS)
    coverage = cover(terms, regions, weigh)
    cosine = similarity.get((sentence.article_id, sentence.span.start, sentence.span.end), 0.0)
    score = 0.7 * (coverage.score if terms else 0.8) + 0.3 * normal_similarity(cosine)
    if sentence.kind is BlockKind.BYLINE:
        # Of several articles the one is meant whose headings hold more of the question's words.
        score = max(score, _BYLINE_CONFIDENT + _HEADING * coverage.score / 100)
    answer = _answer_span(focus, sentence)
    obstacle = _obstacle(focus, sentence, coverage, answer)
    return ScoredSentence(sentence, answer, score, coverage, obstacle)


def _obstacle(focus: Focus, sentence: Sentence, coverage: Coverage, answer: Span | None) -> str:
    if not event_time_fits(focus.times, sentence.time_at(answer.start if answer else 0), sentence):
        return "time"
    if missing_names(focus, sentence, sentence.after if focus.kind is AnswerKind.SPEECH else ""):
        return "name"
    pieces = list(clauses_back(sentence, answer.start if answer else len(sentence.text) - 1))
    asks_a_name = focus.kind in (AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.SPEECH, AnswerKind.POSITION)
    if (not asks_a_name and another_name(focus, pieces)) or not title_agrees(focus, sentence):
        return "name"
    if another_modifier(focus, pieces) or another_number(focus, [*pieces, sentence.heading]):
        return "kind"
    if not focus.terms and asked_block(focus.wording) is None:
        return "kind"
    if focus.kind in _SPAN_KINDS and answer is None:
        return "kind"
    if focus.kind is AnswerKind.LIST and answer is None and sentence.kind is BlockKind.HEADING:
        return "kind"
    in_picture = sentence.kind is BlockKind.CAPTION
    happens = focus.kind in (AnswerKind.DATE, AnswerKind.PLACE) and answer is not None and not in_picture
    if happens and answer is not None and not _happens_there(focus, sentence, answer):
        return "kind"
    if focus.kind is AnswerKind.PERSON and answer is not None and not holds_office(focus, sentence, answer):
        return "kind"
    if sentence.kind is BlockKind.BYLINE:
        return ""
    if coverage.missing_share > _MOST_MISSING or (
        coverage.score < _FOUND_NOTHING and sentence.kind is not BlockKind.CAPTION
    ):
        return "kind"
    return ""


def _happens_there(focus: Focus, sentence: Sentence, answer: Span) -> bool:
    """Whether what happened stands in the clause of the date, or in the next where the date fills its own."""
    clauses = list(sentence.clauses)
    at = next((i for i, span in enumerate(clauses) if span.start <= answer.start < span.end), 0)
    alone = clauses[at].length - answer.length <= _ALONE
    near = sentence.folded[clauses[at].start : clauses[min(at + 1, len(clauses) - 1) if alone else at].end]
    behind = [term for term in focus.terms if term.start > focus.asking_at and term.tag.startswith("v")]
    words = [term for term in focus.terms if term.text == focus.verb] or behind or list(focus.terms)
    return not words or any(found(term, near) for term in words)


def _answer_span(focus: Focus, sentence: Sentence) -> Span | None:
    if focus.kind is AnswerKind.SPEECH:
        return _speech(focus, sentence)
    if focus.kind is AnswerKind.POSITION:
        people = [term.text for term in focus.terms if _is_person(term)]
        return next((span for person in people for span in find_positions(sentence, person)), None)
    if focus.kind is AnswerKind.REASON:
        return next(
            (span for span in sentence.clauses if _REASON_CLAUSE.search(sentence.text, span.start, span.end)), None
        )
    candidates = find_category(sentence, focus.category) if focus.category and focus.kind is not AnswerKind.LIST else []
    candidates = candidates or spans_of_kind(sentence, focus.kind)
    in_picture = sentence.kind is BlockKind.CAPTION
    if focus.kind is AnswerKind.PLACE and not in_picture and not _WHICH_PLACE.search(focus.wording):
        candidates = [span for span in candidates if is_where(sentence, span)]
    if focus.kind is AnswerKind.ORGANISATION and (subject := _subject(focus, sentence)):
        candidates = [span for span in candidates if subject.covers(span)] or [subject]
    candidates = [span for span in candidates if not _is_in_question(focus, sentence, span)]
    if not candidates and focus.kind is AnswerKind.PERSON and (subject := _subject(focus, sentence)):
        # 由谁承建 may ask for a company
        candidates = [span for span in spans_of_kind(sentence, AnswerKind.ORGANISATION) if subject.covers(span)]
    if candidates:
        return min(candidates, key=lambda span: _distance(span, focus, sentence))
    if focus.kind in _SPAN_KINDS or focus.kind is AnswerKind.LIST:
        return None
    return _predicate(focus, sentence)


def _subject(focus: Focus, sentence: Sentence) -> Span | None:
    """Who does what the question's verb says: the words between the verb and the start of its clause."""
    for term in focus.terms:
        if not term.tag.startswith("v") or term.tag == "vn" or term.start < focus.asking_at:
            continue
        at = next((sentence.folded.find(word) for word in term.words if word in sentence.folded), -1)
        clause = next((span for span in sentence.clauses if span.start <= at < span.end), None)
        if clause is None:
            continue
        tokens = [token for token in sentence.tokens if clause.start <= token.start and token.end <= at]
        while tokens and tokens[-1].tag.startswith(("d", "p", "u", "c", "v")):
            tokens.pop()
        start = next((i + 1 for i in reversed(range(len(tokens))) if tokens[i].tag.startswith(("p", "c", "t", "x"))), 0)
        if tokens[start:] and 2 <= tokens[-1].end - tokens[start].start <= 20:
            return Span(tokens[start].start, tokens[-1].end)
    return None


def _is_person(term: Term) -> bool:
    return term.tag.startswith("nr") or looks_like_person(term.text)


def _speech(focus: Focus, sentence: Sentence) -> Span | None:
    """What is quoted in a sentence in which the asked person speaks."""
    speakers = [term.text for term in focus.terms if _is_person(term)]
    speaks_behind = sentence.text.startswith("“") and any(name in sentence.after for name in speakers)
    if not speaks_behind and not any(name in sentence.folded for name in speakers):
        return None
    match = _QUOTE.search(sentence.text)
    if match is not None:
        group = match.lastindex or 0
        return Span(*match.span(group))
    opening = sentence.text.find("“")
    if opening >= 0 and len(sentence.text) - opening > 4 and _SPEECH.search(sentence.text[:opening]):
        return Span(opening + 1, len(sentence.text))  # the quotation goes on in the next sentence
    verb = _SPEECH.search(sentence.text)
    if verb is None or verb.end() >= len(sentence.text) - 4:
        return None
    lead = _LEADING_WORDS.match(sentence.text[verb.end() :])
    return Span(verb.end() + (lead.end() if lead else 0), len(sentence.text.rstrip("。")))


def _predicate(focus: Focus, sentence: Sentence) -> Span | None:
    """What is said of the question's words: what follows 是, 为, 能 … behind the last of them in their clause.

    None where no such word follows them; then the whole sentence is the answer.
    """
    best = max(sentence.clauses, key=lambda span: _words_in(focus, sentence, span), default=None)
    if best is None or not _words_in(focus, sentence, best):
        return None
    clause = sentence.folded[best.start : best.end]
    ends = [best.start + clause.find(word) + len(word) for term in focus.terms for word in term.words if word in clause]
    start = max(ends, default=best.start)
    lead = _PREDICATE.match(sentence.text[start : best.end])
    if lead is None:
        return None
    start += lead.start(1) if lead.group(1) in _KEPT else lead.end()
    end = best.start + len(sentence.text[best.start : best.end].rstrip("。.!！?？;；,，、…:： "))
    return Span(start, end) if end - start >= 4 else None


def _words_in(focus: Focus, sentence: Sentence, span: Span) -> float:
    text = sentence.folded[span.start : span.end]
    return sum(found(term, text) for term in focus.terms)


def _is_in_question(focus: Focus, sentence: Sentence, span: Span) -> bool:
    text = sentence.folded[span.start : span.end]
    return any(term.text in text and len(term.text) * 2 >= len(text) for term in focus.terms)


def _distance(span: Span, focus: Focus, sentence: Sentence) -> float:
    """How far a candidate stands from the question's words; those behind the interrogative tell most."""
    total = weight = 0.0
    for term in focus.terms:
        places = [sentence.folded.find(word) for word in term.words if word in sentence.folded]
        if not places:
            continue
        position = places[0]
        share = 3.0 if term.start > focus.asking_at >= 0 else 1.0
        total += share * max(0, position - span.end, span.start - position)
        weight += share
    return total / weight if weight else float(span.start)
