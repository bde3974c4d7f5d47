"""Single questions as the report shows them: what went wrong, and where the evidence stands in what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eval.cases import Case, locate
from eval.outcomes import Outcome
from eval.report import by_kind
from rag.types import Citation, Passage, Span

CAUSES: Mapping[str, tuple[str, str]] = {
    "not_found": ("Evidence not retrieved", "some of the evidence is in none of the passages retrieved"),
    "held_back": ("Refused despite evidence", "the evidence was retrieved, and yet nothing was answered"),
    "elsewhere": ("Wrong place", "the evidence was retrieved, but the answer cites something else"),
    "misread": ("Right place, wrong words", "the answer cites the evidence, but says what is not accepted"),
    "claimed": ("Should have refused", "something was claimed that the articles do not say"),
    "mixed_up": ("Refusal and small talk", "one was due, the other came"),
}
"""Each way to fail: its name and what it means."""

FLAWS: Mapping[str, tuple[str, str]] = {
    "evidence_uncited": ("Evidence not cited", "the citations leave out some of the evidence"),
    "cites_else": ("Cites something else", "a citation shows no evidence"),
    "ungrounded": ("Ungrounded figure", "a figure with a unit stands in none of the quotes"),
    "says_more": ("Says other figures", "another figure of the same unit stands in the answer"),
}
"""What may be amiss with an answer that is right."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters, and whether it is evidence."""

    text: str
    evidence: bool


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A retrieved passage, its rank from 1, its text in pieces."""

    rank: int
    passage: Passage
    pieces: tuple[Piece, ...]

    @property
    def has_evidence(self) -> bool:
        """Whether any of it is evidence."""
        return any(piece.evidence for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A citation and its quote in pieces."""

    citation: Citation
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """An outcome with everything that helps to see why it came so. ``tags`` are keys of `CAUSES` or of `FLAWS`."""

    outcome: Outcome
    tags: tuple[str, ...]
    passages: tuple[ShownPassage, ...]
    citations: tuple[ShownCitation, ...]


def cause(outcome: Outcome) -> str:
    """Why a question went wrong, as far as its scores tell: a key of `CAUSES`."""
    if not outcome.case.answerable:
        return "claimed" if outcome.gave_answer else "mixed_up"
    if outcome.gave_answer and outcome.cited == 1.0:
        return "misread"
    if None in outcome.ranks:
        return "not_found"
    return "elsewhere" if outcome.gave_answer else "held_back"


def flaws(outcome: Outcome) -> tuple[str, ...]:
    """What is amiss with a question that went right: keys of `FLAWS`."""
    if not outcome.gave_answer:
        return ()
    found = {
        "evidence_uncited": outcome.cited < 1.0,
        "cites_else": outcome.citing is not None and outcome.citing < 1.0,
        "ungrounded": bool(outcome.ungrounded),
        "says_more": outcome.alone < 1.0,
    }
    return tuple(flaw for flaw, is_so in found.items() if is_so)


def failures(outcomes: Sequence[Outcome]) -> dict[str, list[ShownQuestion]]:
    """The questions that went wrong, by kind."""
    wrong = [outcome for outcome in outcomes if not outcome.right]
    return {kind: [_shown(outcome, (cause(outcome),)) for outcome in group] for kind, group in by_kind(wrong).items()}


def flawed(outcomes: Sequence[Outcome]) -> list[ShownQuestion]:
    """The questions that went right, with something amiss in how they were answered."""
    return [_shown(outcome, found) for outcome in outcomes if outcome.right and (found := flaws(outcome))]


def _shown(outcome: Outcome, tags: tuple[str, ...]) -> ShownQuestion:
    case = outcome.case
    return ShownQuestion(
        outcome,
        tags,
        tuple(
            ShownPassage(rank, passage, _pieces_of(case, passage.article_id, passage.text))
            for rank, passage in enumerate(outcome.passages, 1)
        ),
        tuple(
            ShownCitation(citation, _pieces_of(case, citation.article_id, citation.quote))
            for citation in outcome.answer.citations
        ),
    )


def _pieces_of(case: Case, article: str, text: str) -> tuple[Piece, ...]:
    return pieces(text, case.evidence if article == case.article else ())


def pieces(text: str, evidence: Sequence[str]) -> tuple[Piece, ...]:
    """A text cut where evidence begins and ends; put together again the pieces are the text.

    Example:
        >>> pieces("甲是乙。丙是丁。", ["丙是 丁。"])
        (Piece(text='甲是乙。', evidence=False), Piece(text='丙是丁。', evidence=True))
    """
    places = [place for quote in evidence if (place := _stands(quote, text)) is not None]
    marked = [any(place.start <= at < place.end for place in places) for at in range(len(text))]
    cuts = [at for at in range(1, len(text)) if marked[at] != marked[at - 1]]
    return tuple(
        Piece(text[start:end], marked[start])
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)
        if start < end
    )


def _stands(quote: str, text: str) -> Span | None:
    whole = locate(quote, text)
    if whole is not None:
        return whole
    # A passage may end within the evidence, and a citation may show a clause of it.
    match = SequenceMatcher(None, text, quote, autojunk=False).find_longest_match()
    enough = 2 * match.size >= min(len(text), len(quote)) > 0
    return Span(match.a, match.a + match.size) if enough else None
