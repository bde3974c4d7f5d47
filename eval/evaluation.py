"""One run over one set of questions: what 据文 answered, and what simpler systems answered to the same questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from eval.cases import Case
from eval.outcomes import Outcome
from rag.types import Answer, Passage


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system made of a question: its answer, and the passages that it had found, best first.

    A passage is a slice of an article's text, so that systems that split articles differently can be compared by
    where in the article their passages stand. ``milliseconds`` is what the answer alone took, where a system then looks
    up its passages only to show them; None where the whole call is the answer.
    """

    answer: Answer
    passages: tuple[Passage, ...]
    milliseconds: float | None = None


class System(Protocol):
    """Something that answers questions over a corpus: 据文 itself, a part of it, or another recipe."""

    name: str

    def ask(self, case: Case) -> Reply:
        """Answer the question of ``case``, after its history."""
        ...


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcomes of 据文 on the cases of the set ``name``, and those of other systems on the same cases, by name."""

    name: str
    outcomes: Sequence[Outcome]
    baselines: Mapping[str, Sequence[Outcome]] = field(default_factory=dict)
