"""The third measure: a question to all paragraphs at once, ours beside the plain recipe, read by the same reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.public.cmrc import bare
from eval.systems.best_span import BestSpan, ContextReader, best_reading
from rag.progress import Progress, silent
from training.measure.libraries import Library
from training.measure.paragraph_given import Scores, score
from training.measure.trial import TrialQuestion

Combine = Callable[[ContextReader, str, Sequence[str]], BestSpan]
"""Reads several contexts and settles on one answer."""


@dataclass(frozen=True, slots=True)
class OpenScores:
    """CMRC's scores of the answers, and for how many questions, in percent, a context held an accepted answer."""

    name: str
    scores: Scores
    answer_shown: float


def measure_open_retrieval(
    reader: ContextReader,
    questions: Sequence[TrialQuestion],
    library: Library,
    combine: Combine = best_reading,
    progress: Progress = silent,
) -> OpenScores:
    """Retrieves contexts for each question, reads them together, and scores the answer.

    Raises:
        ValueError: there is no question.
    """
    predicted, shown = [], 0
    for number, question in enumerate(questions, 1):
        contexts = library.retrieve(question.question)
        predicted.append(combine(reader, question.question, contexts).text)
        texts = [bare(context) for context in contexts]
        shown += any(bare(answer) in text for answer in question.answers for text in texts)
        progress(f"open retrieval: {library.name}", number, len(questions))
    scores = score(predicted, [question.answers for question in questions])
    return OpenScores(library.name, scores, 100 * shown / len(questions))
