"""Signatures and encryption: WeChat's published vectors, and everything that is not from WeChat."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import SettingsError
from rag.serve.wechat.encryption import MessageCipher, check_signature, check_time, signature
from rag.serve.wechat.errors import SignatureError, WeChatError

# Published by WeChat for trying out an implementation.
TOKEN = "AAAAA"  # noqa: S105
KEY = "A" * 43
OTHER_KEY = "B" * 43
APP = "wxba5fad812f8e6fb9"
REPLY = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
REPLY_SIGNATURE = "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
TIME, NONCE = "1713424427", "415670741"


@pytest.fixture
def cipher() -> MessageCipher:
    return MessageCipher(TOKEN, [KEY], APP)


@pytest.mark.parametrize(
    ("timestamp", "nonce", "expected"),
    [
        ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
    ],
)
def test_published_signatures(timestamp: str, nonce: str, expected: str) -> None:
    assert signature(TOKEN, timestamp, nonce) == expected
    check_signature(expected, TOKEN, timestamp, nonce)


@pytest.mark.parametrize("given", ["", "f464", "签名", "\ud800", "F464B24FC39322E44B38AA78F5EDD27BD1441696"])
def test_a_wrong_signature_is_refused(given: str) -> None:
    with pytest.raises(SignatureError, match="signature is wrong"):
        check_signature(given, TOKEN, "1714036504", "1514711492")


@pytest.mark.parametrize(("now", "fresh"), [(1000, True), (1300, True), (700, True), (1301, False), (699, False)])
def test_only_what_was_signed_lately_counts(now: float, fresh: bool) -> None:
    if fresh:
        check_time("1000", now, 300)
    else:
        with pytest.raises(SignatureError, match="301 s away"):
            check_time("1000", now, 300)


@pytest.mark.parametrize("timestamp", ["", "-5", "1e3", "٣", "9" * 13, "1.0"])
def test_a_timestamp_is_a_number(timestamp: str) -> None:
    with pytest.raises(SignatureError, match="no number"):
        check_time(timestamp, 1000, 300)


def test_the_published_reply(cipher: MessageCipher) -> None:
    reply = cipher.encrypt('{"demo_resp":"good luck"}', TIME, NONCE, random=b"707722b803182950")
    assert (reply.encrypted, reply.signature) == (REPLY, REPLY_SIGNATURE)
    assert cipher.decrypt(REPLY, REPLY_SIGNATURE, TIME, NONCE) == '{"demo_resp":"good luck"}'


@given(message=st.text(st.characters(exclude_categories=["Cs"])), receiver=st.sampled_from([APP, "", "企业"]))
def test_what_is_encrypted_is_understood(message: str, receiver: str) -> None:
    cipher = MessageCipher(TOKEN, [KEY], receiver)
    reply = cipher.encrypt(message, TIME, NONCE)
    assert cipher.decrypt(reply.encrypted, reply.signature, TIME, NONCE) == message
    assert len(base64.b64decode(reply.encrypted)) % 32 == 0


def test_two_replies_never_look_the_same(cipher: MessageCipher) -> None:
    assert cipher.encrypt("好", TIME, NONCE).encrypted != cipher.encrypt("好", TIME, NONCE).encrypted


def test_the_key_before_is_understood_while_it_is_changed(cipher: MessageCipher) -> None:
    changed = MessageCipher(TOKEN, [OTHER_KEY, KEY], APP)
    assert changed.decrypt(REPLY, REPLY_SIGNATURE, TIME, NONCE) == '{"demo_resp":"good luck"}'
    new = changed.encrypt("好", TIME, NONCE)
    with pytest.raises(WeChatError, match="another EncodingAESKey"):
        cipher.decrypt(new.encrypted, new.signature, TIME, NONCE)


def test_a_message_for_another_account_is_refused() -> None:
    other = MessageCipher(TOKEN, [KEY], "wx0000000000000000")
    with pytest.raises(WeChatError, match="another account"):
        other.decrypt(REPLY, REPLY_SIGNATURE, TIME, NONCE)


@given(data=st.binary(max_size=100), as_base64=st.booleans())
def test_whatever_is_signed_is_read_or_refused(data: bytes, as_base64: bool) -> None:
    encrypted = base64.b64encode(data).decode() if as_base64 else data.decode("latin-1")
    cipher = MessageCipher(TOKEN, [KEY], APP)
    with pytest.raises(WeChatError):
        cipher.decrypt(encrypted, signature(TOKEN, TIME, NONCE, encrypted), TIME, NONCE)


@pytest.mark.parametrize("change", [0, 20, -1])
def test_a_changed_message_is_refused(cipher: MessageCipher, change: int) -> None:
    changed = list(REPLY)
    changed[change] = "x"
    with pytest.raises(SignatureError):
        cipher.decrypt("".join(changed), REPLY_SIGNATURE, TIME, NONCE)


@pytest.mark.parametrize("key", ["", "A" * 42, "A" * 44, "-" * 43, "密" * 43])
def test_what_is_no_key_is_a_wrong_setting(key: str) -> None:
    with pytest.raises(SettingsError, match="43 letters and digits") as caught:
        MessageCipher(TOKEN, [KEY, key], APP)
    assert not key or key not in str(caught.value)
