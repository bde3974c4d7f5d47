"""What is answered on the server's address while the models load."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import httpx
import pytest

from rag.progress import Progress
from rag.serve.phrases import PHRASES
from rag.serve.server import bind, url_of
from rag.serve.waiting_room import waiting_room


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with bind("127.0.0.1", 0) as listener:
        yield listener


@pytest.fixture
def told() -> list[tuple[str, int, int]]:
    return []


@pytest.fixture
def progress(listener: socket.socket, told: list[tuple[str, int, int]]) -> Iterator[Progress]:
    with waiting_room(listener, lambda *step: told.append(step)) as progress:
        yield progress


def test_a_visitor_sees_how_far_it_has_come(
    listener: socket.socket, progress: Progress, told: list[tuple[str, int, int]]
) -> None:
    progress("embedding <b>", 40, 158)
    page = httpx.get(url_of(listener), headers={"Accept-Language": "zh-CN"})
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "2"
    assert 'max="158" value="40"' in page.text
    assert PHRASES["zh"]["loading"] in page.text
    assert 'http-equiv="refresh"' in page.text
    assert "<b>" not in page.text
    assert told == [("embedding <b>", 40, 158)]
    progress("nothing to do", 0, 0)
    assert 'max="1" value="0"' in httpx.get(f"{url_of(listener)}/a/x").text


def test_programs_are_told_in_json(listener: socket.socket, progress: Progress) -> None:
    url = url_of(listener)
    for response in (httpx.post(f"{url}/api/ask", json={"question": "q"}), httpx.get(f"{url}/readyz")):
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "starting"
    assert httpx.get(f"{url}/healthz").json() == {"status": "ok"}


def test_wechat_is_left_to_send_its_message_again(listener: socket.socket, progress: Progress) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url_of(listener)}/wechat/mp", content=b"<xml/>", timeout=5.0)


def test_one_who_says_nothing_holds_nobody_up(listener: socket.socket, progress: Progress) -> None:
    with socket.create_connection(listener.getsockname()) as silent:
        silent.send(b"GET / HT")
        assert httpx.get(f"{url_of(listener)}/healthz").status_code == 200


def test_the_listener_is_left_to_whoever_serves_next(listener: socket.socket) -> None:
    before = threading.active_count()
    with waiting_room(listener):
        assert httpx.get(url_of(listener)).status_code == 503
    with socket.create_connection(listener.getsockname()) as early:
        early.sendall(b"hello")
        served, _ = listener.accept()
        with served:
            assert served.recv(5) == b"hello"
    assert threading.active_count() < before + 5


def test_an_error_while_loading_ends_it(listener: socket.socket) -> None:
    with pytest.raises(ValueError, match="no model"), waiting_room(listener):
        raise ValueError("no model")
    listener.settimeout(0.1)
    with pytest.raises(TimeoutError):
        listener.accept()
