"""What was told before it changed: 原定12月,改为3月; 最多报18万元,上年为15万元."""

from __future__ import annotations

import re

from rag.answer.evidence import Sentence
from rag.answer.figures import Figure
from rag.question.focus import Focus
from rag.text.measure_words import compatible_units

_WAS = re.compile(r"原定|原计划|原本|本来|原先|原为|原来|起初|最初|一开始|当初")
_IS = re.compile(
    r"(?:改|推迟|推后?(?=[到至])|延[期长后]?|提前(?![\d一二两三四五六七八九十半]+(?:个?月|天|日|周|年|个?小时|分钟))|调整|压缩|缩短|增加|加|追加|顺延|变更|后来)[^,，。;；]{0,3}[到至为成在]|后来|改在|改期|改[派由请聘]"
)
_FROM = re.compile(r"[由从](?:原[来先定]的?)?[^,，。;；\d]{0,4}$")
_TO = re.compile(
    r"[^,，。;；到至]{1,10}?(?:改|推迟|延|提前|调|压|缩|增|加|扩|升|涨|降|减|跌)[^,，。;；\d]{0,3}[到至为成]"
)
_AS_OF_BEFORE = re.compile(
    r"(?:^|[,，、;；(（])\s*而?(?:上年|去年|前年|上一?[年届期次]|上年同期|去年同期|此前|以前|过去|原来)(?:同期)?的?[则仅只]?(?:为|是|有|收|报|达)?[约近仅只]?$"
)
_ANY = "个"
"""Counts things of any kind: 四个季节 is not set against last year's 3万人次."""
_ASKS_OF_BEFORE = re.compile(r"原[来先定计本]|以前|之前|此前|过去|起初|最初|一开始|当初|本来|上[年届次]|before|origin")


def is_superseded(focus: Focus, figure: Figure) -> bool:
    """Whether ``figure`` held once and now is asked, or it came of a change and what was planned is asked."""
    if is_changed(focus, figure.sentence, figure.quantity.start):
        return True
    return not focus.times and not _ASKS_OF_BEFORE.search(focus.wording) and _is_set_against(figure)


def is_changed(focus: Focus, sentence: Sentence, at: int) -> bool:
    """Whether what stands at offset ``at`` was planned and then changed, or the other way round, and not asked so."""
    clause = next((span for span in sentence.clauses if span.start <= at < span.end), None)
    told = sentence.folded[clause.start : clause.end] if clause else sentence.folded
    was, has_become = bool(_WAS.search(told)), bool(_IS.search(told))
    if _ASKS_OF_BEFORE.search(focus.wording):
        return has_become and not was and not _is_the_start(sentence, at)
    return was and not has_become and bool(_IS.search(sentence.folded[at:]))


def _is_the_start(sentence: Sentence, at: int) -> bool:
    """Whether what stands at ``at`` is what it has come from: 14 in 由14班加到44班."""
    return bool(_FROM.search(sentence.folded[:at]) and _TO.match(sentence.folded[at:]))


def _is_set_against(figure: Figure) -> bool:
    """Whether a figure is told only to compare it with that of now, right before it: 18万元,上年为15万元."""
    sentence, quantity = figure.sentence, figure.quantity
    if not _AS_OF_BEFORE.search(sentence.folded[: quantity.start]):
        return False
    return any(
        other.end <= quantity.start
        and compatible_units(other.unit, quantity.unit)
        and (_ANY not in (other.unit, quantity.unit) or other.unit == quantity.unit)
        for other in sentence.quantities
    )
