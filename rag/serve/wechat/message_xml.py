"""The XML of WeChat's messages: what comes in is read with care, what goes out is always well formed.

Source: WeChat's 接收普通消息, 接收事件推送 and 被动回复用户消息.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from rag.serve.wechat.encryption import EncryptedReply
from rag.serve.wechat.errors import WeChatError

MOST_BYTES: Final = 64 * 1024
"""The largest body that is read. WeChat's own are below 10 KB."""

_LONGEST_ID: Final = 200
# https://www.w3.org/TR/xml/#charsets
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class MessageError(WeChatError):
    """A body that is no message of WeChat's."""

    code = "bad_message"


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a reader, or an event, as WeChat sends it on.

    ``created`` is in seconds since 1970. ``kind`` is WeChat's MsgType, ``event`` its Event in lower case. ``text`` is
    what was typed, or what WeChat heard in a voice message; "" for everything else.
    """

    account: str
    user: str
    created: int
    kind: str
    id: str
    event: str = ""
    text: str = ""

    @property
    def is_event(self) -> bool:
        """Whether nobody wrote it: somebody followed the account, say."""
        return self.kind == "event"


def read_fields(body: bytes) -> dict[str, str]:
    """The fields of a body: the text of each element right below ``<xml>``.

    Raises:
        MessageError: it is not UTF-8, no XML, too large, or has a DTD, which WeChat never sends: a DTD can make a
            small body huge, or read files.

    Example:
        >>> read_fields(b"<xml><MsgType><![CDATA[text]]></MsgType></xml>")
        {'MsgType': 'text'}
    """
    if len(body) > MOST_BYTES:
        raise MessageError(f"the body has {len(body)} bytes; WeChat sends at most {MOST_BYTES}")
    try:
        root = defusedxml.ElementTree.fromstring(body.decode("utf-8"), forbid_dtd=True)
    except UnicodeDecodeError as error:
        raise MessageError(f"the body is not UTF-8: byte {error.start} is 0x{body[error.start]:02x}") from error
    except DefusedXmlException as error:
        raise MessageError("the body declares a DTD or an entity; WeChat never does") from error
    except (ParseError, ValueError) as error:
        raise MessageError(f"the body is no XML: {error}") from error
    if root.tag != "xml":
        raise MessageError("the body's root is not <xml>")
    return {element.tag: element.text or "" for element in root}


def read_message(fields: Mapping[str, str]) -> Message:
    """The message in ``fields``.

    Raises:
        MessageError: a field that every message has is missing or makes no sense.
    """
    created = fields.get("CreateTime", "").strip()
    message = Message(
        account=_name(fields, "ToUserName"),
        user=_name(fields, "FromUserName"),
        created=int(created) if created.isascii() and created.isdigit() and len(created) <= 12 else 0,
        kind=_name(fields, "MsgType").lower(),
        id=fields.get("MsgId", "").strip(),
        event=fields.get("Event", "").strip().lower(),
        text=fields.get("Content") or fields.get("Recognition") or "",
    )
    if message.id:
        return _checked(message)
    # An event has no id. WeChat says to tell a repeated one by these two; two events of one second differ in kind.
    made_up = f"{message.user} {message.created} {message.event}"
    return _checked(Message(message.account, message.user, message.created, message.kind, made_up, message.event))


def text_reply(message: Message, text: str, now: int) -> str:
    """The XML that answers ``message`` with ``text``; ``now`` is in seconds since 1970."""
    return (
        f"<xml><ToUserName>{cdata(message.user)}</ToUserName><FromUserName>{cdata(message.account)}</FromUserName>"
        f"<CreateTime>{now}</CreateTime><MsgType>{cdata('text')}</MsgType><Content>{cdata(text)}</Content></xml>"
    )


def encrypted_reply(reply: EncryptedReply) -> str:
    """The XML around an encrypted answer."""
    return (
        f"<xml><Encrypt>{cdata(reply.encrypted)}</Encrypt><MsgSignature>{cdata(reply.signature)}</MsgSignature>"
        f"<TimeStamp>{reply.timestamp}</TimeStamp><Nonce>{cdata(reply.nonce)}</Nonce></xml>"
    )


def cdata(text: str) -> str:
    """``text`` as CDATA: ``]]>`` is split over two sections, and what XML cannot hold is left out.

    Example:
        >>> cdata("a]]>b")
        '<![CDATA[a]]]]><![CDATA[>b]]>'
    """
    return f"<![CDATA[{_FORBIDDEN.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _name(fields: Mapping[str, str], field: str) -> str:
    value = fields.get(field, "").strip()
    if not 0 < len(value) <= _LONGEST_ID:
        raise MessageError(f"the message has no {field}, or a very long one")
    return value


def _checked(message: Message) -> Message:
    if len(message.id) > 2 * _LONGEST_ID:
        raise MessageError("the message has a very long id")
    return message
