"""The question over another paragraph: of the same article, or the nearest that BM25 finds."""

from __future__ import annotations

import random
from collections.abc import Sequence

from rag.text.tokens import keywords
from training.examples import Example
from training.unanswerable.paragraphs import Paragraph, Paragraphs

KIND = "sibling"
_NEAREST = 12


def another_paragraph(example: Example, paragraphs: Paragraphs, rng: random.Random) -> Example | None:
    """``example``'s question over a paragraph that looks like its own and does not hold the answer; None if none fits.

    A paragraph of another article must also lack the rarest word of the question: that is what it is about, and a
    question without it (什么是…的优点) may well be answered there too.
    """
    own = paragraphs.of(example)
    asked = keywords(example.question)
    siblings = paragraphs.siblings(own)
    rng.shuffle(siblings)
    told = own.told(example.question)
    siblings = [other for other in siblings if not any(_tells_most(text, told) for text in other.sentence_texts)]
    for other in [*siblings, *_nearest(own, asked, paragraphs, rng)]:
        if _is_unlike(other, own, example, asked):
            return Example(example.question, other.text, (), f"{KIND}/{example.source}", other.group)
    return None


def _nearest(own: Paragraph, asked: Sequence[str], paragraphs: Paragraphs, rng: random.Random) -> list[Paragraph]:
    by_rarity = sorted(set(asked), key=lambda term: (paragraphs.rarity(term), term))
    if len(by_rarity) < 2 or paragraphs.rarity(by_rarity[0]) > max(3, len(paragraphs.all) // 50):
        return []
    # The rest of the question finds paragraphs that tell the same of something else.
    near = paragraphs.nearest(own, by_rarity[1:], _NEAREST)
    near = [other for other in near if by_rarity[0] not in other.words]
    # Not always the very nearest, or a paragraph of common words would stand for hundreds of questions.
    return near[rng.randrange(2) :] if len(near) > 1 else near


def _tells_most(sentence: str, told: frozenset[str]) -> bool:
    """Whether a sentence on the same topic holds most of what the question tells: it may answer with another answer."""
    return bool(told) and 3 * sum(word in sentence for word in told) >= 2 * len(told)


def _is_unlike(other: Paragraph, own: Paragraph, example: Example, asked: Sequence[str]) -> bool:
    """Whether ``other`` neither holds an answer, nor most words of one, nor copies the paragraph."""
    for answer in example.answers:
        if other.holds(answer.text):
            return False
        words = set(keywords(answer.text)).difference(asked)
        if words and 2 * len(words & other.words) >= len(words):
            return False
    return not other.copies(own)
