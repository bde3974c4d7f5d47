"""The best span that a reader finds over several contexts, with nothing added to what the reader says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Candidate(Protocol):
    """A span of a context that may be the answer; `rag.models.span_model.SpanCandidate` is one."""

    @property
    def start(self) -> int:
        """Where it starts in its context, in code points."""
        ...

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        ...

    @property
    def score(self) -> float:
        """The logit of its start plus that of its end."""
        ...

    @property
    def null_score(self) -> float:
        """The same sum for "no answer"."""
        ...

    @property
    def answerable(self) -> float:
        """How surely the context answers at all, read from the whole context; higher is surer."""
        ...


class ContextReader(Protocol):
    """Reads contexts for the answer to a question; `rag.models.span_model.SpanModel` does."""

    def read(self, question: str, contexts: Sequence[str]) -> Sequence[Sequence[Candidate]]:
        """The candidates of each context, in the order of the contexts; a context may have none."""
        ...


@dataclass(frozen=True, slots=True)
class BestSpan:
    """The best candidate over the contexts that were read, its text, and the number of its context."""

    text: str
    context: int
    candidate: Candidate | None

    @property
    def margin(self) -> float:
        """The candidate's score above "no answer"; minus infinity where there is no candidate."""
        return margin(self.candidate) if self.candidate else float("-inf")


def margin(candidate: Candidate) -> float:
    """How far a span's score is above the score of "no answer"."""
    return candidate.score - candidate.null_score


def best_reading(reader: ContextReader, question: str, contexts: Sequence[str]) -> BestSpan:
    """The candidate with the greatest margin over all contexts; an empty text where no context has one.

    Scores of spans alone can't be compared between contexts, since each context's logits have a level of their own;
    above the context's own "no answer" they can (Clark and Gardner 2018, https://arxiv.org/abs/1710.10723).

    Raises:
        ValueError: the reader does not give one list of candidates for each context.
    """
    best = BestSpan("", -1, None)
    for number, (context, candidates) in enumerate(zip(contexts, reader.read(question, contexts), strict=True)):
        for candidate in candidates:
            if margin(candidate) > best.margin:
                best = BestSpan(context[candidate.start : candidate.end], number, candidate)
    return best
