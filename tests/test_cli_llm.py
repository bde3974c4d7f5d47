"""An answer of a language model in a terminal: sentence by sentence, with the note below."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.llm.scripted_server import KEY, MODEL, Reply, scripted_server
from tests.serve.process import ROOT
from tests.serve.test_browser_llm import ARTICLE, FIRST, SECOND
from tests.serve.worded import NOTE

QUESTION = "2023年河西市建成桥梁多少座？"


@pytest.mark.slow
@pytest.mark.parametrize(("command", "typed"), [(["ask", QUESTION], ""), (["chat"], f"{QUESTION}\nexit\n")])
def test_a_sentence_is_there_before_the_next_is_written(command: list[str], typed: str, tmp_path: Path) -> None:
    first_is_there = threading.Event()
    waited_for = []

    def patiently(reply: Reply) -> None:
        reply.begin()
        reply.text(FIRST + SECOND[:3])
        waited_for.append(first_is_there.wait(20))
        reply.text(SECOND[3:])
        reply.delta({}, "stop")
        reply.done()

    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bridges.txt").write_text(ARTICLE, encoding="utf-8")
    with scripted_server(patiently) as server:
        environment = {
            **os.environ,
            "JUWEN_CORPUS_DIR": str(tmp_path / "corpus"),
            "JUWEN_INDEX_DIR": str(tmp_path / "index"),
            "JUWEN_LLM_MODEL": MODEL,
            "JUWEN_LLM_BASE_URL": server.url,
            "JUWEN_LLM_API_KEY": KEY,
            "JUWEN_LLM_SECONDS": "30",
            "PYTHONIOENCODING": "utf-8",
        }
        with subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "rag", *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin
            assert process.stdout
            process.stdin.write(typed.encode())
            process.stdin.close()
            told = b""
            while piece := os.read(process.stdout.fileno(), 4096):
                told += piece
                if "12座[1]。".encode() in told:
                    first_is_there.set()
    assert waited_for == [True]
    assert process.returncode == 0
    text = told.decode("utf-8")
    assert "2023年，河西市建成桥梁12座[1]。新桥由工程师李四设计，全长48.9米[2]。" in text
    assert f"  ({NOTE})" in text
