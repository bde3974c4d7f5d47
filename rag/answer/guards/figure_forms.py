"""Figures that no answer to the question can be, by unit or size: money for how big, four firms for how many men."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.answer.candidates import Candidate
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.question.units import MONEY, RATE_UNITS
from rag.text.numbers import Quantity

_FOR_ONE = re.compile(
    r"[一1](?:根|个|只|件|张|把|双|副|条|斤|公斤|瓶|杯|碗|盒|袋|包|本|顿|份|块)[^,，。]{0,4}(?:多少钱|几块|几元|多少元)"
)
_DEAR = 10_000_000
_OF_MONEY = re.compile(
    r"规模|数[目额]|投资|[基资]金|金额|损失|缺口|市场|收入|产值|贡献|压力|成本|优惠|力度|差[距价别]|[额价债笔]|[涨降]幅|利润"
)
_COUNTS_THEM = re.compile(
    r"(?<!第)(?:来|进|去|看|派|剩|住|伤|走|坐|乘|领|参加|入选|考)[\u4e00-\u9fff]{0,4}的(?:一共|总共)?有多少[?？]?$"
)
_WORKERS = re.compile(
    r"(?:多少|几)(?:个|名|位)?(?:工人|员工|职工|演员|医生|大夫|护士|老师|教师|学生|学员|志愿者|人手|选手|队员|观众|游客|居民|村民|顾客|师傅|[\u4e00-\u9fff]{1,2}[师员])(?!傅?[资钱])"
)
_PEOPLE = frozenset("人 名 位 口 员 人次 个 户 对 ".split()) | {"", "批", "万"}
_ASKS_SHARE = re.compile(r"[率占比成幅涨跌增减降升折%]|百分|percent")
_HOW_MANY = re.compile(r"多少(?!钱)")
_IN_ALL = re.compile(r"[一1]共|总共")
_HOW_LONG = re.compile(r"(?:几|多少)天|等多(?:久|长时间)")
_DATE_ONLY = re.compile(r"\d{1,2}月(?:\d{1,2}[日号])?(?:底|初|中旬|上旬|下旬|以后|以前|起)?")


def is_of_another_form(focus: Focus, candidate: Candidate) -> bool:
    """Whether the unit or the size of what ``candidate`` holds cannot be that of an answer."""
    if focus.kind is not AnswerKind.QUANTITY:
        return False
    if _HOW_LONG.search(focus.wording) and _DATE_ONLY.fullmatch(candidate.text.strip()):
        return True
    figure = candidate.figure
    if figure is None:
        return False
    return _share(focus, figure.quantity) or any(form(focus.wording, figure.quantity) for form in _FORMS)


def _too_dear(asked: str, quantity: Quantity) -> bool:
    return bool(_FOR_ONE.search(asked)) and quantity.unit in MONEY and quantity.value >= _DEAR


def _money(asked: str, quantity: Quantity) -> bool:
    if quantity.unit not in MONEY or _OF_MONEY.search(asked):
        return False
    return "多大" in asked or bool(_COUNTS_THEM.search(asked))


def _no_people(asked: str, quantity: Quantity) -> bool:
    return bool(_WORKERS.search(asked)) and quantity.unit not in _PEOPLE


def _share(focus: Focus, quantity: Quantity) -> bool:
    """A share, where the things behind 多少 are to be counted, or all of them together."""
    if quantity.unit not in RATE_UNITS or _ASKS_SHARE.search(focus.wording):
        return False
    asking = _HOW_MANY.search(focus.wording)
    counts = asking is not None and any(term.start == asking.end() and term.is_noun for term in focus.terms)
    return counts or bool(_IN_ALL.search(focus.wording))


_FORMS: tuple[Callable[[str, Quantity], bool], ...] = (_too_dear, _money, _no_people)
