"""Names that the tagger cuts in two: 锐视 光学 is a verb and a noun to it, and one firm to the reader."""

from __future__ import annotations

import dataclasses

from rag.question.phrase_words import NEVER_NOMINAL
from rag.question.phrases import Phrase, PhraseKind, find_phrases
from rag.question.words import question_words

_FIRST_HALF = ("n", "v", "a", "j", "b", "z", "i", "l", "s")


def whole_name(phrase: Phrase, target: Phrase, frame: str) -> Phrase:
    """``target`` with the word before it, where ``phrase``, made up alike, shows the two to be one name.

    Args:
        phrase: a phrase that is to take the place of the target: 大泽光学.
        target: a phrase of ``frame``: 光学.
        frame: a question: 锐视光学去年卖出多少台?
    """
    words = question_words(phrase.text[: phrase.attribute - phrase.start].removesuffix("的"))
    if len(words) < 2 or len(words[-1].text) < 2 or not target.text.startswith(words[-1].text):
        return target
    before = [word for word in question_words(frame[: target.start]) if word.text.strip()]
    if not before or not _can_begin_name(before[-1].text, before[-1].tag):
        return target
    first = before[-1]
    times = [one for one in find_phrases(frame) if one.kind is PhraseKind.TIME]
    if any(one.start <= first.start < one.end for one in times):
        return target
    alone = len(before) < 2 or before[-2].text in NEVER_NOMINAL or any(one.end == first.start for one in times)
    if not alone and before[-2].text.isalnum():
        return target
    return dataclasses.replace(target, start=first.start, text=frame[first.start : target.end])


def _can_begin_name(word: str, tag: str) -> bool:
    return len(word) > 1 and word not in NEVER_NOMINAL and tag.startswith(_FIRST_HALF)
