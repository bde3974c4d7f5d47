"""A language model behind an OpenAI-compatible endpoint, or any provider that LangChain knows."""

from __future__ import annotations

import asyncio
import contextlib
import queue
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final, cast

import tenacity

from rag.errors import LanguageModelError, LanguageModelFailure
from rag.llm.background_loop import BackgroundLoop
from rag.llm.chat_model import OPENAI, open_chat_model
from rag.llm.failures import Failures
from rag.llm.http_client import closing_responses, open_http_client
from rag.llm.language_model import Deadline, Message, Usage
from rag.llm.thoughts import ThoughtFilter
from rag.settings import Settings

if TYPE_CHECKING:
    import httpx
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

MOST_TRIES: Final = 4
MOST_CHARACTERS_PER_TOKEN: Final = 8
"""A token is one or two Chinese characters, or four or five letters. A server that sends more does not keep the cap."""

_RETRIED: Final = frozenset(
    {
        LanguageModelFailure.BUSY,
        LanguageModelFailure.SERVER,
        LanguageModelFailure.UNREACHABLE,
        LanguageModelFailure.DROPPED,
    }
)
_BACK_OFF: Final = tenacity.wait_exponential_jitter(multiplier=0.25, max=4.0, jitter=0.25)


class Endpoint:
    """Writes with the model of the settings. Safe to use from many threads; `close` it, or use ``with``.

    Example::

        with Endpoint.open(settings) as endpoint:
            for piece in endpoint.write([Message("user", "你好")], Deadline.within(15)):
                ...
    """

    def __init__(
        self,
        name: str,
        chat: BaseChatModel,
        http_client: httpx.AsyncClient,
        loop: BackgroundLoop,
        failures: Failures,
        most_characters: int,
    ) -> None:
        """Take what `open` has made ready."""
        self._name = name
        self._chat = chat
        self._http_client = http_client
        self._loop = loop
        self._failures = failures
        self._most_characters = most_characters
        self._under_way: set[asyncio.Task[None]] = set()

    @classmethod
    def open(cls, settings: Settings) -> Endpoint:
        """Make the client of the settings' language model ready; nothing is contacted yet.

        Raises:
            SettingsError: the settings cannot work, or a package is missing; the message holds the command for it.
        """
        http_client = open_http_client()
        chat = open_chat_model(settings, http_client)
        return cls(
            settings.llm_model.strip(),
            chat,
            http_client,
            BackgroundLoop.start("language-model"),
            Failures.of(settings),
            settings.llm_most_tokens * MOST_CHARACTERS_PER_TOKEN,
        )

    @property
    def name(self) -> str:
        """The model's name, as it was set."""
        return self._name

    def write(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Usage]:
        """Yield the text in pieces as they come; return what it cost.

        What fails before the first piece is tried again, where that may help and there is time. An answer that is
        longer than the cap ends there.

        Raises:
            LanguageModelError: it gave no answer, or only a part of one, and why; never later than the deadline.
        """
        if deadline.passed:
            raise self._failures.timeout()
        if self._loop.stopped:
            raise self._failures.closed()
        arrivals: queue.SimpleQueue[str | Future[Usage]] = queue.SimpleQueue()
        writing = self._loop.submit(self._write(messages, deadline, arrivals.put))
        writing.add_done_callback(arrivals.put)
        try:
            while isinstance(arrived := arrivals.get(timeout=deadline.remaining), str):
                yield arrived
        except queue.Empty:
            raise self._failures.timeout() from None
        finally:
            # Closes the connection, also where whoever asked has left.
            writing.cancel()
        if arrived.cancelled():
            raise self._failures.closed()
        error = arrived.exception()
        if error is None:
            return arrived.result()
        # Not as the cause: what the server sent may repeat the key, and a cause is printed with its error.
        raise self._failures.read(error)

    def close(self) -> None:
        """Let go of all connections; who still waits for a text gets an error."""
        if self._loop.stopped:
            return
        self._loop.cancel_all()
        self._loop.submit(self._http_client.aclose()).result()
        self._loop.stop()

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def _write(self, messages: Sequence[Message], deadline: Deadline, put: Callable[[str], None]) -> Usage:
        text = _Text(put, self._most_characters)
        tries = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(lambda error: not text.length and self._may_pass(error)),
            stop=tenacity.stop_after_attempt(MOST_TRIES) | tenacity.stop_before_delay(deadline.remaining),
            wait=self._seconds_until_next_try,
            reraise=True,
        )
        conversation = [(message.role, message.content) for message in messages]
        work: asyncio.Task[None] = asyncio.create_task(tries(self._try_once, conversation, text))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        try:
            # Whoever reads the pieces may be busy when time is up; the connection must end then nevertheless.
            await asyncio.wait({work}, timeout=deadline.remaining)
        finally:
            # Once, here and nowhere else: a second cancellation would interrupt the closing of the connection.
            work.cancel()
        if not work.done():
            raise TimeoutError
        work.result()
        return text.usage

    async def _try_once(self, messages: list[tuple[str, str]], text: _Text) -> None:
        stream = cast("AsyncGenerator[AIMessageChunk]", self._chat.astream(cast("Any", messages)))
        async with closing_responses(), contextlib.aclosing(stream):
            async for chunk in stream:
                text.take(chunk)
                if text.full:
                    return
                # A library between may lose a cancellation that comes together with data (asyncio.wait_for did).
                if (task := asyncio.current_task()) and task.cancelling():
                    raise asyncio.CancelledError
        text.end()
        if text.cut_short:
            raise LanguageModelError("ended its answer in the middle", LanguageModelFailure.DROPPED)
        if text.blank:
            raise LanguageModelError("wrote nothing", LanguageModelFailure.EMPTY)

    def _may_pass(self, error: BaseException) -> bool:
        return isinstance(error, Exception) and self._failures.read(error).reason in _RETRIED

    def _seconds_until_next_try(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = self._failures.read(error).retry_after if error else None
        return _BACK_OFF(state) if asked is None else asked


class _Text:
    """The text of one answer, as it grows."""

    def __init__(self, put: Callable[[str], None], most_characters: int) -> None:
        self._put = put
        self._most_characters = most_characters
        self.length = 0
        self.blank = True
        self._thoughts = ThoughtFilter()
        self._begun = False
        self._ended = False
        self.usage = Usage()

    @property
    def full(self) -> bool:
        return self.length >= self._most_characters

    @property
    def cut_short(self) -> bool:
        """Whether a stream of OpenAI's protocol ended without the mark that its answer did."""
        return self._begun and not self._ended

    def take(self, chunk: AIMessageChunk) -> None:
        self._begun = self._begun or chunk.response_metadata.get("model_provider") == OPENAI
        self._ended = self._ended or bool(chunk.response_metadata.get("finish_reason"))
        if chunk.usage_metadata:
            # Some servers send the count so far with each piece: the last one is the whole.
            self.usage = Usage(chunk.usage_metadata["input_tokens"], chunk.usage_metadata["output_tokens"])
        # Half a character, as JSON can hold, can be written nowhere.
        piece = str(chunk.text).encode("utf-8", "replace").decode("utf-8")[: self._most_characters - self.length]
        self.length += len(piece)
        self._pass_on(self._thoughts.answer_in(piece))

    def end(self) -> None:
        self._pass_on(self._thoughts.rest())

    def _pass_on(self, piece: str) -> None:
        if piece:
            self.blank = self.blank and piece.isspace()
            self._put(piece)
