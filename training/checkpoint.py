"""Checkpoints of a training run: safetensors files and a small JSON, replaced in one rename."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from training.model import SpanReader


def save_checkpoint(
    run: Path, step: int, model: SpanReader, average: dict[str, Tensor], optimizer: torch.optim.Optimizer
) -> None:
    """Write the run's state; an interruption leaves the one before."""
    fresh, current, old = run / "checkpoint.new", run / "checkpoint", run / "checkpoint.old"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    save_file(_weights(model), fresh / "model.safetensors")
    save_file({**_weights(model), **average}, fresh / "average.safetensors")
    names = {id(weight): name for name, weight in model.named_parameters()}
    moments = {
        f"{names[id(weight)]}/{key}": value
        for weight, state in optimizer.state.items()
        for key, value in state.items()
        if isinstance(value, Tensor)
    }
    save_file(moments, fresh / "optimizer.safetensors")
    (fresh / "state.json").write_text(json.dumps({"step": step, "config": model.encoder.config.to_dict()}) + "\n")
    shutil.rmtree(old, ignore_errors=True)
    if current.exists():
        current.rename(old)
    fresh.rename(current)
    shutil.rmtree(old, ignore_errors=True)


def load_checkpoint(run: Path, model: SpanReader, average: dict[str, Tensor], optimizer: torch.optim.Optimizer) -> int:
    """Take up the state of an interrupted run, and return its step; 0 where there is none."""
    folder = next((run / name for name in ("checkpoint", "checkpoint.old") if (run / name).is_dir()), None)
    if folder is None:
        return 0
    model.load_state_dict(load_file(folder / "model.safetensors"))
    averaged = load_file(folder / "average.safetensors")
    for name, weight in average.items():
        weight.copy_(averaged[name])
    moments = load_file(folder / "optimizer.safetensors")
    for name, weight in model.named_parameters():
        state = {key.rpartition("/")[2]: value for key, value in moments.items() if key.rpartition("/")[0] == name}
        if state:
            # The count of steps is kept on the CPU, see torch.optim.Adam's `capturable`.
            optimizer.state[weight] = {
                key: value if key == "step" else value.to(weight.device) for key, value in state.items()
            }
    return int(json.loads((folder / "state.json").read_text())["step"])


def _weights(model: SpanReader) -> dict[str, Tensor]:
    return {name: tensor.detach().contiguous().clone() for name, tensor in model.state_dict().items()}
