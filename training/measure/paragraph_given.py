"""The first measure: CMRC 2018, the question with its paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.public.cmrc import exact_match, f1
from eval.systems.best_span import ContextReader, best_reading
from rag.progress import Progress, silent
from training.measure.trial import TrialQuestion


@dataclass(frozen=True, slots=True)
class Scores:
    """Mean exact match and F1, in percent."""

    questions: int
    exact_match: float
    f1: float


PUBLISHED = {
    "RBT3, 38M": (57.0, 79.0),
    "ELECTRA-180g-small, 12M": (63.8, 82.7),
    "RoBERTa-wwm-ext": (67.4, 87.2),
}
"""Best published runs on the CMRC 2018 development set, EM and F1 (https://github.com/ymcui/Chinese-BERT-wwm,
https://github.com/ymcui/Chinese-ELECTRA)."""


def measure_paragraph_given(
    reader: ContextReader,
    questions: Sequence[TrialQuestion],
    progress: Progress = silent,
    label: str = "paragraph given",
) -> Scores:
    """Reads each question with its own paragraph. Every question has an answer, so the best span always counts."""
    predicted = []
    for number, question in enumerate(questions, 1):
        predicted.append(best_reading(reader, question.question, [question.paragraph.text]).text)
        progress(label, number, len(questions))
    return score(predicted, [question.answers for question in questions])


def score(predicted: Sequence[str], answers: Sequence[Sequence[str]]) -> Scores:
    """CMRC's means over the questions.

    Raises:
        ValueError: there is no question, or not one prediction for each.
    """
    if not answers:
        raise ValueError("no questions to score")
    pairs = list(zip(predicted, answers, strict=True))
    return Scores(
        len(pairs),
        100 * sum(exact_match(said, wanted) for said, wanted in pairs) / len(pairs),
        100 * sum(f1(said, wanted) for said, wanted in pairs) / len(pairs),
    )
