"""Many questions, few groups: the same question in other words counts as one."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from rag.text.folding import fold
from rag.text.tokens import keywords

_ALIKE: Final = 0.7
_MOST_WORDINGS: Final = 3

Words: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that are one: the most frequent wording, how often all were asked, and some other wordings."""

    question: str
    count: int
    others: tuple[str, ...] = ()


def same_questions(counts: Mapping[str, int]) -> list[QuestionGroup]:
    """Questions that differ in nothing but case, spaces, punctuation and the kind of characters; most asked first.

    Example:
        >>> [(group.question, group.count) for group in same_questions({"桥有几座": 2, "桥有幾座？": 3, "路有几条": 1})]
        [('桥有幾座？', 5), ('路有几条', 1)]
    """
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for question, count in counts.items():
        groups[_bare(question)][question] += count
    return _ordered(groups.values())


def alike_questions(counts: Mapping[str, int]) -> list[QuestionGroup]:
    """As `same_questions`, and questions of nearly the same content words are one too; figures must be the same.

    Two sets of words are near when they share 70 % of all their words (Jaccard).

    Example:
        >>> [(group.question, group.count) for group in alike_questions({"门票多少钱": 4, "请问门票的钱是多少": 1})]
        [('门票多少钱', 5)]
    """
    same = same_questions(counts)
    words = [frozenset(keywords(group.question)) or frozenset({_bare(group.question)}) for group in same]
    rarity = Counter(word for one in words for word in one)
    # A set that is alike shares one of its rarest words with the leader: only these are looked up.
    leaders: dict[tuple[Words, str], list[int]] = defaultdict(list)
    members: dict[int, Counter[str]] = {}
    for place, (group, mine) in enumerate(zip(same, words, strict=True)):
        figures = frozenset(word for word in mine if any(character.isdigit() for character in word))
        rarest = sorted(mine, key=lambda word: (rarity[word], word))[: len(mine) - math.ceil(_ALIKE * len(mine)) + 1]
        near = {leader for word in rarest for leader in leaders[figures, word]}
        leader = max(near, key=lambda other: (_likeness(words[other], mine), -other), default=place)
        if _likeness(words[leader], mine) < _ALIKE:
            leader = place
        if leader == place:
            members[place] = Counter()
            for word in rarest:
                leaders[figures, word].append(place)
        members[leader][group.question] += group.count
        for other in group.others:
            members[leader].setdefault(other, 0)
    return _ordered(members.values())


def frequent_words(groups: Sequence[QuestionGroup], most: int) -> dict[str, int]:
    """The content words that most of the questions have in common, with how many of the questions have them."""
    words: Counter[str] = Counter()
    for group in groups:
        for word in set(keywords(group.question)):
            if len(word) > 1 and not word.isdigit():
                words[word] += group.count
    return {word: count for word, count in words.most_common(most) if count > 1}


def _bare(question: str) -> str:
    return "".join(character for character in fold(question) if character.isalnum()) or question


def _likeness(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other)


def _ordered(groups: Iterable[Counter[str]]) -> list[QuestionGroup]:
    made = []
    for group in groups:
        wordings = [wording for wording, _ in group.most_common(1 + _MOST_WORDINGS)]
        made.append(QuestionGroup(wordings[0], group.total(), tuple(wordings[1:])))
    return sorted(made, key=lambda group: (-group.count, group.question))
