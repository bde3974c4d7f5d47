"""What speaks against a span that the trained reader found, by rules: another time, another name, another kind.

A reader that has learnt from words alone takes last year's figure for this year's now and then. A guard looks at one
thing that rules can tell. What each adds is measured by switching it off (`python -m training.guards`); the rules that
read alone know more of them, which add nothing to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from rag.answer.candidates import Candidate
from rag.answer.checks import event_time_fits, missing_names, title_agrees
from rag.answer.coverage import found
from rag.answer.figure_ranking import is_asked_kind
from rag.answer.guards.asked_otherwise import answers_another_question
from rag.answer.guards.date_guards import (
    another_date,
    is_of_the_last_time,
    only_before_it,
    only_how_long,
    only_one_day,
    several_dates,
    unrelated_date,
)
from rag.answer.guards.extremes import is_the_other_extreme
from rag.answer.guards.figure_forms import is_of_another_form
from rag.answer.guards.figure_guards import FIGURE_GUARDS
from rag.answer.guards.figure_roles import is_of_another_role
from rag.answer.guards.labels import another_label
from rag.answer.guards.offices import holds_office, of_another_body
from rag.answer.guards.other_objects import done_to_another
from rag.answer.guards.parts_of_day import is_of_another_part_of_day
from rag.answer.guards.relatives import is_of_another_relative
from rag.answer.guards.rivals import another_name, another_number, clauses_back
from rag.answer.guards.speakers import only_speaks_of_it
from rag.answer.guards.superseded import is_changed
from rag.answer.guards.wholes import is_of_the_whole
from rag.answer.spans.enumeration import asked_count, count_of
from rag.answer.spans.typed_spans import find_people, find_places
from rag.answer.times.time_ranges import lacks_hour
from rag.question.focus import Focus
from rag.question.kinds import SPEECH_VERBS, AnswerKind
from rag.question.units import CLOCK
from rag.types import BlockKind

_ASKS_A_NAME = (AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.SPEECH, AnswerKind.POSITION)
_NO_PERSON = (AnswerKind.POSITION, AnswerKind.PLACE, AnswerKind.DATE)
_OF_ONE_SUBJECT = (AnswerKind.REASON, AnswerKind.MANNER)
"""What came to one for this reason or in this way is told of him before or beside it, not behind it."""
_ATTRIBUTES = re.compile(SPEECH_VERBS)
_BEGINS = re.compile(
    r"[动开]工|上[课班]|开建|启动|开始|开幕|开赛|开馆|开业|开学|开庭|出发|启程|始建|设立|创办|改成|开门|营业"
)
_ENDS = re.compile(
    r"下[课班]|撤[销除掉并]?|解散|停办|完工|竣工|建成|落成|完成|结束|闭幕|收官|截止|打烊|关门|到期|投产|通车|交付|闭馆|停业|抵达|到达"
)
_IS_CALLED = re.compile(r"[船舰犬狗猫马牛羊驴鸟车桥楼店山河湖岛馆书歌剧片](?:名字)?叫(?:什么|啥)")
_FROM_THEN = re.compile(r"(?:起|开始)(?![草跑航飞点步])")
_FIRST = re.compile(r"[首头]班|最早|开门")
_LAST = re.compile(r"末班|最[晚迟]|关门")
_IN_THE_YEAR_OF = re.compile(r"(?P<event>[\u4e00-\u9fff]{2,8}?)(?:的)?(?:那|这)一?年")
_ONLY_WHEN = re.compile(r"[\d时点分:：\s上下午中晚早凌晨起,，]*")
_LATER = re.compile(r"[\d一二两三四五六七八九十]+(?:个?月|年|天|周)(?:之|以)?后|次年|翌年|次日|第二[年天]|转年")
_ASKS_FOR_NAMES = re.compile(r"[都别]?叫(?:什么|啥)|名字")
_ASKS_FOR_IT = re.compile(r"标题|题目|题为|文章|报道|主题|headline|title|article")


@dataclass(frozen=True, slots=True)
class Guard:
    """``speaks_against`` tells whether a candidate can't be the answer; ``obstacle`` names why (see `Reading`)."""

    obstacle: str
    speaks_against: Callable[[Focus, Candidate], bool]


def obstacle_to(focus: Focus, candidate: Candidate, guards: Collection[str]) -> str:
    """Why ``candidate`` can't be the answer, by the first of ``guards`` that speaks against it; "" if none does."""
    return next(
        (GUARDS[name].obstacle for name in GUARDS if name in guards and GUARDS[name].speaks_against(focus, candidate)),
        "",
    )


def _time(focus: Focus, candidate: Candidate) -> bool:
    if candidate.figure is not None and focus.kind is AnswerKind.QUANTITY:
        return FIGURE_GUARDS["time"].speaks_against(focus, candidate.figure)
    sentence = candidate.sentence
    return not event_time_fits(focus.times, sentence.time_at(candidate.within.start), sentence)


def _name(focus: Focus, candidate: Candidate) -> bool:
    sentence = candidate.sentence
    after = sentence.after if focus.kind not in _OF_ONE_SUBJECT or _ATTRIBUTES.search(sentence.after) else ""
    return bool(missing_names(focus, sentence, after)) or not title_agrees(focus, sentence)


def _other_name(focus: Focus, candidate: Candidate) -> bool:
    return focus.kind not in _ASKS_A_NAME and another_name(focus, _pieces(candidate), candidate.text.strip())


def _number(focus: Focus, candidate: Candidate) -> bool:
    return another_number(focus, [*_pieces(candidate), candidate.sentence.heading])


def _unit(focus: Focus, candidate: Candidate) -> bool:
    figure = candidate.figure
    return focus.kind is AnswerKind.QUANTITY and figure is not None and not is_asked_kind(focus, figure)


def _another_office(focus: Focus, candidate: Candidate) -> bool:
    if focus.kind is not AnswerKind.PERSON:
        return False
    sentence, within = candidate.sentence, candidate.within
    return not holds_office(focus, sentence, within) or of_another_body(focus, sentence, within)


def _a_person(focus: Focus, candidate: Candidate) -> bool:
    """Whether a person is given where what somebody does is asked, or where or when."""
    if _IS_CALLED.search(focus.wording) and candidate.within in find_people(candidate.sentence):
        return True
    if focus.kind not in _NO_PERSON or candidate.within not in find_people(candidate.sentence):
        return False
    return not any(place.overlaps(candidate.within) for place in find_places(candidate.sentence))


def _a_headline(focus: Focus, candidate: Candidate) -> bool:
    """Whether a whole headline is given where none is asked for: it says what the article is about, and no more."""
    sentence = candidate.sentence
    whole = len(candidate.text.strip()) >= len(sentence.text.strip())
    return whole and sentence.kind in (BlockKind.TITLE, BlockKind.SUBTITLE) and not _ASKS_FOR_IT.search(focus.wording)


def _label(focus: Focus, candidate: Candidate) -> bool:
    sentence, within = candidate.sentence, candidate.within
    before = f"{sentence.before}\n{sentence.folded[: within.start]}"
    return another_label(
        focus.wording, before, sentence.folded[within.end :], sentence.folded[within.start : within.end]
    )


def _another_relative(focus: Focus, candidate: Candidate) -> bool:
    return is_of_another_relative(focus, candidate.sentence, candidate.within.start, candidate.within.end)


def _later(focus: Focus, candidate: Candidate) -> bool:
    """Whether what is asked came about some time after the date: 2019年列入名录,两年后成为传承人."""
    if focus.kind is not AnswerKind.DATE:
        return False
    rest = candidate.sentence.folded[candidate.within.end :]
    match = _LATER.search(rest)
    if match is None:
        return False
    before = candidate.sentence.folded[: candidate.within.end] + rest[: match.start()]
    return any(found(term, rest[match.end() :]) and not found(term, before) for term in focus.terms)


def _the_other_end(focus: Focus, candidate: Candidate) -> bool:
    """Whether a date is that of the beginning where the end is asked, or the other way round: 动工 for 完工."""
    if focus.kind is not AnswerKind.DATE and not focus.units & CLOCK:
        return False
    sentence, within = candidate.sentence, candidate.within
    clause = next((span for span in sentence.clauses if span.start <= within.start < span.end), None)
    told = sentence.folded[clause.start : clause.end] if clause else sentence.folded
    if clause is not None and _ONLY_WHEN.fullmatch(sentence.folded[within.end : clause.end]):
        told = sentence.folded[clause.start :]
    asked = focus.wording
    if _ENDS.search(asked) and not _BEGINS.search(asked) and _FROM_THEN.match(sentence.folded, within.end):
        return True
    return any(
        bool(here.search(asked) and not there.search(asked) and there.search(told) and not here.search(told))
        for here, there in ((_BEGINS, _ENDS), (_ENDS, _BEGINS), (_FIRST, _LAST), (_LAST, _FIRST))
    )


def _another_event(focus: Focus, candidate: Candidate) -> bool:
    """Whether a figure of the year of something is asked (停产那年), and the text up to it tells of no such thing."""
    asked = _IN_THE_YEAR_OF.search(focus.wording)
    if asked is None or focus.kind is not AnswerKind.QUANTITY:
        return False
    event = [term for term in focus.terms if term.start < asked.end("event") and not term.is_name]
    told = candidate.sentence.before + candidate.sentence.folded
    return bool(event) and not any(found(term, told) for term in event)


def _changed(focus: Focus, candidate: Candidate) -> bool:
    """Whether a date was put off, or is that to which it was, and the question asks of the other."""
    return focus.kind in (AnswerKind.DATE, AnswerKind.PERSON) and is_changed(
        focus, candidate.sentence, candidate.within.start
    )


def _too_few_names(focus: Focus, candidate: Candidate) -> bool:
    """Whether fewer names are given than are asked for: one of 三家茶馆都叫什么名字."""
    count = asked_count(focus.wording)
    return count is not None and bool(_ASKS_FOR_NAMES.search(focus.wording)) and count_of(candidate.text) < count


def _of_figures(name: str) -> Guard:
    rule = FIGURE_GUARDS[name]

    def speaks_against(focus: Focus, candidate: Candidate) -> bool:
        figure = candidate.figure
        return focus.kind is AnswerKind.QUANTITY and figure is not None and rule.speaks_against(focus, figure)

    return Guard(rule.obstacle, speaks_against)


def _pieces(candidate: Candidate) -> list[str]:
    return list(clauses_back(candidate.sentence, candidate.within.start))


GUARDS: Mapping[str, Guard] = {
    "time": Guard("time", _time),
    "name": Guard("name", _name),
    "other-name": Guard("name", _other_name),
    "number": Guard("kind", _number),
    "unit": Guard("kind", _unit),
    "office": Guard("kind", _another_office),
    "person": Guard("kind", _a_person),
    "speaker": Guard("name", only_speaks_of_it),
    "other-object": Guard("name", done_to_another),
    "role": Guard("kind", is_of_another_role),
    "form": Guard("kind", is_of_another_form),
    "part-of-day": Guard("time", is_of_another_part_of_day),
    "of-whole": Guard("name", is_of_the_whole),
    "extreme": Guard("kind", is_the_other_extreme),
    "headline": Guard("kind", _a_headline),
    "label": Guard("name", _label),
    "relative": Guard("name", _another_relative),
    "later": Guard("time", _later),
    "how-long": Guard("kind", only_how_long),
    "hour": Guard("kind", lambda focus, candidate: lacks_hour(focus, candidate.text)),
    "unrelated": Guard("kind", unrelated_date),
    "other-date": Guard("time", another_date),
    "other-end": Guard("time", _the_other_end),
    "other-event": Guard("time", _another_event),
    "next": Guard("time", is_of_the_last_time),
    "before": Guard("time", only_before_it),
    "dates": Guard("kind", several_dates),
    "days": Guard("kind", only_one_day),
    "names": Guard("kind", _too_few_names),
    "otherwise": Guard("kind", answers_another_question),
    "changed": Guard("time", _changed),
    **{
        f"figure-{name}": _of_figures(name)
        for name in (
            "scope",
            "measure",
            "part",
            "whole",
            "start",
            "average",
            "plan",
            "change",
            "counted",
            "worded",
            "alone",
            "growth",
            "excess",
            "dealt",
            "opposite",
            "superseded",
        )
    },
}

DECISIVE = frozenset(
    {
        "time",
        "name",
        "other-name",
        "office",
        "figure-scope",
        "figure-measure",
        "figure-part",
        "figure-whole",
        "figure-start",
        "figure-average",
        "figure-alone",
        "figure-growth",
        "figure-excess",
        "figure-dealt",
        "person",
        "speaker",
        "other-object",
        "role",
        "form",
        "part-of-day",
        "of-whole",
        "extreme",
        "headline",
        "label",
        "relative",
        "later",
        "how-long",
        "hour",
        "other-date",
        "other-end",
        "other-event",
        "next",
        "before",
        "dates",
        "days",
        "names",
        "otherwise",
        "changed",
        "figure-opposite",
        "figure-superseded",
    }
)
"""Guards that rule a candidate out whatever else speaks for it; the others only lower its confidence."""

YIELDING = frozenset({"figure-worded"})
"""Guards that want a word of the question beside a figure; news often tells it in others."""

OF_ANOTHER_FORM = frozenset({"days", "changed", "figure-excess", "figure-opposite", "figure-superseded"})
"""Guards that see that a candidate answers another question, told beside the asked one; it is no rival to it."""
