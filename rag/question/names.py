"""Names that the tagger cuts in two: 锐视 光学 is a verb and a noun to it, and one firm to the reader."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from rag.question.phrase_words import NEVER_NOMINAL
from rag.question.phrases import Phrase, PhraseKind, find_phrases
from rag.question.words import question_words

Nearest = Callable[[list[str]], int]

_FIRST_HALF = ("n", "v", "a", "j", "b", "z", "i", "l", "s")


def whole_name(phrase: Phrase, target: Phrase, frame: str) -> Phrase:
    """``target`` with the word before it, where ``phrase`` of the same build shows the two to be one name.

    Args:
        phrase: a phrase that is to take the place of the target: 大泽光学.
        target: a phrase of ``frame``: 光学.
        frame: a question: 锐视光学去年卖出多少台?
    """
    words = question_words(phrase.text[: phrase.attribute - phrase.start].removesuffix("的"))
    before = [word for word in question_words(frame[: target.start]) if word.text.strip()]
    if len(words) < 2 or not before or not _can_begin_name(before[-1].text, before[-1].tag):
        return target
    first = before[-1]
    if first.tag == "ns" and words[0].tag == "n":
        return target  # 天津 is where 天津自行车产量 is counted, and no first half of a kind such as 电动自行车
    times = [one for one in find_phrases(frame) if one.kind is PhraseKind.TIME]
    if any(one.start <= first.start < one.end for one in times):
        return target
    alone = len(before) < 2 or before[-2].text in NEVER_NOMINAL or any(one.end == first.start for one in times)
    if not alone and before[-2].text.isalnum():
        return target
    alike = len(words[-1].text) > 1 and target.text.startswith(words[-1].text)
    if not alike and words[0].text != first.text:
        return target
    return dataclasses.replace(target, start=first.start, text=frame[first.start : target.end])


def side_of(phrase: Phrase, target: Phrase, nearest: Nearest) -> Phrase:
    """The owner or the owned of ``target`` (A的B), whichever ``phrase`` is to take the place of.

    The one that ends alike, else the one nearer in meaning: ``nearest`` gives the index of the nearer of two texts.
    A target that is no A的B, or has an attribute that stays anyway, is given back.
    """
    owner, between, owned = target.text.rpartition("的")
    if not between or not owner or not owned or "的" in phrase.text or target.attribute < target.end:
        return target
    alike = [_alike(phrase.text, owner), _alike(phrase.text, owned)]
    chosen = nearest([owner, owned]) if alike[0] == alike[1] else alike.index(max(alike))
    start = target.start if chosen == 0 else target.end - len(owned)
    text = (owner, owned)[chosen]
    return Phrase(start, start + len(text), text, target.kind, start + len(text))


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their ends, where it is a word."""
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    return shared if shared > 1 else 0


def _can_begin_name(word: str, tag: str) -> bool:
    return len(word) > 1 and word not in NEVER_NOMINAL and tag.startswith(_FIRST_HALF)
