"""Totals and averages: 亩产 is no answer for 总产, and 每户补助4万元 tells what one gets, not what all get."""

from __future__ import annotations

import re

from rag.answer.figures import Figure
from rag.question.focus import Focus
from rag.question.units import MONEY
from rag.types import Span

_AVERAGE = re.compile(
    r"([人户亩次场生日月年篇单件车])均|([亩单]|(?<![\d一全今去前明当])[日月年])(?=产)|([月年])(?=薪)|"
    r"每(人|户|亩|天|日|吨|公斤|斤|股|平方|辆)|(?P<bare>平均|均价)"
)
_EVERY = re.compile(
    r"(?:每个?|一个?)([月年周晚次趟])|(?:每[个位名]|[一1][个位名]?)(人)|[每一1]个?(家|户|亩|天|吨|公斤|斤|辆)"
)
"""What is said of each may be told as an average, a wage or a ration, and need not: 一个月, 每个人, 一天."""
_OF_WHOM = re.compile(r"(?:(人)|(户|家))(?=平均)")
"""Over whom is averaged where they stand before the word: 外地人平均花多少钱."""
_BEHIND = re.compile(r"(?:左右|以上|以下)?(?:的?[^\d\W]{0,4}均|的?平均|(?:/|每)[一1]?[^\d\W]{1,2}(?=[^\w]|$))")
"""An average said behind a figure: 3元每斤; what follows it otherwise (12人每人每天走两趟) is of the next."""
_ONE_OF_THEM = re.compile(r"[一1](?!般|共|直|年|月)[^\d\W]")
_USUALLY = re.compile(r"一般|通常|普遍|正常情况")
_HOW_LONG = re.compile(r"多久|多长时间|(?:几|多少)个?(?:小时|钟头|天|分钟)")
_EXTREME = re.compile(r"最|至[多少]|实际|净|\bmost\b|\bleast\b")
"""Asks for one that stands apart or for what is left, not for how it usually is."""
_MONTHLY_WAGE = re.compile(r"工资|薪水|月薪|待遇")
_OVER_TIME = frozenset({"日", "月", "年", "周"})
_BARE = "平均"
_HEADS = frozenset({"人", "名", "位"})
_DURATIONS = frozenset({"小时", "个小时", "钟头", "分钟", "天", "个月"})
_NOT_ADDED_UP = _DURATIONS | {"次", "遍", "趟", "回"}
"""What many do together is not told in these: 每人每天走两趟 is 一天走两趟."""
_PRICE = re.compile(r"[价售票单]价|价[格钱]|多少钱一")
_DEARER = re.compile(r"便宜|更贵|贵[了多]")
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

    What is averaged over must stand with the figure or before it; the figure's own stretch may name no other. 平均
    asks for the average over what the question names beside it (平均一天 for 日均), or over anything but time.
    """
    asked, allowed = _averages(question), _allowed(question)
    if _PRICE.search(question) or (_DEARER.search(question) and not _IN_ALL.search(question)):
        own = _EACH.sub("", own)  # 每公斤能卖600元 is a price.
    told_of = _averages(own)
    told = _averages(sentence) | _allowed(own)
    if _BARE in asked:
        return _is_average_of(asked - {_BARE} | allowed | _whom(question), told_of - {_BARE}, told)
    if _BARE in told_of and _may_be_typical(question, own, (asked | allowed) & told):
        told_of -= {_BARE}
    return told_of - allowed <= asked <= told


def _is_average_of(over: set[str], told_of: set[str], told: set[str]) -> bool:
    """Whether what is told is an average over ``over``, or where that is left open, over anything but a time."""
    if over:
        return told_of <= over and bool(told & (over | {_BARE}))
    return not told_of & _OVER_TIME and bool(told)


def _may_be_typical(question: str, own: str, of_each: set[str]) -> bool:
    """Whether one asks how it is with any one (一天, 一般), of which the average is told; never for the most or all."""
    if _EXTREME.search(question) or _IN_ALL.search(question):
        return False
    one = _ONE_OF_THEM.search(question) and _ONE_OF_THEM.search(own)
    return bool(of_each or one or _USUALLY.search(question))


def another_average(focus: Focus, figure: Figure, before: str) -> bool:
    """Whether one is an average that the other is not; ``before`` is what stands in front of the figure."""
    own = _up_to(figure)
    wording, unit = focus.wording, figure.quantity.unit
    if is_paid_for_each(focus, figure):
        own = _EACH.sub("", own)
    of_all = bool(_IN_ALL.search(wording))
    if unit in _HEADS:
        own = re.sub(r"[人生]均|每[个名位]?人", "", own)  # 生均经费按100人 averages no heads
    if unit in MONEY and _MONTHLY_WAGE.search(wording) and not of_all:
        own = own.replace("月薪", "")
    if unit in _NOT_ADDED_UP and _allowed(wording) and not of_all:
        own = re.sub(r"每[个名位]?人", "", own)
    if unit in _DURATIONS and _HOW_LONG.search(wording) and not of_all and not _EXTREME.search(wording):
        own = re.sub(r"平均(?!每)", "", own)
    return not average_agrees(wording, own, before)


def _up_to(figure: Figure) -> str:
    """The figure's own words up to it, with an average said right behind it."""
    folded = figure.sentence.folded
    behind = folded[figure.quantity.end : figure.own.end]
    own = figure.own_text
    match = _BEHIND.match(behind)
    return own[: len(own) - len(behind)] + (match[0] if match else "")


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
    over = {
        _BARE if match["bare"] else next(group for group in match.groups() if group)
        for match in _AVERAGE.finditer(text)
    }
    return {_SAME.get(one, one) for one in over}


def _whom(question: str) -> set[str]:
    return {_SAME.get(one, one) for match in _OF_WHOM.finditer(question) for one in match.groups() if one}
