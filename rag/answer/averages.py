"""Totals and averages: 亩产 is no answer for 总产, and 每户补助4万元 tells what one gets, not what all get."""

from __future__ import annotations

import re

from rag.answer.figures import Figure
from rag.question.focus import Focus
from rag.question.units import MONEY
from rag.types import Span

_AVERAGE = re.compile(
    r"([人户亩次场生日月年篇单件车])均|([亩单日月年])(?=产)|([月年])(?=薪)|"
    r"每(人|户|亩|天|吨|公斤|斤|股|平方|辆)|(平均|均价)"
)
_EVERY = re.compile(
    r"(?:每个?|一个?)([月年周])|(?:每[个位名]|[一1][个位名]?)(人)|[每一1]个?(家|户|亩|天|吨|公斤|斤|辆)"
)
"""What is said of each may be told as an average, a wage or a ration, and need not: 一个月, 每个人, 一天."""
_PRICE = re.compile(r"[价售票单]价|价[格钱]|多少钱一")
_PAYMENT = re.compile(r"[交缴罚赔]|补(?![充选种课上齐办丁考充])|收费|收多少|要多少钱|工钱|费用?(?:是|要)?多少")
"""What is paid is told for each, and asked by one who pays or gets it once."""
_IN_ALL = re.compile(r"一共|总共|总计|合计|[共总]|全部|累计|加起来|\btotal\b")
_EACH = re.compile(r"每")
_FOR_EACH = re.compile(
    r"每(?:[一1]?[个名位])?(?:人|户|家|亩|天|日|吨|公斤|斤|辆|株|棵|只|头|张|件|次|单|间|月|年|学期)"
    r"[^\W\d]{0,8}$"
)
_SAME = {"天": "日", "家": "户"}


def average_agrees(question: str, own: str, sentence: str) -> bool:
    """Whether both speak of a total or of the same average: 亩产 is no answer for 总产, nor 次均 for 人均.

    What is averaged over must stand with the figure or before it; the figure's own stretch may name no other.
    """
    asked = _averages(question)
    if _PRICE.search(question):
        own = _EACH.sub("", own)  # 每公斤能卖600元 is a price.
    return _averages(own) - _allowed(question) <= asked <= _averages(sentence)


def another_average(focus: Focus, figure: Figure, before: str) -> bool:
    """Whether one is an average that the other is not; ``before`` is what stands in front of the figure."""
    own = figure.own_text
    if is_paid_for_each(focus, figure):
        own = _EACH.sub("", own)
    return not average_agrees(focus.wording, own, before)


def is_paid_for_each(focus: Focus, figure: Figure) -> bool:
    """Whether it is asked what is to be paid or is given, not in all: 每户补助4万元 tells it."""
    wording = focus.wording
    return figure.quantity.unit in MONEY and bool(_PAYMENT.search(wording)) and not _IN_ALL.search(wording)


def with_its_each(focus: Focus, figure: Figure, span: Span) -> Span:
    """``span`` of ``figure``, from 每 on where the question leaves open for how many it is paid: 每户补助4万元."""
    if not is_paid_for_each(focus, figure) or span != figure.span:
        return span
    sentence, quantity = figure.sentence, figure.quantity
    match = _FOR_EACH.search(sentence.folded, figure.own.start, quantity.start)
    asked = bool(_averages(focus.wording) or _allowed(focus.wording))
    return span if match is None or asked else Span(sentence.start + match.start(), span.end)


def _allowed(question: str) -> set[str]:
    """What ``question`` says of one, and need not be told as an average."""
    return {_SAME.get(one, one) for match in _EVERY.finditer(question) for one in match.groups() if one}


def _averages(text: str) -> set[str]:
    """Over what ``text`` averages: 亩 for 亩产, 每亩 and 亩均 alike; 平均 for the bare word."""
    over = {next(group for group in match.groups() if group) for match in _AVERAGE.finditer(text)}
    return {_SAME.get(one, one) for one in over}
