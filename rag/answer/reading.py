"""What a reader finds in the passages, and the one-method protocol that any reader follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.question.focus import Focus
from rag.types import Article, Passage, Span


@dataclass(frozen=True, slots=True)
class Support:
    """A slice of an article that a finding rests on."""

    article_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One possible answer.

    ``short`` is the answer itself, ``answer_span`` where it stands (None for a computed value). ``support``
    holds the sentence of the answer first, then sentences it takes its year or place from. ``confidence`` is
    from 0 to 1. ``formula`` is set for a computed value. ``note`` is "confirmed" or "contradicted" where the
    question stated a figure; ``period`` the time that a figure is for, where the question named none. ``as_of`` is the
    year of the article where a span was counted up to it; ``dated`` a time that counts on from another (次年), and the
    date that it comes to. ``unit`` is the end of ``short`` that another line of ``support`` gives to the figure, as the
    head of a table does.
    """

    short: str | None
    answer_span: Span | None
    support: tuple[Support, ...]
    confidence: float
    formula: str | None = None
    note: str | None = None
    period: str | None = None
    as_of: str | None = None
    dated: tuple[str, str] | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading: findings, best first, and the closest sentences where nothing answers.

    ``obstacle`` is why the closest sentence is no answer: "time", "name", "kind" or "" (unclear).
    """

    findings: tuple[Finding, ...] = ()
    closest: tuple[Support, ...] = ()
    obstacle: str = ""

    @property
    def best(self) -> Finding | None:
        """The finding with the highest confidence, or None."""
        return self.findings[0] if self.findings else None


@dataclass(frozen=True, slots=True)
class Material:
    """What a reader is given: a standalone question, its focus, and retrieved passages, best first."""

    question: str
    focus: Focus
    passages: Sequence[Passage]
    articles: Mapping[str, Article]


class Reader(Protocol):
    """Finds the answer to a question in passages, or nothing."""

    def read(self, material: Material) -> Reading:
        """Read ``material``; an empty `Reading.findings` means that the passages do not answer."""
        ...
