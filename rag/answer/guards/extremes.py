"""The least of something for the most of it: 最低的是北坡 tells not where it is highest."""

from __future__ import annotations

import re

from rag.answer.candidates import Candidate
from rag.question.focus import Focus

_HIGH, _LOW = "多高大早长快好远新强重贵深宽厚前热", "少低小晚短慢差近旧弱轻便浅窄薄后冷"
_OPPOSITE = dict(zip(_HIGH + _LOW, _LOW + _HIGH, strict=True))
_MOST = re.compile(rf"(?P<done>[\u4e00-\u9fff]得)最(?P<how>[{_HIGH}{_LOW}稳准])|最(?P<way>[{_HIGH}{_LOW}])")


def is_the_other_extreme(focus: Focus, candidate: Candidate) -> bool:
    """Whether the most of something is asked, and the candidate stands where the least of it is told.

    So is what is 跑得最快 where 跑得最稳 is asked.
    """
    sentence, within = candidate.sentence, candidate.within
    asked = list(_MOST.finditer(focus.wording))
    clause = next((span for span in sentence.clauses if span.start <= within.start < span.end), None)
    if not asked or clause is None:
        return False
    told = list(_MOST.finditer(sentence.folded, clause.start, clause.end))
    ways = {_way(match) for match in asked}
    if not told or any(_way(match) in ways for match in told):
        return False
    deeds = {match["done"] for match in asked if match["done"]}
    return any(_OPPOSITE.get(_way(match)) in ways or match["done"] in deeds for match in told)


def _way(most: re.Match[str]) -> str:
    return most["how"] or most["way"]
