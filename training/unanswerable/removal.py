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
# The rest of a paragraph goes on describing its topic, listing its parts and giving reasons.
_ANSWERED_BY_MANY = re.compile(
    r"哪些|哪几|那些|什么样|怎样|怎么|如何|为什么|为何|原因|是什么[?？]?$|什么是|何谓|是谁[?？]?$|特点|特征|介绍|有什么|有何|简述|影响|作用"
)


def without_the_answer(example: Example, paragraphs: Paragraphs, rng: random.Random) -> Example | None:
    """``example`` without every sentence that holds one of its answers; None where the rest might still answer it.

    The rest might where it repeats an answer or most of its words, where many sentences together answer such a
    question (为什么, 有哪些, 是谁), and where less than forty characters are left.
    """
    if (
        _ANSWERED_BY_MANY.search(example.question)
        or max(len(answer.text) for answer in example.answers) > _LONGEST_ANSWER
    ):
        return None
    own = paragraphs.of(example)
    gone = own.sentences_of(example.answers)
    rest = "".join(own.text[span.start : span.end] for span in own.sentences if span not in gone).strip()
    if len(rest) < SHORTEST_REST:
        return None
    words = set(keywords(rest))
    folded = plain(rest)
    asked = keywords(example.question)
    for answer in example.answers:
        if answer.text in rest or (plain(answer.text) and plain(answer.text) in folded):
            return None
        if set(keywords(answer.text)).difference(asked) & words:
            return None
    return Example(example.question, rest, (), f"{KIND}/{example.source}", example.group)
