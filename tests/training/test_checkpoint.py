"""A run that goes on from a checkpoint has bit for bit what it had when it was interrupted."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from training.checkpoint import load_checkpoint, save_checkpoint
from training.model import SpanReader, configuration

WORDS = 50
FROZEN = "encoder.embeddings.word_embeddings.weight"


class Run:
    """A small network in training, with the moving average of its weights."""

    def __init__(self, seed: int) -> None:
        torch.manual_seed(seed)
        self.model = SpanReader(configuration(WORDS, layers=2, hidden=16, heads=2, wide=32, epsilon=1e-12))
        self.model.encoder.embeddings.word_embeddings.requires_grad_(False)
        trained = [weight for weight in self.model.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.AdamW(trained, lr=1e-2)
        self.average = {
            name: weight.detach().clone() for name, weight in self.model.named_parameters() if weight.requires_grad
        }

    def train(self, first: int, steps: int) -> None:
        for step in range(first, first + steps):
            ids = torch.randint(WORDS, (3, 12), generator=torch.Generator().manual_seed(step))
            start, end, answerable = self.model(ids, torch.ones_like(ids))
            loss = start.logsumexp(1).sum() - start[:, 3].sum() + end.square().sum() + answerable.square().sum()
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            with torch.no_grad():
                for name, weight in self.model.named_parameters():
                    if name in self.average:
                        self.average[name].lerp_(weight, 0.1)

    def save(self, folder: Path, step: int) -> None:
        save_checkpoint(folder, step, self.model, self.average, self.optimizer)

    def load(self, folder: Path) -> int:
        return load_checkpoint(folder, self.model, self.average, self.optimizer)

    def state(self) -> dict[str, Tensor]:
        names = {id(weight): name for name, weight in self.model.named_parameters()}
        moments = {
            f"{names[id(weight)]}/{key}": value
            for weight, state in self.optimizer.state.items()
            for key, value in state.items()
        }
        averages = {f"average/{name}": weight for name, weight in self.average.items()}
        return {**self.model.state_dict(), **averages, **moments}


def assert_same(one: Run, other: Run) -> None:
    assert one.state().keys() == other.state().keys()
    for name, tensor in one.state().items():
        assert torch.equal(tensor, other.state()[name]), name


def test_a_checkpoint_restores_everything_bit_for_bit(tmp_path: Path) -> None:
    run = Run(1)
    run.train(0, 3)
    run.save(tmp_path, 3)
    resumed = Run(2)
    assert not torch.equal(resumed.model.span.weight, run.model.span.weight)
    assert resumed.load(tmp_path) == 3
    assert {name.rpartition("/")[2] for name in run.state() if "/" in name} >= {"exp_avg", "exp_avg_sq", "step"}
    assert_same(run, resumed)


def test_a_resumed_run_goes_on_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    run = Run(1)
    run.train(0, 3)
    run.save(tmp_path, 3)
    run.train(3, 2)
    resumed = Run(2)
    resumed.train(resumed.load(tmp_path), 2)
    assert_same(run, resumed)


def test_what_is_frozen_is_saved_with_the_average(tmp_path: Path) -> None:
    run = Run(1)
    run.train(0, 2)
    run.save(tmp_path, 2)
    averaged = load_file(tmp_path / "checkpoint" / "average.safetensors")
    assert averaged.keys() == run.model.state_dict().keys()
    assert torch.equal(averaged[FROZEN], run.model.state_dict()[FROZEN])
    assert torch.equal(averaged["span.weight"], run.average["span.weight"])
    assert not torch.equal(averaged["span.weight"], run.model.span.weight)


def test_without_a_checkpoint_a_run_begins_at_step_0(tmp_path: Path) -> None:
    run, untouched = Run(1), Run(1)
    assert run.load(tmp_path) == 0
    assert_same(run, untouched)


def test_the_newest_is_kept_alone(tmp_path: Path) -> None:
    run = Run(1)
    for step in (1, 2):
        run.train(step - 1, 1)
        run.save(tmp_path, step)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint"]
    assert Run(2).load(tmp_path) == 2


def test_interrupted_between_the_renames_the_one_before_is_taken(tmp_path: Path) -> None:
    run = Run(1)
    run.train(0, 1)
    run.save(tmp_path, 1)
    (tmp_path / "checkpoint").rename(tmp_path / "checkpoint.old")
    (tmp_path / "checkpoint.new").mkdir()
    resumed = Run(2)
    assert resumed.load(tmp_path) == 1
    assert_same(run, resumed)
    resumed.save(tmp_path, 5)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint"]


@pytest.mark.filterwarnings("ignore:.*copying from a non-meta parameter:UserWarning")
def test_moments_go_to_the_device_of_the_weights(tmp_path: Path) -> None:
    run = Run(1)
    run.train(0, 2)
    run.save(tmp_path, 2)
    moved = Run(2)
    # A device that every machine has; it holds no numbers, so only where they went can be seen.
    moved.model.to("meta")
    moved.load(tmp_path)
    states = [state for weight, state in moved.optimizer.state.items() if weight.is_meta]
    assert len(states) == len(run.optimizer.state)
    for state in states:
        devices = {key: value.device.type for key, value in state.items()}
        assert devices == {"step": "cpu", "exp_avg": "meta", "exp_avg_sq": "meta"}
