"""Average the weights of runs: `python -m training.soup RUN RUN … --to RUN`; the result is exported like any run.

The mean of the weights of runs that went on from one another is often better than each (Wortsman et al. 2022, "Model
soups", https://arxiv.org/abs/2203.05482).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import torch
import typer
from safetensors.torch import load_file, save_file

_WEIGHTS = Path("checkpoint", "average.safetensors")


def main(
    runs: Annotated[list[Path], typer.Argument(help="folders of runs, of one vocabulary")],
    to: Annotated[Path, typer.Option(help="folder for the averaged run; what else it holds is of the last run")],
) -> None:
    """Write the mean of the weights that the runs would ship."""
    average(runs, to)
    typer.echo(f"{to}: the mean of {len(runs)} runs")


def average(runs: list[Path], to: Path) -> None:
    """Write to ``to`` a copy of the last of ``runs`` with the mean of the weights of all.

    Raises:
        OSError: a run has no checkpoint, or ``to`` is there already.
        ValueError: the runs have different weights.
    """
    weights = [load_file(run / _WEIGHTS) for run in runs]
    shapes = [{name: tensor.shape for name, tensor in one.items()} for one in weights]
    if any(shape != shapes[0] for shape in shapes):
        raise ValueError(f"the runs {', '.join(map(str, runs))} have weights of different names or shapes")
    shutil.copytree(runs[-1], to)
    mean = {name: torch.stack([one[name].float() for one in weights]).mean(0) for name in weights[0]}
    save_file({name: tensor.to(weights[-1][name].dtype) for name, tensor in mean.items()}, to / _WEIGHTS)


if __name__ == "__main__":
    typer.run(main)
