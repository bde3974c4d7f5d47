"""Whether a figure counts a wider or a narrower place than the asked one: 全县倒塌房屋134间 tells nothing of a town."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.text.tokens import Token, tokenize

_RANKS = {"国": 0, "省": 1, "市": 2, "州": 2, "县": 3, "区": 3, "旗": 3, "镇": 4, "乡": 4, "村": 5}
"""Levels of administration, from the widest."""
_LEVELS = "".join(_RANKS)
_WHOLE = re.compile(
    rf"(?<![居占列排为在属于比较向往自射遍及从到达与])全(?P<level>[{_LEVELS}])(?![产际场域各同]|人[大民]|平均|首|第|前|最)"
)
"""全县 where it tells of what the figures are; not in 占全国8%, 居全省第一, 高于全国平均."""
_THIS = re.compile(rf"[该本这](?P<level>[{_LEVELS}])")
_PART = re.compile(r"城区|市区|郊区|山区|农村|乡村|城镇")
"""Parts of a place without a name of their own."""
_ALL_OF_IT = re.compile(rf"(?<![居占列排于比])全[{_LEVELS}]")
_NO_NAMES = frozenset(
    "城市 都市 县市 超市 门市 股市 楼市 夜市 乡镇 城镇 村镇 集镇 小镇 农村 乡村 山村 新村 外国 各国 我国".split()
)
_NAME_TAGS = ("n", "j", "x")
_NOT_IN_NAMES = frozenset("全 本 该 各 每 哪 几 两 多".split())


_BODY = re.compile(rf"(?P<level>中央|[{_LEVELS}])(?:级财政|里财政|财政|级(?![市别以])|里(?!程|面|约))")
"""Who pays or decides, by level alone: 县财政, 省级, 市里."""


@lru_cache(maxsize=1024)
def asked_rank(question: str) -> int | None:
    """The rank of the narrowest place that ``question`` names (…省 1, …市 2, …县 3, …镇 4, …村 5); None without one.

    Example:
        >>> asked_rank("河口县石桥镇倒塌房屋多少间"), asked_rank("全县倒塌房屋多少间"), asked_rank("倒塌房屋多少间")
        (4, 3, None)
    """
    ranks = [_RANKS[name[-1]] for name in _places(question)]
    ranks += [_RANKS[match["level"]] for match in re.finditer(rf"全(?P<level>[{_LEVELS}])", question)]
    return max(ranks, default=None)


def another_scope(question: str, pieces: Sequence[str]) -> bool:
    """Whether the nearest of ``pieces`` that says of which place it speaks, speaks of the whole of another level.

    Args:
        question: the folded question.
        pieces: the text around a figure, the nearest first.
    """
    part = _PART.search(question)
    if part is not None:
        spoken = next((piece for piece in pieces if part.group() in piece or _ALL_OF_IT.search(piece)), "")
        if spoken and part.group() not in spoken:
            return True
    body = _BODY.search(question)
    if body is not None:
        told = next((match for piece in pieces if (match := _BODY.search(piece))), None)
        if told is not None and told["level"] != body["level"]:
            return True
    asked = asked_rank(question)
    if asked is None:
        return False
    names = _places(question)
    for piece in pieces:
        if any(name in piece or (len(name) > 2 and name[:-1] in piece) for name in names):
            return False
        if any(_RANKS[match["level"]] == asked for match in _THIS.finditer(piece)):
            return False
        whole = [_RANKS[match["level"]] for match in _WHOLE.finditer(piece)]
        if whole:
            return asked not in whole
    return False


def _places(question: str) -> list[str]:
    """The places of ``question`` that are named with their level: 磨石镇, 樵县."""
    places: list[str] = []
    before: Token | None = None
    for token in tokenize(question):
        if token.text[-1] in _RANKS and token.text not in _NO_NAMES:
            if len(token.text) > 1 and _has_level(token):
                places.append(token.text)
            elif len(token.text) == 1 and _is_name(before, token):
                places.append(f"{before.text if before else ''}{token.text}")
        before = token
    return places


def _has_level(token: Token) -> bool:
    """Whether a word says what level its place has: 广州 ends in 州 and does not."""
    if token.text[-1] == "州":
        return token.text.endswith("自治州")
    return token.tag.startswith("ns" if token.text[-1] == "区" else _NAME_TAGS)


def _is_name(before: Token | None, level: Token) -> bool:
    return (
        before is not None
        and before.end == level.start
        and before.tag.startswith(_NAME_TAGS)
        and before.text not in _NOT_IN_NAMES
    )
