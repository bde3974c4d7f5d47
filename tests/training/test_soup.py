"""The mean of the weights of runs, as a run that can be exported."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from tests.training.test_checkpoint import Run
from training.soup import average

AVERAGE = Path("checkpoint", "average.safetensors")


def saved(folder: Path, seed: int) -> Path:
    folder.mkdir()
    run = Run(seed)
    run.train(0, 3)
    run.save(folder, 3)
    return folder


def test_each_weight_is_the_mean(tmp_path: Path) -> None:
    one, other = saved(tmp_path / "one", 1), saved(tmp_path / "other", 2)
    average([one, other], tmp_path / "soup")
    mean, first, second = (load_file(folder / AVERAGE) for folder in (tmp_path / "soup", one, other))
    assert mean.keys() == first.keys()
    for name, weight in mean.items():
        torch.testing.assert_close(weight, (first[name] + second[name]) / 2)
    assert Run(3).load(tmp_path / "soup") == 3


def test_runs_of_other_weights_are_not_mixed(tmp_path: Path) -> None:
    one, other = saved(tmp_path / "one", 1), saved(tmp_path / "other", 2)
    weights = load_file(other / AVERAGE)
    save_file({name: weight for name, weight in weights.items() if "span" not in name}, other / AVERAGE)
    with pytest.raises(ValueError, match=r"one.*other"):
        average([one, other], tmp_path / "soup")
    assert not (tmp_path / "soup").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    one = saved(tmp_path / "one", 1)
    with pytest.raises(FileExistsError):
        average([one, one], one)
