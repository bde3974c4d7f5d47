"""One measurement in a process of its own: ``python -m eval.bench.child NAME JOB``, the result as JSON on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from eval.bench.measure import BenchError, Job

# A module is imported only for its own measurement: what another needs would lengthen a start and take memory.
MEASUREMENTS = {
    "prepare": ("eval.bench.start", "prepare"),
    "questions": ("eval.bench.questions", "measure"),
    "indexing": ("eval.bench.indexing", "measure"),
    "start_ours": ("eval.bench.start", "ours"),
    "start_peer": ("eval.bench.start", "peer"),
    "memory_ours": ("eval.bench.start", "memory_ours"),
    "memory_peer": ("eval.bench.start", "memory_peer"),
    "page": ("eval.bench.page", "measure"),
    "ceiling": ("eval.bench.load", "ceiling"),
    "load": ("eval.bench.load", "measure"),
}


def main(argv: Sequence[str]) -> int:
    """Runs the measurement that the first argument names on the job that the second describes.

    Raises:
        BenchError: there is no such measurement.
    """
    name, job = argv
    if name not in MEASUREMENTS:
        raise BenchError(f"no measurement is called {name!r}; there are {', '.join(MEASUREMENTS)}")
    module, function = MEASUREMENTS[name]
    measurement: Callable[[Job], dict[str, Any]] = getattr(import_module(module), function)
    print(json.dumps(measurement(Job(**json.loads(job)))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
