"""A small WeChat for tests: signs, encrypts and posts messages, and reads the replies."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import httpx
from pydantic import SecretStr

from rag.serve.wechat.encryption import MessageCipher, signature
from rag.serve.wechat.message_xml import cdata
from rag.settings import Settings

TOKEN = "AAAAA"  # noqa: S105
KEY = "A" * 43
APP = "wxba5fad812f8e6fb9"
NONCE = "486452656"
READER = "oReader-1"

_ids = itertools.count(24000000001)


def account_settings(settings: Settings, **more: Any) -> Settings:
    """Settings of a server with a 公众号."""
    given = {"wechat_mp_token": TOKEN, "wechat_mp_aes_key": KEY, "wechat_mp_app_id": APP, **more}
    return Settings(**{**settings.model_dump(exclude_unset=True), **{k: _secret(k, v) for k, v in given.items()}})


def _secret(name: str, value: Any) -> Any:
    return SecretStr(value) if name in {"wechat_mp_token", "wechat_mp_aes_key", "wechat_mp_app_secret"} else value


def new_id() -> str:
    return str(next(_ids))


def message_xml(
    text: str = "", *, user: str = READER, kind: str = "text", message_id: str | None = None, **fields: str
) -> str:
    """A message as WeChat writes it."""
    fields = {
        "ToUserName": "gh_account",
        "FromUserName": user,
        "CreateTime": str(int(time.time())),
        "MsgType": kind,
        **({"Content": text} if kind == "text" else {}),
        **({} if kind == "event" else {"MsgId": message_id or new_id()}),
        **fields,
    }
    return f"<xml>{''.join(f'<{name}>{cdata(value)}</{name}>' for name, value in fields.items())}</xml>"


def signed(timestamp: str | None = None, **more: str) -> dict[str, str]:
    """The query of a request that WeChat signed now."""
    timestamp = timestamp or str(int(time.time()))
    return {"signature": signature(TOKEN, timestamp, NONCE), "timestamp": timestamp, "nonce": NONCE, **more}


def fields_of(xml: str) -> dict[str, str]:
    """The fields of a reply."""
    return {element.tag: element.text or "" for element in ElementTree.fromstring(xml)}  # noqa: S314 - our own


@dataclass
class WeChat:
    """Posts messages over ``client``, a `TestClient` or a real connection."""

    client: httpx.Client | Any
    safe: bool = False

    def post(self, xml: str, **options: Any) -> httpx.Response:
        if not self.safe:
            response = self.client.post("/wechat/mp", params=signed(), content=xml.encode(), **options)
        else:
            now = str(int(time.time()))
            sealed = MessageCipher(TOKEN, [KEY], APP).encrypt(xml, now, NONCE)
            body = f"<xml><ToUserName>gh_account</ToUserName><Encrypt>{cdata(sealed.encrypted)}</Encrypt></xml>"
            params = signed(now, encrypt_type="aes", msg_signature=sealed.signature)
            response = self.client.post("/wechat/mp", params=params, content=body.encode(), **options)
        assert isinstance(response, httpx.Response) or hasattr(response, "status_code")
        return response  # type: ignore[no-any-return]

    def say(self, text: str = "", **fields: Any) -> str:
        """What the reader sees as the reply; "" for none."""
        return self.send(message_xml(text, **fields))

    def send(self, xml: str) -> str:
        response = self.post(xml)
        assert response.status_code == 200, response.text
        return self.read(response)

    def read(self, response: httpx.Response) -> str:
        if response.text in {"success", ""}:
            return ""
        fields = fields_of(response.text)
        if self.safe:
            sealed = fields["Encrypt"], fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
            fields = fields_of(MessageCipher(TOKEN, [KEY], APP).decrypt(*sealed))
        assert (fields["ToUserName"], fields["FromUserName"]) == (READER, "gh_account")
        assert fields["MsgType"] == "text"
        assert fields["CreateTime"].isdigit()
        assert 0 < len(fields["Content"].encode()) <= 1800
        return fields["Content"]


NO_SERVICE = "该公众号暂时无法提供服务，请稍后再试"


@dataclass
class Sent:
    """What became of a message: what the reader saw, at which try, and after how many seconds."""

    text: str
    tries: int
    seconds: float


def send_as_wechat(url: str, xml: str, *, patience: float = 1.0, safe: bool = False) -> Sent:
    """Send a message as WeChat does: three tries, each dropped after ``patience`` seconds (WeChat's are 5)."""
    begun = time.monotonic()
    with httpx.Client(base_url=url, timeout=httpx.Timeout(10, read=patience)) as client:
        for tries in (1, 2, 3):
            try:
                text = WeChat(client, safe).send(xml)
            except httpx.ReadTimeout:
                continue
            return Sent(text, tries, time.monotonic() - begun)
    return Sent(NO_SERVICE, 3, time.monotonic() - begun)
