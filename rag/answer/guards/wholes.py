"""Figures of a whole where a part is asked that is only named: 运货80吨,七成是笋干 tells not how much 笋干 it was."""

from __future__ import annotations

import re

from rag.answer.candidates import Candidate
from rag.answer.coverage import found
from rag.answer.figures import Figure
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind

_PARTS_BEHIND = re.compile(
    r"[,，(（][^,，。;；]{0,4}?(?:其中|当中|里面)?[^,，。;；]{0,6}?"
    r"(?:[\d一二三四五六七八九]成|过半|大半|多半|一半|大多|多数|主要|大部分|绝大部分|\d+(?:\.\d+)?%)[以上多左右的]*(?:都|均)?[是为]"
    r"(?P<parts>[^,，。;；]{1,24})"
)
_SEVERAL = re.compile(r"(?P<items>[\u4e00-\u9fff]{1,8}(?:、[\u4e00-\u9fff]{1,8})+?)等(?![级待于])")
_ENUMERATED = re.compile(
    r"(?:分别[是为叫]|即|:)(?P<items>[^,，。;；、\d]{1,8}(?:、[^,，。;；、\d]{1,8})*[、和与及][^,，。;；、\d]{1,8})[,，]"
)
_IN_ALL = re.compile(r"[花出投拨付用耗]|资|共|总")
_PARTS_FOLLOW = re.compile(r"[^,，。;；\d]{0,4}[,，]其中")
_OF_EACH = re.compile(r"各|均|都|每|分别|同[为是]|一律|一样|不等|以[上内]")


def is_of_the_whole(focus: Focus, candidate: Candidate) -> bool:
    """Whether the figure of ``candidate`` counts several things together, of which the question asks one."""
    figure = candidate.figure
    if focus.kind is not AnswerKind.QUANTITY or figure is None:
        return False
    return (
        _part_named_behind(focus, figure)
        or _one_of_several(focus, figure)
        or _one_of_enumerated(focus, figure)
        or _parts_follow(focus, figure)
    )


def _part_named_behind(focus: Focus, figure: Figure) -> bool:
    folded, quantity = figure.sentence.folded, figure.quantity
    parts = _PARTS_BEHIND.match(folded, quantity.end)
    if parts is None or figure.is_rate:
        return False
    before = f"{figure.sentence.before}\n{folded[: quantity.start]}"
    return any(
        term.is_noun and found(term, parts["parts"]) and not found(term, before)
        for term in focus.terms
        if len(term.text) > 1
    )


def _one_of_several(focus: Focus, figure: Figure) -> bool:
    folded, quantity = figure.sentence.folded, figure.quantity
    own = folded[figure.own.start : quantity.start]
    several = list(_SEVERAL.finditer(own))
    if not several or figure.is_rate or _OF_EACH.search(own) or _OF_EACH.match(folded, quantity.end):
        return False
    items = [item for item in several[-1]["items"].split("、") if item]
    asked = [item for item in items if item in focus.wording]
    return len(asked) == 1 and len(items) > 1


def _one_of_enumerated(focus: Focus, figure: Figure) -> bool:
    """What three things cost together: 新修三座,分别是甲、乙和丙,共花90万元."""
    folded, quantity = figure.sentence.folded, figure.quantity
    several = list(_ENUMERATED.finditer(folded, 0, quantity.start))
    if not several or figure.is_rate:
        return False
    items = [item for item in re.split("[、和与及]", several[-1]["items"]) if item]
    between = folded[several[-1].end() : quantity.start]
    told_together = _IN_ALL.search(between) and not _OF_EACH.search(between) and not re.search(r"[。;；]", between)
    return bool(told_together) and sum(item in focus.wording for item in items) == 1


def _parts_follow(focus: Focus, figure: Figure) -> bool:
    """The total before its parts: 门票收入30万元,其中儿童票9万元."""
    folded, quantity = figure.sentence.folded, figure.quantity
    follows = _PARTS_FOLLOW.match(folded, quantity.end)
    if follows is None:
        return False
    told = f"{figure.sentence.heading}\n{figure.sentence.before}\n{folded[: quantity.end]}"
    return any(
        term.is_noun and not term.is_measure and len(term.text) > 1 and not found(term, told) and term.text in folded
        for term in focus.terms
    )
