"""The question with one of its conditions swapped for another that the paragraph does not answer it for."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

from rag.text.tokens import keywords
from training.examples import Example
from training.unanswerable.contrasts import contrasts
from training.unanswerable.mentions import Mention, ending, mentions, names_of
from training.unanswerable.paragraphs import Paragraph, Paragraphs
from training.unanswerable.places import same_rank

KIND = "swapped"
_NEAREST = 15
_INSIDE = 0.6
"""The share of swaps for which a replacement from the paragraph itself is tried first."""

_RANGE_SIGNS = ("至", "到", "-", "—", "–", "~", "～", "－", "间", "年代", "世纪")


def swapped_question(example: Example, paragraphs: Paragraphs, rng: random.Random) -> Example | None:
    """``example`` with one word or name of its question swapped; None where no swap is safe."""
    own = paragraphs.of(example)
    tries: list[Mention | tuple[int, int, str]] = [*mentions(example.question, own)]
    tries += contrasts(example.question, own.text)
    rng.shuffle(tries)
    for tried in tries:
        if isinstance(tried, Mention):
            start, end, what = tried.start, tried.end, str(tried.kind)
            replacement = _replacement(example, own, tried, paragraphs, rng)
        else:
            start, end, replacement = tried
            what = "contrast"
        if replacement:
            question = example.question[:start] + replacement + example.question[end:]
            return Example(question, example.context, (), f"{KIND}/{what}/{example.source}", example.group)
    return None


def _replacement(
    example: Example, own: Paragraph, mention: Mention, paragraphs: Paragraphs, rng: random.Random
) -> str | None:
    inside = [name for name in _inside(own, mention) if _is_elsewhere(name, example, own, mention)]
    if inside and rng.random() < _INSIDE:
        return rng.choice(inside)
    outside = [name for name in _outside(example, own, mention, paragraphs) if _is_other(name, mention, own)]
    return (
        rng.choice(outside[:8])
        if outside and mention.kind in ("topic", "person", "organisation", "title")
        else (rng.choice(outside) if outside else None)
    )


def _inside(own: Paragraph, mention: Mention) -> list[str]:
    """Names of the same kind in the paragraph."""
    if mention.kind in ("number", "topic"):
        return []
    names = names_of(own, mention.kind)
    if mention.kind == "place":
        allowed = set(same_rank(mention.text))
        names = [name for name in names if name in allowed]
    return [name for name in names if not _alike(name, mention.text)]


def _is_elsewhere(name: str, example: Example, own: Paragraph, mention: Mention) -> bool:
    """Whether ``name`` stands in the paragraph only where nothing of the question's is told.

    It must share no sentence with the name it replaces (it may be the same by another name) nor with an answer, and
    no sentence with it, nor the one after that, may hold a word of the rest of the question that is not said
    throughout the paragraph.
    """
    spans = own.sentences_with(name)
    taken = [*own.sentences_with(mention.text), *own.sentences_of(example.answers)]
    if any(span in taken for span in spans):
        return False
    rest = example.question[: mention.start] + "，" + example.question[mention.end :]
    topic = set(keywords(own.topic))
    told = {word for word in keywords(rest) if word not in topic and own.terms.count(word) < 4}
    if len(told) < 2:
        return False
    numbers = {own.sentences.index(span) for span in spans}
    near = [own.sentences[number + step] for number in numbers for step in (0, 1) if number + step < len(own.sentences)]
    return not any(told.intersection(keywords(own.text[span.start : span.end])) for span in near)


def _outside(example: Example, own: Paragraph, mention: Mention, paragraphs: Paragraphs) -> Iterable[str]:
    """Names of the same kind that do not stand in the paragraph, the nearest first."""
    if mention.kind == "year":
        if any(
            sign in own.text[max(0, at - 6) : at + 11]
            for at in _places_of(own.text, mention.text)
            for sign in _RANGE_SIGNS
        ):
            return []
        year = int(mention.text)
        return [str(year + step) for step in (-10, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 10)]
    if mention.kind == "day":
        month, _, day = mention.text.partition("月")
        months = [f"{other}月{day}" for other in range(1, 13) if other != int(month)]
        days = [f"{month}月{other}{day[-1]}" for other in range(1, 29) if str(other) != day[:-1]] if day else []
        return [*months, *days]
    if mention.kind == "number":
        number = int(mention.text)
        steps = (-3, -2, -1, 1, 2, 3) if number < 100 else (-number // 2, -number // 10, number // 10, number // 2)
        return [str(number + step) for step in steps if number + step > 1]
    if mention.kind == "place":
        return same_rank(mention.text)
    return list(dict.fromkeys(_from_neighbours(example, own, mention, paragraphs)))


def _from_neighbours(example: Example, own: Paragraph, mention: Mention, paragraphs: Paragraphs) -> Iterator[str]:
    terms = [*keywords(example.question), *own.terms[:30]]
    for near in [*paragraphs.siblings(own), *paragraphs.nearest(own, terms, _NEAREST)]:
        for name in names_of(near, mention.kind):
            if mention.kind == "organisation" and ending(name) != ending(mention.text):
                continue
            if mention.kind == "topic" and not _same_kind_of_topic(name, mention.text):
                continue
            yield name


def _same_kind_of_topic(name: str, other: str) -> bool:
    """Whether two topics may be asked the same: both titles, both foreign names, or alike in their last character."""
    if name.startswith("《") or other.startswith("《"):
        return name[0] == other[0]
    if "·" in name or "·" in other:
        return "·" in name and "·" in other
    return name[-1] == other[-1] or (len(name) == len(other) == 3)


def _is_other(name: str, mention: Mention, own: Paragraph) -> bool:
    return not own.holds(name) and not _alike(name, mention.text)


def _alike(name: str, other: str) -> bool:
    """Whether one may stand for the other: the same, or one inside the other."""
    bare, other_bare = name.strip("《》"), other.strip("《》")
    return bare in other_bare or other_bare in bare


def _places_of(text: str, looked_for: str) -> Sequence[int]:
    return [at for at in range(len(text)) if text.startswith(looked_for, at)]
