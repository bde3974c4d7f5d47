"""The server process: an address of its own before anything heavy, an end that loses nothing."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from rag.errors import ServeError
from rag.serve.server import bind, url_of
from tests.serve.process import ROOT, server_process
from tests.serve.test_ask import events_of

ARTICLE = """---
title: 河西的桥
published: 2024-05-01
---

河西的桥

河西市交通局介绍，2023年，河西市建成桥梁12座，比上年多3座。其中新桥由工程师李四设计，全长48.9米。

今年，河西市还将改造道路30公里，让市民出行更加方便。
"""


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with bind("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(ServeError, match=rf"port {port}: .*JUWEN_PORT={port + 1}"):
            bind("127.0.0.1", port)


def test_the_last_port_has_a_way_out_too() -> None:
    with bind("127.0.0.1", 65535), pytest.raises(ServeError, match=r"port 65535: .*JUWEN_PORT=0"):
        bind("127.0.0.1", 65535)


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.7"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ServeError, match=host):
        bind(host, 0)


def test_a_caller_that_comes_before_the_server_is_ready_waits() -> None:
    with bind("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname(), timeout=2):
        pass


@pytest.mark.parametrize(("host", "expected"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1")])  # noqa: S104
def test_the_address_is_one_that_a_browser_opens(host: str, expected: str) -> None:
    with bind(host, 0) as listener:
        assert url_of(listener) == f"http://{expected}:{listener.getsockname()[1]}"


def test_a_taken_port_is_said_before_anything_heavy_is_loaded() -> None:
    with bind("127.0.0.1", 0) as listener:
        code = (
            "import sys; from rag.cli import main; code = main(['serve', '--port', sys.argv[1]]); "
            "print(code, [name for name in ('torch', 'gradio', 'uvicorn', 'faiss') if name in sys.modules])"
        )
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", code, str(listener.getsockname()[1])],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.strip() == "1 []"
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith(f"juwen: cannot serve on 127.0.0.1 port {listener_port(done.stderr)}")


def listener_port(line: str) -> str:
    return line.split("port ")[1].split(":")[0]


@pytest.mark.slow
def test_a_running_server_takes_up_a_new_index_and_loses_no_question(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus", corpus)
    with server_process(tmp_path, "--no-page") as server:
        assert httpx.get(f"{server.url}/readyz").json()["articles"] == 1
        assert httpx.get(server.url).status_code == 404
        replies: list[httpx.Response] = []
        stop = threading.Event()

        def keep_asking() -> None:
            with httpx.Client(timeout=60) as client:
                while not stop.is_set():
                    stream = len(replies) % 2 == 1
                    body = {"question": "去年重庆新能源车产量是多少", "stream": stream}
                    replies.append(client.post(f"{server.url}/api/ask", json=body))

        asking = threading.Thread(target=keep_asking)
        asking.start()
        try:
            (corpus / "bridges.txt").write_text(ARTICLE, encoding="utf-8")
            subprocess.run(
                [sys.executable, "-m", "rag", "index"],
                cwd=ROOT,
                env=server.environment,
                check=True,
                capture_output=True,
                timeout=180,
            )
            deadline = time.monotonic() + 30
            while httpx.get(f"{server.url}/readyz").json()["articles"] != 2:
                assert time.monotonic() < deadline, "the new index was not taken up"
                time.sleep(0.1)
            time.sleep(1)
        finally:
            stop.set()
            asking.join(60)

        assert len(replies) > 10
        for reply in replies:
            assert reply.status_code == 200
            if reply.headers["content-type"].startswith("text/event-stream"):
                name, answer = events_of(reply.text)[-1]
                assert name == "answer"
            else:
                answer = reply.json()
            assert answer["short"] == "95万辆"
        new = httpx.post(f"{server.url}/api/ask", json={"question": "河西市2023年建成桥梁多少座？"}, timeout=60).json()
        assert new["short"] == "12座"
        assert new["citations"][0]["article_id"] == "bridges"

        second = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "rag", "serve", "--port", server.url.rpartition(":")[2]],
            cwd=ROOT,
            env=server.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert second.returncode == 1
        assert len(second.stderr.strip().splitlines()) == 1
        assert server.stop(signal.SIGINT) == 0
    said = "".join(server.lines)
    assert "Traceback" not in said
    assert "Juwen has stopped." in said


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_while_a_page_is_open_is_clean(tmp_path: Path, number: signal.Signals) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    with server_process(tmp_path) as server:
        page = httpx.get(server.url)
        assert page.status_code == 200
        # A page that is open holds a connection for as long as it is open.
        with httpx.stream("GET", f"{server.url}/gradio_api/heartbeat/abc", timeout=10) as heartbeat:
            assert b"ALIVE" in next(heartbeat.iter_bytes())
            assert server.stop(number) == 0
    assert server.lines[-1] == "Juwen has stopped.\n"
    assert "ready" in server.lines[-2], "".join(server.lines)
