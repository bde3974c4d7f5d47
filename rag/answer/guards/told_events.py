"""Which date of a text belongs to what happened: 1981年进窑,1990年当窑长 tells of two dates and two events.

A date tells of the words up to the next date, and of those before it in its own clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answer.coverage import found
from rag.answer.evidence import Sentence, last_sentence
from rag.answer.times.following_times import with_following
from rag.question.focus import PLAIN_VERBS, Focus
from rag.question.terms import Term, is_measured
from rag.text.dates import Period, TimeExpression, find_times
from rag.text.sentences import split_clauses
from rag.types import Span

_MOVED = re.compile(r"推[迟后]|延[后期至到]|改[为到在期]|提前|顺延|调整|移[至到]|挪[至到]")
_HAPPENED = re.compile(
    r"[,，]?[^,，。;；\d]{0,12}?(?:发生|遭遇?|爆发|暴发|突发|经历|举[办行]|开幕|[\u4e00-\u9fff][了过](?!多|少|\d))[^,，。;；]*[,，]"
)
"""An event of its own clause, without a figure: what the clauses behind it count, it brought."""
_ASKS_WHAT_WAS_NOT = re.compile(r"没有?[\u4e00-\u9fff]{1,2}|未曾?[\u4e00-\u9fff]{1,2}|停[办开]|取消|中断")
_WAS_NOT = re.compile(r"没|未|停|取消|中断|暂缓|推迟|空缺|不再|无缘|缺席")


def event_terms(focus: Focus) -> tuple[Term, ...]:
    """The words of a question of when that say what happened: those behind the interrogative, else the verb before it.

    A verb of one character (办, 当) says little, and is left out beside longer words.
    """
    behind = [term for term in focus.terms if term.start > focus.asking_at >= 0]
    before = [term for term in focus.terms if term.text == focus.verb] or list(focus.terms[-1:])
    chosen = [term for term in behind or before if not term.is_name]
    return tuple(term for term in chosen if len(term.text) > 1) or tuple(chosen)


def stretch_of(sentence: Sentence, time: TimeExpression) -> Span:
    """The words of ``sentence`` that ``time``, one of its times, tells of; offsets in the sentence."""
    times = [one for one in sentence.times if one == time or not sentence.is_reference(one)]
    return _stretch(times, time, sentence.clauses, len(sentence.folded))


def _stretch(times: Sequence[TimeExpression], time: TimeExpression, clauses: Sequence[Span], end: int) -> Span:
    clause = next((span.start for span in clauses if span.start <= time.start < span.end), 0)
    start = max([clause, *(one.end for one in times if one.end <= time.start)])
    return Span(start, min([end, *(one.start for one in times if one.start >= time.end)]))


def is_date_of_event(focus: Focus, sentence: Sentence, time: TimeExpression) -> bool:
    """Whether ``time``, part of an asked year, only says when in it something happened: 2003年5月失过火,9人受伤.

    What was counted then holds for the year; an output or an income of one month does not.
    """
    if (
        time not in sentence.times
        or time.period is None
        or any(term.is_measure or is_measured(term.text) for term in focus.terms)
    ):
        return False
    asked = [one.period for one in focus.times if one.period is not None]
    if not asked or not all(
        period == Period.year(period.first.year) and period.covers(time.period) for period in asked
    ):
        return False
    same_year = [one for one in (*sentence.times_before, *sentence.times) if _within(one, asked)]
    told = sentence.folded[time.end :]
    return len(same_year) == 1 and _HAPPENED.match(told) is not None


def _within(time: TimeExpression, asked: Sequence[Period]) -> bool:
    return time.period is not None and any(period.covers(time.period) for period in asked)


def tells_another_event(focus: Focus, sentence: Sentence, within: Span) -> bool:
    """Whether what is asked stands with another date than the one ``within`` the sentence, and not with it."""
    inside = [time for time in sentence.times if within.start <= time.start and time.end <= within.end]
    asked = event_terms(focus)
    if not inside or not asked:
        return False
    told = sentence.folded[stretch_of(sentence, inside[0]).start : stretch_of(sentence, inside[-1]).end]
    if any(found(term, told) for term in asked):
        return _ASKS_WHAT_WAS_NOT.search(focus.wording) is not None and not _WAS_NOT.search(told)
    if all(term.text in PLAIN_VERBS for term in asked) or _MOVED.search(told):
        return False  # what is held may be told as opened or begun, and what is put off is told before
    return any(all(found(term, text) for term in asked) for text in _of_other_dates(sentence, inside))


def tells_nothing_of_it(focus: Focus, sentence: Sentence) -> bool:
    """Whether no word of the question but its names stands in ``sentence``, nor in what it takes up."""
    words = [term for term in focus.terms if not term.is_name]
    told = f"{last_sentence(sentence)}\n{sentence.folded}\n{sentence.section}"
    return bool(words) and not any(found(term, told) or _of_a_modal(term, told) for term in words)


def _of_a_modal(term: Term, told: str) -> bool:
    """Whether the tagger has joined a modal to a verb that is told: 能开 and 重开."""
    return len(term.text) == 2 and term.text[0] in "能会可要" and term.text[1] in told


def _of_other_dates(sentence: Sentence, own: Sequence[TimeExpression]) -> Iterator[str]:
    """What the other dates of the sentence tell of, and those of the text around it."""
    for other in sentence.times:
        if other not in own and not sentence.is_reference(other):
            span = stretch_of(sentence, other)
            yield sentence.folded[span.start : span.end]
    for text in (sentence.before, sentence.after):
        times = with_following(find_times(text, None), text)
        clauses = split_clauses(text)
        for other in times:
            span = _stretch(times, other, clauses, len(text))
            yield text[span.start : span.end]
