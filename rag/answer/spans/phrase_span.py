"""The borders of an answer in words: the reader now and then begins within a phrase, or repeats the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.evidence import Sentence
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.text.tokens import tokenize
from rag.types import Span

_ASKED_THING = re.compile(r"(?:什么|啥)(?P<like>样的?)?(?P<thing>[\u4e00-\u9fff]{2,8})")
_NOUN_TAGS = ("n", "j", "b", "vn", "s", "l")
_MOST_BETWEEN = 2
_CLAUSE_END = re.compile(r"[,，;；。!！?？]")
_LEADS_A_PHRASE = frozenset("因 因为 由于 受 根据 依据 通过 按 按照 凭 凭借 靠 依靠 在 由 从 用".split())
_WITH_A_LEAD = (AnswerKind.REASON, AnswerKind.MANNER, AnswerKind.PLACE, AnswerKind.DESCRIPTION)
_TITLE_OPENS = ("《", "“", "‘", "「")
_SHORTEST_ECHO = 2


def phrase_span(focus: Focus, span: Span, sentences: Sequence[Sentence]) -> Span:
    """``span`` with the borders of the phrase that answers; of a date, a list or a figure it is left as it is.

    ``sentences`` are those of the passage that ``span`` stands in, in their order.
    """
    sentence = next((one for one in sentences if one.span.covers(span)), None)
    if sentence is None:
        return span
    if focus.kind is AnswerKind.DESCRIPTION:
        span = up_to_the_asked(focus, behind_the_echo(focus, span, sentence), sentence)
    return with_its_lead(span, sentence) if focus.kind in _WITH_A_LEAD else span


def up_to_the_asked(focus: Focus, span: Span, sentence: Sentence) -> Span:
    """``span`` up to the word that the question asks with, where it follows at once: 茶叶之乡 for 什么之乡."""
    asked = _ASKED_THING.search(focus.wording)
    if asked is None or not (asked["like"] or _is_thing(asked["thing"])):
        return span
    behind = sentence.folded[span.end - sentence.start :]
    for length in range(len(asked["thing"]), 1, -1):
        match = re.match(rf"[\u4e00-\u9fff]{{0,{_MOST_BETWEEN}}}?{re.escape(asked['thing'][:length])}", behind)
        if match:
            return Span(span.start, span.end + match.end())
    return span


def _is_thing(words: str) -> bool:
    first = tokenize(words)[0]
    return first.text.startswith("之") or first.tag.startswith(_NOUN_TAGS)


def behind_the_echo(focus: Focus, span: Span, sentence: Sentence) -> Span:
    """What follows the question's own words in ``span``: 一家茶馆 of 租下老宅,开了一家茶馆 for 他开了什么."""
    asked = focus.wording[: max(0, focus.asking_at)]
    words = sentence.folded[span.start - sentence.start : span.end - sentence.start]
    starts = [0, *(match.end() for match in _CLAUSE_END.finditer(words))]
    for length in range(len(asked), _SHORTEST_ECHO - 1, -1):
        echo = asked[-length:]
        said = [start for start in starts if words.startswith(echo, start)]
        if said:
            start = said[-1] + length
            end = next((at for at in starts if at > start), len(words) + 1) - 1
            return Span(span.start + start, span.start + end) if end - start > 1 else span
    return span


def with_its_lead(span: Span, sentence: Sentence) -> Span:
    """``span`` with the preposition right before it, where it tells what happened: 因冻害减产, not 冻害减产."""
    start, end = span.start - sentence.start, span.end - sentence.start
    if sentence.text.startswith(_TITLE_OPENS, start):
        return span
    lead = next((token for token in sentence.tokens if token.end == start and token.text in _LEADS_A_PHRASE), None)
    inside = [token for token in sentence.tokens if start < token.start and token.end <= end]
    happens = any(token.tag.startswith("v") and token.tag != "vn" for token in inside)
    return Span(sentence.start + lead.start, span.end) if lead and happens else span
