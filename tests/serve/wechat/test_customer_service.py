"""Customer-service messages: late answers are sent, the token is shared, and every refusal is one clear line."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from rag.serve.app import create_app
from rag.serve.wechat.customer_service import CustomerService
from rag.serve.wechat.errors import CustomerServiceError
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.account import APP, READER, account_settings, message_xml, send_as_wechat

APP_SECRET = "5ecret5ecret5ecret5ecret5ecret5e"  # noqa: S105
QUESTION = "河西有多少座桥"


@dataclass
class WeChatApi:
    """What WeChat's API is told, and what it answers."""

    url: str = ""
    tokens: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    lifetime: int = 7200

    def answer(self, path: str, query: dict[str, list[str]], raw: bytes) -> dict[str, Any]:
        body = json.loads(raw)
        if path == "/cgi-bin/stable_token":
            assert (body["appid"], body["secret"], body["grant_type"]) == (APP, APP_SECRET, "client_credential")
            if self.refusals and self.refusals[0] in {40164, 40125}:
                return {"errcode": self.refusals.pop(0), "errmsg": "invalid ip 203.0.113.7, not in whitelist rid: x"}
            self.tokens += not self.tokens or body["force_refresh"]
            return {"access_token": f"token-{self.tokens}", "expires_in": self.lifetime}
        assert path == "/cgi-bin/message/custom/send"
        if query["access_token"] != [f"token-{self.tokens}"]:
            return {"errcode": 40001, "errmsg": f"invalid credential {query['access_token']}"}
        if self.refusals:
            return {"errcode": self.refusals.pop(0), "errmsg": f"no, {query['access_token'][0]}"}
        self.raw.append(raw)
        self.sent.append(body)
        return {"errcode": 0, "errmsg": "ok"}


@pytest.fixture
def api() -> Iterator[WeChatApi]:
    told = WeChatApi()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            content = json.dumps(told.answer(address.path, parse_qs(address.query), body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield told
        server.shutdown()
        thread.join(10)


@pytest.fixture
def verified(hasty: Settings, api: WeChatApi) -> Settings:
    return account_settings(
        hasty,
        wechat_mp_app_secret=APP_SECRET,
        wechat_mp_customer_service=True,
        wechat_api_url=api.url,
    )


def service(client: httpx.AsyncClient, database: Database) -> CustomerService:
    return CustomerService(client, database, APP, SecretStr(APP_SECRET))


@pytest.fixture
async def connection(api: WeChatApi) -> Any:
    async with httpx.AsyncClient(base_url=api.url) as client:
        yield client


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def test_a_slow_answer_is_sent(fake: FakeChatbot, verified: Settings, api: WeChatApi, database: Database) -> None:
    with running(create_app(fake, verified, database)) as url:
        fake.gate.clear()
        sent = send_as_wechat(url, message_xml(QUESTION))
        assert (sent.text, sent.tries) == ("", 1)
        fake.gate.set()
        wait_for(lambda: api.sent)
        assert api.sent[0]["touser"] == READER
        assert api.sent[0]["text"]["content"].startswith("12座。去年")
        # WeChat shows \uXXXX as it stands.
        assert "12座".encode() in api.raw[0]
        # It is not given a second time.
        assert "12座" not in send_as_wechat(url, message_xml("查看")).text


def test_a_fast_answer_is_not_sent(fake: FakeChatbot, verified: Settings, api: WeChatApi, database: Database) -> None:
    with running(create_app(fake, verified, database)) as url:
        assert send_as_wechat(url, message_xml(QUESTION)).text.startswith("12座")
    assert (api.tokens, api.sent) == (0, [])


def test_what_cannot_be_sent_is_kept(
    fake: FakeChatbot, verified: Settings, api: WeChatApi, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    api.refusals = [48001]
    with running(create_app(fake, verified, database)) as url, caplog.at_level(logging.DEBUG):
        fake.gate.clear()
        assert send_as_wechat(url, message_xml(QUESTION)).text == ""
        fake.gate.set()
        wait_for(lambda: "48001" in caplog.text)
        time.sleep(0.2)
        assert "12座。去年" in send_as_wechat(url, message_xml("好的")).text
    assert "it must be verified" in caplog.text
    assert APP_SECRET not in caplog.text
    assert "token-1" not in caplog.text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (40164, r"IP白名单 .*\(203\.0\.113\.7\)"),
        (40125, "AppSecret is wrong"),
        (45002, "too long"),
        (45015, "48 hours"),
        (45047, "five messages"),
        (48001, "verified"),
        (99999, "全局返回码"),
    ],
)
async def test_a_refusal_is_one_clear_line(
    connection: httpx.AsyncClient, api: WeChatApi, database: Database, number: int, words: str
) -> None:
    api.refusals = [number]
    with pytest.raises(CustomerServiceError, match=words) as caught:
        await service(connection, database).send(READER, "12座。")
    assert caught.value.number == number
    assert "\n" not in str(caught.value)
    assert "token-" not in str(caught.value)


async def test_processes_share_one_token(connection: httpx.AsyncClient, api: WeChatApi, database: Database) -> None:
    first, second = service(connection, database), service(connection, database)
    await first.send(READER, "一")
    await asyncio.gather(*(each.send(READER, "二") for each in (first, second) for _ in range(3)))
    assert (api.tokens, len(api.sent)) == (1, 7)


async def test_a_refused_token_is_fetched_anew(
    connection: httpx.AsyncClient, api: WeChatApi, database: Database
) -> None:
    sender = service(connection, database)
    await sender.send(READER, "一")
    api.tokens = 5  # as when somebody else had a new one made
    await sender.send(READER, "二")
    assert (api.tokens, len(api.sent)) == (6, 2)


async def test_a_token_near_its_end_is_not_used(
    connection: httpx.AsyncClient, api: WeChatApi, database: Database
) -> None:
    api.lifetime = 200
    sender = service(connection, database)
    await sender.send(READER, "一")
    api.tokens = 2
    await sender.send(READER, "二")
    assert len(api.sent) == 2


async def test_an_api_that_is_away_is_named(database: Database) -> None:
    async with httpx.AsyncClient(base_url="http://127.0.0.1:1") as client:
        with pytest.raises(CustomerServiceError, match="did not answer at cgi-bin/stable_token: ConnectError"):
            await service(client, database).send(READER, "12座。")
