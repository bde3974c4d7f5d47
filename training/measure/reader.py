"""What is measured: anything that reads contexts for the answer to a question."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from eval.systems.best_span import BestSpan, Candidate, ContextReader


@runtime_checkable
class CalibratedReader(Protocol):
    """A reader that also says how probable a candidate is."""

    def probability(self, candidate: Candidate) -> float:
        """The probability, 0.0 to 1.0, that the candidate's context answers the question with it."""
        ...


def answerability(reader: ContextReader, reading: BestSpan) -> float:
    """How surely the question is answered, in the reader's best measure: its probability, where it gives one."""
    if isinstance(reader, CalibratedReader):
        return reader.probability(reading.candidate) if reading.candidate else 0.0
    return reading.margin
