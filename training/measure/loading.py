"""The readers to measure, named on the command line."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.measure.errors import MeasureError
from training.measure.reader import Reader
from training.measure.speed import megabytes

THREADS = 2
"""Threads that a reader may use: the two cores that the target is stated for."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A reader, the seconds it took to load (modules imported before), and the MB of its weights, where known."""

    reader: Reader
    seconds: float
    megabytes: float | None


def load_shipped(name: str) -> Loaded:
    """The reader in a folder; "" for the one inside the package, ``module:factory`` for any other.

    Raises:
        MeasureError: there is no such folder, module or factory.
    """
    if not name or (":" not in name or Path(name).is_dir()):
        from rag.models.span_model import READER_FOLDER, SpanModel

        folder = Path(name) if name else READER_FOLDER
        if not folder.is_dir():
            raise MeasureError(f"--reader {folder}: no such folder; name one that holds an exported reader")
        return _timed(lambda: SpanModel.load(folder, threads=THREADS), folder)
    return _timed(_factory(name, "--reader"), None)


def load_full(name: str) -> Loaded:
    """The unquantised torch reader of a checkpoint; ``module:factory`` for any other.

    Raises:
        MeasureError: there is no such checkpoint, module or factory.
    """
    path = Path(name)
    if path.exists():
        import torch

        from training.model import FullReader

        torch.set_num_threads(THREADS)
        return _timed(lambda: FullReader.load(path), path)
    if ":" not in name:
        raise MeasureError(f"--full {path}: no such checkpoint; name a folder that training has written")
    return _timed(_factory(name, "--full"), None)


def _timed(load: Callable[[], Any], weights: Path | None) -> Loaded:
    begun = time.perf_counter()
    reader = load()
    return Loaded(reader, time.perf_counter() - begun, megabytes(weights) if weights else None)


def _factory(name: str, option: str) -> Callable[[], Any]:
    module, _, attribute = name.partition(":")
    try:
        factory: Callable[[], Any] = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise MeasureError(f"{option} {name}: {error}; give a folder, or module:factory") from error
    return factory
