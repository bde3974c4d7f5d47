"""An app of 企业微信 at ``/wechat/wecom/app``: XML, always encrypted, as of a 公众号 in 安全模式.

Source: 企业微信's 接收消息与事件, 加解密方案说明 and 被动回复消息格式.
"""

from __future__ import annotations

import contextlib
import logging
import re
import time
from collections.abc import AsyncIterator
from typing import Final

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import Response

from rag.serve.backend import Backend
from rag.serve.wechat.errors import WeChatError
from rag.serve.wechat.message_xml import encrypted_reply, read_fields, read_message, text_reply
from rag.serve.wechat.official_account_messages import OfficialAccountMessages
from rag.serve.wechat.platform_api import TIMEOUT_SECONDS
from rag.serve.wechat.received_messages import ReceivedMessages
from rag.serve.wechat.replies import FAILED
from rag.serve.wechat.silence import until_hung_up
from rag.serve.wechat.timely_replies import TimelyReplies
from rag.serve.wechat.work_accounts import WorkApp
from rag.serve.wechat.work_messages import WorkMessages
from rag.serve.wechat.work_request import add_callback, nonce_of
from rag.serve.wechat.work_streams import CHANNEL
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Conversations
from rag.state.database import Database, DatabaseError

PATH: Final = "/wechat/wecom/app"

_MENU_LINE: Final = re.compile(r'<a href="weixin://[^">]*">([^<>]*)</a>')

logger = logging.getLogger(__name__)


def work_app_router(
    app: WorkApp, chatbot: Backend, workers: Workers, settings: Settings, database: Database
) -> APIRouter:
    """The routes of the app.

    Args:
        app: its keys and names.
        chatbot: its titles and suggestions are in the welcome.
        workers: answer the questions.
        settings: the limit on questions, the public address, and how long a reply may take.
        database: keeps what came and what is still to be said.
    """
    received = ReceivedMessages(database, CHANNEL)
    messages = OfficialAccountMessages(chatbot, workers, Conversations(database), received, settings, CHANNEL)
    client = httpx.AsyncClient(base_url=app.api_url, timeout=TIMEOUT_SECONDS, trust_env=False)
    sender = _PlainSender(WorkMessages(client, database, app)) if app.secret else None
    replies = TimelyReplies(received, settings.wechat_answer_seconds, sender)

    @contextlib.asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        async with client:
            try:
                yield
            finally:
                await replies.close()

    async def answer(text: str, request: Request) -> Response:
        try:
            message = read_message(read_fields(text.encode("utf-8")))
        except WeChatError as error:
            # It is signed, so 企业微信 has sent it; sent again it would be no better.
            logger.error("a message from 企业微信 cannot be read: %s", error)
            return Response()
        try:
            reply = await replies.reply(message, lambda: messages.reply(message))
        except DatabaseError as error:
            logger.error("a message from 企业微信 cannot be answered: %s", error)
            reply = FAILED
        if reply is None:
            await until_hung_up(request)
        if not reply:
            return Response()
        now = int(time.time())
        xml = text_reply(message, without_menu_lines(reply), now)
        sealed = app.cipher.encrypt(xml, str(now), nonce_of(request))
        return Response(encrypted_reply(sealed), media_type="text/xml")

    router = APIRouter(lifespan=lifespan, include_in_schema=False)
    add_callback(router, PATH, app.cipher, settings.wechat_replay_seconds, _encrypted_part, answer)
    return router


def without_menu_lines(text: str) -> str:
    """``text`` with the words of its lines to touch, which only a 公众号 has.

    Example:
        >>> without_menu_lines('还可以问：<a href="weixin://bizmsgmenu?msgmenucontent=桥&msgmenuid=1">桥</a>')
        '还可以问：“桥”'
    """
    return _MENU_LINE.sub(r"“\1”", text)


class _PlainSender:
    """Sends what was worded for a 公众号."""

    def __init__(self, messages: WorkMessages) -> None:
        self._messages = messages

    async def send(self, user: str, text: str) -> None:
        await self._messages.send(user, without_menu_lines(text))


def _encrypted_part(body: bytes) -> str:
    encrypted = read_fields(body).get("Encrypt", "").strip()
    if not encrypted:
        raise WeChatError("the body holds no <Encrypt>; an app of 企业微信 always encrypts")
    return encrypted
