"""A 智能机器人 of 企业微信 at ``/wechat/wecom/bot``: JSON, encrypted both ways, answers streamed as Markdown.

Source: https://developer.work.weixin.qq.com/document/path/101033 and the pages beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from rag.serve.backend import Backend
from rag.serve.phrases import PHRASES
from rag.serve.wechat.encryption import MessageCipher
from rag.serve.wechat.errors import WeChatError
from rag.serve.wechat.received_messages import ReceivedMessages
from rag.serve.wechat.replies import FORGET, FORGOTTEN
from rag.serve.wechat.work_request import add_callback, nonce_of
from rag.serve.wechat.work_streams import CHANNEL, Streams, StreamState, stream_id
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Asker, Conversations
from rag.state.database import Database, DatabaseError

PATH: Final = "/wechat/wecom/bot"
FIRST_WAIT_SECONDS: Final = 1.0
REFRESH_WAIT_SECONDS: Final = 1.5
_MOST_EXAMPLES: Final = 3
_MENTION: Final = re.compile(r"(?:^|(?<=\s))@\S+(?:\s+|$)")
_WORDS: Final = PHRASES["zh"]
_ONLY_TEXT: Final = "我只看得懂文字，请把问题打出来发给我。"

logger = logging.getLogger(__name__)

_Name = Annotated[str, Field(max_length=500)]


class _Sender(BaseModel):
    userid: _Name = ""


class _Content(BaseModel):
    content: str = ""


class _StreamName(BaseModel):
    id: _Name


class _Event(BaseModel):
    eventtype: _Name = ""


class BotMessage(BaseModel):
    """A message to the robot, as far as it is looked at. What 企业微信 adds to it later does no harm."""

    msgtype: _Name
    msgid: _Name = ""
    chatid: _Name = ""
    chattype: _Name = "single"
    sender: _Sender = Field(default=_Sender(), alias="from")
    text: _Content | None = None
    voice: _Content | None = None
    stream: _StreamName | None = None
    event: _Event | None = None

    @property
    def question(self) -> str | None:
        """What is asked, without the mention of the robot; None where the message is not made of words."""
        spoken = {"text": self.text, "voice": self.voice}.get(self.msgtype)
        if spoken is None:
            return None
        return (_MENTION.sub("", spoken.content) if self.chattype == "group" else spoken.content).strip()

    @property
    def conversation(self) -> str:
        """The conversation that it belongs to: in a group, each member has one of their own."""
        place = self.chatid if self.chattype == "group" else ""
        return f"bot:{place}:{self.sender.userid}"


_ENVELOPE: Final = TypeAdapter(dict[str, Any])


def work_bot_router(
    cipher: MessageCipher, chatbot: Backend, workers: Workers, settings: Settings, database: Database
) -> APIRouter:
    """The routes of the robot.

    Args:
        cipher: of the robot.
        chatbot: knows example questions.
        workers: answer.
        settings: the limit on questions.
        database: keeps the streams.
    """
    streams = Streams(workers, database, settings.max_question_chars)
    bot = _WorkBot(chatbot, streams, Conversations(database), ReceivedMessages(database, CHANNEL))

    @contextlib.asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        yield
        await streams.close()

    async def answer(text: str, request: Request) -> Response:
        reply = await bot.reply_to(_parsed(text))
        if reply is None:
            return Response()
        nonce, now = nonce_of(request), int(time.time())
        sealed = cipher.encrypt(json.dumps(reply, ensure_ascii=False), str(now), nonce)
        return JSONResponse(
            {"encrypt": sealed.encrypted, "msgsignature": sealed.signature, "timestamp": now, "nonce": nonce}
        )

    router = APIRouter(lifespan=lifespan, include_in_schema=False)
    add_callback(router, PATH, cipher, settings.wechat_replay_seconds, _encrypted_part, answer)
    return router


class _WorkBot:
    """Decides what the robot says to a message."""

    def __init__(
        self, chatbot: Backend, streams: Streams, conversations: Conversations, received: ReceivedMessages
    ) -> None:
        self._chatbot = chatbot
        self._streams = streams
        self._conversations = conversations
        self._received = received

    async def reply_to(self, message: BotMessage) -> dict[str, Any] | None:
        """The reply to a message, or None where nothing is to be said."""
        if message.msgtype == "event":
            if message.event is None or message.event.eventtype != "enter_chat":
                return None
            return {"msgtype": "text", "text": {"content": welcome(self._chatbot.suggestions)}}
        try:
            if message.msgtype == "stream" and message.stream is not None:
                return await self._state(message.stream.id, REFRESH_WAIT_SECONDS)
            if not message.msgid:
                raise WeChatError("the message has no msgid; 企业微信 gives every message one")
            return await self._answer(message, stream_id(message.msgid))
        except DatabaseError as error:
            logger.error("a question to the robot could not be answered: %s", error)
            stream = message.stream.id if message.stream is not None else stream_id(message.msgid)
            return _said(stream, _WORDS["error"])

    async def _answer(self, message: BotMessage, stream: str) -> dict[str, Any]:
        if message.question is None:
            return _said(stream, _ONLY_TEXT)
        asker = Asker(CHANNEL, message.conversation)
        if message.question.rstrip("。.！!") == FORGET:
            await asyncio.to_thread(self._conversations.forget, asker)
            await asyncio.to_thread(self._received.forget, asker.conversation, stream)
            return _said(stream, FORGOTTEN)
        await self._streams.begin(stream, message.question, asker)
        return await self._state(stream, FIRST_WAIT_SECONDS)

    async def _state(self, stream: str, seconds: float) -> dict[str, Any]:
        return _stream_reply(stream, await self._streams.state(stream, seconds))


def _said(stream: str, words: str) -> dict[str, Any]:
    return _stream_reply(stream, StreamState(words, finished=True))


def _stream_reply(stream: str, state: StreamState) -> dict[str, Any]:
    return {"msgtype": "stream", "stream": {"id": stream, "finish": state.finished, "content": state.content}}


def welcome(suggestions: tuple[str, ...]) -> str:
    """What is said to who comes for the first time, with example questions. Plain text."""
    lines = ["您好！我只依据收录的文章作答，每个答案都注明出处。"]
    if suggestions:
        lines += ["您可以这样问：", *(f"· {question}" for question in suggestions[:_MOST_EXAMPLES])]
    lines.append(f"回复“{FORGET}”可删除您的提问记录。")
    return "\n".join(lines)


def _encrypted_part(body: bytes) -> str:
    try:
        encrypted = _ENVELOPE.validate_json(body).get("encrypt")
    except ValidationError as error:
        raise WeChatError('the body is no JSON object; a 智能机器人 sends {"encrypt": ...}') from error
    if not isinstance(encrypted, str):
        raise WeChatError('the body holds no text named "encrypt"; a 智能机器人 sends {"encrypt": ...}')
    return encrypted


def _parsed(text: str) -> BotMessage:
    try:
        return BotMessage.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:100]
        raise WeChatError(f"the message is none of a 智能机器人: {where} {first['msg']}") from error
