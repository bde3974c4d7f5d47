"""Follow-ups that ask the same of what was planned, or came of it: 原定几天？ after 展览最后展了几天."""

from __future__ import annotations

import re

_ADVERB = "原定|原计划|原先|原来|本来|起初|最初|一开始|最后|最终|后来|实际上?|预计|计划"
_ASKED = r"(?:多少|几)(?:[^呢吗啊呀?？。\s]{0,2})|多久|多长时间"
_FOLLOWUP = re.compile(rf"(?P<adverb>{_ADVERB})的?(?:(?:是|要)?(?P<asked>{_ASKED}))?(?:来着|呢|啊|呀)*[?？。 ]*")
_FRAME = re.compile(
    rf"(?P<subject>.+?)(?P<adverb>{_ADVERB})(?P<verb>[\u4e00-\u9fff]{{1,2}}?)了?(?P<asked>{_ASKED})[?？。呢啊呀 ]*"
)


def sets_against(text: str, frame: str) -> bool:
    """Whether ``text`` begins with one such adverb and ``frame`` has another."""
    one, other = re.match(_ADVERB, text), re.search(_ADVERB, frame)
    return one is not None and other is not None and one.group() != other.group()


def complete_adverb(text: str, frame: str) -> str | None:
    """``frame`` with the adverb of ``text`` in the place of its own, where both ask the same; None otherwise.

    Example:
        >>> complete_adverb("原定几天?", "灯会最后办了几天?")
        '灯会原定办几天?'
    """
    followup, asked = _FOLLOWUP.fullmatch(text), _FRAME.fullmatch(frame)
    if followup is None or asked is None or followup["adverb"] == asked["adverb"]:
        return None
    if followup["asked"] and followup["asked"] != asked["asked"]:
        return None
    return f"{asked['subject']}{followup['adverb']}{asked['verb']}{asked['asked']}?"
