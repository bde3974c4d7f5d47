"""The fourth measure: how long one question over five passages takes, how long the start, how large the folder is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from eval.bench.measure import fixed_work, milliseconds
from eval.systems.best_span import ContextReader
from rag.progress import Progress, silent
from training.measure.errors import MeasureError
from training.measure.libraries import PASSAGES

WARM_UPS = 5
ROUNDS = 60
_SEED = 20


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds for one question over five passages, after warm-up: median and 95th percentile."""

    rounds: int
    p50_ms: float
    p95_ms: float
    passage_chars: float


def measure_times(
    reader: ContextReader,
    questions: Sequence[str],
    passages: Sequence[str],
    rounds: int = ROUNDS,
    progress: Progress = silent,
    label: str = "time",
) -> Times:
    """Reads questions over five passages drawn from all, always the same ones.

    Raises:
        ValueError: no question, fewer than five passages, or no round.
    """
    if not questions or len(passages) < PASSAGES or rounds < 1:
        raise ValueError(f"{len(questions)} questions, {len(passages)} passages, {rounds} rounds: too few")
    draw = random.Random(_SEED)  # noqa: S311 - a sample of passages, no secret
    taken, lengths = [], []
    for number in range(WARM_UPS + rounds):
        question, contexts = draw.choice(questions), draw.sample(passages, PASSAGES)
        duration = milliseconds(partial(reader.read, question, contexts))
        if number >= WARM_UPS:
            taken.append(duration)
            lengths += [len(context) for context in contexts]
        progress(label, number + 1, WARM_UPS + rounds)
    return Times(rounds, float(np.median(taken)), float(np.percentile(taken, 95)), float(np.mean(lengths)))


def measure_noise(rounds: int = ROUNDS) -> float:
    """How unevenly work runs that always takes as long: its 95th percentile by its median; 1.0 on a quiet machine."""
    taken = [milliseconds(fixed_work) for _ in range(rounds)]
    return float(np.percentile(taken, 95) / np.median(taken))


def megabytes(path: Path) -> float:
    """The size of a file, or of all files in a folder, in MB of 10⁶ bytes.

    Raises:
        MeasureError: there is no such file or folder.
    """
    if not path.exists():
        raise MeasureError(f"{path}: no such file or folder")
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6
