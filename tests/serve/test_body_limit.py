"""Bodies that are too large or too slow, and connections that do not say what they want, on real sockets."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import ui
from rag.serve import patience
from rag.serve.app import create_app
from rag.serve.body_limit import MAX_BODY_BYTES
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot
from tests.serve.test_ask import error_of

PATHS = ["/api/ask", "/api/feedback", "/gradio_api/queue/join"]


@pytest.fixture(scope="module")
def chatbot() -> FakeChatbot:
    return FakeChatbot()


@pytest.fixture(scope="module")
def app(chatbot: FakeChatbot) -> Iterator[FastAPI]:
    with Database.open("sqlite://") as database:
        yield create_app(chatbot, Settings(body_seconds=0.6, rate_limit=""), database, ui.mount_page)


@pytest.fixture(scope="module")
def connect(app: FastAPI) -> Iterator[Callable[[], socket.socket]]:
    with running(app) as url:
        address = (str(urlsplit(url).hostname), int(urlsplit(url).port or 0))
        yield lambda: socket.create_connection(address, timeout=10)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def head(path: str, *lines: str) -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: x", "Content-Type: application/json", *lines, "", ""]).encode()


def drip(connection: socket.socket, data: bytes, pause: float = 0.1) -> float:
    """Send byte after byte until the server cuts the connection; how many seconds that took."""
    begun = time.monotonic()
    connection.settimeout(pause)
    for place in range(len(data)):
        assert time.monotonic() - begun < 8, "the server waits for ever"
        try:
            connection.sendall(data[place : place + 1])
            if connection.recv(1, socket.MSG_PEEK) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
        time.sleep(pause)
    return time.monotonic() - begun


def answer(connection: socket.socket) -> bytes:
    received = b""
    while not received.endswith(b"}"):
        chunk = connection.recv(1 << 16)
        assert chunk, "the connection was cut"
        received += chunk
    return received


def everything(connection: socket.socket) -> bytes:
    received = b""
    while chunk := connection.recv(1 << 16):
        received += chunk
    return received


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("declared", [True, False])
def test_a_large_body_is_refused_on_every_route(client: TestClient, path: str, declared: bool) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(33):
            yield b" " * (MAX_BODY_BYTES // 32)

    content = b" " * (MAX_BODY_BYTES + 1) if declared else pieces()
    response = client.post(path, content=content, headers={"Content-Type": "application/json"})
    error_of(response, 413, "payload_too_large")
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_largest_body_is_taken(client: TestClient) -> None:
    body = json.dumps({"question": "桥有几座"}).encode()
    body += b" " * (MAX_BODY_BYTES - len(body))
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.json()["short"] == "12座"


def test_a_body_that_is_declared_too_large_is_refused_before_it_comes(connect: Callable[[], socket.socket]) -> None:
    with connect() as connection:
        connection.sendall(head("/api/ask", f"Content-Length: {MAX_BODY_BYTES + 1}"))
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("path", PATHS)
def test_a_body_that_comes_byte_by_byte_is_cut_off(connect: Callable[[], socket.socket], path: str) -> None:
    with connect() as connection:
        connection.sendall(head(path, "Content-Length: 1000"))
        assert 0.4 < drip(connection, b" " * 1000) < 3
        connection.settimeout(10)
        reply = everything(connection)
    assert reply.startswith(b"HTTP/1.1 408 ")
    assert b'"request_timeout"' in reply
    assert b"x-content-type-options: nosniff" in reply


def test_a_body_of_which_nothing_comes_is_cut_off(connect: Callable[[], socket.socket]) -> None:
    with connect() as connection:
        connection.sendall(head("/api/ask", "Transfer-Encoding: chunked"))
        assert everything(connection).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("beginning", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_head_that_does_not_come_is_not_waited_for(
    connect: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch, beginning: bytes
) -> None:
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.5)
    with connect() as connection:
        connection.sendall(beginning)
        begun = time.monotonic()
        assert everything(connection) == b""
        assert 0.2 < time.monotonic() - begun < 5


def test_a_head_that_comes_byte_by_byte_is_cut_off(
    connect: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.5)
    with connect() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        assert drip(connection, b"GET /healthz HTTP/1.1\r\nX-Slow: " + b"x" * 1000) < 3


def test_the_rest_of_a_body_that_was_refused_is_not_waited_for(
    connect: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.5)
    with connect() as connection:
        connection.sendall(head("/api/ask", f"Content-Length: {MAX_BODY_BYTES + 1}"))
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 413 ")
        assert drip(connection, b" " * 1000) < 3


def test_a_connection_is_used_again_and_again(
    connect: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.5)
    body = json.dumps({"question": "桥有几座"}).encode()
    with connect() as connection:
        for _ in range(4):
            connection.sendall(head("/api/ask", f"Content-Length: {len(body)}") + body)
            assert answer(connection).startswith(b"HTTP/1.1 200 ")
            time.sleep(0.3)


def test_a_request_that_came_with_the_one_before_is_answered_in_its_time(
    connect: Callable[[], socket.socket], chatbot: FakeChatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.4)
    body = json.dumps({"question": "桥有几座"}).encode()
    post = head("/api/ask", f"Content-Length: {len(body)}") + body
    with connect() as connection:
        connection.sendall(post + post[:-5])
        assert answer(connection).startswith(b"HTTP/1.1 200 ")
        chatbot.gate.clear()
        connection.sendall(post[-5:])
        time.sleep(0.8)
        chatbot.gate.set()
        assert answer(connection).startswith(b"HTTP/1.1 200 ")


def test_an_answer_may_take_longer_than_a_head(
    connect: Callable[[], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.3)
    with connect() as connection:
        connection.sendall(b"GET /gradio_api/heartbeat/abc HTTP/1.1\r\nHost: x\r\n\r\n")
        reply = b""
        while b"ALIVE" not in reply:
            reply += connection.recv(1 << 16)
        time.sleep(1)
        connection.settimeout(0.2)
        with pytest.raises(TimeoutError):
            everything(connection)


def test_a_head_with_endless_headers_is_refused(connect: Callable[[], socket.socket]) -> None:
    with connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Filler: y\r\n" * 1500)
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 400 ")
