"""What an English sentence about a Chinese text says beyond its figures, times and names, as far as rules can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twent|thirt|fort|fift|sixt|sevent|eight"
    r"|ninet)y(?:-\w+)?|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|halves|halved|twice|thrice"
    r"|doubl\w*|tripl\w*|quadrupl\w*|\w+fold|thirds?|quarters?|fifths?|tenths?|percent|majority|most of|nearly all)\b",
    re.IGNORECASE,
)
_DIGIT_BEFORE = re.compile(r"\d[\d,.]*[\s-]*$")
_NEGATION = re.compile(r"\b(?:not|no|never|none|neither|nor|without|cannot|nobody|nothing|fail\w*|\w+n['’]t)\b", re.I)
_NEGATED = re.compile(r"不(?!仅|但|断|少|久|同|过|只|光|止)|没|未|无(?!人|锡|论)|非(?!常|遗|洲)")
_UP = re.compile(
    r"\b(?:r[io]se|risen|rising|grow\w*|grew|increas\w*|climb\w*|gain\w*|up|higher|expand\w*|jump\w*|surg\w*)\b", re.I
)
_DOWN = re.compile(
    r"\b(?:f[ae]ll\w*|declin\w*|decreas\w*|drop\w*|down|lower\w*|shr[aiu]nk\w*|reduc\w*|slump\w*|plung\w*)\b", re.I
)
_WENT_UP = re.compile(r"增|上升|提高|提升|上涨|攀升|扩大|涨|多出|高出")
_WENT_DOWN = re.compile(r"减|下降|降低|下滑|下跌|缩小|跌|回落|少了")


def unchecked_number(sentence: str) -> str:
    """The first number in words of an English sentence, which cannot be set against a text; "" where there is none.

    Example:
        >>> unchecked_number("Output doubled to 1.2 million tons.")
        'doubled'
    """
    for match in _NUMBER_WORD.finditer(sentence):
        if not _DIGIT_BEFORE.search(sentence[: match.start()]):
            return match.group()
    return ""


def turned_round(sentence: str, sources: Sequence[str]) -> str:
    """The word by which an English sentence says no, or up or down, where its Chinese sources say the opposite.

    Example:
        >>> turned_round("Output fell by 5%.", ["产量增长5%。"]), turned_round("It was completed.", ["没有完成。"])
        ('fell', 'not')
    """
    text = "\n".join(sources)
    negation, negated = _NEGATION.search(sentence), _NEGATED.search(text)
    if negation and not negated:
        return negation.group()
    # A figure shows of which part of a long sentence this is.
    if negated and not negation and not re.search(r"\d", sentence):
        return "not"
    for said, theirs, opposite in ((_UP, _WENT_UP, _WENT_DOWN), (_DOWN, _WENT_DOWN, _WENT_UP)):
        word = said.search(sentence)
        if word and opposite.search(text) and not theirs.search(text):
            return word.group()
    return ""
