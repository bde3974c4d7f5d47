"""The 智能机器人 over HTTP, spoken to by an independent 企业微信, and by whoever else finds the address."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from rag.errors import SettingsError
from rag.serve.app import create_app
from rag.serve.wechat import work_bot, work_request, work_streams
from rag.serve.wechat.encryption import MessageCipher
from rag.serve.wechat.work_streams import Streams, stream_id
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Asker, Conversations
from rag.state.database import Database
from rag.state.tables import Exchange, ReceivedMessage
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.peer_wecom import Peer

TOKEN, KEY, OLD_KEY = "robotToken", "r" * 43, "o" * 43
PATH = "/wechat/wecom/bot"


@pytest.fixture
def bot_settings(tmp_path: Path) -> Settings:
    return Settings(
        corpus_dir=tmp_path, index_dir=tmp_path / "index", wecom_bot_token=TOKEN, wecom_bot_aes_key=f"{KEY} {OLD_KEY}"
    )


@pytest.fixture
def app(fake: FakeChatbot, bot_settings: Settings, database: Database) -> FastAPI:
    return create_app(fake, bot_settings, database)


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with running(app) as url:
        yield url + PATH


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def send(client: TestClient) -> Callable[[dict[str, Any]], Any]:
    """Sends a message as 企业微信 does; the reply, decrypted, or None."""
    return lambda message: opened(client.post(**sealed(json.dumps(message))).content)


def sealed(text: str, key: str = KEY, timestamp: str = "") -> dict[str, Any]:
    message = MessageCipher(TOKEN, [key], "").encrypt(text, timestamp or str(int(time.time())), "77")
    query = {"msg_signature": message.signature, "timestamp": message.timestamp, "nonce": message.nonce}
    return {"url": PATH, "params": query, "json": {"encrypt": message.encrypted}}


def opened(body: bytes) -> Any:
    if not body:
        return None
    reply = json.loads(body)
    cipher = MessageCipher(TOKEN, [KEY], "")
    return json.loads(cipher.decrypt(reply["encrypt"], reply["msgsignature"], str(reply["timestamp"]), reply["nonce"]))


def text_message(content: str, message_id: str = "m1", **other: Any) -> dict[str, Any]:
    return {
        "msgid": message_id,
        "aibotid": "robot",
        "chattype": "single",
        "from": {"userid": "li"},
        "response_url": "https://qyapi.example/",
        "msgtype": "text",
        "text": {"content": content},
        **other,
    }


def peer(address: str) -> Peer:
    return Peer(address, TOKEN, KEY, "", "bot")


@contextlib.contextmanager
def answering_after(fake: FakeChatbot, seconds: float) -> Iterator[None]:
    """The chatbot answers ``seconds`` after it was asked."""

    def answer() -> None:
        end = time.monotonic() + 30
        while not fake.asked and time.monotonic() < end:
            time.sleep(0.02)
        time.sleep(seconds)
        fake.gate.set()

    fake.gate.clear()
    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def test_the_address_is_verified(address: str) -> None:
    assert peer(address)({"verify": "5927782489442352469"}) == [{"status": 200, "text": "5927782489442352469"}]


def test_a_quick_answer_comes_with_the_first_reply(address: str) -> None:
    [[first]] = peer(address)({"message": text_message("桥有几座？"), "untilFinished": 10})
    assert first["reply"]["msgtype"] == "stream"
    stream = first["reply"]["stream"]
    assert stream["finish"]
    assert stream["content"].startswith("**12座。")
    assert "> 去年，河西建成桥梁" in stream["content"]


def test_a_slow_answer_is_streamed_until_it_is_there(address: str, fake: FakeChatbot) -> None:
    with answering_after(fake, 3.5):
        [replies] = peer(address)({"message": text_message("桥有几座？"), "untilFinished": 20})
    streams = [reply["reply"]["stream"] for reply in replies]
    assert len(streams) > 2
    assert [stream["finish"] for stream in streams] == [False] * (len(streams) - 1) + [True]
    assert "正在查找" in streams[0]["content"]
    assert streams[-1]["content"].startswith("**12座。")
    assert {stream["id"] for stream in streams} == {stream_id("m1")}
    assert max(reply["seconds"] for reply in replies) < 3
    assert len(fake.asked) == 1


def test_another_process_has_the_stream_too(
    address: str, fake: FakeChatbot, bot_settings: Settings, database: Database
) -> None:
    other = FakeChatbot()
    with running(create_app(other, bot_settings, database)) as url, answering_after(fake, 3):
        call = {"message": text_message("桥有几座？"), "untilFinished": 20, "refreshAddress": url + PATH}
        [replies] = peer(address)(call)
        [[again]] = peer(url + PATH)({"message": text_message("桥有几座？"), "untilFinished": 5})
    assert replies[-1]["reply"]["stream"]["content"].startswith("**12座。")
    assert again["reply"] == replies[-1]["reply"]
    assert (len(fake.asked), len(other.asked)) == (1, 0)


def test_a_message_that_comes_again_is_asked_once(send: Any, fake: FakeChatbot, database: Database) -> None:
    assert send(text_message("桥有几座？")) == send(text_message("桥有几座？"))
    assert len(fake.asked) == 1
    with database.reading() as session:
        kept = session.scalars(select(Exchange)).all()
    assert [(row.channel, row.conversation) for row in kept] == [("wecom", "bot::li")]


def test_in_a_group_the_mention_is_no_part_of_the_question(send: Any, fake: FakeChatbot) -> None:
    group = {"chattype": "group", "chatid": "g1"}
    send(text_message("@据文 桥有几座？", "m1", **group))
    send(text_message("桥 @据文\u2005多几座？ @据文", "m2", **group))
    send(text_message("a@b.example 的桥有几座？", "m3", **group | {"from": {"userid": "wang"}}))
    send(text_message("@桥 有几座？", "m4"))
    asked = [question for question, _ in fake.asked]
    assert asked == ["桥有几座？", "桥 多几座？", "a@b.example 的桥有几座？", "@桥 有几座？"]
    # A follow-up knows what its writer has asked before, and what nobody else has.
    assert [len(history) for _, history in fake.asked] == [0, 2, 0, 0]


def test_who_says_so_is_forgotten(send: Any, fake: FakeChatbot, database: Database) -> None:
    send(text_message("桥有几座？", "m1"))
    send(text_message("桥多几座？", "m2", **{"from": {"userid": "wang"}}))
    assert "已删除" in send(text_message("删除记录", "m3"))["stream"]["content"]
    with database.reading() as session:
        assert [row.conversation for row in session.scalars(select(Exchange))] == ["bot::wang"]
        assert [row.user for row in session.scalars(select(ReceivedMessage))] == ["bot::wang"]
    assert len(fake.asked) == 2


def test_only_words_are_read(send: Any, fake: FakeChatbot) -> None:
    for kind in ("image", "mixed", "file", "video", "something new"):
        reply = send({**text_message("", f"m {kind}"), "msgtype": kind, kind: {"url": "https://x.example/"}})
        assert reply["stream"]["finish"]
        assert "只看得懂文字" in reply["stream"]["content"]
    voice = send({**text_message("", "m9"), "msgtype": "voice", "voice": {"content": "桥有几座"}})
    assert voice["stream"]["content"].startswith("**12座。")
    assert [question for question, _ in fake.asked] == ["桥有几座"]


def test_who_enters_is_welcomed_with_examples(send: Any) -> None:
    event = {"msgid": "e1", "create_time": 1700000000, "from": {"userid": "li"}, "msgtype": "event"}
    reply = send({**event, "event": {"eventtype": "enter_chat"}})
    assert reply["msgtype"] == "text"
    assert "河西建成桥梁多少座？" in reply["text"]["content"]
    assert send({**event, "event": {"eventtype": "feedback_event"}}) is None


@pytest.mark.parametrize(
    ("content", "said"), [("", "问题是空的"), ("？！", "只有标点"), ("桥" * 501, "501 个字符"), ("路呢", "没有提到")]
)
def test_what_cannot_be_answered_is_said_kindly(send: Any, content: str, said: str) -> None:
    reply = send(text_message(content))["stream"]
    assert reply["finish"]
    assert said in reply["content"]
    assert "The question" not in reply["content"]


def test_a_failure_is_said_and_not_shown(send: Any, fake: FakeChatbot) -> None:
    fake.fail_with = RuntimeError("secret detail")
    reply = send(text_message("桥有几座？"))["stream"]
    assert reply == {"id": stream_id("m1"), "finish": True, "content": "抱歉，回答时出了问题，请稍后再试。"}


def test_an_answer_that_takes_too_long_is_given_up(
    fake: FakeChatbot, bot_settings: Settings, database: Database
) -> None:
    fake.gate.clear()
    impatient = Settings(**bot_settings.model_dump(exclude_unset=True), answer_seconds=0.3)
    with TestClient(create_app(fake, impatient, database)) as client:
        reply = opened(client.post(**sealed(json.dumps(text_message("桥有几座？")))).content)
        fake.gate.set()
    assert reply["stream"] == {"id": stream_id("m1"), "finish": True, "content": work_streams._TOO_LATE}


def test_a_stream_that_nobody_knows_is_over(send: Any) -> None:
    reply = send({**text_message(""), "msgtype": "stream", "stream": {"id": "nothing"}})
    assert reply["stream"]["finish"]
    assert "过期" in reply["stream"]["content"]


def test_of_a_process_that_is_gone_the_stream_ends(
    send: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = Streams(Workers(FakeChatbot()), database, 100)
    assert streams._is_first(stream_id("m1"), "bot::li")
    refresh = {**text_message(""), "msgtype": "stream", "stream": {"id": stream_id("m1")}}
    assert not send(refresh)["stream"]["finish"]
    monkeypatch.setattr(work_streams, "PATIENCE_SECONDS", 0)
    assert send(refresh)["stream"] == {"id": stream_id("m1"), "finish": True, "content": work_streams._TOO_LATE}


async def test_what_is_there_of_an_answer_is_shown_and_kept(database: Database) -> None:
    class Slow(FakeChatbot):
        def stream(self, question: str, history: Any = (), *, llm_seconds: float | None = None) -> Any:
            for event in super().stream(question, history, llm_seconds=llm_seconds):
                yield event
                if event.kind == "text":
                    time.sleep(0.25)

    workers = Workers(Slow(), Conversations(database))
    here, there = Streams(workers, database, 100), Streams(workers, database, 100)
    await here.begin("s", "桥有几座", Asker("wecom", "bot::li"))
    seen, seen_there = [], []
    while not (state := await here.state("s", 0.2)).finished:
        seen.append(state.content)
        seen_there.append((await there.state("s", 0)).content)
    assert "12座。去年，河西建成桥" in seen
    assert any(content.startswith("12座") for content in seen_there)
    assert await there.state("s", 0) == state
    await here.close()
    await asyncio.to_thread(workers.close)


async def test_an_answer_that_a_restart_cuts_off_says_so(
    app: FastAPI, database: Database, fake: FakeChatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_streams, "_STOP_SECONDS", 0.1)
    fake.gate.clear()
    with TestClient(app) as client:
        client.post(**sealed(json.dumps(text_message("桥有几座？"))))
        opening = threading.Timer(0.5, fake.gate.set)
        opening.start()
    opening.join()
    state = await Streams(Workers(fake), database, 100).state(stream_id("m1"), 0)
    assert (state.finished, state.content) == (True, work_streams._STOPPED)


def test_too_many_questions_are_turned_away(fake: FakeChatbot, bot_settings: Settings, database: Database) -> None:
    fake.gate.clear()
    workers = Workers(fake, Conversations(database), threads=1, waiting=0)
    with TestClient(create_app(fake, bot_settings, database, workers=workers)) as client:
        assert not opened(client.post(**sealed(json.dumps(text_message("桥有几座？")))).content)["stream"]["finish"]
        reply = opened(client.post(**sealed(json.dumps(text_message("桥多几座？", "m2")))).content)
        fake.gate.set()
    assert "人太多" in reply["stream"]["content"]


def test_the_key_before_is_still_understood(client: TestClient) -> None:
    response = client.post(**sealed(json.dumps(text_message("桥有几座？")), OLD_KEY))
    assert opened(response.content)["stream"]["finish"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"params": {}}, 400),
        ({"params": {"msg_signature": "0" * 40, "timestamp": "1", "nonce": "2"}}, 403),
        ({"json": {"encrypt": "AAAA"}}, 403),
        ({"json": {"encrypt": 5}}, 400),
        ({"json": []}, 400),
        ({"json": {"encrypt": "A" * work_request.MOST_BODY_BYTES}}, 413),
    ],
)
def test_what_is_not_from_wecom_is_refused(client: TestClient, change: dict[str, Any], status: int) -> None:
    response = client.post(**sealed("{}") | change)
    assert response.status_code == status
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}


def test_what_was_signed_long_ago_is_refused(client: TestClient) -> None:
    old = str(int(time.time()) - 301)
    assert client.post(**sealed(json.dumps(text_message("桥有几座？")), timestamp=old)).status_code == 403


def test_a_wrong_echostr_is_refused(client: TestClient) -> None:
    assert client.get(PATH, params={**sealed("x")["params"], "echostr": "AAAA"}).status_code == 403
    assert client.get(PATH).status_code == 400


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["msgid", "msgtype", "from", "userid", "text", "content", "stream", "id", "event"]), inner
        )
    ),
)


@hypothesis_settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300),
    query=st.dictionaries(st.sampled_from(["msg_signature", "timestamp", "nonce"]), st.text()),
)
def test_garbage_is_refused(client: TestClient, body: bytes, query: dict[str, str]) -> None:
    assert 400 <= client.post(PATH, params=query, content=body).status_code < 500


@hypothesis_settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    message=ANYTHING
    | st.fixed_dictionaries({"msgtype": st.sampled_from(["text", "stream", "event"]), "msgid": st.just("")}).flatmap(
        lambda start: ANYTHING.map(lambda more: start | more if isinstance(more, dict) else start)
    )
)
def test_whatever_is_signed_is_answered_or_refused(client: TestClient, message: Any) -> None:
    status = client.post(**sealed(json.dumps(message))).status_code
    assert status == 200 or 400 <= status < 500


def test_without_its_settings_there_is_no_robot(fake: FakeChatbot, tmp_path: Path, database: Database) -> None:
    with TestClient(create_app(fake, Settings(index_dir=tmp_path), database)) as client:
        assert client.post(**sealed("{}")).status_code == 404


def test_half_a_robot_is_a_wrong_setting(fake: FakeChatbot, database: Database) -> None:
    with pytest.raises(SettingsError, match="set JUWEN_WECOM_BOT_AES_KEY too"):
        create_app(fake, Settings(wecom_bot_token=TOKEN), database)
    with pytest.raises(SettingsError, match="43 letters"):
        create_app(fake, Settings(wecom_bot_token=TOKEN, wecom_bot_aes_key="short"), database)


def test_the_limits_leave_wecom_its_time() -> None:
    assert max(work_bot.FIRST_WAIT_SECONDS, work_bot.REFRESH_WAIT_SECONDS) < 5
    assert work_streams.PATIENCE_SECONDS < 360
