"""From when to when: a range of hours or days whole where both ends are asked, or the one end that is."""

from __future__ import annotations

import re

from rag.answer.evidence import Sentence
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.question.units import CLOCK
from rag.types import Span

_HOUR = (
    r"(?:凌晨|清晨|早上?|上午|中午|下午|傍晚|晚上?|夜里)?"
    r"(?:\d{1,2}:\d\d|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[点时](?:\d{1,2}分|[半整]|[一二三]刻)?)"
)
_DAY = r"\d{1,2}[日号]"
_JOIN = r"\s*(?:至|到|[—–~～-]{1,2})\s*"
_RANGES = (
    re.compile(rf"(?P<first>{_HOUR}){_JOIN}(?P<last>(?:次日|第二天|翌日|当[天日])?{_HOUR})"),
    re.compile(
        rf"(?P<first>(?:\d{{4}}年)?\d{{1,2}}月{_DAY}(?:{_HOUR})?){_JOIN}"
        rf"(?P<last>(?:(?:\d{{4}}年)?\d{{1,2}}月)?{_DAY}(?:{_HOUR})?)"
    ),
)
_ASKS_BOTH = re.compile(
    r"几[点时号][^,，]{0,4}[到至][^,，]{0,3}几[点时号]|几[点时][^,，]{1,4}几[点时]|从什么时候到什么时候|"
    r"(?:营业|开放|服务|办公|上班|运营|参观|开馆|开门|演出|办理|报名)时间"
)
_ASKS_LAST = re.compile(
    r"最[晚迟]|末班|关门|打烊|收摊|收班|[闭关]馆|下班|解封|解除|放行|结束|截止|停止|为止|到(?:什么时候|啥时候|几[点号]|哪[一1]?天)"
)
_ASKS_FIRST = re.compile(
    r"最早|[首头]班|开门|开馆|开业|开始|上班|从(?:什么时候|啥时候|几[点号]|哪[一1]?天)|(?:几点|几号|哪天|什么时候)起"
)
_ASKS_THE_DAY = re.compile(r"哪[一1几]?[天日]|星期几|周几|礼拜几")
_ASKS_THE_HOUR = re.compile(r"几点(?!建议|意见|要求|看法|好处|措施|变化|不同|原因|理由|内容|[是,，])")
_TELLS_AN_HOUR = re.compile(r"\d:\d\d|[\d一二两三四五六七八九十半][点时]|中午|正午|午夜|零时|全天|通宵")
_SLACK = 4


def asked_end(focus: Focus, span: Span, sentence: Sentence) -> Span:
    """``span``, or of the range of times in ``sentence`` that it touches what is asked: all of it, or one end.

    Example: 21:40 of 6:50—21:40 for 末班几点发车, all of it for 几点到几点.
    """
    if focus.kind is not AnswerKind.DATE and not focus.units & CLOCK:
        return span
    within = Span(span.start - sentence.start, span.end - sentence.start)
    match = next((m for pattern in _RANGES for m in pattern.finditer(sentence.folded) if _is_it(m, within)), None)
    if match is None:
        return span
    asked = _asked(focus.wording)
    if _ASKS_THE_DAY.search(focus.wording) or (asked == 0 and within.covers(Span(*match.span()))):
        return span
    start, end = match.span(asked)
    if match.group("last") == sentence.folded[start:end] and "月" in match["first"] and "月" not in match["last"]:
        return span  # 14日 alone would not say of which month.
    return Span(sentence.start + start, sentence.start + end)


def lacks_hour(focus: Focus, text: str) -> bool:
    """Whether the hour is asked and ``text`` tells none: 7月9日 for 几点."""
    return bool(_ASKS_THE_HOUR.search(focus.wording)) and not _TELLS_AN_HOUR.search(text)


def _asked(wording: str) -> str | int:
    """The group of a range that is asked for; 0 for all of it."""
    first, last = bool(_ASKS_FIRST.search(wording)), bool(_ASKS_LAST.search(wording))
    if first is last or _ASKS_BOTH.search(wording):
        return 0
    return "first" if first else "last"


def _is_it(match: re.Match[str], within: Span) -> bool:
    """Whether ``within`` lies in the matched range, or holds little more."""
    return (
        match.start() - _SLACK <= within.start
        and within.end <= match.end() + _SLACK
        and Span(*match.span()).overlaps(within)
    )
