"""The question with one of its conditions swapped for another that the paragraph does not answer it for."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from rag.question.surnames import looks_like_person
from rag.text.tokens import keywords
from rag.types import Span
from training.examples import Example
from training.unanswerable.contrasts import contrasts
from training.unanswerable.mentions import Mention, ending, mentions, names_of
from training.unanswerable.paragraphs import Paragraph, Paragraphs
from training.unanswerable.places import same_rank

KIND = "swapped"
_NEAREST = 15
_SHORTEST_REST = 3
_INSIDE = 0.6
"""The share of swaps for which a replacement from the paragraph itself is tried first."""

_ASKED_AND_HELD = tuple(
    (re.compile(asked), re.compile(held))
    for asked, held in (
        (r"时候|何时|何年|哪年|哪一年|几年|年份|哪一天|日期|几月|时间|年代|时期", r"[年月日]|[初末中]期?|时期|朝|代"),
        (r"多少|几|多大|多高|多长|多远|多久|何种程度|比例|人口|面积", r"[\d一二三四五六七八九十百千万亿两]"),
        (r"哪里|哪儿|何地|何处|地方|地点|哪个[省市县区国]|哪国|地区|位于|在哪", r"[省市县区国州岛山河湖海港镇乡村洲]"),
    )
)
"""What a question asks for, and what shows that a sentence may give it."""

_EVERYWHERE = ("全国各", "全球各", "世界各")
_RANGE_SIGNS = ("至", "到", "-", "—", "–", "~", "～", "∼", "－", "间", "年代", "世纪", "起", "以来", "自", "从", "直")


def swapped_question(example: Example, paragraphs: Paragraphs, rng: random.Random) -> Example | None:
    """``example`` with one word or name of its question swapped; None where no swap is safe."""
    own = paragraphs.of(example)
    named = mentions(example.question, own)
    tries: list[Mention | tuple[int, int, str]] = [mention for mention in named if _matters(mention, example, named)]
    tries += contrasts(example.question, own.text)
    rng.shuffle(tries)
    for tried in tries:
        if isinstance(tried, Mention):
            start, end, what = tried.start, tried.end, str(tried.kind)
            replacement = _replacement(example, own, tried, paragraphs, rng)
        else:
            start, end, replacement = tried
            what = "contrast"
        # What a question of one name and nothing else asks cannot be known.
        if replacement and len(example.question) - (end - start) >= _SHORTEST_REST:
            question = example.question[:start] + replacement + example.question[end:]
            return Example(question, example.context, (), f"{KIND}/{what}/{example.source}", example.group)
    return None


def _matters(mention: Mention, example: Example, named: Sequence[Mention]) -> bool:
    """Whether the question cannot be meant without what it names.

    A place or a number often only describes: in a clause before the one that asks, beside a title or a topic that
    says alone what is meant, or where the paragraph speaks of the whole country.
    """
    if mention.kind not in ("place", "number"):
        return True
    if re.search("[，,]", example.question[mention.end :]) or any(sign in example.context for sign in _EVERYWHERE):
        return False
    others = [other for other in named if other.end <= mention.start or mention.end <= other.start]
    return all(other.kind not in ("title", "topic") for other in others)


def _replacement(
    example: Example, own: Paragraph, mention: Mention, paragraphs: Paragraphs, rng: random.Random
) -> str | None:
    if rng.random() < _INSIDE:
        taken = [*own.sentences_with(mention.text), *own.sentences_of(example.answers)]
        inside = [name for name in _inside(own, mention) if _is_elsewhere(name, example, own, mention, taken)]
        if inside:
            return rng.choice(inside)
    outside = [name for name in _outside(example, own, mention, paragraphs) if _is_other(name, mention, own)]
    return rng.choice(outside) if outside else None


def _inside(own: Paragraph, mention: Mention) -> list[str]:
    """Names of the same kind in the paragraph."""
    if mention.kind in ("number", "topic"):
        return []
    names = names_of(own, mention.kind)
    if mention.kind == "place":
        allowed = set(same_rank(mention.text))
        names = [name for name in names if name in allowed]
    return [name for name in names if not _alike(name, mention.text)]


def _is_elsewhere(name: str, example: Example, own: Paragraph, mention: Mention, taken: Sequence[Span]) -> bool:
    """Whether ``name`` stands in the paragraph only where nothing of the question's is told.

    It must share no sentence with the name it replaces (it may be the same by another name) nor with an answer, which
    are those ``taken``, and
    no sentence with it, nor the one after that, may hold a word of the rest of the question that is not said
    throughout the paragraph.
    """
    spans = own.sentences_with(name)
    if any(span in taken for span in spans):
        return False
    rest = example.question[: mention.start] + "，" + example.question[mention.end :]
    told = own.told(rest)
    if len(told) < 2:
        return False
    numbers = {own.sentences.index(span) for span in spans}
    near = [own.sentences[number + step] for number in numbers for step in (0, 1) if number + step < len(own.sentences)]
    texts = [own.text[span.start : span.end] for span in near]
    return not any(told.intersection(keywords(text)) or _has_what_is_asked(text, rest) for text in texts)


def _has_what_is_asked(text: str, question: str) -> bool:
    """Whether ``text`` holds a time, number or place where ``question`` asks for one."""
    return any(asked.search(question) and held.search(text) for asked, held in _ASKED_AND_HELD)


def _outside(example: Example, own: Paragraph, mention: Mention, paragraphs: Paragraphs) -> Iterable[str]:
    """Names of the same kind that do not stand in the paragraph, the nearest first."""
    if mention.kind in ("year", "number") and _is_in_range(own.text, mention.text):
        return []
    if mention.kind == "year":
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
    # The topics of two paragraphs of one article may be two names of the same.
    siblings = [] if mention.kind == "topic" else paragraphs.siblings(own)
    for near in [*siblings, *paragraphs.nearest(own, terms, _NEAREST)]:
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
    return name[-1] == other[-1] or (looks_like_person(name) and looks_like_person(other))


def _is_other(name: str, mention: Mention, own: Paragraph) -> bool:
    return not own.holds(name) and not _alike(name, mention.text)


def _alike(name: str, other: str) -> bool:
    """Whether one may stand for the other: the same, or one inside the other."""
    bare, other_bare = name.strip("《》"), other.strip("《》")
    return bare in other_bare or other_bare in bare


def _is_in_range(text: str, number: str) -> bool:
    """Whether a range (从1990年起, 1000至1500米), and so other numbers too, may be meant where ``number`` stands."""
    places = (match.start() for match in re.finditer(re.escape(number), text))
    return any(sign in text[max(0, at - 6) : at + len(number) + 7] for at in places for sign in _RANGE_SIGNS)
