"""How many unanswerable examples of which kind are made from each answerable one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from training.examples import Example
from training.unanswerable import removal, siblings, swaps
from training.unanswerable.paragraphs import Paragraphs

_Maker = Callable[[Example, Paragraphs, random.Random], Example | None]

# A swap or a removal is safe for less than half of the questions, a sibling for nearly all: with these shares each
# kind is about a third of all.
_MAKERS: tuple[tuple[_Maker, float], ...] = (
    (swaps.swapped_question, 1.0),
    (removal.without_the_answer, 1.0),
    (siblings.another_paragraph, 0.5),
)
"""What makes an unanswerable example, and the share of the answerable ones that it is tried on."""

_MOST = 2
"""Unanswerable examples from one answerable one."""


def make_unanswerable(examples: Sequence[Example], seed: int) -> list[Example]:
    """Hard unanswerable examples made from answerable ones, about as many, at most two from each.

    The same examples and seed give the same result. Three kinds, named in ``source`` before the original's:
    "sibling" (the question over another paragraph), "swapped/<what>" (a condition of the question swapped) and
    "removed" (the paragraph without the sentences that answer). Examples without an answer are passed over.
    """
    answerable = [example for example in examples if example.answers]
    if not answerable:
        return []
    paragraphs = Paragraphs(answerable)
    made: list[Example] = []
    for example in answerable:
        # Its own source of chance, so that an example gets the same whatever stands before it.
        rng = random.Random(f"{seed}\n{example.question}\n{example.context}")  # noqa: S311
        tried = [make for make, share in _MAKERS if rng.random() < share]
        rng.shuffle(tried)
        found = [unanswerable for make in tried if (unanswerable := make(example, paragraphs, rng)) is not None]
        made.extend(found[:_MOST])
    return made
