"""Which of several things of a kind a text speaks of, where a label tells them apart: 302路 beside 15路, 一审, M7.

Such a label holds for all that follows it, until another of its kind comes; in brackets it holds for what is before,
and a grade for the number before it (14种一级保护鸟类).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rag.text.chinese_numerals import to_arabic
from rag.text.normalise import arabic_numerals

_LABEL = re.compile(
    r"(?P<number>[夜快专a-z]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})|[特甲乙丙丁](?=[级等])|首(?=届))"
    r"(?P<counted>级(?![别联差])|等(?=奖|功|舱|座|品|残)|路(?![口人上边程途面段灯])|号线|号楼|号院|号门|号机|审(?![核批查定计])|"
    r"类|届(?![时满])|期(?![间货待望限末中])|标段|大队|中队)"
    r"|(?<![a-z\d])(?P<letters>[a-z]{1,2})-?(?P<code>\d{1,3})(?![a-z\d.%]|-\d)"
    r"|第(?P<nth>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<time>次|回|轮|趟)(?![序数])"
    r"|(?P<week>周|星期|礼拜)(?P<day>[一二三四五六日天末1-6])(?![边围期到个届年])"
    r"|(?P<last>终)(?P<instance>审)"
    r"|(?P<size>\d+(?:\.\d+)?(?:公斤|斤|克|毫升|升|粒|片|支|瓶|枚|只|个|人))(?P<packed>装|份|间(?=房?))"
    r"|(?P<side>[东南西北中左右前后上下老新][上下]?)(?P<place>校区|院区|厂区|园区|馆区|岸|门(?![诊票店槛])|线(?![上下]))"
)
_FIRST = {"首": "1"}
_DAYS = {"天": "日", "末": "日"}
_GRADES = ("级", "等", "装")
_GRADE_BEHIND = re.compile(
    r"[^,，。;；、\d]{0,2}?(?P<label>(?:\d{1,2}|[一二三四五六七八九十特甲乙丙丁])[级等][^,，。;；、]?)"
)
_IN_BRACKETS = re.compile(r"^[\s\d\-]*\((?P<inside>[^()]{1,30})\)")
_SHARED = re.compile(r"[^,，。;；、]{1,12}[和与及至到~-][^,，。;；、]{1,8}[,，]?$")
_RANGE = re.compile(
    r"(?P<first>\d{1,3})(?:号楼?)?[至到~-](?P<last>\d{1,3})(?P<counted>号线|号楼|号院|号门|号机|路|级|期|届)"
)
_GIVEN_TO = re.compile(r"[^,，。;；、\d]{0,2}[给为对](?P<to>[^,，。;；、]{1,8})")
_CLAUSE_START = re.compile(r"[,，。;；\n]")
_LAST_INSTANCE = "2"
"""Of two instances the last is the second, in Chinese law."""


def another_label(question: str, before: str, behind: str, own: str = "") -> bool:
    """Whether ``own``, between ``before`` and ``behind`` (all folded), is of another label than ``question`` names.

    Example:
        >>> another_label("302路票价多少", "302路延长。夜7路开通,票价", "元")
        True
        >>> another_label("302路票价多少", "302路延长,票价", "元。夜7路开通")
        False
    """
    asked: dict[str, set[str]] = {}
    for kind, which in _labels(question):
        asked.setdefault(kind, set()).add(which)
    if not asked:
        return False
    brackets = _IN_BRACKETS.match(behind)
    told = dict(_labels(before))
    told |= _shared(before, asked)
    told |= {kind: which for kind, which in _labels(own) if which in asked.get(kind, ())}
    told |= _given_to(before, behind)
    if brackets:
        told |= dict(_labels(brackets["inside"]))
    graded = _GRADE_BEHIND.match(behind)
    if graded:
        told |= {kind: which for kind, which in _labels(graded["label"]) if kind in _GRADES}
    if any(kind in asked and kind not in told for kind in _GRADES):
        return True  # a grade that is not told is not to be taken for granted: 先进级 is no 一级
    return any(kind in told and told[kind] not in which for kind, which in asked.items())


def _shared(before: str, asked: Mapping[str, set[str]]) -> dict[str, str]:
    """The asked labels that ``before`` ends with together with another: 东门和北门, 1至6号楼."""
    shared = _SHARED.search(before)
    if shared is None:
        return {}
    told = {kind: which for kind, which in _labels(shared.group()) if which in asked.get(kind, ())}
    for match in _RANGE.finditer(shared.group()):
        inside = {str(number) for number in range(int(match["first"]), int(match["last"]) + 1)}
        kind = match["counted"]
        told.update((kind, which) for which in asked.get(kind, ()) if which in inside)
    return told


def _given_to(before: str, behind: str) -> dict[str, str]:
    """The label right behind that the clause goes on to: 给四期, where it has had none of that kind."""
    given = _GIVEN_TO.match(behind)
    if given is None:
        return {}
    had = {kind for kind, _ in _labels(_CLAUSE_START.split(before)[-1])}
    return {kind: which for kind, which in _labels(given["to"]) if kind not in had}


def _labels(text: str) -> Iterator[tuple[str, str]]:
    """Kind and label of each one in ``text``, from left to right."""
    for match in _LABEL.finditer(arabic_numerals(text)):
        kind = (
            match["time"]
            or (match["week"] and "周")
            or match["counted"]
            or match["instance"]
            or match["packed"]
            or match["place"]
            or match["letters"]
        )
        number = match["number"]
        which = (
            (number and (_FIRST.get(number) or to_arabic(number) or number))
            or match["nth"]
            or _DAYS.get(match["day"], match["day"])
            or match["size"]
            or match["code"]
            or match["side"]
            or _LAST_INSTANCE
        )
        yield kind, which
