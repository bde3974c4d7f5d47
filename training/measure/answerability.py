"""The second measure: answerable from unanswerable, by the reader's score and by the plain cosine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from eval.systems.best_span import BestSpan, ContextReader, best_reading
from rag.progress import Progress, silent
from training.examples import Example
from training.measure.cosine import CosineBaseline
from training.measure.held_out import HeldOut
from training.measure.paragraph_given import Scores, score
from training.measure.reader import answerability

WRONG_REFUSALS = 0.03
"""The share of answerable questions that a threshold may refuse."""
_LOWEST = -1e30


@dataclass(frozen=True, slots=True)
class ReadExample:
    """An example, the best candidate that the reader found in it, and how sure the reader is (higher is surer)."""

    example: Example
    reading: BestSpan
    score: float


@dataclass(frozen=True, slots=True)
class Separation:
    """How well scores tell answerable from unanswerable.

    ``auroc`` is the chance that an answerable question scores above an unanswerable one (0.5: no better than a coin).
    ``refused`` is the share of the unanswerable that the threshold refuses which refuses 3 % of the answerable.
    """

    auroc: float
    refused: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The reader beside the cosine baseline on one kind of near misses ("all": on all kinds together).

    ``scores`` are CMRC's, of the spans found for the answerable questions.
    """

    data: str
    kind: str
    answerable: int
    unanswerable: int
    scores: Scores
    reader: Separation
    cosine: Separation | None
    wrong_refusals: float = WRONG_REFUSALS


def separation(answerable: Sequence[float], unanswerable: Sequence[float]) -> Separation:
    """Area under the ROC curve, and the share refused at `WRONG_REFUSALS`.

    Raises:
        ValueError: either side is empty.
    """
    if not answerable or not unanswerable:
        raise ValueError(f"{len(answerable)} answerable and {len(unanswerable)} unanswerable: both must be there")
    # Minus infinity, where nothing was found at all, is no number to scikit-learn.
    yes, no = (np.maximum(np.array(scores, float), _LOWEST) for scores in (answerable, unanswerable))
    labels = np.concatenate([np.ones(len(yes)), np.zeros(len(no))])
    threshold = refusal_threshold(yes)
    return Separation(float(roc_auc_score(labels, np.concatenate([yes, no]))), float(np.mean(no < threshold)))


def refusal_threshold(answerable: NDArray[np.float64]) -> float:
    """The highest of the scores below which at most `WRONG_REFUSALS` of the answerable lie."""
    return float(np.sort(answerable)[int(WRONG_REFUSALS * len(answerable))])


def read_all(
    reader: ContextReader, examples: Sequence[Example], progress: Progress = silent, label: str = "near misses"
) -> list[ReadExample]:
    """Every example read with its own context."""
    found = []
    for number, example in enumerate(examples, 1):
        reading = best_reading(reader, example.question, [example.context])
        found.append(ReadExample(example, reading, answerability(reader, reading)))
        progress(label, number, len(examples))
    return found


def measure_answerability(
    reader: ContextReader, data: HeldOut, cosine: CosineBaseline | None, progress: Progress = silent
) -> tuple[list[Comparison], list[ReadExample]]:
    """A comparison for all kinds together, first, and for each kind; and the readings they come from.

    Raises:
        ValueError: the data lacks answerable or unanswerable examples.
    """
    readings = read_all(reader, [*data.answerable, *data.near_misses], progress, f"{data.name}: read")
    scores = [each.score for each in readings]
    cosines = None
    if cosine is not None:
        cosines = cosine.scores([each.example for each in readings], progress, f"{data.name}: cosine")
    first = len(data.answerable)
    spans = score(
        [each.reading.text for each in readings[:first]],
        [[answer.text for answer in example.answers] for example in data.answerable],
    )
    ranges = {"all": (first, len(readings))}
    start = first
    for kind, examples in data.unanswerable.items():
        ranges[kind] = (start, start + len(examples))
        start += len(examples)
    compared = [
        Comparison(
            data.name,
            kind,
            first,
            end - begin,
            spans,
            separation(scores[:first], scores[begin:end]),
            separation(cosines[:first], cosines[begin:end]) if cosines is not None else None,
        )
        for kind, (begin, end) in ranges.items()
    ]
    return (compared if len(data.unanswerable) > 1 else compared[:1]), readings
