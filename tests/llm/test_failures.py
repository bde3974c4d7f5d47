"""Each way to fail has its reason, and one line that says what to do and holds no key."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from rag.errors import LanguageModelError
from rag.errors import LanguageModelFailure as Failure
from rag.llm.endpoint import Endpoint
from rag.llm.failures import MOST_SAID
from rag.settings import Settings
from tests.llm.asking import ask, failure_of
from tests.llm.certificate import make_certificate
from tests.llm.scripted_server import KEY, MODEL, Script, scripted_server
from tests.llm.scripts import (
    breaks,
    busy,
    drops_after,
    endless_line,
    no_quota,
    no_such_model,
    nothing,
    refuses,
    says,
    sends,
    web_page,
    wrong_key,
)


def fail(script: Script, seconds: float = 1.0) -> LanguageModelError:
    with scripted_server(script) as server, Endpoint.open(server.settings()) as endpoint:
        return failure_of(endpoint, seconds)


def failure_at(address: str, seconds: float = 3.0) -> LanguageModelError:
    settings = Settings(llm_model=MODEL, llm_base_url=address, llm_api_key=KEY)
    with Endpoint.open(settings) as endpoint:
        return failure_of(endpoint, seconds)


@pytest.mark.parametrize(
    ("script", "reason", "said"),
    [
        (wrong_key(KEY), Failure.KEY, r"does not accept the key \(401\); check llm_api_key"),
        (refuses(403, "no access"), Failure.KEY, r"\(403\)"),
        (
            no_such_model(),
            Failure.MODEL,
            r"is not there \(404\): 'The model `scripted-1` does not exist'; check llm_mod",
        ),
        (web_page(404), Failure.MODEL, r"is not there \(404\); check llm_model, and that llm_base_url ends where"),
        (refuses(400, "Model Not Exist"), Failure.MODEL, r"\(400\)"),
        (refuses(400, "model 'qwen3' not found, try pulling it first"), Failure.MODEL, r"try pulling it first"),
        (no_quota(), Failure.QUOTA, r"no quota left for the key \(402\): 'Insufficient Balance'"),
        (refuses(429, "You exceeded your current quota", "insufficient_quota"), Failure.QUOTA, r"\(429\)"),
        (refuses(400, "账户余额不足"), Failure.QUOTA, r"余额不足"),
        (busy(), Failure.BUSY, r"too many requests \(429\)"),
        (breaks(), Failure.SERVER, r"failed on its side \(500\)"),
        (web_page(502), Failure.SERVER, r"failed on its side \(502\); look"),
        (refuses(400, "prompt is too long"), Failure.REQUEST, r"refused the request \(400\): 'prompt is too long'"),
        (refuses(400, "context_length_exceeded"), Failure.REQUEST, r"\(400\)"),
        (refuses(422, "max_tokens: out of range"), Failure.REQUEST, r"\(422\)"),
        (sends("", status=301, Location="https://other.example/v1"), Failure.REQUEST, r"set llm_base_url to it"),
        (drops_after("桥"), Failure.DROPPED, r"ended the connection in the middle"),
        (nothing(), Failure.EMPTY, r"wrote nothing"),
        (sends(""), Failure.EMPTY, r"wrote nothing"),
        (sends("data: [DONE]\n\n"), Failure.EMPTY, r"wrote nothing"),
        (sends("data: {nonsense\n\n"), Failure.MALFORMED, r"cannot be read as an answer \(JSONDecodeError\)"),
        (sends("data: [1, 2]\n\n"), Failure.MALFORMED, r"cannot be read as an answer"),
        (sends('data: {"choices": [{}]}\n\n'), Failure.EMPTY, r"wrote nothing"),
        (sends('data: {"choices": [{"delta": {"content": {"a": 1}}}]}\n\n'), Failure.MALFORMED, r"cannot be read"),
        (sends('data: {"choices": [{"delta": 7}]}\n\n'), Failure.MALFORMED, r"cannot be read"),
        (sends('data: {"error": {"message": "boom"}}\n\n'), Failure.SERVER, r"failed on its side: 'boom'"),
        (sends('data: {"error": {"code": "rate_limit_exceeded"}}\n\n'), Failure.BUSY, r"too many requests"),
        (sends(b"\xff\xfe\x00data: \xff\n\n"), Failure.MALFORMED, r"\(UnicodeDecodeError\)"),
        (web_page(), Failure.MALFORMED, r"sent text/html instead of a stream of events; check that llm_base_url"),
        (sends("{}", "application/json"), Failure.MALFORMED, r"sent application/json instead"),
        (sends(b"\x1f\x8b" + bytes(99), Content_Encoding="gzip"), Failure.MALFORMED, r"compressed answer \(gzip\)"),
        (endless_line(), Failure.MALFORMED, r"more than 16 MB"),
    ],
)
def test_what_a_server_does(script: Script, reason: Failure, said: str) -> None:
    with pytest.raises(LanguageModelError, match=said) as caught:
        raise fail(script, seconds=6)
    assert caught.value.reason is reason
    assert str(caught.value).startswith(f"the language model {MODEL} at 127.0.0.1:")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_no_key_is_repeated(status: int) -> None:
    failure = fail(refuses(status, f"the key {KEY} is bad"))
    link: BaseException | None = failure
    while link is not None:
        assert KEY not in f"{link} {link!r}"
        link = link.__cause__ or link.__context__


def test_a_servers_words_are_one_short_line() -> None:
    failure = fail(refuses(400, "第一行\n\x1b[31m第二行\u2028" + "长" * 5000))
    assert "'第一行 [31m第二行 长" in str(failure)
    assert len(str(failure)) < MOST_SAID + 200


def test_a_date_to_come_back_at() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    assert fail(busy(later)).retry_after == pytest.approx(100, abs=5)


@pytest.mark.parametrize("nonsense", ["soon", "-5", "", "1e9", "²"])
def test_a_time_to_come_back_at_that_is_none(nonsense: str) -> None:
    assert fail(busy(nonsense.encode("ascii", "ignore").decode())).retry_after is None


def test_a_host_that_has_no_address() -> None:
    failure = failure_at("http://no-such-host.invalid/v1")
    assert failure.reason is Failure.DNS
    assert "no-such-host.invalid cannot be found: its host has no address; check the host in llm_base_url" in str(
        failure
    )


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        failure = failure_at(f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
    assert failure.reason is Failure.UNREACHABLE
    assert "does not take the connection; check the address in llm_base_url, and that the server runs" in str(failure)


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    with scripted_server(says("好"), certificate=make_certificate(tmp_path)) as server:
        failure = failure_at(server.url)
        assert server.requests == []
    assert failure.reason is Failure.TLS
    assert "TLS failed (self-signed certificate); check https" in str(failure)
    assert "SSL_CERT_FILE" in str(failure)


def test_a_certificate_of_ones_own_can_be_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with (
        scripted_server(says("好"), certificate=certificate) as server,
        Endpoint.open(server.settings()) as endpoint,
    ):
        assert ask(endpoint)[0] == ["好"]


def test_a_server_without_tls() -> None:
    with scripted_server(says("好")) as server:
        failure = failure_at(server.url.replace("http://", "https://"))
    assert failure.reason is Failure.TLS


def test_a_server_that_is_none(other_protocol: str) -> None:
    assert failure_at(other_protocol, seconds=10).reason is Failure.DROPPED


@pytest.fixture
def other_protocol() -> Iterator[str]:
    """Something that greets whoever connects, as a mail server does."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.settimeout(5)
        stopping = threading.Event()

        def greet() -> None:
            while not stopping.is_set():
                connection, _ = listener.accept()
                with connection:
                    connection.sendall(b"220 mail.example ESMTP\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        stopping.set()
        with closing(socket.create_connection(listener.getsockname())):
            thread.join(10)
