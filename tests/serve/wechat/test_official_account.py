"""The 公众号: whatever WeChat sends is answered with 200, and what it did not sign is refused."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.errors import SettingsError
from rag.serve.app import create_app
from rag.serve.wechat.encryption import MessageCipher
from rag.serve.wechat.message_xml import cdata
from rag.settings import Settings
from rag.state.conversations import Asker, Conversations
from rag.state.database import Database
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.account import (
    APP,
    KEY,
    NONCE,
    READER,
    TOKEN,
    WeChat,
    account_settings,
    fields_of,
    message_xml,
    new_id,
    signed,
)

QUESTION = "河西有多少座桥"


def test_the_address_is_verified(client: TestClient) -> None:
    response = client.get("/wechat/mp", params=signed(echostr="4375120948345356249"))
    assert (response.status_code, response.text) == (200, "4375120948345356249")
    assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "params",
    [
        {},
        {**signed(), "signature": "0" * 40},
        {**signed(), "nonce": "1"},
        signed(str(int(time.time()) - 100_000)),
        signed(str(int(time.time()) + 100_000)),
        {**signed(), "encrypt_type": "aes", "msg_signature": "0" * 40},
    ],
    ids=["nothing", "signature", "nonce", "old", "future", "encrypted"],
)
def test_what_wechat_did_not_sign_is_refused(client: TestClient, fake: FakeChatbot, params: dict[str, str]) -> None:
    if "encrypt_type" not in params:
        assert client.get("/wechat/mp", params={**params, "echostr": "1"}).status_code == 403
    response = client.post("/wechat/mp", params=params, content=message_xml(QUESTION).encode())
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "bad_signature"
    assert fake.asked == []


def test_without_a_token_there_is_no_route(fake: FakeChatbot, tmp_path: Path, database: Database) -> None:
    settings = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index")
    with TestClient(create_app(fake, settings, database)) as client:
        assert client.get("/wechat/mp", params=signed()).status_code == 404
        assert client.post("/wechat/mp", params=signed(), content=b"<xml/>").status_code == 404


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"WECHAT_MP_AES_KEY": KEY}, "wechat_mp_token and wechat_mp_app_id"),
        ({"WECHAT_MP_TOKEN": TOKEN, "WECHAT_MP_AES_KEY": KEY}, "wechat_mp_app_id"),
        ({"WECHAT_MP_APP_ID": APP}, "wechat_mp_token"),
        ({"WECHAT_MP_TOKEN": TOKEN, "WECHAT_MP_APP_SECRET": "s3cret"}, "wechat_mp_app_id"),
        (
            {"WECHAT_MP_TOKEN": TOKEN, "WECHAT_MP_APP_ID": APP, "WECHAT_MP_CUSTOMER_SERVICE": "true"},
            "wechat_mp_app_secret",
        ),
    ],
)
def test_half_a_configuration_is_named(
    fake: FakeChatbot, database: Database, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], missing: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"JUWEN_{name}", value)
    with pytest.raises(SettingsError, match=f"without {missing};") as caught:
        create_app(fake, Settings(), database)
    assert "s3cret" not in str(caught.value)
    assert KEY not in str(caught.value)


def test_a_wrong_key_is_named(fake: FakeChatbot, account: Settings, database: Database) -> None:
    with pytest.raises(SettingsError, match="wechat_mp_aes_key: an EncodingAESKey has 43"):
        create_app(fake, account_settings(account, wechat_mp_aes_key=f"{KEY},short"), database)


def test_an_answer(wechat: WeChat) -> None:
    assert wechat.say(QUESTION) == (
        "12座。去年，河西建成桥梁😀12座。\n\n"
        '「去年，河西建成桥梁😀12座。」<a href="https://juwen.example/a/bridges%202024%2F1#33-47">查看原文</a>\n\n'
        "注：“去年”指2023年 [x](javascript:alert(1)) $x^2$\n\n"
        "还可以问：\n"
        '<a href="weixin://bizmsgmenu?msgmenucontent=𠮷桥有多少座？&msgmenuid=1">𠮷桥有多少座？</a>'
    )


def test_without_a_public_address_there_is_no_link(fake: FakeChatbot, account: Settings, database: Database) -> None:
    settings = account_settings(account, public_url="")
    with TestClient(create_app(fake, settings, database)) as client:
        text = WeChat(client).say(QUESTION)
    assert "「去年，河西建成桥梁😀12座。」\n" in text
    assert "查看原文" not in text


def test_a_refusal_offers_questions(wechat: WeChat) -> None:
    text = wechat.say("火星上有几只企鹅")
    assert text.startswith("文章没有提到。\n\n您可以问：\n<a href=")
    # What is no Chinese in a suggestion can end neither the address nor the link.
    assert ">𠮷桥有＜img src=x＞多少座？</a>" in text
    assert 'msgmenucontent=𠮷桥有＜img src＝x＞多少座？&msgmenuid=2"' in text


def test_compatible_mode_uses_what_is_encrypted(client: TestClient) -> None:
    now = str(int(time.time()))
    sealed = MessageCipher(TOKEN, [KEY], APP).encrypt(message_xml(QUESTION), now, NONCE)
    # Only the encrypted message is signed; what stands beside it may come from anybody.
    body = message_xml("火星").replace("</xml>", f"<Encrypt>{cdata(sealed.encrypted)}</Encrypt></xml>")
    params = signed(now, encrypt_type="aes", msg_signature=sealed.signature)
    response = client.post("/wechat/mp", params=params, content=body.encode())
    assert WeChat(client, safe=True).read(response).startswith("12座")


def test_compatible_mode_without_a_key_is_plain(fake: FakeChatbot, account: Settings, database: Database) -> None:
    settings = account_settings(account, wechat_mp_aes_key="")
    with TestClient(create_app(fake, settings, database)) as client:
        body = message_xml(QUESTION).replace("</xml>", "<Encrypt>eA==</Encrypt></xml>")
        params = signed(encrypt_type="aes", msg_signature="0" * 40)
        response = client.post("/wechat/mp", params=params, content=body.encode())
    assert WeChat(client).read(response).startswith("12座")


def test_the_key_before_is_understood(fake: FakeChatbot, account: Settings, database: Database) -> None:
    settings = account_settings(account, wechat_mp_aes_key=f"{'B' * 43}, {KEY}")
    with TestClient(create_app(fake, settings, database)) as client:
        response = WeChat(client, safe=True).post(message_xml(QUESTION))
    fields = fields_of(response.text)
    sealed = fields["Encrypt"], fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
    assert "12座" in MessageCipher(TOKEN, ["B" * 43], APP).decrypt(*sealed)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<xml>",
        b"\xff\xfe<xml/>",
        b"<xml><MsgType>text</MsgType></xml>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><xml><Content>&c;</Content></xml>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml><Content>&a;</Content></xml>',
        b'<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/x.dtd"><xml/>',
        b"<xml>" + b"<a>" * 15_000 + b"</a>" * 15_000 + b"</xml>",
    ],
    ids=["empty", "text", "open", "bytes", "fields", "bomb", "file", "dtd", "deep"],
)
def test_signed_garbage_is_answered_with_success(client: TestClient, fake: FakeChatbot, body: bytes) -> None:
    response = client.post("/wechat/mp", params=signed(), content=body[:60_000])
    assert (response.status_code, response.text) == (200, "success")
    assert fake.asked == []


def test_a_message_under_another_key_is_success(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    now = str(int(time.time()))
    sealed = MessageCipher(TOKEN, ["C" * 43], APP).encrypt(message_xml(QUESTION), now, NONCE)
    body = f"<xml><Encrypt>{sealed.encrypted}</Encrypt></xml>"
    params = signed(now, encrypt_type="aes", msg_signature=sealed.signature)
    with caplog.at_level(logging.ERROR):
        response = client.post("/wechat/mp", params=params, content=body.encode())
    assert (response.status_code, response.text) == (200, "success")
    assert "another EncodingAESKey" in caplog.text


def test_a_large_body_is_refused(client: TestClient) -> None:
    response = client.post("/wechat/mp", params=signed(), content=b"x" * 70_000)
    assert response.status_code == 413


def test_one_message_is_answered_once(wechat: WeChat, fake: FakeChatbot) -> None:
    xml = message_xml(QUESTION)
    assert wechat.send(xml) == wechat.send(xml) != ""
    assert len(fake.asked) == 1


def test_a_follower_is_welcomed_once(wechat: WeChat) -> None:
    now = str(int(time.time()))
    event = message_xml(kind="event", Event="subscribe", CreateTime=now)
    text = wechat.send(event)
    assert text.startswith("欢迎关注！我只依据《河西的桥》作答")
    assert 'msgmenucontent=河西建成桥梁多少座？&msgmenuid=1">河西建成桥梁多少座？</a>' in text
    assert wechat.send(event) == text
    gone = message_xml(kind="event", Event="unsubscribe", CreateTime=now)
    assert wechat.post(gone).text == "success"
    assert wechat.post(message_xml(kind="event", Event="CLICK", EventKey="x")).text == "success"


def test_speech_is_answered_as_text(wechat: WeChat) -> None:
    assert wechat.say(kind="voice", Recognition="河西有多少座桥。", MediaId="m", Format="amr").startswith("12座")
    assert "没有听清" in wechat.say(kind="voice", MediaId="m", Format="amr")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("image", "图片"),
        ("video", "视频"),
        ("shortvideo", "视频"),
        ("location", "位置"),
        ("link", "链接"),
        ("new", "文字"),
    ],
)
def test_everything_else_gets_a_kind_line(wechat: WeChat, kind: str, line: str) -> None:
    assert line in wechat.say(kind=kind, Title="x", Url="https://example.com")


@pytest.mark.parametrize("text", ["", " ", "？？？", "😀", "【收到不支持的消息类型，暂无法显示】"])
def test_what_is_no_question(wechat: WeChat, fake: FakeChatbot, text: str) -> None:
    assert wechat.say(text) == "请用文字提问，我会从文章里找答案。"
    assert fake.asked == []


def test_a_long_question(wechat: WeChat) -> None:
    assert wechat.say("桥" * 101) == "问题太长了，请不要超过100个字。"


def test_an_error_is_never_shown(wechat: WeChat, fake: FakeChatbot) -> None:
    fake.fail_with = RuntimeError("password=hunter2")
    assert wechat.say(QUESTION) == "抱歉，回答时出了问题，请稍后再试。"


def test_a_broken_database_is_not_shown(client: TestClient, database: Database) -> None:
    with database.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE received_messages")
    assert WeChat(client).say(QUESTION) == "抱歉，回答时出了问题，请稍后再试。"


def test_a_follow_up_finds_what_was_asked(wechat: WeChat, fake: FakeChatbot) -> None:
    wechat.say(QUESTION)
    wechat.say("那𠮷桥呢")
    assert fake.asked[1][1][0].content == QUESTION


def test_records_are_deleted(wechat: WeChat, database: Database) -> None:
    wechat.say(QUESTION)
    assert Conversations(database).turns(Asker("mp", READER), 4)
    assert wechat.say("删除记录") == "您的提问记录已删除。"
    assert Conversations(database).turns(Asker("mp", READER), 4) == ()


def test_a_long_answer_is_continued(wechat: WeChat, fake: FakeChatbot) -> None:
    article = next(iter(fake.articles.values()))
    sentences = "".join(f"第{number}座桥]]>是去年建成的<a href=x>。" for number in range(150))
    object.__setattr__(article, "text", f"去年{sentences}<script>")
    text, replies = wechat.say(QUESTION), []
    while "（未完）" in text:
        replies.append(text.split("\n（未完）")[0])
        text = wechat.say("继续")
    replies.append(text)
    assert len(replies) > 3
    assert all(reply.endswith(("。", "」")) or "查看原文" in reply for reply in replies)
    shown = "".join(replies).replace("\u200b", "")
    assert re.sub(r"\s", "", sentences) in re.sub(r"\s", "", shown)
    assert wechat.say("继续") == "没有更多内容了，请直接提问。"


def test_a_new_question_ends_what_was_left(wechat: WeChat, fake: FakeChatbot) -> None:
    article = next(iter(fake.articles.values()))
    object.__setattr__(article, "text", f"去年{'桥建成了。' * 300}<script>")
    assert "（未完）" in wechat.say(QUESTION)
    assert "文章没有提到" in wechat.say("火星上有几只企鹅")
    assert wechat.say("继续") == "没有更多内容了，请直接提问。"


def test_the_same_id_again_after_another_message(wechat: WeChat, fake: FakeChatbot) -> None:
    first = message_xml(QUESTION, message_id=new_id())
    text = wechat.send(first)
    wechat.say("火星")
    assert wechat.send(first) == text
    assert len(fake.asked) == 2
