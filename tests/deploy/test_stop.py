"""What a supervisor relies on: a stop that loses no answer, and exit codes that mean something."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.serve.test_ask import events_of

SECONDS = 60


def command(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "JUWEN_DATABASE_URL": f"sqlite:///{tmp_path / 'juwen.db'}",
            "JUWEN_CORPUS_DIR": str(tmp_path),
            "JUWEN_INDEX_DIR": str(tmp_path / "index"),
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_answers_under_way_are_finished_before_the_end(tmp_path: Path) -> None:
    with command(tmp_path, "tests.deploy.slow_server", "2.0") as server:
        try:
            assert server.stderr is not None
            found = re.search(r"ready: (http://\S+)", next(line for line in server.stderr if "ready" in line))
            assert found
            whole: list[httpx.Response] = []
            body = {"question": "河西建成桥梁多少座？"}
            asking = threading.Thread(
                target=lambda: whole.append(httpx.post(f"{found[1]}/api/ask", json=body, timeout=SECONDS))
            )
            with httpx.stream("POST", f"{found[1]}/api/ask", json={**body, "stream": True}, timeout=SECONDS) as stream:
                asking.start()
                time.sleep(0.5)  # until the server has taken the second question too
                pieces = stream.iter_text()
                said = next(pieces)
                server.send_signal(signal.SIGTERM)
                said += "".join(pieces)
            asking.join(SECONDS)
            assert server.wait(SECONDS) == 0
            rest = server.stderr.read()
        finally:
            server.kill()
    assert events_of(said)[0] == ("stage", {"stage": "understand"})
    assert events_of(said)[-1][0] == "answer"
    assert whole[0].json()["short"] == "12座"
    assert rest == "Juwen has stopped.\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "code", "said"),
    [
        ("JUWEN_NO_SUCH_THING", "1", 2, "JUWEN_NO_SUCH_THING: no such setting"),
        ("JUWEN_PORT", "many", 2, "port: "),
        ("JUWEN_DATABASE_URL", "postgresql://juwen:pass-word@127.0.0.1:9/juwen", 1, "juwen:***@127.0.0.1:9/juwen"),
    ],
)
def test_a_start_that_is_refused_says_why_in_one_line(
    tmp_path: Path, name: str, value: str, code: int, said: str
) -> None:
    with command(tmp_path, "rag", "serve", "--no-page", **{name: value}) as server:
        _, errors = server.communicate(timeout=SECONDS)
    lines = [line for line in errors.splitlines() if line.strip()]
    assert server.returncode == code
    assert len(lines) == 1
    assert said in lines[0]
    assert "pass-word" not in errors
