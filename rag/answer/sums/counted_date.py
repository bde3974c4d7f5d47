"""A date that an article tells by counting on from another: 1987年建窑,次年开业 answers 哪年开业 with 1988年."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answer.checks import event_time_fits, is_introduced, missing_names
from rag.answer.coverage import found
from rag.answer.evidence import Sentence, sentence_before
from rag.answer.guards.told_events import event_terms, stretch_of
from rag.answer.reading import Finding, Support
from rag.answer.spans.typed_spans import find_people
from rag.answer.times.following_times import follows
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.question.terms import Term
from rag.text.dates import TimeExpression
from rag.types import Span

_NEXT_OR_SAME = re.compile(r"次年|翌年|转年|第二年|同年|当年")
_ASKS_OTHERWISE = re.compile(r"[前后](?:几|多少|哪)|多久|多长|几[年天个]|还有")
_LABEL = re.compile(r"[^。;；:：]{1,12}[:：]")
"""What a paragraph of a notice is about: 早班: 6月3日笔试."""
_WITH_OR_BY = re.compile(r"[和与同跟被由让]")
_TOLD = 0.9


def compute_counted_date(focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """The date asked for, where the one that tells it counts on from another; None where it is told in full as well."""
    asked = event_terms(focus)
    if focus.kind is not AnswerKind.DATE or not asked or _ASKS_OTHERWISE.search(focus.wording):
        return None
    found_dates: dict[str, Finding] = {}
    for sentence in sentences:
        for time in sentence.times:
            if not follows(time, sentence.folded):
                if _tells_in_full(focus, sentence, time):
                    return None
                continue
            if not _tells(focus, asked, sentence, time):
                continue
            finding = _finding(sentence, time)
            if finding is not None and finding.short is not None:
                found_dates.setdefault(finding.short, finding)
    return next(iter(found_dates.values())) if len(found_dates) == 1 else None


def counted_on_from(sentence: Sentence, within: Span) -> Finding | None:
    """The date that the words ``within`` a sentence come to, where they are a time that counts on from another."""
    for time in sentence.times:
        if (time.start, time.end) == (within.start, within.end) and follows(time, sentence.folded):
            return _finding(sentence, time)
    return None


def _tells_in_full(focus: Focus, sentence: Sentence, time: TimeExpression) -> bool:
    """Whether all that is asked stands with ``time``, a date of its own."""
    if sentence.is_reference(time) or missing_names(focus, sentence):
        return False
    span = stretch_of(sentence, time)
    return all(found(term, sentence.folded[span.start : span.end]) for term in focus.terms if not term.is_name)


def _tells(focus: Focus, asked: Sequence[Term], sentence: Sentence, time: TimeExpression) -> bool:
    """Whether what is asked happened at ``time``: the event stands in its stretch, and so does whom it happened to.

    A stretch that begins without a subject has that of its sentence.
    """
    if time.period is None or sentence.is_reference(time) or missing_names(focus, sentence):
        return False
    span = stretch_of(sentence, time)
    told = sentence.folded[span.start : span.end]
    if not all(found(term, told) for term in asked) or not event_time_fits(focus.times, time, sentence):
        return False
    short = all(len(term.text) == 1 and not term.is_noun for term in asked)
    if short and not any(found(term, told) for term in _things(focus)):
        return False  # 办 alone may be anything
    if _another_does_it(focus, sentence, span):
        return False
    lacking = [
        term
        for term in focus.terms
        if not (found(term, told) or term.is_measure or _goes_without_saying(term, focus, sentence, told))
    ]
    if not lacking:
        return True
    words = [token for token in sentence.tokens if time.end <= token.start and token.end <= span.end]
    if not words or not words[0].tag.startswith(("v", "d", "p")) or _has_another_object(asked, focus, sentence, span):
        return False
    label = _LABEL.match(sentence.before)
    before = sentence.folded[: time.start] + (label.group() if label else "")
    return all(found(term, before) for term in lacking)


def _goes_without_saying(term: Term, focus: Focus, sentence: Sentence, told: str) -> bool:
    """Whether the article begins with a name, or with a word before one that is told: 聚源 of 聚源茶馆 for 茶馆."""
    if term.is_name:
        return is_introduced(term, sentence)
    behind = (other for other in focus.terms if other.start == term.start + len(term.text) and found(other, told))
    return any(term.text + other.text in sentence.introduced for other in behind)


def _another_does_it(focus: Focus, sentence: Sentence, span: Span) -> bool:
    """Whether somebody else than the asked one does what is told in ``span``, not with him nor to him."""
    asked = [term.text for term in focus.names if term.tag.startswith("nr")]
    told = sentence.folded[span.start : span.end]
    others = [one for one in find_people(sentence) if span.start <= one.start and one.end <= span.end]
    if not asked or not others or any(name in told for name in asked):
        return False
    return not _WITH_OR_BY.search(sentence.folded[span.start : others[0].start])


def _things(focus: Focus) -> list[Term]:
    return [term for term in focus.terms if term.is_noun and len(term.text) > 1]


def _has_another_object(asked: Sequence[Term], focus: Focus, sentence: Sentence, span: Span) -> bool:
    """Whether the asked verb is done to a thing that the question does not name: 办起茶馆 for 瓷厂哪年办的."""
    tokens = [token for token in sentence.tokens if span.start <= token.start and token.end <= span.end]
    for place, token in enumerate(tokens):
        if not any(term.tag.startswith("v") and found(term, token.text) for term in asked):
            continue
        for behind in tokens[place + 1 :]:
            if behind.tag.startswith(("u", "m", "q", "a")) or behind.text in "起出成过上":
                continue
            return behind.tag.startswith("n") and not any(found(term, behind.text) for term in focus.terms)
    return False


def _finding(sentence: Sentence, time: TimeExpression) -> Finding | None:
    base = _base(sentence, time)
    if base is None or time.period is None:
        return None
    first, counted = base.text, sentence.folded[time.start : time.end]
    of_year = _NEXT_OR_SAME.match(counted)
    rest = counted[of_year.end() :].removeprefix("的").removeprefix("年") if of_year else ""
    shown = f"{time.period.first.year}年{rest}" if of_year else time.period.label
    return Finding(
        short=shown,
        answer_span=None,
        support=tuple(dict.fromkeys(_support(sentence, base))),
        confidence=_TOLD,
        formula=f"{first}的{counted} = {shown}",
    )


def _base(sentence: Sentence, time: TimeExpression) -> TimeExpression | None:
    """The time that ``time`` counts on from: the last before it in its sentence, or else in its paragraph."""
    earlier = [one for one in sentence.times if one.end <= time.start and not sentence.is_reference(one)]
    return earlier[-1] if earlier else next(reversed(sentence.times_before), None)


def _support(sentence: Sentence, base: TimeExpression) -> Iterator[Support]:
    yield Support(sentence.article_id, sentence.span)
    if base in sentence.times:
        return
    start = sentence.before_start + base.start
    for span in sentence_before(sentence):
        if span.start <= start < span.end:
            yield Support(sentence.article_id, span)
