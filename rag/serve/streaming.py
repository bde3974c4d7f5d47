"""An answer on its way to a caller, whole or as server-sent events, whichever API it was asked through.

The work stops as soon as the caller leaves, and a stream that is silent for a while sends a sign of life, so that
nobody on the way takes the connection for dead.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, Final, Protocol

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from rag.errors import JuwenError
from rag.serve.envelope import ApiError, log_and_convert
from rag.serve.workers import Run
from rag.types import Answer, StreamEvent

HEARTBEAT_SECONDS: Final = 10.0
DISCONNECT_POLL_SECONDS: Final = 0.25
CLIENT_CLOSED_REQUEST: Final = 499  # nginx's word for a caller that left before its answer
_HEARTBEAT: Final = ": still working\n\n"


class Wire(Protocol):
    """How one API writes an answer as server-sent events. Each method returns whole events, or nothing ("")."""

    def begin(self) -> str:
        """What comes before everything else."""

    def event(self, event: StreamEvent) -> str:
        """One step of the answer."""

    def error(self, error: ApiError) -> str:
        """An error after which nothing comes any more."""


async def whole_answer(run: Run, request: Request, body: Callable[[Answer], dict[str, Any]]) -> Response:
    """The answer as JSON; where the caller leaves before it is there, the work stops.

    Args:
        run: the question on its way.
        request: the caller's.
        body: what an answer is as plain JSON types.

    Raises:
        JuwenError: the question could not be answered.
    """
    waiting = asyncio.ensure_future(run.answer())
    try:
        while not waiting.done():
            await asyncio.wait({waiting}, timeout=DISCONNECT_POLL_SECONDS)
            if not waiting.done() and await request.is_disconnected():
                return Response(status_code=CLIENT_CLOSED_REQUEST)
        return JSONResponse(body(waiting.result()))
    finally:
        run.cancel()
        waiting.cancel()


async def stream_answer(run: Run, wire: Wire) -> Response:
    """The answer as server-sent events. An error before the first event is an ordinary error response.

    Raises:
        JuwenError: the question could not be answered, and nothing was sent yet.
    """
    try:
        first = await run.next()
    except BaseException:
        run.cancel()
        raise
    return StreamingResponse(
        server_sent_events(run, first, wire),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def server_sent_events(run: Run, first: StreamEvent | None, wire: Wire) -> AsyncIterator[str]:
    """The wire form of an answer's events, with a comment whenever nothing was sent for a while."""
    event = first
    waiting: asyncio.Task[StreamEvent | None] | None = None
    try:
        if text := wire.begin():
            yield text
        while event is not None:
            if text := wire.event(event):
                yield text
            waiting = asyncio.create_task(run.next())
            while not (await asyncio.wait({waiting}, timeout=HEARTBEAT_SECONDS))[0]:
                yield _HEARTBEAT
            event = waiting.result()
    except JuwenError as error:
        yield wire.error(log_and_convert(error))
    finally:
        run.cancel()
        if waiting is not None:
            waiting.cancel()
