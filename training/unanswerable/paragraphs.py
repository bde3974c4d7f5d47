"""The paragraphs that a set of examples is asked over: their words, their topics, and which is near which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.index.keywords import KeywordIndex
from rag.text.normalise import arabic_numerals, fold
from rag.text.sentences import split_sentences
from rag.text.tokens import Token, keywords, tokenize
from rag.types import Span
from training.examples import Answer, Example

LARGEST_ARTICLE = 60
"""Paragraphs; a group of more is a whole data set, not one article."""

_PIECE = 12
_THROUGHOUT = 4
_NOT_WORD = re.compile(r"[\W_]+")
_TOPIC_END = re.compile(r"[（(,，。:：、]|是(?=[一位中美日英法])|为(?=[一位])|于|主要|分布")
_TITLE_TOPIC = re.compile(r"《[^《》]{1,30}》")


def plain(text: str) -> str:
    """``text`` folded, numerals in Arabic digits, only letters and digits: the form in which strings are compared.

    >>> plain("《第三 屆》，ＡＢ")
    '第3届ab'
    """
    return _NOT_WORD.sub("", arabic_numerals(fold(text)))


@dataclass(frozen=True)
class Paragraph:
    """A context with what is asked of it again and again; made once."""

    number: int
    text: str
    group: str

    @cached_property
    def plain(self) -> str:
        """The text as strings are looked for in it."""
        return plain(self.text)

    @cached_property
    def terms(self) -> list[str]:
        """Its keywords, in order."""
        return keywords(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its keywords, each once."""
        return frozenset(self.terms)

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words with their parts of speech."""
        return tokenize(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        """Its sentences."""
        return split_sentences(self.text)

    @cached_property
    def sentence_texts(self) -> list[str]:
        """Its sentences as text."""
        return [self.text[span.start : span.end] for span in self.sentences]

    @cached_property
    def topic(self) -> str:
        """What an encyclopedia's paragraph opens with: the words before the first bracket, comma or 是; else ""."""
        title = _TITLE_TOPIC.match(self.text)
        if title:
            return title[0]
        end = _TOPIC_END.search(self.text)
        topic = self.text[: end.start()].strip() if end else ""
        return topic if 2 <= len(topic) <= 12 else ""

    def holds(self, text: str) -> bool:
        """Whether ``text`` stands in it, however it is spaced, punctuated or numbered."""
        looked_for = plain(text)
        return (looked_for in self.plain) if looked_for else (text in self.text)

    def sentences_with(self, text: str) -> list[Span]:
        """The sentences that ``text`` touches, wherever it stands."""
        found = []
        at = self.text.find(text)
        while at >= 0:
            found.append((at, at + len(text)))
            at = self.text.find(text, at + 1)
        return [span for span in self.sentences if any(span.start < end and start < span.end for start, end in found)]

    def sentences_of(self, answers: Iterable[Answer]) -> list[Span]:
        """The sentences that any of the answers touches, wherever its text stands."""
        spans = {span for answer in answers for span in self.sentences_with(answer.text)}
        return sorted(spans, key=lambda span: span.start)

    def told(self, question: str) -> frozenset[str]:
        """What ``question`` tells of the topic: its keywords that are not said throughout the paragraph."""
        throughout = set(keywords(self.topic))
        return frozenset(
            word for word in keywords(question) if word not in throughout and self.terms.count(word) < _THROUGHOUT
        )

    def copies(self, other: Paragraph) -> bool:
        """Whether the two share more than a phrase: the same text, one inside the other, or overlapping windows."""
        shorter, longer = sorted((self.plain, other.plain), key=len)
        pieces = [shorter[at : at + _PIECE] for at in range(0, len(shorter), _PIECE)]
        return sum(piece in longer for piece in pieces) > 0.05 * len(pieces)


class Paragraphs:
    """Every context of some examples, each once, searchable by keyword."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Take the contexts of ``examples``; there must be at least one."""
        self._by_text: dict[str, Paragraph] = {}
        self._by_group: dict[str, list[Paragraph]] = {}
        for example in examples:
            if example.context not in self._by_text:
                paragraph = Paragraph(len(self._by_text), example.context, example.group)
                self._by_text[example.context] = paragraph
                self._by_group.setdefault(example.group, []).append(paragraph)
        self.all = list(self._by_text.values())
        self._index = KeywordIndex.build([paragraph.terms for paragraph in self.all])

    def of(self, example: Example) -> Paragraph:
        """The paragraph of an example."""
        return self._by_text[example.context]

    def siblings(self, paragraph: Paragraph) -> list[Paragraph]:
        """The other paragraphs of the same article."""
        group = self._by_group[paragraph.group]
        if not paragraph.group or len(group) > LARGEST_ARTICLE:
            return []
        return [other for other in group if other is not paragraph]

    def nearest(self, paragraph: Paragraph, terms: Sequence[str], k: int) -> list[Paragraph]:
        """At most ``k`` paragraphs of other articles that share ``terms``, best first (BM25)."""
        own = {paragraph.number, *(other.number for other in self.siblings(paragraph))}
        found = self._index.search(terms, k + len(own))
        return [self.all[number] for number, _ in found if number not in own][:k]

    def rarity(self, term: str) -> int:
        """How many paragraphs hold a term: the fewer, the rarer."""
        return self._index.document_frequency(term)
