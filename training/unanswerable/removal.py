"""The paragraph without the sentences that answer the question."""

from __future__ import annotations

import random
import re

from rag.text.tokens import keywords
from training.examples import Example
from training.unanswerable.paragraphs import Paragraphs, plain

KIND = "removed"
SHORTEST_REST = 40
"""Characters that must be left."""

_LONGEST_ANSWER = 30
_SHORT_ANSWER = 8
# The rest of a paragraph goes on describing its topic, listing its parts and giving reasons.
_ANSWERED_BY_MANY = re.compile(
    r"哪些|哪几|那些|什么样|怎样|怎么|如何|为什么|为何|原因|是什么[?？]?$|什么是|何谓|是谁[?？]?$|特点|特征|介绍|有什么|有何|简述|影响|作用|[兄弟姐妹父母妻夫]"
)


def without_the_answer(example: Example, paragraphs: Paragraphs, rng: random.Random) -> Example | None:
    """``example`` without every sentence that holds one of its answers; None where the rest might still answer it.

    The rest might where it repeats a word of an answer, where a sentence tells of the same (half of the question's
    words beside its topic), and where many sentences together answer such a question (为什么, 有哪些, 是谁). Nothing is
    made either where less than forty characters are left.
    """
    if (
        _ANSWERED_BY_MANY.search(example.question)
        or max(len(answer.text) for answer in example.answers) > _LONGEST_ANSWER
    ):
        return None
    own = paragraphs.of(example)
    gone = own.sentences_of(example.answers)
    kept = [own.text[span.start : span.end] for span in own.sentences if span not in gone]
    rest = "".join(kept).strip()
    if len(rest) < SHORTEST_REST or any(_tells_of_it(sentence, own.told(example.question)) for sentence in kept):
        return None
    words = set(keywords(rest))
    asked = keywords(example.question)
    for answer in example.answers:
        if answer.text in rest or any(piece in rest for piece in _pieces(answer.text, example.question)):
            return None
        if plain(answer.text) in plain(rest) or set(keywords(answer.text)).difference(asked) & words:
            return None
    return Example(example.question, rest, (), f"{KIND}/{example.source}", example.group)


def _tells_of_it(sentence: str, told: frozenset[str]) -> bool:
    """Whether a sentence holds half of what the question tells of its topic: it may answer in other words."""
    return 2 * len(told.intersection(keywords(sentence))) >= max(1, len(told))


def _pieces(answer: str, question: str) -> list[str]:
    """Every two characters of a short answer: 杨廷艺 may go on as 廷艺."""
    if len(answer) > _SHORT_ANSWER:
        return []
    return [answer[at : at + 2] for at in range(len(answer) - 1) if answer[at : at + 2] not in question]
