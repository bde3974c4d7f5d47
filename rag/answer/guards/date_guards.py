"""Whether a candidate for a date is one, tells of what is asked, and is as many dates as are asked for."""

from __future__ import annotations

import re

from rag.answer.candidates import Candidate
from rag.answer.guards.told_events import tells_another_event, tells_nothing_of_it
from rag.answer.spans.whole_span import SAYS_MORE
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind

_HOW_LONG = re.compile(r"[近约超]?[\d一二两三四五六七八九十百半]+(?:天|个?小时|分钟|个月|周|个星期|个?年头)半?")
_ASKS_FOR_DAYS = re.compile(r"哪几[天日]|从?(?:几|哪一?)[号日天]到(?:几|哪一?)[号日天]|起止|什么时候到什么时候")
_NEXT_TIME = re.compile(r"下(?:[一1]个?)?[次回届期轮批季站]|接下来|[后下]面还")
_TO_COME = re.compile(r"下|将|预计|计划|定[于在]|拟|明年|后年|要到|再")
_ASKS_ONE_DATE = re.compile(r"哪[一1]?[年天]|几[号日]")
_BEFORE_IT = re.compile(r"(?:以|之)前")
_SEVERAL_DAYS = re.compile(r"[至到—–~～、和及-]|\d天")


def only_how_long(focus: Focus, candidate: Candidate) -> bool:
    """Whether it is told how long something lasts where it is asked when: 九天."""
    return focus.kind is AnswerKind.DATE and _HOW_LONG.fullmatch(candidate.text.strip()) is not None


def unrelated_date(focus: Focus, candidate: Candidate) -> bool:
    """Whether a date is given in a sentence that has no word of what is asked."""
    return focus.kind is AnswerKind.DATE and tells_nothing_of_it(focus, candidate.sentence)


def another_date(focus: Focus, candidate: Candidate) -> bool:
    """Whether what is asked stands with another date: 2003年 of 2003年建窑,次年修路 for 哪年修的路."""
    if focus.kind is not AnswerKind.DATE:
        return False
    return tells_another_event(focus, candidate.sentence, candidate.within)


def several_dates(focus: Focus, candidate: Candidate) -> bool:
    """Whether a stretch of text with several dates is given where one is asked: which of them, it does not say."""
    if focus.kind is not AnswerKind.DATE or _ASKS_FOR_DAYS.search(focus.wording):
        return False
    held = sum(
        sentence.start + date.start >= candidate.span.start and sentence.start + date.end <= candidate.span.end
        for sentence in candidate.sentences
        for date in sentence.times
    )
    return held > 1 and bool(SAYS_MORE.search(candidate.text))


def only_one_day(focus: Focus, candidate: Candidate) -> bool:
    """Whether a single day is given where it is asked from which to which: 9月6日 for 哪几天."""
    if focus.kind is not AnswerKind.DATE or not _ASKS_FOR_DAYS.search(focus.wording):
        return False
    return not _SEVERAL_DAYS.search(candidate.text)


def only_before_it(focus: Focus, candidate: Candidate) -> bool:
    """Whether the date is only that before which something was: 1950年以前的账本已烧毁 for 哪年."""
    if focus.kind is not AnswerKind.DATE or not _ASKS_ONE_DATE.search(focus.wording):
        return False
    return bool(_BEFORE_IT.match(candidate.sentence.folded, candidate.within.end))


def is_of_the_last_time(focus: Focus, candidate: Candidate) -> bool:
    """Whether the next time is asked, and the text tells of none to come: 前年刚修过 for 下次."""
    if focus.kind not in (AnswerKind.DATE, AnswerKind.PLACE) or not _NEXT_TIME.search(focus.wording):
        return False
    return not _TO_COME.search(candidate.sentence.folded)
