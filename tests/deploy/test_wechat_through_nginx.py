"""A 公众号's messages through nginx: verified, answered, and sent away without a word where they are not WeChat's."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from tests.deploy.nginx import nginx_or_skip, running_nginx
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.account import WeChat, account_settings, message_xml, signed

SOON = 3.0


@pytest.fixture
def client(fake: FakeChatbot, tmp_path: Path, database: Database) -> Iterator[httpx.Client]:
    nginx_or_skip()
    settings = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index", trusted_proxies="127.0.0.1")
    folder = tmp_path / "nginx"
    folder.mkdir()
    app = create_app(fake, account_settings(settings, wechat_answer_seconds=1.0), database)
    with running(app) as url, running_nginx(folder, url) as proxy:
        trusted = ssl.create_default_context(cafile=str(proxy.certificate))
        with httpx.Client(base_url=proxy.https, verify=trusted, timeout=20, trust_env=False) as client:
            yield client


def test_the_address_is_verified(client: httpx.Client) -> None:
    assert client.get("/wechat/mp", params=signed(echostr="4375120948345356249")).text == "4375120948345356249"
    assert client.get("/wechat/mp", params={**signed(echostr="1"), "nonce": "other"}).status_code == 403


@pytest.mark.parametrize("safe", [False, True])
def test_a_message_is_answered_at_once(client: httpx.Client, safe: bool) -> None:
    begun = time.monotonic()
    assert WeChat(client, safe).say("河西建成桥梁多少座？").startswith("12座")
    assert time.monotonic() - begun < SOON


def test_a_slow_answer_comes_at_a_later_try(client: httpx.Client, fake: FakeChatbot) -> None:
    wechat, message = WeChat(client), message_xml("河西建成桥梁多少座？")
    fake.gate.clear()
    # WeChat hangs up, and nginx says so to the server.
    with pytest.raises(httpx.ReadTimeout):
        wechat.post(message, timeout=2.0)
    fake.gate.set()
    assert wechat.send(message).startswith("12座")
    assert len(fake.asked) == 1
