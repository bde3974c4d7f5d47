"""How long from one year to another, and how old somebody is: 成立于1998年, 2011年上市 are 13 years apart.

Where only the beginning is told, it is counted to the year in which the article was published, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from rag.answer.coverage import found
from rag.answer.evidence import Sentence, last_sentence
from rag.answer.figures import Figure
from rag.answer.reading import Finding, Support
from rag.question.focus import Focus, find_focus
from rag.question.surnames import looks_like_person
from rag.text.dates import Period, TimeExpression
from rag.text.numbers import format_quantity

_LONG = r"(?:多少年|几年|多长时间|多久|多少个?月|几个月|多少天|几天|多少日子)"
_FROM_TO = re.compile(
    rf"^(?P<lead>.*?)(?:从|自)(?P<start>.+?)(?:到|至)(?P<end>.+?)(?:一共|总共|共|前后|中间)?(?:用|花|经历|历时|间隔|隔|过|要|经过)?了?(?P<unit>{_LONG})"
)
_SINCE = re.compile(
    r"^(?P<event>.*?(?:创办|创立|成立|建立|建成|创建|开业|开馆|开园|建校|建院|建馆|通车|通航|投产|投用|投运|运行|运营|开通|启用|设立|上市))"
    r"(?:到现在|到今年|至今|距今|迄今)?(?:已经|已)?(?:有|过去)?(?:多少|几)年(?:了|历史|的历史)*$"
)
_AGE = re.compile(
    r"^(?P<who>.*?)(?:今年|现在|目前|现年)?(?:是|有)?(?:多大(?:年纪|岁数|年龄)?|几岁|多少岁|(?:年纪|年龄|岁数)(?:是|有)?多[大少])了?$"
)
_AGE_AT = re.compile(
    r"^(?P<who>.*?)(?:时|的时候|那年|那一年)(?:是|才|只有|有|的?年龄是?)?(?:多大(?:年纪|岁数|年龄)?|几岁|多少岁)$"
)
_THIS_YEAR = re.compile(r"(?:\d{4}年|今年|现在|目前)")
_BORN = re.compile(r"(?:出生于?|生于|出生在)$")
_BORN_AFTER = re.compile(r"^(?:\d{1,2}月(?:\d{1,2}[日号])?)?(?:[,，]?出生|生(?![产活效成意])|生人)")
_OLDEST = 120
_IN_YEARS = frozenset({"年", "周年", "岁", "周岁", "个月"})
_DAYS_OF_A_MONTH, _DAYS_OF_A_YEAR = 31, 366


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time at which something happened; ``sentence`` tells of it, None for the year of the article."""

    text: str
    period: Period
    sentence: Sentence | None


def compute_elapsed(question: str, focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """The years between two events or from one to the article's year; None where no such span can be told."""
    text = re.sub(r"[?？。 呢吗啊]+$", "", question)
    match = _FROM_TO.match(text)
    if match:
        start = _only(_moments(match["lead"] + match["start"], sentences))
        end = _only(_moments(match["lead"] + match["end"], sentences))
        return _between(start, end, match["unit"])
    match = _SINCE.match(text)
    if match:
        start = _only(_moments(match["event"], sentences))
        return _between(start, _published(start), "多少年")
    return _age(text, focus, sentences)


def asks_elapsed(question: str) -> bool:
    """Whether a question asks how long ago or how old, so that a year as such does not answer it."""
    text = re.sub(r"[?？。 呢吗啊]+$", "", question)
    return re.search(rf"{_LONG}(?:了|历史|的历史)?$", text) is not None or _AGE.match(text) is not None


def is_no_span(question: str, figure: Figure) -> bool:
    """Whether a figure counts something else than years (or months) where a span of years or an age is asked."""
    text = re.sub(r"[?？。 呢吗啊]+$", "", question)
    since = _SINCE.match(text)
    if since is not None:
        verb = find_focus(since["event"]).terms[-1:]
        return figure.quantity.unit not in _IN_YEARS or not all(found(term, figure.own_text) for term in verb)
    asks_age = (_AGE.match(text) or _AGE_AT.match(text)) is not None and re.search("岁|年纪|年龄", text) is not None
    return asks_age and figure.quantity.unit not in _IN_YEARS


def _age(text: str, focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    names = [term.text for term in focus.names if looks_like_person(term.text)]
    if len(names) != 1:
        return None
    born = _only(_births(names[0], sentences))
    match = _AGE_AT.match(text)
    if match:
        end = _only(_moments(match["who"], sentences))
    elif (match := _AGE.match(text)) and not any(
        time.period and born and born.sentence and not _is_this_year(time.period, born.sentence) for time in focus.times
    ):
        end = _published(born)
    else:
        return None
    if born is None or end is None or not 0 < end.period.first.year - born.period.first.year < _OLDEST:
        return None
    return _finding(born, end, Decimal(end.period.first.year - born.period.first.year), "岁")


def _is_this_year(period: Period, sentence: Sentence) -> bool:
    return sentence.published is not None and period == Period.year(sentence.published.first.year)


def _between(start: _Moment | None, end: _Moment | None, unit: str) -> Finding | None:
    if start is None or end is None or start.period.last >= end.period.first:
        return None
    if "天" in unit or "日" in unit:
        if start.period.days > 1 or end.period.days > 1:
            return None
        return _finding(start, end, Decimal((end.period.first - start.period.first).days), "天")
    years = Decimal(end.period.first.year - start.period.first.year)
    exact = start.period.days <= _DAYS_OF_A_MONTH and end.period.days <= _DAYS_OF_A_MONTH
    months = years * 12 + end.period.first.month - start.period.first.month
    if "月" in unit or (exact and months < 12):
        return _finding(start, end, months, "个月") if exact else None
    return _finding(start, end, months / 12 if exact else years, "年")


def _finding(start: _Moment, end: _Moment, value: Decimal, unit: str) -> Finding:
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    shown = format_quantity(rounded, unit)
    about = rounded != value
    told = [moment.sentence for moment in (start, end) if moment.sentence is not None]
    return Finding(
        short=("约" if about else "") + shown,
        answer_span=None,
        support=tuple(dict.fromkeys(Support(sentence.article_id, sentence.span) for sentence in told)),
        confidence=0.9,
        formula=f"{end.text} − {start.text} {'≈' if about else '='} {shown}",
        as_of=end.text if end.sentence is None else None,
    )


def _published(moment: _Moment | None) -> _Moment | None:
    published = moment.sentence.published if moment and moment.sentence else None
    if published is None:
        return None
    year = published.first.year
    return _Moment(f"{year}年", Period.year(year), None)


def _only(moments: Iterator[_Moment]) -> _Moment | None:
    """The one moment that is told; None where there is none or two that differ."""
    found_ones = list(moments)
    years = {moment.period.first.year for moment in found_ones}
    if len(years) != 1:
        return None
    return min(found_ones, key=lambda moment: moment.period.days)


def _moments(event: str, sentences: Sequence[Sentence]) -> Iterator[_Moment]:
    """When ``event`` happened: the past times whose clause tells of it."""
    terms = [term for term in find_focus(event).terms if not term.is_measure]
    if not terms:
        return
    verb = terms[-1]
    for sentence in sentences:
        for time in sentence.times:
            clause = next((c for c in sentence.clauses if c.start <= time.start < c.end), None)
            if clause is None or not _is_past(time, sentence) or sentence.is_reference(time):
                continue
            inside = sentence.folded[clause.start : clause.end]
            others = [other for other in sentence.times if clause.start <= other.start < clause.end]
            around = (sentence.folded, last_sentence(sentence), sentence.heading)
            known = all(any(found(term, text) for text in around) for term in terms if term.is_noun or term.is_name)
            if found(verb, inside) and len(others) == 1 and known and time.period is not None:
                yield _Moment(time.text, time.period, sentence)


def _is_past(time: TimeExpression, sentence: Sentence) -> bool:
    period = time.period
    if period is None or time.relative or period.days > _DAYS_OF_A_YEAR:
        return False
    published: date | None = sentence.published.last if sentence.published else None
    return published is not None and period.first <= published


def _births(name: str, sentences: Sequence[Sentence]) -> Iterator[_Moment]:
    """The year in which a sentence says that ``name`` was born, where it names nobody else before."""
    for sentence in sentences:
        for time in sentence.times:
            if time.period is None or time.relative or time.period.days > _DAYS_OF_A_YEAR:
                continue
            before, after = sentence.folded[: time.start], sentence.folded[time.end :]
            if not _BORN.search(before) and not _BORN_AFTER.match(after):
                continue
            if name in before or (name in last_sentence(sentence) and re.search(r"^[他她]", sentence.folded)):
                yield _Moment(f"{time.period.first.year}年", time.period, sentence)
