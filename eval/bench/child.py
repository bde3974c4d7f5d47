"""One measurement in a process of its own: ``python -m eval.bench.child NAME JOB``, the result as JSON on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.bench.measure import Job


def main(argv: Sequence[str]) -> int:
    """Runs the measurement that the first argument names on the job that the second describes."""
    # Imported here so that a start is measured from the start of the interpreter.
    from eval.bench import indexing, questions, start

    measurements: Mapping[str, Callable[[Job], dict[str, Any]]] = {
        "prepare": start.prepare,
        "questions": questions.measure,
        "indexing": indexing.measure,
        "start_ours": start.ours,
        "start_peer": start.peer,
        "memory_ours": start.memory_ours,
        "memory_peer": start.memory_peer,
    }
    name, job = argv
    print(json.dumps(measurements[name](Job(**json.loads(job)))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
