"""Bring a question into one form: NFKC, Simplified Chinese, Arabic digits, clean spaces and punctuation."""

from __future__ import annotations

import re
import unicodedata

from rag.text.chinese_numerals import NUMERAL_CHARACTERS, to_arabic
from rag.text.dates import find_times
from rag.text.folding import fold, to_simplified
from rag.text.number_patterns import NEIGHBOURS
from rag.text.numbers import find_quantities

__all__ = ["arabic_numerals", "fold", "normalise_question"]

_HAN = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff"
_SPACES = re.compile(r"\s+")
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}，。！？；：、]) | (?=[{_HAN}，。！？；：、])")
_REPEATED = re.compile(r"([,，。、!！?？;；:：~～·])\1+|…{3,}|\.{4,}")
_NUMERAL = re.compile(
    # 几十, 数百 and 十几 stay, 上一届 and 零下 too; the possessive ++ keeps 二 in 二十几 from being taken alone.
    rf"(?<![几数])(?<![几数][{NUMERAL_CHARACTERS}])(?<![上下前这](?=一))(?!零下)"
    rf"(?<![0-9])(?:(?![百千][瓦克米卡伏帕赫焦])[{NUMERAL_CHARACTERS}])++"
    rf"(?:点[〇零一二三四五六七八九]++[万亿]*+(?![十百千分]))?(?!几|分之)"
)
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|『[^』]*』")
_PER_CENT = re.compile(rf"百分之([0-9.]+|[{NUMERAL_CHARACTERS}]+(?:点[〇零一二三四五六七八九]+)?)")


def normalise_question(text: str) -> str:
    """The question in one form; normalising twice changes nothing.

    NFKC and Simplified Chinese (OpenCC t2s); control and zero-width characters go; spaces are collapsed, none stays
    beside a Chinese character; repeated punctuation becomes one. Chinese numerals turn Arabic in times, ordinals and
    counted quantities, never inside words (一样, 十分, 三农) nor as the article 一 (一个).

    >>> normalise_question(" 二〇二四年，  七屆 智博會？？")
    '2024年,7届智博会?'
    """
    for _ in range(4):
        normalised = _normalise_once(text)
        if normalised == text:
            break
        text = normalised
    return text


def _normalise_once(text: str) -> str:
    text = "".join(character for character in unicodedata.normalize("NFKC", text) if _is_visible(character))
    text = to_simplified(text)
    text = _SPACES.sub(" ", text).strip()
    text = _SPACE_BESIDE_HAN.sub("", text)
    text = _REPEATED.sub(lambda match: match[1] or ("……" if match[0][0] == "…" else "..."), text)
    return arabic_numerals(text)


def _is_visible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def arabic_numerals(text: str) -> str:
    """Chinese numerals to Arabic ones in the times, ordinals and counted quantities of ``text``, nowhere else.

    What is quoted stays as it is: a title or a saying is looked for in its own words.

    >>> arabic_numerals("第四届有三百二十五万人,十分热闹,增长百分之二十五")
    '第4届有325万人,十分热闹,增长25%'
    """
    spans = [(time.start, time.end) for time in find_times(text, None)]
    # 三大 is a set phrase.
    spans += [(quantity.start, quantity.end) for quantity in find_quantities(text) if quantity.unit != "大"]
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    pieces, at = [], 0
    for start, end in sorted(spans):
        pointed_at = text[start] == "一" and text[:start].endswith(("哪", "这", "那", "每"))
        if pointed_at or any(begin <= start and end <= stop for begin, stop in quoted):
            continue
        pieces += [text[at:start], _arabic(text[start:end])]
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _arabic(named: str) -> str:
    named = _PER_CENT.sub(lambda match: f"{_digits(match[1])}%", named)
    if "分之" in named or named.startswith(("一半", "半")):
        return named
    return _NUMERAL.sub(lambda match: _digits(match[0]), named)


def _digits(numeral: str) -> str:
    neighbours = NEIGHBOURS.fullmatch(numeral)
    if numeral.isascii() or neighbours:
        return numeral
    return to_arabic(numeral) or numeral
