"""Whether what a question asks for is really there: its time, its place, its names.

Each check answers a candidate that looks right but speaks of another year, another city or another company:
the near misses that no similarity score can tell from an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.spans.typed_spans import people_in
from rag.answer.times.told_times import SAME_SPAN
from rag.question.focus import Focus
from rag.question.terms import Term, is_measured
from rag.text.dates import Period, TimeExpression
from rag.text.tokens import is_in_dictionary

_PLAN = re.compile(r"计划|目标|力争|预期|拟|规划|打算|有望|预计|争取|将(?:达|有|超|建|新增|投|在|于|要)|要(?:达|超)")
_DONE = re.compile(r"已|目前|如今|完成了")
_TELLS = re.compile(r"^答:|[我咱]")
UNTIL = re.compile(r"(?:截至|截止到?)(?:目前|今年)?$")
_SHORT_OFFICE = 3
_NOW = re.compile(r"现在|如今|目前|眼下|当前|今天")
_THEN = re.compile(r"以前|过去|从前|当时|原来|原先|之前|当年|此前|那时")


def time_fits(
    asked: Sequence[TimeExpression],
    governing: TimeExpression | None,
    sentence: Sentence,
    *,
    compares: bool = False,
) -> bool:
    """Whether what holds at ``governing`` answers a question about the ``asked`` times.

    ``compares`` is whether the candidate compares two times, as a growth does; then it may answer for both.
    An undated statement holds when its article was written. A half-year's or a month's figure does not answer for
    the year, nor the year's for the month.
    """
    wanted = [time.period for time in asked if time.period is not None]
    if not wanted:
        return True
    stated = [time.period for time in sentence.times if time.period is not None]
    if compares and all(any(_same_scale(period, other) for other in stated) for period in wanted):
        return True
    actual = governing.period if governing else None
    if governing is not None and all(_counted_up_to(period, governing, sentence) for period in wanted):
        return True
    if actual is None and "全年" in sentence.folded:
        return False  # of which year, it does not say; hardly of the one that is not over
    if actual is None:
        return sentence.published is not None and all(p.covers(sentence.published) for p in wanted)
    return all(_same_scale(period, actual) for period in wanted)


def _counted_up_to(asked: Period, governing: TimeExpression, sentence: Sentence) -> bool:
    """Whether ``asked`` is the part of a year that the sentence tells by its end: 今年截至8月底 for 前8个月."""
    period = governing.period
    if period is None or not UNTIL.search(sentence.folded[: governing.start]):
        return False
    return asked.first.month == asked.first.day == 1 and asked.last == period.last and asked.covers(period)


def event_time_fits(asked: Sequence[TimeExpression], governing: TimeExpression | None, sentence: Sentence) -> bool:
    """As `time_fits`, for what happens rather than what is counted: a day of a year answers for the year."""
    wanted = [time.period for time in asked if time.period is not None]
    if not wanted:
        return True
    told = (*(sentence.times_before or sentence.times_of_section), *sentence.times)
    stated = [time.period for time in told if time.period is not None]
    if governing is not None and governing.period is not None:
        stated = [governing.period] if governing in sentence.times else [*stated, governing.period]
    if any(period.covers(other) or other.covers(period) for period in wanted for other in stated):
        return True
    undated = governing is None or governing.period is None
    return undated and sentence.published is not None and all(p.covers(sentence.published) for p in wanted)


def is_told(time: TimeExpression, sentence: Sentence, *, in_part: bool) -> bool:
    """Whether ``sentence`` names ``time``; ``in_part`` the same span of it (去年同期) will do as well."""
    if any(time.period == other.period for other in sentence.times):
        return True
    same = (other for other in sentence.times if SAME_SPAN.match(sentence.folded[other.end :]))
    return in_part and any(time.period and other.period and time.period.covers(other.period) for other in same)


def _same_scale(asked: Period, actual: Period) -> bool:
    """Equal periods; or a day, or several, inside the asked period (an event); never a half for a year."""
    if asked == actual:
        return True
    return asked.overlaps(actual) and (actual.last - actual.first).days < 20


def missing_names(focus: Focus, sentence: Sentence, after: str = "") -> tuple[Term, ...]:
    """The names of the question that stand neither with the sentence nor, but for people, where its article begins.

    ``after`` are words behind the sentence that count as with it.
    """
    near = "\n".join((sentence.folded, sentence.before, after))
    wide = "\n".join((near, sentence.heading, sentence.introduced))
    return tuple(
        term
        for term in focus.names
        if not found(term, near if term.tag.startswith("nr") else wide)
        and not _tells_it(term, sentence)
        and not _has_in_full(wide, term)
    )


def _has_in_full(text: str, short: Term) -> bool:
    """Whether ``text`` has the office in full that a name of three characters is short for: 文广局 and 文化广电局."""
    if short.tag != "nt" or len(short.text) != _SHORT_OFFICE or short.text[-1] not in "局委办":
        return False
    first, second, last = tuple(short.text)
    return re.search(rf"{first}[\u4e00-\u9fff]{second}[\u4e00-\u9fff]{{1,4}}{last}", text) is not None


def is_introduced(term: Term, sentence: Sentence) -> bool:
    """Whether ``term`` is a name, or in no dictionary, and the article of ``sentence`` begins with it.

    What is measured (营收) is no name, in a dictionary or not.
    """
    if is_measured(term.text):
        return False
    return (term.is_name or not is_in_dictionary(term.text)) and bool(found(term, sentence.introduced))


def to_be_told(terms: Sequence[Term], sentence: Sentence) -> tuple[Term, ...]:
    """The ``terms`` that must stand with ``sentence``: what the article begins with, it goes on without."""
    near = f"{sentence.before}\n{sentence.folded}\n{sentence.heading}"
    return tuple(term for term in terms if found(term, near) or not is_introduced(term, sentence))


def _tells_it(person: Term, sentence: Sentence) -> bool:
    """Whether ``person``, whom the article introduces, tells it: an answer of an interview that names nobody else."""
    introduced = person.tag.startswith("nr") and found(person, sentence.introduced)
    return bool(introduced and _TELLS.search(sentence.folded)) and not people_in(sentence.text, sentence.tokens)


def title_agrees(focus: Focus, sentence: Sentence) -> bool:
    """Whether no other title (《…》) stands where the asked one should: 《海上盐路》接待9.4万人次 for 《灶户人家》."""
    asked = [term for term in focus.names if term.tag == "nz" and not found(term, sentence.folded)]
    return not asked or "《" not in sentence.folded


def plan_agrees(question: str, scope: str, *, asks_future: bool) -> bool:
    """Whether both speak of what is, or both of what is planned: 计划新增 is no answer for 新增."""
    if _PLAN.search(question) or asks_future:
        return True
    return not _PLAN.search(scope) or bool(_DONE.search(scope))


def now_and_then_agree(question: str, scope: str) -> bool:
    """Whether question and candidate speak of the same side of a change: 现在只要9个 is no answer for 以前."""
    for here, there in ((_NOW, _THEN), (_THEN, _NOW)):
        if here.search(question) and there.search(scope) and not here.search(scope):
            return False
    return True
