"""XML in and out: whatever is written is read back, and nothing that comes in breaks anything."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import AsyncIterator, Iterator
from typing import Final

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.serve.app import create_app
from rag.serve.wechat.message_xml import Message, MessageError, cdata, read_fields, read_message, text_reply
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.account import message_xml, signed

BODIES: Final = 10_000
SEED: Final = 20260101

# What XML 1.0 can hold; "\r" comes back as "\n", as XML says.
XML_TEXT = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")),
        st.sampled_from(["]", ">", "]]>", "<![CDATA[", "&amp;", "<", "\n", "\t", "😀", "👨‍👩‍👧", "𠮷"]),
    )
).map("".join)


@given(text=XML_TEXT)
def test_what_is_written_is_read(text: str) -> None:
    message = Message("gh_account", "reader", 1, "text", "1")
    fields = read_fields(text_reply(message, text, 1700000000).encode())
    assert fields == {
        "ToUserName": "reader",
        "FromUserName": "gh_account",
        "CreateTime": "1700000000",
        "MsgType": "text",
        "Content": text,
    }


@given(text=st.text())
def test_what_xml_cannot_hold_is_left_out(text: str) -> None:
    read = read_fields(f"<xml><a>{cdata(text)}</a></xml>".encode())["a"]
    assert read == "".join(
        each
        for each in text.replace("\r\n", "\n").replace("\r", "\n")
        if each in "\t\n" or each >= " "
        if each not in "\ufffe\uffff" and not "\ud800" <= each <= "\udfff"
    )


@given(body=st.binary(max_size=200))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    for candidate in (body, b"<xml>" + body + b"</xml>"):
        with contextlib.suppress(MessageError):
            assert read_message(read_fields(candidate)).user


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:1/">%a;]><xml/>',
        '<!DOCTYPE xml PUBLIC "-//x" "http://127.0.0.1:1/x.dtd"><xml/>',
        "<!DOCTYPE xml><xml/>",
    ],
)
def test_a_dtd_is_refused(body: str) -> None:
    with pytest.raises(MessageError, match="declares a DTD"):
        read_fields(body.encode())


def test_a_bomb_costs_no_time() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    begun = time.monotonic()
    with pytest.raises(MessageError):
        read_fields(f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}]><xml><Content>&l11;</Content></xml>'.encode())
    assert time.monotonic() - begun < 1


def test_an_event_is_told_from_another_by_user_time_and_kind() -> None:
    def event(**fields: str) -> str:
        return read_message(read_fields(message_xml(kind="event", CreateTime="5", **fields).encode())).id

    assert event(Event="subscribe") == event(Event="subscribe")
    assert len({event(Event="subscribe"), event(Event="VIEW"), event(Event="VIEW", user="another")}) == 3


@pytest.fixture
async def client(fake: FakeChatbot, account: Settings, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(fake, account, database)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        yield client


PIECES: Final = [
    b"<xml>", b"</xml>", b"<", b">", b"&", b"&amp;", b"&x;", b"]]>", b"<![CDATA[", b"<!DOCTYPE x>", b"<!ENTITY a 'b'>",
    b"<?xml version='1.0' encoding='utf-16'?>", b"<?xml version='1.1'?>", b"<!--", b"-->", b"\0", b"\xff",
    b"\xed\xa0\x80",
    b"<Encrypt>", b"</Encrypt>", b"<MsgType>text</MsgType>", b"<MsgType>event</MsgType>", b"<MsgId>", b"</MsgId>",
    b"<Content>", b"</Content>", b"<CreateTime>-1</CreateTime>", b"<FromUserName>x</FromUserName>", b" ", b"\n",
    "桥".encode(), "😀".encode(), b"A" * 300, b"<a:b xmlns:a='x'/>", b"xmlns='", b"&#0;", b"&#x110000;", b"&#xD800;",
]  # fmt: skip


def bodies(count: int) -> Iterator[bytes]:
    """Bodies that are nearly messages, and bodies that are far from one; the same in every run."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    whole = message_xml("河西有多少座桥", message_id="1", CreateTime="5").encode()
    for number in range(count):
        if number % 2:
            yield b"".join(chance.choices(PIECES, k=chance.randrange(1, 12)))
            continue
        body = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(body))
            piece = chance.choice(PIECES)
            body[at : at + chance.choice((0, 0, 1, len(piece)))] = piece
        yield bytes(body)


@pytest.mark.slow
async def test_10000_bodies_get_200_or_4xx(client: httpx.AsyncClient) -> None:
    seen: dict[int, int] = {}
    queries = [signed(), signed(encrypt_type="aes", msg_signature="0" * 40), {"signature": "x"}]
    for number, body in enumerate(bodies(BODIES)):
        if number % 1000 == 0:
            queries[:2] = signed(), signed(encrypt_type="aes", msg_signature="0" * 40)
        query = queries[0 if number % 4 else 1 + number // 4 % 2]
        response = await client.post("/wechat/mp", params=query, content=body)
        seen[response.status_code] = seen.get(response.status_code, 0) + 1
        assert response.status_code == 200 or 400 <= response.status_code < 500, body
        assert "Traceback" not in response.text
        if query is not queries[0]:
            assert response.status_code == 403
    # Both kinds were really met, and some bodies were still messages.
    assert seen[200] > BODIES / 2
    assert seen[403] > BODIES / 5


async def test_some_bodies_get_200(client: httpx.AsyncClient) -> None:
    for body in bodies(200):
        response = await client.post("/wechat/mp", params=signed(), content=body)
        assert response.status_code == 200, body
