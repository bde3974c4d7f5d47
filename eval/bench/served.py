"""The real server as a process of its own, with a database that is thrown away."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eval.bench.measure import BenchError, Job

_READY: Final = re.compile(r"ready: (http://\S+)")
_START_SECONDS: Final = 180.0
_POLL_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address, and the number of its process."""

    url: str
    process_id: int


@contextlib.contextmanager
def served(job: Job) -> Iterator[Served]:
    """A server of the job's corpus, until the block ends.

    Raises:
        BenchError: it ended, or was not ready in time; the message ends with the last line that it said.
    """
    with tempfile.TemporaryDirectory(prefix="juwen-served-") as folder:
        said = Path(folder) / "said"
        # All visitors of the bench come from one address.
        environment = {
            **os.environ,
            "JUWEN_CORPUS_DIR": job.corpus,
            "JUWEN_INDEX_DIR": job.index,
            "JUWEN_DATABASE_URL": f"sqlite:///{Path(folder) / 'juwen.db'}",
            "JUWEN_RATE_LIMIT": "",
        }
        with said.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "rag", "serve", "--port", "0"], env=environment, stderr=stream
            )
        try:
            yield Served(_address(process, said), process.pid)
        finally:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while not (found := _READY.search(text := said.read_text(encoding="utf-8", errors="replace"))):
        if process.poll() is not None or time.monotonic() > deadline:
            last = (text.strip() or "it said nothing").splitlines()[-1]
            raise BenchError(f"bench: the server did not become ready: {last}")
        time.sleep(_POLL_SECONDS)
    return found[1]
