"""Streamed answers of a 智能机器人: asked once, fetched in many requests, which any process may get."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from rag.errors import JuwenError, QuestionError
from rag.question.understand import check_question
from rag.serve.phrases import PHRASES
from rag.serve.wechat.work_markdown import answer_markdown, text_markdown
from rag.serve.workers import OverloadedError, Run, TooSlowError, Workers
from rag.state.conversations import Asker
from rag.state.database import Database, DatabaseError
from rag.state.storable import storable
from rag.state.tables import ReceivedMessage

CHANNEL: Final = "wecom"
PATIENCE_SECONDS: Final = 330.0
"""企业微信 asks for up to six minutes; the last word must come before that."""

SAVE_SECONDS: Final = 1.0
_POLL_SECONDS: Final = 0.2
_STOP_SECONDS: Final = 2.0
_WORDS: Final = PHRASES["zh"]
_TOO_LATE: Final = "抱歉，这个问题没能及时答完，请再问一次。"
_STOPPED: Final = "服务正在重启，请过一会儿再问一次。"
_UNKNOWN: Final = "这个问题已经过期，请再问一次。"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StreamState:
    """How far an answer is: all of its Markdown up to now, and whether that is the whole."""

    content: str
    finished: bool


def stream_id(message_id: str) -> str:
    """The id of the stream that answers a message; the same however often the message comes.

    Example:
        >>> stream_id("CAIQz7/MjQYY")
        '6c00032d1adbd58fec7297cb10367a5f'
    """
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()[:32]


class Streams:
    """The streams of a server. What they hold is in the database, so that another process finds it.

    Args:
        workers: answer the questions.
        database: keeps the streams. It must outlive them: await `close` first.
        most_question_chars: longer questions are turned down.
    """

    def __init__(self, workers: Workers, database: Database, most_question_chars: int) -> None:
        self._workers = workers
        self._database = database
        self._most_question_chars = most_question_chars
        self._tasks: dict[str, asyncio.Task[StreamState]] = {}
        self._unfinished: dict[str, str] = {}

    async def begin(self, stream: str, question: str, asker: Asker) -> None:
        """Have ``question`` answered, unless that has begun before, here or in another process.

        Raises:
            DatabaseError: whether it has cannot be found out.
        """
        if not await asyncio.to_thread(self._is_first, stream, asker.conversation):
            return
        task = asyncio.create_task(self._follow(stream, question, asker))
        self._tasks[stream] = task
        asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._tasks.pop, stream, None)

    async def state(self, stream: str, seconds: float) -> StreamState:
        """How far a stream is, after waiting for its end for at most ``seconds``.

        Raises:
            DatabaseError: another process has it, and the database fails.
        """
        if (task := self._tasks.get(stream)) is not None:
            done, _ = await asyncio.wait({task}, timeout=seconds)
            return task.result() if done else self._so_far(self._unfinished.get(stream, ""))
        end = time.monotonic() + seconds
        state = await asyncio.to_thread(self._stored, stream)
        while not state.finished and time.monotonic() < end:
            await asyncio.sleep(_POLL_SECONDS)
            state = await asyncio.to_thread(self._stored, stream)
        return state

    async def close(self) -> None:
        """Finish the answers that are nearly there, and say of the others that they will not come."""
        tasks = set(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late)

    async def _follow(self, stream: str, question: str, asker: Asker) -> StreamState:
        run: Run | None = None
        try:
            check_question(question, self._most_question_chars)
            async with asyncio.timeout(PATIENCE_SECONDS):
                run = self._workers.submit(question, (), asker)
                content = await self._read(stream, run)
        except TimeoutError:
            content = _TOO_LATE
        except asyncio.CancelledError:
            content = _STOPPED
        except JuwenError as error:
            content = _said_of(error)
        finally:
            if run is not None:
                run.cancel()
        state = StreamState(content, finished=True)
        self._unfinished.pop(stream, None)
        await self._save(stream, state)
        return state

    async def _read(self, stream: str, run: Run) -> str:
        """The Markdown of the answer, its pieces saved from time to time."""
        text, content, saved = "", "", time.monotonic()
        async for event in run:
            if event.answer is not None:
                content = answer_markdown(event.answer)
            elif event.kind == "text":
                text += event.text
                self._unfinished[stream] = text
                if time.monotonic() - saved > SAVE_SECONDS:
                    await self._save(stream, self._so_far(text))
                    saved = time.monotonic()
        return content or _WORDS["error"]

    def _so_far(self, text: str) -> StreamState:
        return StreamState(text_markdown(text) or _WORDS["thinking"], finished=False)

    async def _save(self, stream: str, state: StreamState) -> None:
        try:
            await asyncio.to_thread(self._store, stream, state)
        except DatabaseError as error:
            # Whoever asks this process gets it all the same.
            logger.error("a streamed answer was given but not kept: %s", error)

    def _is_first(self, stream: str, user: str) -> bool:
        insert = postgresql.insert if self._database.kind == "postgresql" else sqlite.insert
        row = insert(ReceivedMessage).values(
            channel=CHANNEL, message_id=stream, user=storable(user), received=datetime.now(UTC), tries=1
        )
        with self._database.writing() as session:
            return session.execute(row.on_conflict_do_nothing().returning(ReceivedMessage.tries)).first() is not None

    def _store(self, stream: str, state: StreamState) -> None:
        change = update(ReceivedMessage).where(ReceivedMessage.channel == CHANNEL, ReceivedMessage.message_id == stream)
        with self._database.writing() as session:
            session.execute(
                change.values(reply=storable(state.content), replied=datetime.now(UTC) if state.finished else None)
            )

    def _stored(self, stream: str) -> StreamState:
        wanted = select(ReceivedMessage.reply, ReceivedMessage.replied, ReceivedMessage.received).where(
            ReceivedMessage.channel == CHANNEL, ReceivedMessage.message_id == stream
        )
        with self._database.reading() as session:
            row = session.execute(wanted).one_or_none()
        if row is None:
            return StreamState(_UNKNOWN, finished=True)
        if row.replied is None and (datetime.now(UTC) - row.received).total_seconds() > PATIENCE_SECONDS:
            # The process that had it is gone.
            return StreamState(_TOO_LATE, finished=True)
        return StreamState(row.reply or _WORDS["thinking"], finished=row.replied is not None)


def _said_of(error: JuwenError) -> str:
    if isinstance(error, OverloadedError):
        return _WORDS["overloaded"]
    if isinstance(error, TooSlowError):
        return _TOO_LATE
    if isinstance(error, QuestionError):
        # The Chinese half of it.
        return text_markdown("".join(str(error).partition("。")[:2]))
    logger.error("a question could not be answered: %s", error)
    return _WORDS["error"]
