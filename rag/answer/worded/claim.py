"""One sentence of a worded answer, taken apart into what can be checked: figures, times, names, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rag.answer.evidence import Sentence, read_sentence
from rag.question.language import detect_language
from rag.question.terms import Term, find_terms
from rag.text.normalise import fold
from rag.text.numbers import Quantity
from rag.types import Article, Block, BlockKind, Language

NAME_TAGS = frozenset({"nr", "ns", "nt"})
"""The parts of speech of people, places and bodies."""
_COUNTING = frozenset("一二三四五六七八九十两几数")
_NUMBERS = r"\d{1,3}(?:\s*[,，、;；]\s*\d{1,3})*"
# What models write instead of [1]: full-width and black brackets, footnotes, several numbers in one pair.
MARK = rf"\s*[\[［【〔](?:\^|文段|段落|来源|passage\s*|source\s*)?\s*(?:{_NUMBERS})\s*[\]］】〕]"
"""A mark, as a regular expression without groups."""
_MARK = re.compile(MARK, re.IGNORECASE)
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", '"': '"'}
_AROUND_QUOTED = " \u3000,，。.!！?？;；:：…"
_LINK = re.compile(
    r"(?:https?|ftp|javascript|data|mailto):\S+|www\.\S+|\b[\w.+-]+@[\w-]+\.\w+|!?\[[^\]]*\]\([^)]*\)|<[a-z/!][^>]*>"
    r"|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|info|io|cc|top|xyz|ru|me|app|dev|site|vip|club|shop)(?![a-z0-9])",
    re.IGNORECASE,
)
_BETWEEN_WORDS = re.compile(r"[\s,，、。.!！?？;；:：…“”‘’「」『』《》\"()（）—]")
_BETWEEN_DIGITS = re.compile(rf"(?<=\d)(?:{_BETWEEN_WORDS.pattern})+(?=\w)")
_ENDS_TWICE = re.compile(r"([。！？!?])[。.]+$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a worded answer.

    ``text`` is the sentence without its marks, ``cited`` the numbers in these, in order, each once. ``sentence`` is
    the same text read like one of an article, so that its figures and times can be set against those of articles.
    """

    text: str
    cited: tuple[int, ...]
    sentence: Sentence

    @property
    def language(self) -> Language:
        """The language that the sentence is written in."""
        return detect_language(self.text)

    @property
    def figures(self) -> tuple[Quantity, ...]:
        """The quantities that it states."""
        return self.sentence.quantities

    @property
    def terms(self) -> tuple[Term, ...]:
        """Its content words but for times and figures."""
        return find_terms(self.text, (*self.sentence.times, *self.sentence.quantities))

    @property
    def names(self) -> tuple[Term, ...]:
        """The names among its words, with every word that the tagger takes for a person, a place or a body."""
        return tuple(
            term
            for term in self.terms
            if (term.is_name or _is_tagged_name(term)) and not (term.tag == "nr" and term.text[0] in _COUNTING)
        )

    @property
    def quotations(self) -> tuple[str, ...]:
        """What it quotes, or names as a title; also where one of the two marks is in another sentence."""
        quoted = (part.strip(_AROUND_QUOTED) for part in _quoted(self.text))
        return tuple(dict.fromkeys(part for part in quoted if len(part) > 1))

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses and markup, which no article needs an answer to hold."""
        return tuple(match.group() for match in _LINK.finditer(self.text))


def read_claim(written: str, published: date | None) -> Claim:
    """Take a sentence of a worded answer apart.

    Args:
        written: the sentence as the model wrote it, with marks such as [1].
        published: the date that relative time in it is read against: that of the articles.

    Example:
        >>> claim = read_claim("去年产量为30万台[2]。", date(2025, 3, 1))
        >>> claim.text, claim.cited, claim.sentence.times[0].period.label
        ('去年产量为30万台。', (2,), '2024年')
    """
    numbers = [int(number) for match in _MARK.finditer(written) for number in re.findall(r"\d+", match.group())]
    # 产量30万吨。[1]。 has two full stops once the mark is away.
    text = _ENDS_TWICE.sub(r"\1", _MARK.sub("", written).strip())
    return Claim(text, tuple(dict.fromkeys(numbers)), _as_sentence(text, published))


def _is_tagged_name(term: Term) -> bool:
    return term.tag[:2] in NAME_TAGS and len(term.text) > 1 and term.text[0] not in _COUNTING


def has_mark(written: str) -> bool:
    """Whether a text holds a mark such as [1]."""
    return bool(_MARK.search(written))


@lru_cache(maxsize=1024)
def _as_sentence(text: str, published: date | None) -> Sentence:
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    return read_sentence(Article("", "", text, (block,), published), 0, len(text))


def _quoted(text: str) -> Iterator[str]:
    opened: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        closed = next((mark for mark in reversed(opened) if mark[0] == character), None)
        if closed is not None:
            del opened[opened.index(closed) :]
            yield text[closed[1] : at]
        elif character in _CLOSING:
            opened.append((_CLOSING[character], at + 1))
        elif character in "”」』》":
            yield text[:at]
    yield from (text[start:] for _, start in opened)


def bare_words(text: str) -> str:
    """``text`` folded, without the marks between its words, but with all that belongs to a number.

    Example:
        >>> bare_words("“产量”达30—50万台，增长5%。"), bare_words("第3、5名")
        ('产量达30—50万台增长5%', '第3、5名')
    """
    folded = fold(text)
    kept = {at for match in _BETWEEN_DIGITS.finditer(folded) for at in range(*match.span())}
    return "".join(c for at, c in enumerate(folded) if at in kept or not _BETWEEN_WORDS.match(c))


def plain(text: str) -> str:
    """``text`` folded, without white space: how a quotation is compared."""
    return re.sub(r"\s+", "", fold(text))
