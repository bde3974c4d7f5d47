"""What the reader is trained on, and in which proportion, as training goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from training.examples import Example, read_examples, read_squad, write_examples
from training.features import LENGTHS, Features, Window

log = logging.getLogger(__name__)

TRAINING_FILES = ("cmrc2018-train", "drcd-dev", "xquad-zh", "dureader-robust-dev")
GENERATED = 24_000
"""Generated examples of each of the two kinds of news."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Until which share of the steps, and how much of each pool."""

    until: float
    weights: Mapping[str, float]


STAGES = (
    Stage(0.22, {"read": 0.85, "unanswerable": 0.15}),
    Stage(0.65, {"read": 0.58, "unanswerable": 0.22, "figures": 0.12, "facts": 0.08}),
    Stage(0.88, {"read": 0.25, "unanswerable": 0.08, "figures": 0.07, "facts": 0.04, "written": 0.56}),
    Stage(1.00, {"read": 0.15, "unanswerable": 0.05, "figures": 0.04, "facts": 0.02, "written": 0.74}),
)
"""The written articles come last, when reading is learnt: they are few, and nearest to what visitors ask."""


@dataclass(slots=True)
class Pool:
    """Examples drawn in a new random order on each pass."""

    examples: list[Example]
    order: list[int] = field(default_factory=list)

    def draw(self, random: Random) -> Example:
        """The next example."""
        if not self.order:
            self.order = list(range(len(self.examples)))
            random.shuffle(self.order)
        return self.examples[self.order.pop()]


def load_pools(data: Path, kept: Path, seed: int) -> dict[str, Pool]:
    """The pools of `STAGES`, made from the data sets in `data` and the generators, or read from `kept` if there.

    Making them takes minutes; they are kept so that an interrupted run goes on at once, and on the same examples.

    Raises:
        OSError, ValueError: a data set is missing or is no SQuAD-style JSON.
    """
    pools: dict[str, Pool] = {}
    for name in sorted({name for stage in STAGES for name in stage.weights}):
        path = kept / f"{name}.jsonl"
        if not path.exists():
            kept.mkdir(parents=True, exist_ok=True)
            write_examples(path, _make(name, data, seed))
        pools[name] = Pool(list(read_examples(path)))
        log.info("%s: %d examples", name, len(pools[name].examples))
    return pools


def _make(name: str, data: Path, seed: int) -> Iterable[Example]:
    from training.news import facts, figures
    from training.unanswerable import make_unanswerable
    from training.written import read_written

    if name == "written":
        return read_written()
    if name == "figures":
        return figures.generate(GENERATED, seed)
    if name == "facts":
        return facts.generate(GENERATED, seed)
    read = [example for file in TRAINING_FILES for example in read_squad(data / f"{file}.json.gz") if example.answers]
    return read if name == "read" else make_unanswerable(read, seed)


def batches(
    pools: Mapping[str, Pool], features: Features, *, steps: int, start: int, tokens: int, seed: int
) -> Iterator[list[Window]]:
    """Windows of like length, about `tokens` tokens together, from step `start` to `steps`.

    Drawn in a chunk of several batches, sorted by length and shuffled batch by batch, so that little is padding.
    The same start gives the same batches, with pools not drawn from before. A run that goes on from a step in the
    middle draws a new chunk there, and begins a new pass over the pools: its batches are not those that the
    interrupted run would have come to.
    """
    step = start
    while step < steps:
        random = Random(f"{seed}/{step}")  # noqa: S311 - an order of examples, no secret
        stage = next(stage for stage in STAGES if step < stage.until * steps or stage is STAGES[-1])
        names = list(stage.weights)
        weights = list(stage.weights.values())
        windows = [
            features.window(pools[name].draw(random), random)
            for name in random.choices(names, weights, k=40 * tokens // LENGTHS[-1])
        ]
        windows.sort(key=lambda window: (_length(window), random.random()))
        chunk: list[list[Window]] = []
        for window in windows:
            if not chunk or (len(chunk[-1]) + 1) * _length(window) > tokens:
                chunk.append([])
            chunk[-1].append(window)
        random.shuffle(chunk)
        for windows in chunk:
            if step < steps:
                yield windows
                step += 1


def _length(window: Window) -> int:
    return next(length for length in LENGTHS if length >= len(window.ids))
