"""The readers to measure, named on the command line."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.systems.best_span import ContextReader
from training.measure.errors import MeasureError
from training.measure.speed import megabytes

THREADS = 2
"""Threads that a reader may use: the two cores that the target is stated for."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A reader, its name, the seconds it took to load (modules imported before), the MB of its folder, where known."""

    reader: ContextReader
    name: str
    seconds: float
    megabytes: float | None


def load_shipped(name: str) -> Loaded:
    """The reader in a folder; "" for the one inside the package, ``module:factory`` for any other.

    Raises:
        MeasureError: there is no such folder, module or factory.
        ModelError: the folder holds no reader, or a damaged one.
    """
    if name and ":" in name and not Path(name).is_dir():
        return _made(name, "--reader")
    from rag.models.span_model import READER_FOLDER, SpanModel

    folder = Path(name) if name else READER_FOLDER
    if not folder.is_dir():
        raise MeasureError(f"--reader {folder}: no such folder; write one with `python -m training.export`")
    begun = time.perf_counter()
    reader = SpanModel.load(folder, threads=THREADS)
    return Loaded(reader, reader.identity, time.perf_counter() - begun, megabytes(folder))


def load_full(name: str) -> Loaded:
    """The unquantised torch reader of a training run's folder; ``module:factory`` for any other.

    Raises:
        MeasureError: there is no such folder, module or factory.
        OSError: the run has no checkpoint.
    """
    run = Path(name)
    if ":" in name and not run.is_dir():
        return _made(name, "--full")
    if not (run / "tokenizer.json").is_file():
        raise MeasureError(f"--full {run}: no such run; name the folder that `python -m training.train` has written")
    import torch

    from training.measure.full_reader import load_full_reader

    torch.set_num_threads(THREADS)
    begun = time.perf_counter()
    reader = load_full_reader(run)
    return Loaded(reader, run.name, time.perf_counter() - begun, None)


def _made(name: str, option: str) -> Loaded:
    module, _, attribute = name.partition(":")
    try:
        factory: Callable[[], ContextReader] = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise MeasureError(f"{option} {name}: {error}; give a folder, or module:factory") from error
    begun = time.perf_counter()
    reader = factory()
    return Loaded(reader, name, time.perf_counter() - begun, None)
