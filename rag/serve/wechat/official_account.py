"""``/wechat/mp``: the messages of a 公众号, in 明文, 兼容 and 安全模式.

What WeChat sends is always answered with 200: a reply, ``success`` where there is none. What WeChat did not sign is
refused with 403. Source: WeChat's 接入指南, 消息加解密说明 and 被动回复用户消息.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from rag.errors import SettingsError
from rag.serve.backend import Backend
from rag.serve.envelope import ApiError
from rag.serve.wechat.customer_service import CustomerService
from rag.serve.wechat.encryption import MessageCipher, check_signature, check_time
from rag.serve.wechat.errors import SignatureError, WeChatError
from rag.serve.wechat.message_xml import (
    MOST_BYTES,
    Message,
    MessageError,
    encrypted_reply,
    read_fields,
    read_message,
    text_reply,
)
from rag.serve.wechat.official_account_messages import CHANNEL, OfficialAccountMessages
from rag.serve.wechat.platform_api import TIMEOUT_SECONDS
from rag.serve.wechat.received_messages import ReceivedMessages
from rag.serve.wechat.replies import FAILED
from rag.serve.wechat.silence import until_hung_up
from rag.serve.wechat.timely_replies import TimelyReplies
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Conversations
from rag.state.database import Database, DatabaseError

PATH: Final = "/wechat/mp"

_NEEDS: Final = {
    "wechat_mp_aes_key": ("wechat_mp_token", "wechat_mp_app_id"),
    "wechat_mp_app_id": ("wechat_mp_token",),
    "wechat_mp_app_secret": ("wechat_mp_token", "wechat_mp_app_id"),
    "wechat_mp_customer_service": ("wechat_mp_token", "wechat_mp_app_id", "wechat_mp_app_secret"),
}
_NO_REPLY: Final = "success"

logger = logging.getLogger(__name__)


def official_account_router(chatbot: Backend, workers: Workers, settings: Settings, database: Database) -> APIRouter:
    """The route of a 公众号's messages; without routes where ``wechat_mp_token`` is not set.

    Raises:
        SettingsError: the account is set up by half, or an EncodingAESKey is none.
    """
    _check_whole(settings)
    if not settings.wechat_mp_token:
        return APIRouter()
    received = ReceivedMessages(database, CHANNEL)
    messages = OfficialAccountMessages(chatbot, workers, Conversations(database), received, settings)
    client = httpx.AsyncClient(base_url=settings.wechat_api_url, timeout=TIMEOUT_SECONDS, trust_env=False)
    customer_service = None
    if settings.wechat_mp_customer_service:
        customer_service = CustomerService(client, database, settings.wechat_mp_app_id, settings.wechat_mp_app_secret)
    replies = TimelyReplies(received, settings.wechat_answer_seconds, customer_service)
    account = OfficialAccount(settings, messages, replies)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with client:
            try:
                yield {}
            finally:
                await replies.close()

    router = APIRouter(lifespan=lifespan)

    @router.get(PATH, include_in_schema=False)
    async def verify(request: Request) -> Response:
        return account.verify(request.query_params)

    @router.post(PATH, include_in_schema=False)
    async def receive(request: Request) -> Response:
        return await account.receive(request)

    return router


@dataclass(frozen=True, slots=True)
class _Received:
    """A message, and whether its reply is to be encrypted."""

    message: Message
    encrypted: bool


class OfficialAccount:
    """Speaks WeChat's protocol for one 公众号.

    Args:
        settings: the token, the keys, the AppID, and how old a request may be.
        messages: makes the replies.
        replies: gives them in time.

    Raises:
        SettingsError: an EncodingAESKey is none.
    """

    def __init__(self, settings: Settings, messages: OfficialAccountMessages, replies: TimelyReplies) -> None:
        self._token = settings.wechat_mp_token.get_secret_value()
        keys = [key.strip() for key in settings.wechat_mp_aes_key.get_secret_value().split(",") if key.strip()]
        self._replay_seconds = settings.wechat_replay_seconds
        self._seconds = settings.wechat_answer_seconds
        self._messages = messages
        self._replies = replies
        try:
            self._cipher = MessageCipher(self._token, keys, settings.wechat_mp_app_id) if keys else None
        except SettingsError as error:
            raise SettingsError(f"wechat_mp_aes_key: {error}") from error

    def verify(self, query: Mapping[str, str]) -> Response:
        """Answer WeChat's question, asked once when the address is entered, whether this server is the right one.

        Raises:
            ApiError: 403, it is not WeChat that asks.
        """
        try:
            self._check_signed(query)
        except SignatureError as error:
            raise _refused(error) from error
        return PlainTextResponse(query.get("echostr", ""))

    async def receive(self, request: Request) -> Response:
        """Answer a message.

        Raises:
            ApiError: 403, it is not from WeChat; 408 and 413, its body is too slow or too large.
        """
        body = await self._body(request)
        try:
            received = self._open(request.query_params, body)
        except SignatureError as error:
            raise _refused(error) from error
        except WeChatError as error:
            # It is signed: WeChat must not be told that anything failed, as it would tell the reader.
            logger.error("a message from WeChat cannot be read: %s", error)
            return PlainTextResponse(_NO_REPLY)
        try:
            text = await self._replies.reply(received.message, lambda: self._messages.reply(received.message))
        except DatabaseError as error:
            logger.error("a message from WeChat cannot be answered: %s", error)
            text = FAILED
        if text is None:
            await until_hung_up(request)
            return Response()
        return self._response(received, text)

    async def _body(self, request: Request) -> bytes:
        body = bytearray()
        try:
            async with asyncio.timeout(self._seconds):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > MOST_BYTES:
                        raise ApiError(413, "payload_too_large", f"the body is above {MOST_BYTES} bytes")
        except TimeoutError as error:
            raise ApiError(408, "too_slow", f"the body did not come within {self._seconds} s") from error
        return bytes(body)

    def _open(self, query: Mapping[str, str], body: bytes) -> _Received:
        """The message in a request.

        Raises:
            SignatureError: it is not WeChat's.
            WeChatError: it is WeChat's, and cannot be read.
        """
        wants_encryption = query.get("encrypt_type", "raw").lower() == "aes"
        if not wants_encryption or self._cipher is None:
            self._check_signed(query)
            fields = read_fields(body)
            if "MsgType" not in fields and "Encrypt" in fields:
                raise MessageError("it is encrypted; set wechat_mp_aes_key and wechat_mp_app_id, or choose 明文模式")
            return _Received(read_message(fields), encrypted=False)
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        check_time(timestamp, time.time(), self._replay_seconds)
        try:
            encrypted = read_fields(body).get("Encrypt", "").strip()
        except MessageError as error:
            # What proves the sender is inside the body.
            raise SignatureError(f"nothing shows that this is from WeChat: {error}") from error
        # The message is the encrypted one, never what 兼容模式 sends beside it: that is not signed.
        opened = self._cipher.decrypt(encrypted, query.get("msg_signature", ""), timestamp, nonce)
        return _Received(read_message(read_fields(opened.encode("utf-8"))), encrypted=True)

    def _check_signed(self, query: Mapping[str, str]) -> None:
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        check_signature(query.get("signature", ""), self._token, timestamp, nonce)
        check_time(timestamp, time.time(), self._replay_seconds)

    def _response(self, received: _Received, text: str) -> Response:
        if not text:
            return PlainTextResponse(_NO_REPLY)
        now = int(time.time())
        xml = text_reply(received.message, text, now)
        if received.encrypted and self._cipher is not None:
            xml = encrypted_reply(self._cipher.encrypt(xml, str(now), secrets.token_hex(8)))
        return Response(xml, media_type="text/xml")


def _check_whole(settings: Settings) -> None:
    for name, needed in _NEEDS.items():
        missing = [other for other in needed if getattr(settings, name) and not getattr(settings, other)]
        if missing:
            raise SettingsError(f"{name} is of no use without {' and '.join(missing)}; set that too, or clear {name}")


def _refused(error: SignatureError) -> ApiError:
    logger.warning("%s refused a request: %s", PATH, error)
    return ApiError(403, error.code, str(error))
