"""Follow-ups that ask for another end of a scale, or another scale: 最短的那个呢？ after 观众最多的特展."""

from __future__ import annotations

import re

from rag.question.phrases import Phrase, PhraseKind, find_phrases
from rag.question.topic import MEASURE
from rag.question.words import question_words

_ASKED = re.compile(
    rf"^(?P<scale>[\u4e00-\u9fff]{{0,6}}?)(?P<rank>最|第(?:\d+|[二三四五六七八九十]))(?P<degree>[\u4e00-\u9fff]{{1,3}}?)的(?:(?:那|这)?一?(?:{MEASURE}))?"
    rf"(?:(?:又|则|都)?是(?:哪一?(?:{MEASURE})|哪些|什么|谁)(?:呢|呀|啊)?|呢|呀)?[\s?？。.!！]*$"
)
_IN_FRAME = re.compile(r"最(?P<degree>[\u4e00-\u9fff]{1,2})的")
_WHICH = re.compile(rf"哪一?(?P<measure>{MEASURE})|哪些|(?:多少|几)(?P<counted>{MEASURE})")
_OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in (
        "多/少 高/低 大/小 长/短 快/慢 早/晚 好/差 好/坏 贵/便宜 重/轻 深/浅 远/近 强/弱 老/年轻 新/旧 新/老 "
        "宽/窄 厚/薄 热/冷"
    ).split()
)
_SCALES = (PhraseKind.THING, PhraseKind.ATTRIBUTE, PhraseKind.NAME)


def complete_superlative(text: str, frame: str) -> str | None:
    """The standalone question behind 最短的那个呢？, or None where ``text`` is no such question.

    Args:
        text: a normalised question, without a lead-in such as 那.
        frame: the previous standalone question.

    Example:
        >>> complete_superlative("最短的那个呢?", "观众最多的特展是哪个?")
        '最短的特展是哪个?'
        >>> complete_superlative("最少的呢?", "观众最多的特展是哪个?")
        '观众最少的特展是哪个?'
    """
    asked = _ASKED.match(text)
    if asked is None:
        return None
    rank, degree, scale = asked["rank"], asked["degree"], asked["scale"]
    if found := _IN_FRAME.search(frame):
        old = _scale_before(frame, found.start())
        start = old.start if old else found.start()
        # The least is least on the same scale; the shortest is not least in visitors.
        if not scale and old and _same_scale(degree, found["degree"]):
            scale = old.text
        return f"{frame[:start]}{scale}{rank}{degree}的{frame[found.end() :]}"
    which = _WHICH.search(frame)
    if which is None:
        return None
    measure = which["measure"] or which["counted"] or "个"
    noun = _noun_at(frame, which.end())
    return f"{scale}{rank}{degree}的{noun}是哪{measure}?" if noun else None


def _noun_at(frame: str, start: int) -> str:
    """The noun phrase that starts there, without the scale that a superlative after it is of: 特展 in 特展观众最多."""
    phrase = next((one for one in find_phrases(frame) if one.start == start and one.kind in _SCALES), None)
    if phrase is None:
        return ""
    words = question_words(phrase.text)
    on_scale = len(words) > 1 and frame.startswith("最", phrase.end)
    return phrase.text[: words[-1].start].removesuffix("的") if on_scale else phrase.text


def _scale_before(frame: str, end: int) -> Phrase | None:
    return next((one for one in find_phrases(frame[:end]) if one.end == end and one.kind in _SCALES), None)


def _same_scale(one: str, other: str) -> bool:
    return one == other or frozenset((one, other)) in _OPPOSITES
