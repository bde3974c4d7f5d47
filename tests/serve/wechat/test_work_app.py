"""The app of 企业微信 over HTTP, spoken to by an independent 企业微信, and what it sends to a stand-in API."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from rag.errors import SettingsError
from rag.serve.app import create_app
from rag.serve.wechat.encryption import MessageCipher
from rag.serve.wechat.message_xml import cdata
from rag.serve.wechat.work_accounts import work_app
from rag.serve.wechat.work_app import without_menu_lines
from rag.settings import Settings
from rag.state.database import Database
from rag.state.tables import Exchange
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.account import fields_of
from tests.serve.wechat.peer_wecom import Peer
from tests.serve.wechat.test_work_bot import answering_after

TOKEN, KEY, CORP = "appToken", "p" * 43, "ww0123456789abcdef"
SECRET = "s3cret-of-the-app"  # noqa: S105
PATH = "/wechat/wecom/app"
WHOLE = {"wecom_app_token": TOKEN, "wecom_app_aes_key": KEY, "wecom_corp_id": CORP}


@pytest.fixture
def app_settings(tmp_path: Path) -> Settings:
    return Settings(
        corpus_dir=tmp_path, index_dir=tmp_path / "index", wechat_answer_seconds=2, max_question_chars=100, **WHOLE
    )


@pytest.fixture
def app(fake: FakeChatbot, app_settings: Settings, database: Database) -> FastAPI:
    return create_app(fake, app_settings, database)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def peer(url: str) -> Peer:
    return Peer(url + PATH, TOKEN, KEY, CORP, "app")


def message(text: str = "", message_id: str = "90000000001", **fields: str) -> dict[str, str]:
    return {
        "ToUserName": CORP,
        "FromUserName": "li",
        "CreateTime": str(int(time.time())),
        "MsgType": "text",
        "Content": text,
        "MsgId": message_id,
        "AgentID": "1000002",
        **fields,
    }


def sealed(xml: str) -> dict[str, Any]:
    encrypted = MessageCipher(TOKEN, [KEY], CORP).encrypt(xml, str(int(time.time())), "77")
    query = {"msg_signature": encrypted.signature, "timestamp": encrypted.timestamp, "nonce": "77"}
    body = f"<xml><ToUserName>{CORP}</ToUserName><Encrypt>{cdata(encrypted.encrypted)}</Encrypt></xml>"
    return {"url": PATH, "params": query, "content": body}


def as_xml(fields: dict[str, str]) -> str:
    return f"<xml>{''.join(f'<{name}>{cdata(value)}</{name}>' for name, value in fields.items())}</xml>"


def opened(response: httpx.Response) -> str:
    """What the member reads; "" for nothing."""
    assert response.status_code == 200, response.text
    if not response.text:
        return ""
    reply = fields_of(response.text)
    parts = reply["Encrypt"], reply["MsgSignature"], reply["TimeStamp"], reply["Nonce"]
    return fields_of(MessageCipher(TOKEN, [KEY], CORP).decrypt(*parts))["Content"]


def test_a_message_goes_all_the_way_round(app: FastAPI) -> None:
    with running(app) as url:
        verified, [reply] = peer(url)({"verify": "41234"}, {"message": message("桥有几座？"), "tries": 3, "seconds": 5})
    assert verified == {"status": 200, "text": "41234"}
    assert (reply["reply"]["ToUserName"], reply["reply"]["FromUserName"]) == ("li", CORP)
    assert reply["reply"]["MsgType"] == "text"
    assert reply["reply"]["Content"].startswith("12座。")
    assert "weixin:" not in reply["reply"]["Content"]


@pytest.mark.parametrize(("seconds", "said"), [(1.0, "12座。"), (4, "还在查")])
def test_a_slow_answer_comes_with_a_later_try(
    fake: FakeChatbot, app_settings: Settings, database: Database, seconds: float, said: str
) -> None:
    given = {**app_settings.model_dump(exclude_unset=True), "wechat_answer_seconds": 0.5}
    # WeChat's five seconds, made short: ours are 0.5 here.
    call = {"message": message("桥有几座？"), "tries": 3, "seconds": 0.6}
    with running(create_app(fake, Settings(**given), database)) as url:
        with answering_after(fake, seconds):
            [replies] = peer(url)(call)
        time.sleep(0.3)
        [[later]] = peer(url)({"message": message("谢谢", "90000000002"), "tries": 1, "seconds": 5})
    assert [reply.get("timedOut", False) for reply in replies[:-1]] == [True] * (len(replies) - 1)
    assert said in replies[-1]["reply"]["Content"]
    assert [question for question, _ in fake.asked].count("桥有几座？") == 1
    if said == "还在查":
        assert "12座。" in later["reply"]["Content"]
    with database.reading() as session:
        kept = session.scalars(select(Exchange)).first()
    assert kept is not None
    assert (kept.channel, kept.conversation) == ("wecom", "li")


@pytest.mark.slow
def test_seven_seconds_are_two_tries(fake: FakeChatbot, app_settings: Settings, database: Database) -> None:
    given = {**app_settings.model_dump(exclude_unset=True), "wechat_answer_seconds": 4.5}
    with running(create_app(fake, Settings(**given), database)) as url, answering_after(fake, 7):
        [replies] = peer(url)({"message": message("桥有几座？"), "tries": 3, "seconds": 5})
    assert len(replies) == 2
    assert replies[1]["reply"]["Content"].startswith("12座。")
    assert len(fake.asked) == 1


def test_who_joins_is_welcomed_and_the_rest_gets_a_kind_line(client: TestClient, fake: FakeChatbot) -> None:
    def send(fields: dict[str, str]) -> str:
        return opened(client.post(**sealed(as_xml(fields))))

    event = {**message(), "MsgType": "event", "MsgId": ""}
    assert "“河西建成桥梁多少座？”" in send({**event, "Event": "subscribe"})
    assert send({**event, "Event": "enter_agent"}) == ""
    assert "只看得懂文字" in send(message(message_id="1", MsgType="image"))
    assert "删除" in send(message("删除记录", "2"))
    assert fake.asked == []


@contextlib.contextmanager
def api(refuse_first_token: bool = False, fail_with: int = 0) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A stand-in of 企业微信's API; yields its address and what it was asked."""
    asked: list[tuple[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            asked.append(("token", query))
            number = sum(kind == "token" for kind, _ in asked)
            self._send({"errcode": 0, "errmsg": "ok", "access_token": f"token-{number}", "expires_in": 7200})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((urlsplit(self.path).query, body))
            refused = refuse_first_token and self.path.endswith("token-1")
            self._send({"errcode": 42001 if refused else fail_with, "errmsg": "hint"})

        def _send(self, content: Any) -> None:
            data = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", asked
        finally:
            server.shutdown()
            thread.join()


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    assert true()


@pytest.mark.parametrize("refuse_first_token", [False, True])
def test_with_a_secret_a_late_answer_is_sent(
    fake: FakeChatbot, app_settings: Settings, database: Database, refuse_first_token: bool
) -> None:
    with api(refuse_first_token) as (api_url, asked):
        secret = {"wecom_app_secret": SECRET, "wecom_agent_id": 1000002, "wecom_api_url": api_url}
        whole = Settings(**{**app_settings.model_dump(exclude_unset=True), **secret})
        with TestClient(create_app(fake, whole, database)) as client:
            for number in (1, 2):
                fake.gate.clear()
                # An empty answer: nothing is to be tried again.
                assert opened(client.post(**sealed(as_xml(message("桥有几座？", str(number)))))) == ""
                fake.gate.set()
                wait_until(lambda: len(asked) == 2 * (1 + refuse_first_token) + number - 1)  # noqa: B023
    tokens = [query for kind, query in asked if kind == "token"]
    assert tokens == [{"corpid": CORP, "corpsecret": SECRET}] * (1 + refuse_first_token)
    sent = [body for kind, body in asked if kind == f"access_token=token-{1 + refuse_first_token}"]
    assert [(body["touser"], body["msgtype"], body["agentid"]) for body in sent] == [("li", "text", 1000002)] * 2
    assert all(body["text"]["content"].startswith("12座。") for body in sent)
    assert "weixin:" not in json.dumps(sent)


def test_what_could_not_be_sent_comes_with_the_next_message(
    fake: FakeChatbot, app_settings: Settings, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with api(fail_with=60020) as (api_url, _):
        secret = {"wecom_app_secret": SECRET, "wecom_agent_id": 1000002, "wecom_api_url": api_url}
        whole = Settings(**{**app_settings.model_dump(exclude_unset=True), **secret})
        with TestClient(create_app(fake, whole, database)) as client:
            fake.gate.clear()
            assert opened(client.post(**sealed(as_xml(message("桥有几座？", "1"))))) == ""
            fake.gate.set()
            wait_until(lambda: "企业可信IP" in caplog.text)
            time.sleep(0.2)
            later = opened(client.post(**sealed(as_xml(message("路呢？", "2")))))
    assert "12座" in later
    assert "没有提到" in later
    assert SECRET not in caplog.text
    assert "token-1" not in caplog.text


def test_lines_to_touch_are_words_in_wecom() -> None:
    text = (
        '（未完）<a href="weixin://bizmsgmenu?msgmenucontent=继续&msgmenuid=1">继续</a> <a href="https://x/">原文</a>'
    )
    assert without_menu_lines(text) == '（未完）“继续” <a href="https://x/">原文</a>'


@hypothesis_settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300)
    | st.text(max_size=100).map(lambda text: f"<xml><Encrypt>{text}</Encrypt></xml>".encode()),
    query=st.dictionaries(st.sampled_from(["msg_signature", "timestamp", "nonce"]), st.text()),
)
def test_garbage_is_refused(client: TestClient, body: bytes, query: dict[str, str]) -> None:
    assert 400 <= client.post(PATH, params=query, content=body).status_code < 500


@hypothesis_settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=100)
    | st.dictionaries(
        st.sampled_from(["ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Event"]), st.text("ab1\0<]>")
    ).map(as_xml)
)
def test_whatever_is_signed_is_answered(client: TestClient, xml: str) -> None:
    assert client.post(**sealed(xml)).status_code == 200


def test_what_was_changed_on_its_way_is_refused(client: TestClient) -> None:
    request = sealed(as_xml(message("桥有几座？")))
    assert client.post(**request | {"params": {**request["params"], "nonce": "78"}}).status_code == 403


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"wecom_app_token": TOKEN}, "JUWEN_WECOM_APP_AES_KEY and JUWEN_WECOM_CORP_ID too"),
        ({"wecom_corp_id": CORP}, "JUWEN_WECOM_APP_TOKEN and JUWEN_WECOM_APP_AES_KEY"),
        ({"wecom_app_secret": SECRET, "wecom_agent_id": 1}, "JUWEN_WECOM_APP_TOKEN"),
        ({**WHOLE, "wecom_app_secret": SECRET}, "JUWEN_WECOM_AGENT_ID too"),
        ({**WHOLE, "wecom_agent_id": 5}, "JUWEN_WECOM_APP_SECRET too"),
        ({**WHOLE, "wecom_app_aes_key": "short"}, "43 letters"),
        ({**WHOLE, "wecom_api_url": "qyapi"}, "wecom_api_url"),
    ],
)
def test_half_an_app_is_a_wrong_setting(given: dict[str, Any], missing: str) -> None:
    with pytest.raises(SettingsError, match=missing) as caught:
        work_app(Settings(**given))
    assert SECRET not in str(caught.value)


def test_without_its_settings_there_is_no_app(fake: FakeChatbot, tmp_path: Path, database: Database) -> None:
    assert work_app(Settings()) is None
    with TestClient(create_app(fake, Settings(index_dir=tmp_path), database)) as client:
        assert client.post(**sealed("<xml/>")).status_code == 404


def test_the_secret_is_shown_nowhere() -> None:
    app = work_app(Settings(**WHOLE, wecom_app_secret=SECRET, wecom_agent_id=1))
    assert app is not None
    assert SECRET not in repr(app)
