"""The threads that answer questions: few, with a short line before them, so that overload is said at once."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from rag.errors import JuwenError, QuestionError
from rag.serve.backend import Backend
from rag.serve.metrics import ERROR_STATUS, Metrics
from rag.state.conversations import Asker, Conversations
from rag.state.database import DatabaseError
from rag.types import WORD, Answer, StreamEvent, Turn

THREADS: Final = 2
WAITING: Final = 96
ANSWER_SECONDS: Final = 60.0
PLACE_SECONDS: Final = 0.5
READ_FROM: Final = "retrieve"
"""The first stage in which the processor works hard; the one before may wait for a language model, as `WORD` does."""
LLM_SHARE: Final = 0.9
"""The part of an answer's time after which a language model must be done: the rest is for the reader's answer."""
_UNKNOWN: Final = Asker()

logger = logging.getLogger(__name__)


class OverloadedError(JuwenError):
    """More questions are waiting than the server can answer soon."""

    code = "overloaded"


class TooSlowError(JuwenError):
    """An answer was not there in time."""

    code = "answer_timeout"


class BrokenAnswerError(JuwenError):
    """An answer broke off for a reason that nobody foresaw; the log has it."""

    code = "internal_error"


class Workers:
    """Answers questions in ``threads`` threads, with at most ``waiting`` more questions in line.

    Where a language model words the answers, there are ``llm_at_once`` threads more: to wait for a model is no work
    for the processor, and must not keep others from it. Still only ``threads`` questions are read at once.

    Args:
        chatbot: answers them.
        conversations: where questions and answers are kept, and follow-ups find what came before; None: nowhere.
        most_turns: how many turns before a question are looked at there.
        threads: how many questions are read at once.
        waiting: how many more may wait.
        answer_seconds: how long an answer may take, waiting included; then the work on it stops.
        llm_at_once: how many answers a language model words at once; 0 without one.

    Example:
        >>> workers = Workers(chatbot, Conversations(database), most_turns=20)   # doctest: +SKIP
        >>> answer = await workers.submit("产量是多少").answer()   # doctest: +SKIP
    """

    def __init__(
        self,
        chatbot: Backend,
        conversations: Conversations | None = None,
        most_turns: int = 0,
        threads: int = THREADS,
        waiting: int = WAITING,
        answer_seconds: float = ANSWER_SECONDS,
        llm_at_once: int = 0,
    ) -> None:
        self._chatbot = chatbot
        self._conversations = conversations
        self._most_turns = most_turns
        self._answer_seconds = answer_seconds
        self.metrics: Final = Metrics()
        self._executor = ThreadPoolExecutor(threads + llm_at_once, thread_name_prefix="answer")
        self._places = threading.BoundedSemaphore(threads + llm_at_once + waiting)
        self._reading = threading.BoundedSemaphore(threads)
        self._runs: dict[Run, None] = {}  # in the order in which they came

    def submit(
        self,
        question: str,
        history: Sequence[Turn] = (),
        asker: Asker = _UNKNOWN,
        llm_seconds: float | None = None,
    ) -> Run:
        """Put a question in line. Call it from a running event loop.

        Args:
            question: as it was typed.
            history: the turns before it; where there are none, those that are kept of the asker's conversation.
            asker: whose question it is.
            llm_seconds: when a language model must be done, counted from now; the reader's answer is there then. None:
                in time for an answer to take ``answer_seconds``.

        Raises:
            OverloadedError: the line is full.
        """
        if not self._places.acquire(blocking=False):
            self.metrics.overloaded.inc()
            raise OverloadedError("too many questions are waiting; ask again in a few seconds")
        run = Run(asyncio.get_running_loop(), self._before, self._answer_seconds)
        self._runs[run] = None
        most = LLM_SHARE * self._answer_seconds
        llm_due = run.submitted + (most if llm_seconds is None else min(llm_seconds, most))
        future = self._executor.submit(run.work, self._answer(question, history, asker, llm_due))
        future.add_done_callback(lambda done: self._finish(run, asker, done))
        return run

    def forget(self, asker: Asker) -> int:
        """Delete what is kept of a conversation; how many rows that were. It waits for the database.

        Raises:
            DatabaseError: nothing was deleted.
        """
        return 0 if self._conversations is None else self._conversations.forget(asker)

    def _answer(self, question: str, history: Sequence[Turn], asker: Asker, llm_due: float) -> Generator[StreamEvent]:
        if self._conversations is not None and not history:
            history = self._conversations.turns(asker, self._most_turns)
        events = self._chatbot.stream(question, history, llm_seconds=max(0.0, llm_due - time.monotonic()))
        # Only between the two is it the processor that has to work.
        with contextlib.closing(events), contextlib.ExitStack() as reading:
            for event in events:
                if event.kind == "stage" and event.text == READ_FROM:
                    reading.enter_context(self._reading)
                if event.kind == "stage" and event.text == WORD:
                    reading.close()
                if event.answer is not None:
                    self.metrics.note_answer(event.answer)
                    self._keep(asker, question, event.answer)
                yield event

    def _keep(self, asker: Asker, question: str, answer: Answer) -> None:
        if self._conversations is None:
            return
        try:
            self._conversations.add(asker, question, answer)
        except DatabaseError as error:
            # The answer is right all the same, and its reader waits for it.
            logger.error("an answer was given but not kept: %s", error)

    def _finish(self, run: Run, asker: Asker, done: Future[None]) -> None:
        self._places.release()
        self._runs.pop(run, None)
        run.finish(done)
        error = None if done.cancelled() else done.exception()
        failed = run.is_late or (error is not None and not isinstance(error, QuestionError))
        if status := ERROR_STATUS if failed else run.status:
            self.metrics.note_question(status, asker.channel, time.monotonic() - run.submitted)

    @property
    def crowd(self) -> tuple[int, int]:
        """How many questions wait, and how many are being answered."""
        runs = tuple(self._runs)
        answering = sum(run.begun for run in runs)
        return len(runs) - answering, answering

    def _before(self, run: Run) -> int:
        """How many questions stand in line before that of ``run``; 0 where it is being answered."""
        if run.begun:
            return 0
        earlier = itertools.takewhile(lambda other: other is not run, tuple(self._runs))
        return sum(not other.begun for other in earlier)

    def close(self) -> None:
        """Stop the questions that are being answered after their present step, and end the threads."""
        for run in tuple(self._runs):
            run.cancel()
        self._executor.shutdown(wait=True, cancel_futures=True)


class Run:
    """One question on its way. Iterate over it for its events, or await `answer`; `cancel` stops the work."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, before: Callable[[Run], int], seconds: float = ANSWER_SECONDS
    ) -> None:
        self.submitted: Final = time.monotonic()
        self.status = ""  # that of the answer, once there is one
        self.is_late = False
        self._loop = loop
        self._seconds = seconds
        self._due = loop.time() + seconds
        self._before = before
        self._begun = threading.Event()
        self._events: asyncio.Queue[StreamEvent | Future[None]] = asyncio.Queue()
        self._cancelled = threading.Event()

    def work(self, events: Generator[StreamEvent]) -> None:
        """Work the answer out, in a thread of the pool."""
        self._begun.set()
        if self._cancelled.is_set():
            return
        with contextlib.closing(events):
            for event in events:
                if self._cancelled.is_set():
                    return
                if event.answer is not None:
                    self.status = event.answer.status
                self._tell(event)

    @property
    def begun(self) -> bool:
        """Whether a thread has taken the question up."""
        return self._begun.is_set()

    def finish(self, done: Future[None]) -> None:
        """Note that the thread is through with the question, and with which error."""
        self._tell(done)

    def cancel(self) -> None:
        """Nobody waits any more: stop after the present step."""
        self._cancelled.set()

    async def answer(self) -> Answer:
        """The whole answer.

        Raises:
            JuwenError: as for `next`.
        """
        answer: Answer | None = None
        async for event in self:
            answer = event.answer or answer
        if answer is None:
            raise BrokenAnswerError("the answer broke off before its end; ask again")
        return answer

    async def next(self) -> StreamEvent | None:
        """The next event, or None after the last.

        Raises:
            TooSlowError: it was not there in time; the work stops.
            JuwenError: as the chatbot raised it; every other error comes as `BrokenAnswerError`.
        """
        try:
            async with asyncio.timeout_at(self._due):
                event = await self._events.get()
        except TimeoutError as error:
            self.is_late = True
            self.cancel()
            raise TooSlowError(f"there was no answer within {self._seconds:g} s; ask again later") from error
        if isinstance(event, StreamEvent):
            return event
        cause = None if event.cancelled() else event.exception()
        if cause is None or isinstance(cause, JuwenError):
            return None if event.cancelled() else event.result()
        logger.error("an answer broke off", exc_info=cause)
        raise BrokenAnswerError("the answer broke off; the server's log says why") from cause

    async def steps(self) -> AsyncIterator[StreamEvent | int]:
        """The events; before the first of them, how many questions stand before this one, whenever that changes."""
        waiting = asyncio.ensure_future(self.next())
        place = 0
        try:
            while not (await asyncio.wait({waiting}, timeout=PLACE_SECONDS))[0]:
                if self._before(self) != place:
                    place = self._before(self)
                    yield place
            event = waiting.result()
        finally:
            waiting.cancel()
        while event is not None:
            yield event
            event = await self.next()

    async def __aiter__(self) -> AsyncIterator[StreamEvent]:
        while (event := await self.next()) is not None:
            yield event

    def _tell(self, event: StreamEvent | Future[None]) -> None:
        # The loop may be gone where a server was stopped in the middle of an answer: then nobody listens.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)
