"""What a 公众号 says to each kind of message: an answer, a welcome, the rest of an answer, or a kind line."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from rag.errors import JuwenError, QuestionError
from rag.question.understand import check_question
from rag.serve.backend import Backend
from rag.serve.wechat.message_xml import Message
from rag.serve.wechat.received_messages import ReceivedMessages
from rag.serve.wechat.replies import (
    CONTINUE,
    FAILED,
    FORGET,
    FORGOTTEN,
    LOOK,
    NOT_A_QUESTION,
    NOT_HEARD,
    NOTHING_KEPT,
    OVERLOADED,
    SENT_INSTEAD,
    answer_text,
    too_long,
    welcome,
)
from rag.serve.wechat.timely_replies import Reply
from rag.serve.workers import OverloadedError, Workers
from rag.settings import Settings
from rag.state.conversations import Asker, Conversations
from rag.state.tables import Channel

CHANNEL: Final = "mp"

LLM_SHARE: Final = 0.8
"""The part of the time for a reply after which a language model must be done: the reader's answer is in time then."""

_NO_WORDS: Final = 2  # characters: 1, ?? or 嗯嗯 ask for nothing
_UNSUPPORTED: Final = "【收到不支持的消息类型，暂无法显示】"  # WeChat's own words for a sticker, say

logger = logging.getLogger(__name__)


class OfficialAccountMessages:
    """Makes the replies of a 公众号.

    Args:
        chatbot: its titles and suggestions are in the welcome.
        workers: answer the questions; a reader's follow-ups find what that reader asked before.
        conversations: where a reader's records are deleted.
        received: where the rest of a long reply is kept.
        settings: the longest question, the public address for links, and how long a reply may take.
        channel: where the readers come from.
    """

    def __init__(
        self,
        chatbot: Backend,
        workers: Workers,
        conversations: Conversations,
        received: ReceivedMessages,
        settings: Settings,
        channel: Channel = CHANNEL,
    ) -> None:
        self._chatbot = chatbot
        self._workers = workers
        self._conversations = conversations
        self._received = received
        self._settings = settings
        self._channel = channel

    async def reply(self, message: Message) -> Reply:
        """The reply to ``message``.

        Raises:
            DatabaseError: the database fails.
        """
        if message.is_event:
            return self._to_event(message)
        text = message.text.strip()
        if message.kind == "voice" and not text:
            return Reply(NOT_HEARD, minor=True)
        if message.kind not in {"text", "voice"} or text == _UNSUPPORTED:
            return Reply(SENT_INSTEAD.get(message.kind, NOT_A_QUESTION), minor=True)
        # Speech is written down with a full stop.
        command = text.rstrip("。.！!")
        if command in {CONTINUE, LOOK}:
            rest = await asyncio.to_thread(self._received.take_rest, message.id, message.user)
            return Reply(rest or NOTHING_KEPT, minor=not rest)
        if command == FORGET:
            return await asyncio.to_thread(self._forget, message)
        return await self._answer(text, message.user)

    def _to_event(self, message: Message) -> Reply:
        if message.event == "subscribe":
            titles = [article.title for article in self._chatbot.articles.values()]
            return Reply(welcome(titles, self._chatbot.suggestions))
        return Reply("")

    def _forget(self, message: Message) -> Reply:
        self._conversations.forget(Asker(self._channel, message.user))
        self._received.forget(message.user, message.id)
        return Reply(FORGOTTEN)

    async def _answer(self, text: str, user: str) -> Reply:
        try:
            check_question(text, self._settings.max_question_chars)
        except QuestionError:
            long = len(text) > self._settings.max_question_chars
            return Reply(too_long(self._settings.max_question_chars) if long else NOT_A_QUESTION, minor=not long)
        try:
            llm_seconds = LLM_SHARE * self._settings.wechat_answer_seconds
            run = self._workers.submit(text, (), Asker(self._channel, user), llm_seconds)
        except OverloadedError:
            return Reply(OVERLOADED)
        try:
            answer = await run.answer()
        except JuwenError as error:
            logger.error("a question from WeChat could not be answered: %s", error)
            return Reply(FAILED)
        finally:
            run.cancel()
        minor = answer.status == "chitchat" or (answer.status == "refused" and len(text) <= _NO_WORDS)
        return Reply(answer_text(answer, self._settings.public_url), minor)
