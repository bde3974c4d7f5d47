"""The real server with its guards up: keys made and revoked beside it, a log without secrets, patience with an end."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.serve.process import ROOT, ServerProcess, server_process

QUESTION = {"question": "去年重庆新能源车产量是多少"}


def juwen(server: ServerProcess, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "rag", *arguments],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


@pytest.mark.slow
def test_a_key_works_from_its_making_to_its_revocation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    for name, value in (("API_KEYS_REQUIRED", "true"), ("ACCESS_LOG", "true"), ("BODY_SECONDS", "1")):
        monkeypatch.setenv(f"JUWEN_{name}", value)
    with server_process(tmp_path, "--no-page") as server, httpx.Client(base_url=server.url, timeout=60) as client:
        assert client.post("/api/ask?token=tok-secret", json=QUESTION).status_code == 401
        key = juwen(server, "keys", "add", "reading room")
        headers = {"Authorization": f"Bearer {key}"}
        assert client.post("/api/ask", json=QUESTION, headers=headers).json()["short"] == "95万辆"
        streamed = client.post("/api/ask", json={**QUESTION, "stream": True}, headers=headers)
        assert streamed.text.rstrip().rpartition("event: ")[2].startswith("answer")
        juwen(server, "keys", "revoke", "reading room")
        assert client.post("/api/ask", json=QUESTION, headers=headers).status_code == 401
        assert 'juwen_questions_total{channel="api",status="answered"} 2.0' in client.get("/metrics").text

        address = urlsplit(server.url)
        with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=20) as slow:
            lines = ("POST /api/feedback HTTP/1.1", "Host: x", "Content-Type: application/json", "Content-Length: 9")
            slow.sendall("\r\n".join([*lines, "", "{"]).encode())
            begun = time.monotonic()
            assert slow.recv(1 << 16).startswith(b"HTTP/1.1 408 ")
            assert time.monotonic() - begun < 5
        assert server.stop(signal.SIGTERM) == 0
    said = "".join(server.lines)
    assert said.count("127.0.0.1 POST /api/ask 200 ") == 2
    assert said.count("127.0.0.1 POST /api/ask 401 ") == 2
    assert "127.0.0.1 POST /api/feedback 408 " in said
    for secret in (key, key[3:], "tok-secret", QUESTION["question"]):
        assert secret not in said
    assert "Traceback" not in said
