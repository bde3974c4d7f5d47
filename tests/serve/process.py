"""The real server as a process of its own, on a free port."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SERVE = ("rag", "serve", "--port", "0")
FAKE = ("tests.serve.fake_server",)
START_SECONDS = 180
STOP_SECONDS = 20


@dataclass
class ServerProcess:
    """A running server: its address, and what it has written to standard error so far."""

    process: subprocess.Popen[str]
    environment: dict[str, str]
    url: str = ""
    lines: list[str] = field(default_factory=list)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)


@contextlib.contextmanager
def server_process(
    folder: Path, *options: str, settings: Mapping[str, str] | None = None, program: Sequence[str] = SERVE
) -> Iterator[ServerProcess]:
    """A server of the articles in ``folder/corpus``; ``settings`` are further variables of its environment."""
    environment = {
        **os.environ,
        "JUWEN_CORPUS_DIR": str(folder / "corpus"),
        "JUWEN_INDEX_DIR": str(folder / "index"),
        "JUWEN_DATABASE_URL": f"sqlite:///{folder / 'juwen.db'}",
        "JUWEN_RELOAD_SECONDS": "0.2",
        "JUWEN_RATE_LIMIT": "",  # all visitors of a test come from one address
        **(settings or {}),
    }
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", *program, *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    server = ServerProcess(process, environment)
    ready = threading.Event()

    def read() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            server.lines.append(line)
            if found := re.search(r"ready: (http://\S+)", line):
                server.url = found[1]
                ready.set()
        ready.set()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert ready.wait(START_SECONDS)
        assert server.url, "".join(server.lines)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(STOP_SECONDS)
        reader.join(STOP_SECONDS)
        assert process.stderr is not None
        process.stderr.close()
