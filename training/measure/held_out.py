"""Questions that nothing was trained on, with contexts that answer them and near misses that do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.public.sampling import sample
from training.examples import Example
from training.measure.trial import trial_examples

HELD_OUT_SEED = 990_017
"""The seed of all that is generated for measuring; training must use others. The phrasings are those of training, the
draws of places, names and figures are not."""
GENERATED = 1200
"""Examples drawn from each generator of news before a limit is applied."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Answerable examples, and the unanswerable ones made to look like them, by kind."""

    name: str
    answerable: tuple[Example, ...]
    unanswerable: Mapping[str, tuple[Example, ...]]

    @property
    def near_misses(self) -> tuple[Example, ...]:
        """The unanswerable examples of all kinds."""
        return tuple(example for kind in self.unanswerable.values() for example in kind)


def from_trial(folder: Path, limit: int = 0) -> HeldOut:
    """The trial questions with their paragraphs, against hard unanswerable examples made from the same file.

    Raises:
        MeasureError: the trial file is missing or no SQuAD-style JSON.
    """
    from training.unanswerable import make_unanswerable

    examples = trial_examples(folder)
    return _held_out("CMRC trial", [*examples, *make_unanswerable(examples, HELD_OUT_SEED)], 0, limit)


def from_figures(limit: int = 0) -> HeldOut:
    """Generated news full of look-alike figures."""
    from training.news import figures

    return _held_out("news: figures", list(figures.generate(GENERATED, HELD_OUT_SEED)), -1, limit)


def from_facts(limit: int = 0) -> HeldOut:
    """Generated news of people, organisations and events."""
    from training.news import facts

    return _held_out("news: facts", list(facts.generate(GENERATED, HELD_OUT_SEED)), -1, limit)


def _held_out(name: str, examples: Sequence[Example], part: int, limit: int) -> HeldOut:
    """Apart by whether they have an answer, the others by that `part` of their source; each at most `limit`."""
    kinds: dict[str, list[Example]] = {}
    for example in examples:
        if not example.answers:
            kinds.setdefault(example.source.split("/")[part], []).append(example)
    answerable = tuple(sample([example for example in examples if example.answers], limit))
    # No kind may outweigh the others by mere numbers.
    most = limit or len(answerable)
    return HeldOut(name, answerable, {kind: tuple(sample(kinds[kind], most)) for kind in sorted(kinds)})
