"""A server that stops while a language model says nothing."""

from __future__ import annotations

import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.llm.scripted_server import KEY, MODEL, scripted_server
from tests.llm.scripts import silent
from tests.serve.chromium import MISSION
from tests.serve.process import ROOT, server_process


@pytest.mark.slow
def test_who_waits_gets_the_readers_answer_at_once(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    with scripted_server(silent()) as model:
        settings = {
            "JUWEN_LLM_MODEL": MODEL,
            "JUWEN_LLM_BASE_URL": model.url,
            "JUWEN_LLM_API_KEY": KEY,
            "JUWEN_LLM_SECONDS": "45",
        }
        with server_process(tmp_path, "--no-page", settings=settings) as server, ThreadPoolExecutor(1) as pool:
            asked = pool.submit(httpx.post, f"{server.url}/api/ask", json={"question": MISSION}, timeout=60)
            until = time.monotonic() + 30
            while not model.requests:
                assert time.monotonic() < until, "the model was not asked"
                time.sleep(0.05)
            begun = time.monotonic()
            assert server.stop(signal.SIGTERM) == 0
            assert time.monotonic() - begun < 10
            answer = asked.result().json()
    assert (answer["mode"], answer["short"]) == ("reader", "95万辆")
    assert any(note.startswith("AI 暂时不能措辞") for note in answer["notes"])
    assert KEY not in "".join(server.lines)
