"""Whether what a question asks for is really there: its time, its place, its names.

Each check answers a candidate that looks right but speaks of another year, another city or another company:
the near misses that no similarity score can tell from an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.question.focus import Focus
from rag.question.terms import Term
from rag.text.dates import Period, TimeExpression

_WHOLE_COUNTRY = ("全国", "我国", "中国", "全球", "世界", "全世界", "海外", "国内", "国外")
_AVERAGE = re.compile(
    r"人均|户均|亩均|平均|日均|月均|年均|均价|亩产|单产|每(?:人|户|亩|吨|公斤|斤|股|头|平方|辆|个人|名|位)"
)
_NOW = re.compile(r"现在|如今|目前|眼下|当前|今天")
_THEN = re.compile(r"以前|过去|从前|当时|原来|原先|之前|当年|此前|那时")
_REFERS_BACK = (
    "全市",
    "全省",
    "全区",
    "全县",
    "全州",
    "本市",
    "本省",
    "当地",
    "该市",
    "该省",
    "这座城市",
    "市里",
    "省里",
)


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
    if actual is None:
        return sentence.published is not None and all(p.covers(sentence.published) for p in wanted)
    return all(_same_scale(period, actual) for period in wanted)


def event_time_fits(asked: Sequence[TimeExpression], governing: TimeExpression | None, sentence: Sentence) -> bool:
    """As `time_fits`, for what happens rather than what is counted: a day of a year answers for the year."""
    wanted = [time.period for time in asked if time.period is not None]
    if not wanted:
        return True
    stated = [time.period for time in (*sentence.times_before, *sentence.times) if time.period is not None]
    if any(period.covers(other) or other.covers(period) for period in wanted for other in stated):
        return True
    undated = governing is None or governing.period is None
    return undated and sentence.published is not None and all(p.covers(sentence.published) for p in wanted)


def _same_scale(asked: Period, actual: Period) -> bool:
    """Equal periods; or a day, or several, inside the asked period (an event); never a half for a year."""
    if asked == actual:
        return True
    return asked.overlaps(actual) and (actual.last - actual.first).days < 20


def place_fits(focus: Focus, sentence: Sentence, scope: str) -> bool:
    """Whether no other place stands where the asked one should.

    ``scope`` is the folded text that belongs to the candidate. 我国…产值 is no answer for a city, even under a
    title that names the city; 全市 refers back to the city of the article.
    """
    asked = [term for term in focus.terms if term.tag == "ns" or term.text in _WHOLE_COUNTRY]
    if not asked:
        return True
    if any(found(term, sentence.folded) or found(term, sentence.before) for term in asked):
        return True
    if any(word in scope for word in _REFERS_BACK):
        return True
    places = {token.text for token in sentence.tokens if token.tag == "ns"}
    other = [place for place in (*places, *_WHOLE_COUNTRY) if place in scope]
    return not other


def missing_names(focus: Focus, sentence: Sentence) -> tuple[Term, ...]:
    """The names of the question that stand neither with the sentence nor, but for people, in its headings."""
    near = sentence.folded + "\n" + sentence.before
    wide = near + "\n" + sentence.heading
    return tuple(term for term in focus.names if not found(term, near if term.tag.startswith("nr") else wide))


def rival_stands_there(focus: Focus, sentence: Sentence, scope: str) -> bool:
    """Whether another title (《…》) stands where the asked one should: 《海上盐路》接待9.4万人次 for 《灶户人家》."""
    asked = [term for term in focus.names if term.tag == "nz" and not found(term, sentence.folded)]
    return bool(asked) and "《" in scope + sentence.folded


def per_head_agrees(question: str, scope: str) -> bool:
    """Whether both speak of a total or both of an average: 亩产 is no answer for 总产, nor 人均 for the whole."""
    return bool(_AVERAGE.search(question)) == bool(_AVERAGE.search(scope))


def now_and_then_agree(question: str, scope: str) -> bool:
    """Whether question and candidate speak of the same side of a change: 现在只要9个 is no answer for 以前."""
    for here, there in ((_NOW, _THEN), (_THEN, _NOW)):
        if here.search(question) and there.search(scope) and not here.search(scope):
            return False
    return True
