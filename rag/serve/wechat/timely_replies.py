"""Replies in time: WeChat waits for five seconds, asks three times in all, and then tells the reader of a failure.

A reply that is ready goes out at once. One that is not leaves the first two tries without any answer: only then does
WeChat ask again (an empty answer, or ``success``, means that there is none, and no try follows). The third try gets
the reply or, where it is still not there, a line that it will be given with the reader's next message. An account
with customer-service messages says ``success`` at the first try, and sends the reply when it is ready.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol

from rag.serve.wechat.errors import CustomerServiceError
from rag.serve.wechat.message_xml import Message
from rag.serve.wechat.received_messages import ReceivedMessages
from rag.serve.wechat.replies import FAILED, INTERRUPTED, NEXT_STILL_LOOKING, STILL_LOOKING, late_answer
from rag.state.database import DatabaseError

TRIES: Final = 3
POLL_SECONDS: Final = 0.1

_TRIES_TAKE: Final = 3.5  # times what one try may take, with the pauses between them
_LAST_TRY_AGE: Final = (9.0, 60.0)  # WeChat tries at about 0, 5 and 10 s

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a message. A ``minor`` one (to 好的, say) gives way to a reply that the reader still waits for."""

    text: str
    minor: bool = False


class Sender(Protocol):
    """Sends a message of the account's own accord, as `rag.serve.wechat.customer_service.CustomerService` does."""

    async def send(self, user: str, text: str) -> None:
        """Send ``text``.

        Raises:
            CustomerServiceError: WeChat refused it, or cannot be reached.
        """


class TimelyReplies:
    """Decides what each try of a message is answered with.

    Args:
        received: what is known of messages.
        seconds: how long a try may take.
        customer_service: sends what comes late; None: the account may not.
    """

    def __init__(self, received: ReceivedMessages, seconds: float, customer_service: Sender | None) -> None:
        self._received = received
        self._seconds = seconds
        self._customer_service = customer_service
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._promised: set[str] = set()

    async def reply(self, message: Message, work: Callable[[], Awaitable[Reply]]) -> str | None:
        """The text that answers this try; "" for none, and None where WeChat must be left to try again.

        Args:
            message: the message; it may have come before, to this process or to another.
            work: makes the reply. It is called by the first try only, and goes on when that is given up.

        Raises:
            DatabaseError: the database fails.
        """
        deadline = time.monotonic() + self._seconds
        old = _is_last_by_age(message)
        tries = await asyncio.to_thread(self._received.receive, message.id, message.user)
        if tries == 1:
            task = asyncio.create_task(self._work(message, work), name=f"reply to {message.kind}")
            self._under_way[message.id] = task
            task.add_done_callback(lambda done: self._end(message.id, done))
        text = await self._wait(message, deadline)
        if text is not None:
            return text
        if self._customer_service is not None:
            if message.id in self._under_way:
                self._promised.add(message.id)
            return ""
        if tries >= TRIES or old:
            return STILL_LOOKING
        if tries == 1 and not message.is_event:
            # What the reader waits for already need not wait for the new question too.
            owed = await asyncio.to_thread(self._received.give_owed, message.user)
            return f"{owed}\n\n{NEXT_STILL_LOOKING}" if owed else None
        return None

    async def until_owed(self, message: Message) -> bool | None:
        """Wait, within this try's time, for another reply that the reader waits for.

        True: it is there now. None: it is still being made. False: there is none.
        """
        deadline = time.monotonic() + self._seconds * 0.8
        while True:
            if await asyncio.to_thread(self._received.has_owed, message.id, message.user):
                return True
            if not await asyncio.to_thread(self._received.has_under_way, message.id, message.user):
                return False
            if time.monotonic() > deadline:
                return None
            await asyncio.sleep(POLL_SECONDS)

    async def close(self) -> None:
        """Give up the replies that are being made; their readers are told so."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _wait(self, message: Message, deadline: float) -> str | None:
        while True:
            text = await asyncio.to_thread(
                self._received.give, message.id, message.user, with_owed=not message.is_event
            )
            left = deadline - time.monotonic()
            if text is not None or left <= 0:
                return text
            task = self._under_way.get(message.id)
            if task is None:
                # Another process makes it.
                await asyncio.sleep(min(POLL_SECONDS, left))
            else:
                await asyncio.wait({task}, timeout=left)

    async def _work(self, message: Message, work: Callable[[], Awaitable[Reply]]) -> None:
        begun = time.monotonic()
        reply = Reply(FAILED)
        try:
            reply = await work()
            if reply.minor:
                reply = await self._instead_of_minor(message, reply)
        except asyncio.CancelledError:
            reply = Reply(INTERRUPTED)
            raise
        finally:
            # Whatever happens, the reader is not left without a word.
            text = reply.text
            if text and time.monotonic() - begun > _TRIES_TAKE * self._seconds:
                text = late_answer(message.text, text)
            await asyncio.to_thread(self._received.finish, message.id, message.user, text)
        if message.id in self._promised and self._customer_service is not None:
            await self._send(message, self._customer_service)

    async def _instead_of_minor(self, message: Message, reply: Reply) -> Reply:
        owed = await self.until_owed(message)
        if owed is None:
            return Reply(STILL_LOOKING)
        return Reply("") if owed else reply

    async def _send(self, message: Message, customer_service: Sender) -> None:
        text = await asyncio.to_thread(self._received.give, message.id, message.user)
        if not text:
            return
        try:
            await customer_service.send(message.user, text)
        except (CustomerServiceError, DatabaseError) as error:
            logger.error("an answer could not be sent, and is kept for the reader's next message: %s", error)
            await asyncio.to_thread(self._received.take_back, message.id)

    def _end(self, message_id: str, task: asyncio.Task[None]) -> None:
        self._under_way.pop(message_id, None)
        self._promised.discard(message_id)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a reply to WeChat broke off", exc_info=error)


def _is_last_by_age(message: Message) -> bool:
    """Whether an earlier try must have met a server that was down, so that this one is the last."""
    return _LAST_TRY_AGE[0] <= time.time() - message.created <= _LAST_TRY_AGE[1]
