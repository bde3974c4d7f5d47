"""Figures of a change: what something was before it, how much it changed by, and by how much it is above another."""

from __future__ import annotations

import re

from rag.answer.checks import now_and_then_agree
from rag.answer.coverage import found
from rag.answer.figures import Figure
from rag.question.focus import Focus

_FROM = re.compile(r"[由从][^,。;,、]{0,8}$")
_TO = (
    "(?:增加|增长|提高|提升|上升|上涨|扩大|扩展|延长|延|调整|降低|下降|降|减少|缩短|压缩|压减|回落|跌|涨|变|改|增|升)"
    "(?:到|至|为|成)"
)
_CHANGED_TO = re.compile(rf"[^,。;、]{{0,4}}{_TO}")
CHANGED_FROM = re.compile(rf"[由从][^。;、]{{1,20}}{_TO}[约近超]*$")
"""What stands before the figure that something changed to."""
_ASKS_OF_BEFORE = re.compile(
    r"最开始|刚开始|开始时|原(?:来|先|本|有|长|宽|高|价)|以前|之前|此前|从前|过去|最初|起初|当初|一开始|先前|"
    r"[\u4e00-\u9fff]{2}(?<![目当眼日])前|\bbefore\b|\bused to\b"
)
_ASKS_OF_START = re.compile(r"以前|之前|从前|原[来先有]|最初|最开始|起初|当初|一开始|刚开始|年初(?!至|到|以来|的目标)")
_MORE_THAN = re.compile(
    r"(?:超[出过]?|高[出于过]|低于|多于|少于|短于|长于)(?P<of>[\u4e00-\u9fff]{2,10}?)[约近达有为]?$"
)
_ASKS_BY_HOW_MUCH = re.compile(r"超|高[出于过]|低于|多于|少于|短于|长于|多出|相差|差多少|距|比|[多少高低长短]多少")
_ASKS_MORE = re.compile(
    r"(?<![至最不])(?:多|少|快|慢|短|省|差|涨|降|贵|便宜|减产)(?:了|出)?[\u4e00-\u9fff]{0,4}?(?<!有)(?<!是)(?:多少|几)|增产|减产"
)
_TOLD_MORE = re.compile(r"(?:大[增减]|缩短|省下?|净[增减]|[多少涨减加降](?:了|出|收|免))[约近]?$")
_ASKS_LESS = re.compile(r"省|少(?=[了收交出]|[\u4e00-\u9fff]多少)|便宜|降|减")
_MORE = re.compile(r"大增|净增|[多涨加]")


def another_side_of_a_change(focus: Focus, figure: Figure) -> bool:
    """Whether now is asked and the figure is of before, or the other way round."""
    return not now_and_then_agree(focus.wording, figure.own_text)


def only_the_start(focus: Focus, figure: Figure) -> bool:
    """Whether the figure is what something was before it changed: 14.2公里 in 由14.2公里增加到19.6公里.

    So is what it changed to, where what was before is asked.
    """
    folded, quantity = figure.sentence.folded, figure.quantity
    changed = CHANGED_FROM.search(folded[: quantity.start])
    if changed is not None and _ASKS_OF_START.search(focus.wording):
        return True
    if not _FROM.search(folded[: quantity.start]) or not _CHANGED_TO.match(folded[quantity.end :]):
        return False
    asked = [time.period for time in focus.times]
    is_its_time = figure.time is not None and figure.time.period is not None and figure.time.period in asked
    return not is_its_time and not _ASKS_OF_BEFORE.search(focus.wording)


def change_for_amount(focus: Focus, figure: Figure) -> bool:
    """Whether one is a change (增长25%) and the other an amount."""
    told = figure.is_change or _TOLD_MORE.search(figure.sentence.folded[: figure.quantity.start])
    if isinstance(told, re.Match) and _ASKS_LESS.search(focus.wording) and _MORE.search(told[0]):
        return True  # what is charged on top is nothing saved
    if told and (asks_change(focus) or _ASKS_MORE.search(focus.wording)):
        return False
    return figure.is_change != asks_change(focus)


def only_the_excess(focus: Focus, figure: Figure) -> bool:
    """Whether the figure says by how much something is above what is asked: 超警戒水位4.1米 is no 警戒水位."""
    match = _MORE_THAN.search(figure.sentence.folded[: figure.quantity.start])
    if match is None or _ASKS_BY_HOW_MUCH.search(focus.wording):
        return False
    return any(found(term, match["of"]) for term in focus.terms if term.is_noun)


def asks_change(focus: Focus) -> bool:
    """Whether a change is asked, as a share or as an amount."""
    return focus.asks_change or focus.asks_change_amount
