"""What a question leaves out of a whole: 除绿茶以外的茶叶, 不算绿茶, 非绿茶的茶叶.

Such a question holds every word of the part that it does not mean, so that nothing looks more like its answer than
the very figure which it leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.tokens import Token, tokenize

_OTHERS = r"(?:其他|其它|其余|剩余|剩下|别的|另外)"
_NOT_A_VERB = r"(?<![清解废拆免扣删消根铲开剔破排切去刨])"
_LEXICAL = r"(?![夕草雪尘湿法权名臭霜险息颤])"
EXCLUDING = re.compile(
    rf"{_NOT_A_VERB}除{_LEXICAL}|以外|之外|{_OTHERS}|不含|不包[括含]|不计(?!其数)|不算|扣除|扣掉|剔除|刨[去除]|去掉|(?<![是除])非(?![洲遗常凡得但])"
)
"""Words of a text by which it leaves something out, or tells of the rest."""
_ASKING = r"(?=(?:一共|总共|合计|共|还|是|有|为|达到?|剩)*(?:多少|几))"
_EXCEPT = re.compile(
    rf"{_NOT_A_VERB}除{_LEXICAL}[了去开]?(?P<part>[^,，]{{1,24}}?)(?:(?:以外|之外|(?<![海国境室户野城编内对])外)(?!资|贸|商|籍|国|地|卖)[的,，]*|[,，]|(?=还|另外))"
)
_WITHOUT = re.compile(
    r"(?:不算|不计(?!其数)|不含|不包[括含]|剔除|扣除|扣掉|去掉|减去|刨[去除])[了上]?(?P<part>[^,，]{1,24}?)"
    rf"(?:(?:的话|部分|在内|以外|之外|后|之后)*(?:[,，]|的|(?<=后))|{_ASKING})"
)
_OUTSIDE = re.compile(rf"(?P<before>[^,，]{{1,24}}?)(?:以外|之外)的?{_OTHERS}?的?")
_NOT_OF_THE_KIND = re.compile(r"非(?![洲遗常凡法得但要])")
_NO_PART = re.compile(r"^(?:此|这|那|它|该)")
_JOINT = re.compile(r"[、和与及跟]|以及")
_REST_OPENS = re.compile(rf"^(?:的|[,，]|{_OTHERS}的?|部分|还|另外)+")
_ADDS = re.compile(r"^[^多几]*?(?:还|另外|也|又)")
_NO_CONTENT = ("u", "p", "c", "m", "q", "x", "r", "d", "y")
_ENGLISH = re.compile(
    r"\b(?:except(?:ing)?|excluding|other than|apart from|aside from|not counting|not including|non-?[a-z]{3,})\b"
)


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is left out: ``parts`` by name (none where they cannot be told), ``whole`` the question without them.

    ``word`` is the negated word that the question itself has for the rest (非机动车), "" where it has none. ``adds``
    is whether something beside the part is asked, which need not be one whole with it (除了门票,还要花多少).
    """

    parts: tuple[str, ...]
    whole: str
    word: str = ""
    adds: bool = False


def read_excluded(folded: str) -> Excluded | None:
    """What a question (folded text) leaves out of what it asks for; None where it leaves out nothing.

    Example:
        >>> read_excluded("2023年除绿茶以外的茶叶产量是多少?")
        Excluded(parts=('绿茶',), whole='2023年茶叶产量是多少?', word='', adds=False)
    """
    for pattern in (_EXCEPT, _WITHOUT):
        match = pattern.search(folded)
        if match is not None:
            adds = pattern is _EXCEPT and _ADDS.match(folded[match.end() :]) is not None
            return _cut(folded, match["part"], match.start(), match.end(), adds=adds)
    match = _OUTSIDE.search(folded)
    if match is not None:
        part = _last_nouns(tokenize(match["before"]))
        return _cut(folded, part, match.start() + match["before"].rfind(part), match.end())
    negated = next((token for token in tokenize(folded) if _NOT_OF_THE_KIND.match(token.text)), None)
    if negated is not None and not folded[: negated.start].endswith(("是", "除", "并", "无")):
        return _negated(folded, negated)
    return Excluded((), "") if _ENGLISH.search(folded) else None


def _cut(folded: str, part: str, start: int, end: int, *, adds: bool = False) -> Excluded:
    rest = _REST_OPENS.match(folded[end:])
    whole = folded[:start] + folded[end + (rest.end() if rest else 0) :]
    named = part and not _NO_PART.match(part)
    return Excluded(tuple(piece for piece in _JOINT.split(part) if piece) if named else (), whole, adds=adds)


def _negated(folded: str, negated: Token) -> Excluded:
    """Of 非X: X is what the word negates, or the word behind a 非 that stands alone."""
    part, end = negated.text[1:], negated.end
    if not part:
        behind = next((token for token in tokenize(folded[end:]) if token.text.strip()), None)
        part = behind.text if behind is not None and not behind.tag.startswith(_NO_CONTENT) else ""
        end += len(part)
    return Excluded((part,) if part else (), folded[: negated.start] + folded[end:].removeprefix("的"), "非" + part)


def _last_nouns(tokens: Sequence[Token]) -> str:
    words: list[str] = []
    for token in reversed(tokens):
        if not token.tag.startswith(("n", "b", "vn", "j", "l", "a", "eng")) or token.tag in ("ns", "nt"):
            break
        words.append(token.text)
    return "".join(reversed(words))
