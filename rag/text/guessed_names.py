"""Names that the tagger guessed together with a word beside them: 沈朗看 in 沈朗看完信, 在溪州开 in 在溪州开店.

It knows few names, so it takes what stands beside one for a part of it. Given names end in almost any character; only
those are cut off that end hardly any, and some more where what follows can follow a verb alone.
"""

from __future__ import annotations

import re

_FULL_NAME = 3
_NO_NAME_ENDS_IN = frozenset("是在说把被就还则又也都却最才看做怕嫌肯问骂")
"""Words that the tagger joins to a name of two characters before them: 陈琦是 in 陈琦是在哪里长大的."""
_MAY_END_A_NAME = frozenset("学教开叫查拉住写送买卖拿带养种画唱跑走吃喝打找给用修管搬读来去回")
_BEHIND_A_VERB = re.compile(
    r"了(?![解望])|过(?![去来程年节]|世)|着(?![急手重名])|完(?![全成])|到(?![达底位场期处])|出(?![生身席任版现国差])|的(?:是|什么|啥)|"
    r"(?:什么|啥)(?!时|地方|人|职|样)|哪(?:门|行|种|些)|几(?:门|种|样|件|本)"
)
_FIRST = re.compile(r"[一两几\d][年批次回个趟天]")
_PREPOSITIONS = frozenset("在从")
_NO_PLACE_ENDS_IN = frozenset("买卖开办")
_THINGS = frozenset("钱车房")
_DONE_WITH_THEM = frozenset("发修卖买坏停收交借丢赔")
_WHEN = "时"


def joined(word: str, tag: str, before: str, behind: str) -> tuple[int, int]:
    """How many characters of ``word``, tagged ``tag``, belong to no name at its beginning, and at its end.

    ``before`` and ``behind`` is the folded text around it; (0, 0) where nothing shows that it is not one name.

    Example:
        >>> joined("沈朗看", "nr", "", "完信送了什么"), joined("沈文学", "nr", "", "哪年去世")
        ((0, 1), (0, 0))
    """
    if tag.startswith("nr"):
        if len(word) == _FULL_NAME - 1:
            return (1, 1) if word[0] in _THINGS and word[1] in _DONE_WITH_THEM else (0, 0)
        if word[0] == _WHEN and before and "\u4e00" <= before[-1] <= "\u9fff":
            return (1, 0)
    if len(word) < _FULL_NAME:
        return (0, 0)
    first = _FIRST.match(behind) is not None
    if tag == "ns":
        begins = int(word[0] in _PREPOSITIONS and len(word) > _FULL_NAME)
        return begins, int(word[-1] in _NO_PLACE_ENDS_IN or (word[-1] == "头" and first))
    if len(word) != _FULL_NAME or not tag.startswith(("nr", "nz")):
        return (0, 0)
    if tag.startswith("nr") and (word[-1] in _NO_NAME_ENDS_IN or (word[-1] == "头" and first)):
        return (0, 1)
    return (0, int(word[-1] in _MAY_END_A_NAME and _BEHIND_A_VERB.match(behind) is not None))
