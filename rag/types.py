"""The nouns of 据文: frozen dataclasses without behaviour beyond derived properties.

All offsets count characters (code points) in the *repaired* text of an article, end exclusive, so that
``article.text[start:end] == quote`` holds for every span, passage and citation.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, Literal

Language = Literal["zh", "en"]
Status = Literal["answered", "computed", "refused", "chitchat"]
Mode = Literal["reader", "llm"]
WORD: Final = "word"
"""The stage in which a language model words the answer; there is none without one."""


class BlockKind(StrEnum):
    """What a block of an article is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, ``start`` inclusive, ``end`` exclusive."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Characters in the span."""
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """One structural unit of an article (title, heading, paragraph, caption, ...).

    ``section`` is the heading that the block stands under ("" before the first heading).
    """

    kind: BlockKind
    start: int
    end: int
    section: str = ""

    @property
    def span(self) -> Span:
        """The characters of the block."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Article:
    """One article, its layout repaired. ``published`` is None where the front matter gives no date."""

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    published: date | None = None
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    source: str = ""
    content_hash: str = ""

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at ``offset``, or None between blocks."""
        return next((block for block in self.blocks if block.start <= offset < block.end), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one paragraph, or of short neighbouring ones of a section: the unit of retrieval.

    ``text == article.text[start:end]``; ``sentences`` are spans in the article's text that
    tile the passage but for the line breaks between paragraphs.
    ``title`` and ``section`` are context for embedding and display, never part of the quote.
    """

    id: str
    article_id: str
    title: str
    section: str
    kind: BlockKind
    text: str
    start: int
    end: int
    sentences: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """The characters of the passage in the article's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A retrieved passage with its fused score (higher is better; comparable within one retrieval only)."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation, as a chat API carries it."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    ``original`` is what was typed; ``standalone`` is normalised, with follow-ups completed and relative time
    resolved; ``notes`` say to the visitor how it was read (the reading of 去年, say).
    """

    original: str
    standalone: str
    language: Language = "zh"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, exact slice of an article: ``article.text[start:end] == quote``."""

    number: int
    article_id: str
    title: str
    section: str
    quote: str
    start: int
    end: int
    url: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a visitor gets.

    ``short`` is the exact answer span or computed value, None where there is none. ``formula`` shows how a
    computed figure (``status == "computed"``) was made. ``suggestions`` are questions that the articles do
    answer. ``related`` are the closest sentences of a refusal: shown apart, no answer. ``timings`` are
    milliseconds per stage.
    """

    text: str
    short: str | None
    status: Status
    citations: tuple[Citation, ...]
    question: str
    notes: tuple[str, ...] = ()
    confidence: float = 0.0
    mode: Mode = "reader"
    timings: Mapping[str, float] = field(default_factory=dict)
    formula: str | None = None
    suggestions: tuple[str, ...] = ()
    related: tuple[Citation, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON types, field by field; `question` is named `question_understood`."""
        data = dataclasses.asdict(self)
        data["question_understood"] = data.pop("question")
        data["timings"] = dict(self.timings)
        return data


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One step of an answer on its way to a reader of a stream.

    ``kind`` is "stage" (``text`` names the stage begun: understand, retrieve, read, answer, and `WORD` where there is
    a language model), "text" (``text`` is the next piece of the answer's text; the pieces joined are ``answer.text``)
    or "answer" (the whole, last).
    """

    kind: Literal["stage", "text", "answer"]
    text: str = ""
    answer: Answer | None = None
