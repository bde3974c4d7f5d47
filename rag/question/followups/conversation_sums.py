"""Follow-ups that ask for a sum of what was answered before: 两个加起来是多少？ 两者相差多少？ 这占总产量的百分之几？

What they leave out are whole questions: the topics of those that were answered last take the place of 两个 or 这.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.followups.antecedents import Exchange
from rag.question.topic import topic_of
from rag.text.measure_words import compatible_units
from rag.text.numbers import Quantity, find_quantities

_THEM = (
    r"^(?:那么?)?[这那]?(?:(?P<count>[两二三四2-4])(?:个|者|项|种|家|次|样|类|处|边|座|款|名|支|部分|年)?|它们|他们)?"
    r"(?:数字|数据|数)?"
)
_TOTAL = re.compile(
    rf"{_THEM}(?:一共|总共|合计|总计|合起来|合在一起|加起来|加在一起|相加|的?总和|之和)+(?:是|有|为|等于|得)?(?:多少|几)[^,，]{{0,4}}$"
)
_DIFFERENCE = re.compile(rf"{_THEM}(?:之间)?(?:相差|差距是|差)了?(?:多少|几)[^,，]{{0,4}}$")
_SHARE = re.compile(
    r"^(?:那么?)?(?:这|那|它|其)?(?:个|些|个数|一数字)?(?:大约|约|大概)?占了?(?:到)?(?P<whole>(?!百分|几|多少|比)[^?？,，]{2,20}?)"
    r"的?(?:百分之几|百分之多少|几成|(?:比例|比重|份额)?(?:是|有|为)?多少|多大比例)$"
)
_ONLY_ALL = re.compile(r"^(?:那么?)?(?:一共|总共|合计|总计)")
"""Asks for all of something, not of two things: 一共有多少只?"""
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4}
_JOINS = re.compile(r"[、和与跟及]|加上|一共|总共|占|比(?![赛例])")
_ASKS_HOW_MUCH = re.compile(r"多少|几|产量|数量|总额|金额")
_LONGEST = 40


def complete_sum(text: str, exchanges: Sequence[Exchange]) -> str | None:
    """The standalone question for a total, a difference or a share of what was asked before; None for any other.

    Where an earlier question was refused, or the answers are of different units, nothing is completed.

    Example:
        >>> asked = [Exchange("甲班有多少人?", "30人"), Exchange("乙班有多少人?", "28人")]
        >>> complete_sum("两个加起来是多少?", asked)
        '甲班人和乙班人一共是多少人?'
    """
    bare = re.sub(r"[呢呀啊\s？?。！!]+$", "", text)
    if len(bare) > _LONGEST:
        return None
    if match := _SHARE.match(bare):
        topics = _topics(exchanges, 1)
        return f"{topics[0]}占{match['whole']}的百分之几?" if topics else None
    for pattern, asking in ((_TOTAL, "一共是多少"), (_DIFFERENCE, "相差多少")):
        match = pattern.match(bare)
        if match is None or _ONLY_ALL.match(bare):
            continue
        count = match["count"] or "2"
        topics = _topics(exchanges, _NUMBERS.get(count) or int(count))
        return "和".join(topics) + f"{asking}{_unit(exchanges[-1])}?" if len(topics) > 1 else None
    return None


def _topics(exchanges: Sequence[Exchange], count: int) -> list[str]:
    """What the last ``count`` questions asked of; none where one was no count, or the answers do not add up."""
    last = exchanges[-count:]
    amounts = [_amount(exchange) for exchange in last]
    told = [amount for amount in amounts if amount is not None]
    if len(last) < count or len(told) < count or any(not _alike(told[0], amount) for amount in told):
        return []
    topics = [topic_of(exchange.question) for exchange in last]
    fits = all(topic and not (count > 1 and _JOINS.search(topic)) for topic in topics)
    return topics if fits and len(set(topics)) == count else []


def _amount(exchange: Exchange) -> Quantity | None:
    """The one figure that an exchange was answered with."""
    quantities = find_quantities(exchange.short)
    if exchange.refused or len(quantities) != 1 or not _ASKS_HOW_MUCH.search(exchange.question):
        return None
    return quantities[0]


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.unit != "%" and compatible_units(one.unit, other.unit)


def _unit(exchange: Exchange) -> str:
    amount = _amount(exchange)
    return amount.unit if amount is not None else ""
