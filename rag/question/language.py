"""The language a visitor is answered in."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.question.markup import without_tags
from rag.text.normalise import normalise_question
from rag.types import Language

_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


def is_han(character: str) -> bool:
    """Whether one character is a Chinese character."""
    code = ord(character)
    return any(first <= code <= last for first, last in _HAN_BLOCKS)


_ENGLISH_OPENING = re.compile(
    r"\s*(?:what|who|whom|whose|when|where|why|which|how|and|is|are|was|were|do|does|did|has|have|had"
    r"|can|could|will|would|should|tell|please|thanks|ok|so|but|in|the|for)\b",
    re.IGNORECASE,
)


def is_english_sentence(text: str) -> bool:
    """Whether ``text`` is worded in English, Chinese names inside it or not: What did 王旭东 say?"""
    return _ENGLISH_OPENING.match(text) is not None or detect_language(text) == "en"


_SEAM = re.compile(r"(?<=[A-Za-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[A-Za-z])")

_NOT_COUNTING = re.compile(r"(?<=[上下这那哪某每同])1(?=[届年次个天家位种款项场座条张支只台])|(?<=[本前])1(?=届)")


@lru_cache(maxsize=1024)
def normal_form(text: str) -> str:
    """`normalise_question`, which sets no space beside Chinese characters, with the spaces an English sentence needs.

    Tags of HTML are taken away.
    上一届, 哪一年 and their like keep their 一, which counts nothing.

    Example:
        >>> normal_form("What did  王旭东 say?"), normal_form("王旭东 说了什么？")
        ('What did 王旭东 say?', '王旭东说了什么?')
    """
    normalised = normalise_question(text)
    # Where a tag goes, what stood around it may make another.
    while (bare := without_tags(normalised)) != normalised:
        normalised = normalise_question(bare)
    normalised = _NOT_COUNTING.sub("一", normalised)
    return _SEAM.sub(" ", normalised) if is_english_sentence(normalised) else normalised


def detect_language(text: str) -> Language:
    """The language to answer ``text`` in: Chinese as soon as it holds one Chinese character, or no letter at all.

    Example:
        >>> detect_language("What is 新质生产力?"), detect_language("Who won?")
        ('zh', 'en')
    """
    if any(is_han(character) for character in text):
        return "zh"
    return "en" if any(character.isascii() and character.isalpha() for character in text) else "zh"
