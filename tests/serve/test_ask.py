"""``POST /api/ask``: the answer whole and streamed, and one envelope for all that can be wrong."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.errors import IndexStoreError
from rag.serve import streaming
from rag.serve.app import create_app
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.database import Database
from rag.types import Turn
from tests.serve.fakes import FakeChatbot

QUESTION = "去年河西建成桥梁多少座"


def error_of(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"message", "type", "param", "code"}
    assert body["error"]["code"] == code
    assert "\n" not in body["error"]["message"]
    error: dict[str, Any] = body["error"]
    return error


def events_of(text: str) -> list[tuple[str, Any]]:
    events = []
    for block in text.strip().split("\n\n"):
        if block.startswith(":"):
            continue
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def test_the_answer_has_the_documented_fields(client: TestClient, fake: FakeChatbot) -> None:
    response = client.post("/api/ask", json={"question": QUESTION})
    assert response.status_code == 200
    answer = response.json()
    assert answer["short"] == "12座"
    assert answer["status"] == "answered"
    assert answer["question_understood"] == "2023年河西建成桥梁多少座"
    citation = answer["citations"][0]
    article = fake.articles[citation["article_id"]]
    assert article.text[citation["start"] : citation["end"]] == citation["quote"]
    assert "question" not in answer


def test_history_and_session_reach_the_chatbot(client: TestClient, fake: FakeChatbot) -> None:
    history = [{"role": "user", "content": "甲"}, {"role": "assistant", "content": "乙"}]
    client.post("/api/ask", json={"question": QUESTION, "history": history, "session_id": "s1"})
    assert fake.asked == [(QUESTION, (Turn("user", "甲"), Turn("assistant", "乙")))]


def test_a_session_is_remembered(client: TestClient, fake: FakeChatbot) -> None:
    for question, session in (("几座桥", "s1"), ("几条路", "s2"), ("新桥呢", "s1"), ("旧桥呢", None)):
        client.post("/api/ask", json={"question": question, "session_id": session})
    assert [len(turns) for _, turns in fake.asked] == [0, 0, 2, 0]
    first, answer = fake.asked[2][1]
    assert (first, answer.role) == (Turn("user", "几座桥"), "assistant")


def test_the_stream_tells_stages_then_text_then_the_answer(client: TestClient) -> None:
    plain = client.post("/api/ask", json={"question": QUESTION}).json()
    response = client.post("/api/ask", json={"question": QUESTION, "stream": True})
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    events = events_of(response.text)
    stages = [data["stage"] for name, data in events if name == "stage"]
    assert stages == ["understand", "retrieve", "read", "ground"]
    assert "".join(data["text"] for name, data in events if name == "text") == plain["text"]
    assert events[-1] == ("answer", plain)


def test_the_stream_is_utf8_text_as_it_reads(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": QUESTION, "stream": True})
    assert "河西建成桥梁😀" in response.content.decode("utf-8")


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        (b"", "bad_json", None),
        (b"{", "bad_json", None),
        (b"[" * 100_000, "bad_json", None),
        (b'{"question": "\\ud800"}', "bad_json", None),
        ('{"question": "桥"}'.encode("gb18030"), "bad_encoding", None),
        (b"[]", "invalid_value", None),
        (b"{}", "missing", "question"),
        (b'{"question": 7}', "invalid_value", "question"),
        (b'{"question": null}', "invalid_value", "question"),
        (b'{"question": "a", "stream": "yes"}', "invalid_value", "stream"),
        (b'{"question": "a", "sesion_id": "b"}', "invalid_value", "sesion_id"),
        (b'{"question": "a", "history": [{"role": "system", "content": "b"}]}', "invalid_value", "history.0.role"),
        (b'{"question": "a", "history": [{"role": "user"}]}', "missing", "history.0.content"),
        (json.dumps({"question": "a", "session_id": "s" * 201}).encode(), "invalid_value", "session_id"),
        (b'{"question": ""}', "bad_question", "question"),
        (b'{"question": " \\u3000 "}', "bad_question", "question"),
        (b'{"question": "a\\u0000b"}', "bad_question", "question"),
        (json.dumps({"question": "桥" * 100_000}).encode(), "bad_question", "question"),
    ],
)
def test_a_bad_request_gets_one_clear_line(
    client: TestClient, fake: FakeChatbot, body: bytes, code: str, param: str | None
) -> None:
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    error = error_of(response, 400, code)
    assert error["param"] == param
    assert len(error["message"]) < 400
    assert fake.asked == []


def test_a_body_that_is_not_json_by_its_type_is_refused(client: TestClient) -> None:
    error_of(client.post("/api/ask", data={"question": QUESTION}), 415, "unsupported_media_type")
    error_of(client.post("/api/ask", content=b"{}"), 415, "unsupported_media_type")


def test_a_body_above_the_limit_is_refused_while_it_comes_in(
    fake: FakeChatbot,
    limits: Settings,
    serve_app: Callable[[FastAPI], str],
    database: Database,
) -> None:
    url = urlsplit(serve_app(create_app(fake, limits, database)))
    head = (
        f"POST /api/ask HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"%x\r\n%s\r\n" % (1 << 16, b" " * (1 << 16))
    with socket.create_connection((str(url.hostname), int(url.port or 0)), timeout=10) as connection:
        connection.sendall(head.encode())
        # A body without an end: only a limit that counts what came in can answer it.
        for _ in range((1 << 20 >> 16) + 1):
            connection.sendall(piece)
        received = b""
        # The head and the body may come in two pieces.
        while b"payload_too_large" not in received and (part := connection.recv(1 << 16)):
            received += part
    answer = received.decode()
    assert answer.startswith("HTTP/1.1 413")
    assert '"code":"payload_too_large"' in answer


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(client: TestClient, method: str) -> None:
    response = client.request(method, "/api/ask")
    error_of(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"


def test_an_unknown_path_is_named(client: TestClient) -> None:
    assert "/api/nothing" in error_of(client.get("/api/nothing"), 404, "not_found")["message"]


@pytest.mark.parametrize("stream", [False, True])
def test_an_unforeseen_error_keeps_its_details(client: TestClient, fake: FakeChatbot, stream: bool) -> None:
    fake.fail_with = KeyError("secret")
    response = client.post("/api/ask", json={"question": QUESTION, "stream": stream})
    if stream:
        name, body = events_of(response.text)[-1]
        assert name == "error"
        assert body["error"]["code"] == "internal_error"
    else:
        error_of(response, 500, "internal_error")
    assert "secret" not in response.text


@pytest.mark.parametrize("stream", [False, True])
def test_an_error_of_ours_that_is_not_the_callers_keeps_its_details(
    client: TestClient, fake: FakeChatbot, stream: bool
) -> None:
    fake.fail_with = IndexStoreError("secret")
    response = client.post("/api/ask", json={"question": QUESTION, "stream": stream})
    assert "index_unavailable" in response.text
    assert "secret" not in response.text


def test_after_an_error_the_next_question_is_answered(client: TestClient, fake: FakeChatbot) -> None:
    fake.fail_with = KeyError("secret")
    for _ in range(50):
        client.post("/api/ask", json={"question": QUESTION})
    fake.fail_with = None
    assert client.post("/api/ask", json={"question": QUESTION}).status_code == 200


def test_a_silent_stream_sends_a_heartbeat(
    client: TestClient, fake: FakeChatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT_SECONDS", 0.02)
    fake.gate.clear()
    timer = threading.Timer(0.3, fake.gate.set)
    timer.start()
    response = client.post("/api/ask", json={"question": QUESTION, "stream": True})
    timer.join()
    assert ": still working\n\n" in response.text
    assert events_of(response.text)[-1][0] == "answer"


@pytest.mark.parametrize("stream", [False, True])
def test_a_caller_that_leaves_stops_the_work(
    fake: FakeChatbot,
    limits: Settings,
    serve_app: Callable[[FastAPI], str],
    stream: bool,
    database: Database,
) -> None:
    url = urlsplit(serve_app(create_app(fake, limits, database)))
    fake.gate.clear()
    body = json.dumps({"question": QUESTION, "stream": stream}).encode()
    head = (
        f"POST /api/ask HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((str(url.hostname), int(url.port or 0)), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        _wait_until(lambda: fake.steps == 1)
    time.sleep(0.8)  # longer than the server takes to notice
    fake.gate.set()
    _wait_until(lambda: fake.closed_streams == 1)
    assert fake.steps <= 2, "the work went on after the caller had left"


@pytest.mark.parametrize("stream", [False, True])
def test_overload_is_said_at_once_and_passes(
    fake: FakeChatbot,
    limits: Settings,
    serve_app: Callable[[FastAPI], str],
    stream: bool,
    database: Database,
) -> None:
    import httpx

    url = serve_app(create_app(fake, limits, database, workers=Workers(fake, threads=1, waiting=1)))
    fake.gate.clear()
    body = json.dumps({"question": QUESTION}).encode()
    head = f"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    address = (str(urlsplit(url).hostname), int(urlsplit(url).port or 0))
    with (
        socket.create_connection(address, timeout=10) as first,
        socket.create_connection(address, timeout=10) as second,
    ):
        first.sendall(head.encode() + body)
        _wait_until(lambda: fake.steps == 1)
        second.sendall(head.encode() + body)
        started = time.monotonic()
        _wait_until(
            lambda: httpx.post(f"{url}/api/ask", json={"question": QUESTION, "stream": stream}).status_code == 503
        )
        response = httpx.post(f"{url}/api/ask", json={"question": QUESTION, "stream": stream})
        assert time.monotonic() - started < 5
        error_of(response, 503, "overloaded")
        assert response.headers["retry-after"]
        fake.gate.set()
        assert first.recv(1 << 16).startswith(b"HTTP/1.1 200")
        assert second.recv(1 << 16).startswith(b"HTTP/1.1 200")
    assert httpx.post(f"{url}/api/ask", json={"question": QUESTION}).status_code == 200


def test_the_schema_describes_the_question(client: TestClient) -> None:
    schema = client.get("/api/openapi.json").json()
    body = schema["paths"]["/api/ask"]["post"]["requestBody"]
    assert set(body["content"]["application/json"]["schema"]["properties"]) == {
        "question",
        "history",
        "session_id",
        "stream",
    }


def _wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
