"""The full names of people in a text, whole: the tagger cuts many of them (祁连英 to a town and a letter).

A name is learned where one occurrence shows it: the tagger has it whole, or it stands behind a post or a kinship, or
begins a clause, and what follows can only follow a name. From there it holds for the whole text, and for a question
on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from rag.question.kinds import SPEECH_VERBS
from rag.question.surnames import addressed_politely, looks_like_person
from rag.text.tokens import Token, is_in_dictionary, tokenize
from rag.types import Span

_FULL = 3
_POST = re.compile(
    r"(?:长|员|师|主任|经理|书记|总监|教授|专家|总裁|主席|代表|农户|大户|司机|作家|导演|记者|编辑|医生|护士|师傅|大夫|"
    r"会计|出纳|裁缝|木匠|铁匠|石匠|瓦匠|保洁|搭档|徒弟|弟子|学徒|徒|父亲|母亲|妻子|丈夫|儿子|女儿|儿媳|女婿|孙子|孙女|哥哥|弟弟|姐姐|妹妹|舅舅|叔叔|伯伯|姑姑|姨妈|爷爷|奶奶|"
    r"外公|外婆|祖父|祖母|老伴|同事|邻居|村民|居民|市民|职工|工人|画家|歌手|演员|教练|选手|店主|老板|主人|先生|女士|人|"
    r"局|院|社|站|公司|中心|所|科|处)$"
)
_SPEAKS = re.compile(rf"(?:{SPEECH_VERBS}|宣布|笑着|补充)")
_CLAUSE_ENDS = frozenset("。，,；;：:！!？?、（(“\"'‘ \u3000\n")
_PLACE_OR_FIRM = frozenset("省市县区镇乡村州湾河江湖海山岭坡沟岛港桥路街巷站厂店坊馆社局组队校院园寨屯坪塘房人")
_NO_NAME_ENDS_IN = frozenset("省市县区镇乡村路街巷站厂店坊馆社局队校院寨屯房人是在说把被就还为对称的了们")
_NO_PART_OF_NAME = ("c", "p", "u", "r", "d", "m", "q", "x", "y", "f", "w", "t", "o", "e")
_BEHIND_NAME = ("v", "p", "d", "t", "m", "c", "x", "w")


@lru_cache(maxsize=256)
def full_names(text: str) -> frozenset[str]:
    """The names of three characters (surname and given name) that ``text`` shows to be those of people.

    Example:
        >>> sorted(full_names("队长沈江平解释,龚长顺的师傅祁连英去年退休。"))
        ['沈江平', '祁连英']
    """
    tokens = tokenize(text)
    at = {token.start: place for place, token in enumerate(tokens)}
    shown: set[str] = set()
    for match in re.finditer(r"(?=([\u4e00-\u9fff]{3}))", text):
        name, start = match[1], match.start()
        if name in shown or start not in at or not looks_like_person(name):
            continue
        before = tokens[at[start] - 1] if at[start] else None
        pieces, behind = _pieces(tokens, at[start], start + _FULL)
        if pieces and _shows(before, pieces, behind):
            shown.add(name)
    shorter = {token.text for token in tokens if len(token.text) == _FULL - 1 and token.tag.startswith("nr")}
    return frozenset(name for name in shown if not (name[:-1] in shorter and _stands_alone(name, tokens, text)))


def full_names_of(texts: Iterable[str]) -> frozenset[str]:
    """The `full_names` of several texts."""
    return frozenset[str]().union(*map(full_names, texts))


def name_spans(text: str, names: Collection[str]) -> list[Span]:
    """Where ``names`` stand in ``text``, left to right."""
    found = {Span(match.start(), match.end()) for name in names for match in re.finditer(re.escape(name), text)}
    return sorted(found, key=lambda span: span.start)


def _pieces(tokens: Sequence[Token], first: int, end: int) -> tuple[list[Token], Token | None]:
    """The tokens from ``first`` that make up the text up to ``end``, and the one behind; none where they don't tile it.

    A last word of two characters that is in no dictionary is cut: 郭长|根送 is 郭长根 and 送.
    """
    pieces = [token for token in tokens[first : first + _FULL] if token.start < end]
    after = first + len(pieces)
    last = pieces[-1]
    crosses = last.end == end + 1 and len(last.text) == 2 and pieces[0].tag.startswith("nr")
    if crosses and last.tag in ("n", "v") and not is_in_dictionary(last.text):
        rest = Token(last.text[1], end, last.end, "v")
        return [*pieces[:-1], Token(last.text[0], last.start, end, "nr")], rest
    return (pieces, tokens[after] if after < len(tokens) else None) if last.end == end else ([], None)


def _shows(before: Token | None, pieces: Sequence[Token], behind: Token | None) -> bool:
    """Whether the three characters of ``pieces`` stand here as a name of a person alone can."""
    name = "".join(piece.text for piece in pieces)
    if name[-1] in _NO_NAME_ENDS_IN or (name[1] == "家" and name[-1] in _PLACE_OR_FIRM):
        return False  # 丁家桥
    if len(pieces) == 1:
        return pieces[0].tag.startswith("nr") and not _holds_a_word(name)
    has_post = before is not None and _POST.search(before.text) is not None
    if has_post and len(pieces[0].text) == 1 and behind is not None and _SPEAKS.match(behind.text):
        return True  # 队长罗|开明|解释: whatever word the given name is
    if not all(_may_be_part(piece) for piece in pieces) or name[-1] in _PLACE_OR_FIRM:
        return False
    if behind is not None and not behind.tag.startswith(_BEHIND_NAME):
        return False
    if has_post:
        return True
    begins = before is None or before.text[-1] in _CLAUSE_ENDS
    acts = behind is not None and behind.tag.startswith("v") and len(behind.text) > 1
    # 祁连|茶|获得: a thing of a place has a noun behind its name.
    given = len(pieces[0].text) > 1 and not pieces[-1].tag.startswith(("n", "v")) and pieces[-1].tag != "a"
    return begins and given and acts and name[1] not in _PLACE_OR_FIRM


def _holds_a_word(name: str) -> bool:
    """Whether what looks like a full name is a common word with a character beside it: 梅雨期, 段时间."""
    words = (word for part in (name[:2], name[1:]) if is_in_dictionary(part) for word in tokenize(part))
    return addressed_politely(name) or any(word.tag in ("n", "t", "v", "a") and len(word.text) == 2 for word in words)


def _may_be_part(piece: Token) -> bool:
    if piece.tag.startswith(_NO_PART_OF_NAME):
        return False
    return len(piece.text) == 1 or piece.tag.startswith(("nr", "ns", "nz")) or not is_in_dictionary(piece.text)


def _stands_alone(name: str, tokens: Sequence[Token], text: str) -> bool:
    """Whether the first two characters of ``name`` are a name of their own somewhere: 陈琦 beside 陈琦今."""
    return any(token.text == name[:-1] and not text.startswith(name, token.start) for token in tokens)
