"""What the measurements share: a job and its result as JSON, a process of its own, memory, a look at the noise."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from rag.errors import JuwenError
from rag.settings import Settings

_FIXED_BYTES = bytes(8_000_000)


class BenchError(JuwenError):
    """A measurement that did not come to its end."""

    code = "bench_failed"


@dataclass(frozen=True, slots=True)
class Job:
    """What a child process is told: the corpus, its index, the questions, and how often to measure.

    ``seconds``: how long each load lasts; ``asked``: the questions over which the server's memory is watched.
    """

    corpus: str
    index: str
    questions: str
    rounds: int
    seconds: float = 60.0
    asked: int = 2000

    def settings(self) -> Settings:
        """The settings of the environment with the job's corpus and index."""
        return Settings(corpus_dir=Path(self.corpus), index_dir=Path(self.index))


def in_child(name: str, job: Job) -> dict[str, Any]:
    """Runs one measurement in a fresh process; its result, with ``wall_s``, the life of the process in seconds.

    Raises:
        BenchError: the process failed; the message ends with the last line that it said.
    """
    begun = time.perf_counter()
    child = subprocess.run(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "eval.bench.child", name, json.dumps(asdict(job))],
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - begun
    if child.returncode:
        said = (child.stderr.strip() or "it said nothing").splitlines()[-1]
        raise BenchError(f"bench: the measurement {name!r} failed: {said}")
    result: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return result | {"wall_s": wall}


def milliseconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def rotated(names: list[str], turn: int) -> list[str]:
    """The names in the order of a turn: each turn begins with another, so that none always profits from the last.

    Example:
        >>> rotated(["a", "b", "c"], 4)
        ['b', 'c', 'a']
    """
    first = turn % len(names)
    return names[first:] + names[:first]


def peak_megabytes() -> float:
    """The most memory that this process has held at once (resident), in MB of 10⁶ bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike getrusage, this starts anew with the program, so a parent's size never shows.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    # macOS counts bytes here.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def resident_megabytes(process_id: int) -> float:
    """The memory that a process holds at this moment (resident), in MB of 10⁶ bytes."""
    return float(psutil.Process(process_id).memory_info().rss / 1e6)


def fixed_work() -> None:
    """Work that always takes as long on a quiet machine: how unevenly it runs is the machine's noise.

    It stays on one core and out of numpy and torch, whose own waiting threads would pass for noise.
    """
    hashlib.sha256(_FIXED_BYTES).digest()
