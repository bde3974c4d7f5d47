"""Bring a question into one form: NFKC, Simplified Chinese, Arabic digits, clean spaces and punctuation."""

from __future__ import annotations

import re
import unicodedata

from rag.text.chinese_numerals import NUMERAL_CHARACTERS, to_arabic
from rag.text.dates import find_times
from rag.text.folding import fold, to_simplified
from rag.text.numbers import find_quantities

__all__ = ["fold", "normalise_question"]

_HAN = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff"
_SPACES = re.compile(r"\s+")
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}，。！？；：、]) | (?=[{_HAN}，。！？；：、])")
_REPEATED = re.compile(r"([,，。、!！?？;；:：~～·])\1+|…{3,}|\.{4,}")
_NUMERAL = re.compile(rf"[{NUMERAL_CHARACTERS}]+(?:点[〇零一二三四五六七八九]+[万亿]*)?")
_PER = re.compile(r"百分之(-?[0-9]+(?:\.[0-9]+)?)")


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
    text = to_simplified(unicodedata.normalize("NFKC", text))
    text = "".join(character for character in text if character.isspace() or unicodedata.category(character)[0] != "C")
    text = _SPACES.sub(" ", text).strip()
    text = _SPACE_BESIDE_HAN.sub("", text)
    text = _REPEATED.sub(lambda match: match[1] or ("……" if match[0][0] == "…" else "..."), text)
    return _arabic_numerals(text)


def _arabic_numerals(text: str) -> str:
    spans = [(time.start, time.end) for time in find_times(text, None)]
    spans += [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces.append(text[at:start])
        pieces.append(
            _PER.sub(r"\1%", _NUMERAL.sub(_replace, text[start:end].replace("百分之", "\0")).replace("\0", "百分之"))
        )
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _replace(match: re.Match[str]) -> str:
    numeral = match[0]
    if all(character in "百千万亿" for character in numeral):
        return numeral
    return to_arabic(numeral) or numeral
