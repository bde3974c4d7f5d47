"""Follow-ups that name another of a kind: 晚班呢？ after 早班工人多少, 跳高呢？ after 甲组跳远几点开始.

The tagger runs such words together with what follows (早|班工人), so the kind is found by its last character.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.question.phrase_words import NEVER_NOMINAL
from rag.question.phrases import is_attribute
from rag.question.terms import school_years
from rag.question.words import question_words
from rag.text.dates import find_times

Nearest = Callable[[str, list[str]], int]

_KINDS = frozenset("班组队票座席舱厂店楼线科系岗卡奖杯险")
_SIDES = frozenset("费价款金数量额率")
"""How a side of something ends, which another thing has as well: 舞蹈 after 绘画班学费 takes no place of 学费."""
_FRAGMENT = re.compile(r"(?P<core>[\u4e00-\u9fff\d]{1,8}?)的?(?:呢|咧|哩)[?？。 ]*")
_LONGEST = 4
_NOT_IN_MEMBER = ("r", "p", "c", "u", "y", "ns", "nt", "nr")
"""A name has a place of its own: 厦门厂 takes that of 青岛厂, not of 厂."""
_NO_PART = ("r", "p", "c", "u", "y", "d", "x", "t", "ns", "nt", "nr", "f")
_ASKS = re.compile(r"多少|几|谁|什么|怎|如何|哪|吗|啥")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def complete_member(text: str, frame: str, nearest: Nearest | None) -> str | None:
    """``frame`` with the member of a kind that ``text`` names in the place of its own; None where there is no such one.

    Args:
        text: a normalised question without a lead-in such as 那.
        frame: the previous standalone question.
        nearest: the index of the nearest in meaning of some words to a word; None where meaning is not known.

    Example:
        >>> complete_member("晚班呢?", "早班工人多少?", None)
        '晚班工人多少?'
    """
    match = _FRAGMENT.fullmatch(text)
    if match is None or not _is_member(match["core"]):
        return None
    core = match["core"]
    if core[-1] in _KINDS and len(core) > 1:
        return _in_place(core, frame)
    return _beside(core, frame, nearest) if nearest is not None else None


def _is_member(core: str) -> bool:
    words = question_words(core)
    if _ASKS.search(core) or find_times(core, None):
        return False
    return not any(word.text in NEVER_NOMINAL or word.tag.startswith(_NOT_IN_MEMBER) for word in words)


def _in_place(core: str, frame: str) -> str | None:
    """``core`` in the place of the one word of ``frame`` that ends alike: 晚班 for 早班."""
    found = [span for at in _places_of(core[-1], frame) if (span := _member(frame, at)) is not None]
    if len(found) != 1:
        return None
    start, end = found[0]
    shared = next((size for size in range(len(core) - 1, 0, -1) if frame[:start].endswith(core[:size])), 0)
    if frame[start:end] == core:
        return None
    return frame[: start - shared] + core + frame[end:]


def _beside(core: str, frame: str, nearest: Nearest) -> str | None:
    """``core`` in the place of what stands behind a member of a kind, or of what tells that one apart."""
    members = [span for kind in _KINDS for at in _places_of(kind, frame) if (span := _member(frame, at)) is not None]
    members = members or school_years(frame)
    if len(members) != 1 or not _HAN.fullmatch(core) or len(question_words(core)) != 1:
        return None
    start, end = members[0]
    behind = next(iter(question_words(frame[end:])), None)
    which = frame[start : end - 1]
    if behind is None or not behind.tag.startswith(("n", "j", "v")) or len(behind.text) < 2:
        return None
    if behind.text in NEVER_NOMINAL or is_attribute(core) != is_attribute(behind.text):
        return None
    is_side = behind.text[-1] in _SIDES and core[-1] != behind.text[-1]
    if is_side or nearest(core, [frame[start:end], behind.text]) == 0:
        return frame[:start] + core + frame[end - 1 :] if len(which) > 1 else None
    return frame[:end] + core + frame[end + len(behind.text) :]


def _places_of(kind: str, frame: str) -> list[int]:
    return [match.start() for match in re.finditer(kind, frame)]


def _member(frame: str, at: int) -> tuple[int, int] | None:
    """The word that ends in the kind at ``at``: its noun with what tells it apart; None where it is no such word."""
    holder = next((word for word in question_words(frame) if word.start <= at < word.end), None)
    if holder is None or (holder.end == at + 1 and len(holder.text) > 1 and not holder.tag.startswith(("n", "j"))):
        return None
    if holder.start < at and holder.end > at + 1:
        return None
    borders = [end for _, end in school_years(frame)] + [time.end for time in find_times(frame, None)]
    first = max((border for border in borders if border <= at), default=0)
    start = at
    for word in reversed(question_words(frame[first:at])):
        if word.text in NEVER_NOMINAL or word.tag.startswith(_NO_PART) or not _HAN.match(word.text + "一"):
            break
        if at - (first + word.start) > _LONGEST:
            break
        start = first + word.start
    return (start, at + 1) if start < at else None
