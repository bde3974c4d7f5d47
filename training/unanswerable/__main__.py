"""Draw unanswerable examples to check them by eye: ``python -m training.unanswerable FILE --sample 100 --seed 1``."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from training.examples import Example, read_squad
from training.unanswerable.mixture import make_unanswerable


def main(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="SQuAD-style files, gzipped or not.")
    ],
    sample: Annotated[int, typer.Option(min=1, help="How many to draw.")] = 100,
    seed: Annotated[int, typer.Option(help="Of what is made and of what is drawn.")] = 1,
    kind: Annotated[str, typer.Option(help="Only those whose source starts so: sibling, swapped/year, removed.")] = "",
) -> None:
    """Print a random sample of the unanswerable examples made from FILES, with the original question and answer."""
    examples = [example for path in files for example in read_squad(path)]
    made = make_unanswerable(examples, seed)
    counts = Counter("/".join(example.source.split("/")[:-1]) for example in made)
    typer.echo(f"{len(examples)} answerable, {len(made)} unanswerable")
    typer.echo(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    drawn = [example for example in made if example.source.startswith(kind)]
    for number, example in enumerate(random.Random(seed).sample(drawn, min(sample, len(drawn))), start=1):  # noqa: S311
        origin = _origin(example, examples)
        typer.echo(f"\n{number}. [{example.source}] {example.question}")
        typer.echo(f"   originally: {origin.question} -> {' | '.join(sorted({each.text for each in origin.answers}))}")
        typer.echo(f"   {example.context}")


def _origin(made: Example, examples: list[Example]) -> Example:
    """What ``made`` was made from: the answerable example that shares the most with it."""
    if not made.source.startswith("swapped"):
        same_question = [example for example in examples if example.question == made.question]
        return next((example for example in same_question if example.group == made.group), same_question[0])
    same_context = [example for example in examples if example.context == made.context]
    return max(same_context, key=lambda example: _shared_ends(example.question, made.question))


def _shared_ends(one: str, other: str) -> int:
    """Characters that two texts share from the start and from the end."""
    limit = min(len(one), len(other))
    front = next((at for at in range(limit) if one[at] != other[at]), limit)
    back = next((at for at in range(limit - front) if one[-1 - at] != other[-1 - at]), limit - front)
    return front + back


if __name__ == "__main__":
    typer.run(main)
