"""``POST /api/ask``: a question in, the answer out, whole or as a stream of events."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any, Final, Literal, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.errors import JuwenError
from rag.question.understand import check_question
from rag.serve.envelope import ApiError, api_error
from rag.serve.workers import Run, Workers
from rag.settings import Settings
from rag.state.conversations import Asker
from rag.types import StreamEvent, Turn

HEARTBEAT_SECONDS: Final = 10.0
DISCONNECT_POLL_SECONDS: Final = 0.25
CLIENT_CLOSED_REQUEST: Final = 499  # nginx's word for a caller that left before its answer

logger = logging.getLogger(__name__)


Body = TypeVar("Body", bound=BaseModel)


class TurnBody(BaseModel):
    """One earlier turn of the conversation."""

    model_config = ConfigDict(extra="forbid", strict=True)

    role: Literal["user", "assistant"]
    content: str


class AskBody(BaseModel):
    """The body of ``POST /api/ask``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str
    history: list[TurnBody] = Field(default=[], description="earlier turns, oldest first")
    session_id: str | None = Field(default=None, max_length=200, description="keeps the conversation on the server")
    stream: bool = Field(default=False, description="answer as server-sent events: stage, text, answer, error")

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The history as the chatbot takes it."""
        return tuple(Turn(turn.role, turn.content) for turn in self.history)


def ask_router(workers: Workers, settings: Settings) -> APIRouter:
    """The route of questions."""
    router = APIRouter()
    schema = {"content": {"application/json": {"schema": AskBody.model_json_schema()}}, "required": True}

    @router.post("/api/ask", openapi_extra={"requestBody": schema})
    async def ask(request: Request) -> Response:
        """Answer a question from the articles."""
        body = parse_body(await read_body(request), AskBody)
        try:
            check_question(body.question, settings.max_question_chars)
            run = workers.submit(body.question, body.turns, Asker("api", body.session_id or ""))
            return await (stream_answer(run) if body.stream else whole_answer(run, request))
        except JuwenError as error:
            raise log_and_convert(error) from error

    return router


async def read_body(request: Request) -> bytes:
    """The body of a request; `rag.serve.body_limit` sees to its size.

    Raises:
        ApiError: 415 where it is not JSON by its content type.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise ApiError(
            415, "unsupported_media_type", f"send application/json, not {content_type[:100] or 'a body without a type'}"
        )
    return await request.body()


def parse_body(body: bytes, model: type[Body]) -> Body:
    """The request in a body, as ``model``.

    Raises:
        ApiError: 400, naming the first field that is wrong.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ApiError(
            400, "bad_encoding", f"the body is not UTF-8: byte {error.start} is 0x{body[error.start]:02x}"
        ) from error
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise ApiError(400, "bad_json", f"the body is not JSON: {first['ctx']['error']}") from error
        param = ".".join(str(part) for part in first["loc"]) or None
        code = "missing" if first["type"] == "missing" else "invalid_value"
        where = f"{param}: " if param else ""
        raise ApiError(400, code, f"{where}{first['msg']}", param=param) from error


async def whole_answer(run: Run, request: Request) -> Response:
    """The answer as JSON; where the caller leaves before it is there, the work stops."""
    waiting = asyncio.ensure_future(run.answer())
    try:
        while not waiting.done():
            await asyncio.wait({waiting}, timeout=DISCONNECT_POLL_SECONDS)
            if not waiting.done() and await request.is_disconnected():
                return Response(status_code=CLIENT_CLOSED_REQUEST)
        return JSONResponse(waiting.result().to_dict())
    finally:
        run.cancel()
        waiting.cancel()


async def stream_answer(run: Run) -> Response:
    """The answer as server-sent events. An error before the first event is an ordinary error response."""
    try:
        first = await run.next()
    except BaseException:
        run.cancel()
        raise
    return StreamingResponse(
        server_sent_events(run, first),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def server_sent_events(run: Run, first: StreamEvent | None) -> AsyncIterator[str]:
    """The wire form of an answer's events, with a comment whenever nothing was sent for a while."""
    event = first
    waiting: asyncio.Task[StreamEvent | None] | None = None
    try:
        while event is not None:
            yield wire_event(event)
            waiting = asyncio.create_task(run.next())
            while not (await asyncio.wait({waiting}, timeout=HEARTBEAT_SECONDS))[0]:
                yield ": still working\n\n"
            event = waiting.result()
    except JuwenError as error:
        yield sse("error", log_and_convert(error).body)
    finally:
        run.cancel()
        if waiting is not None:
            waiting.cancel()


def wire_event(event: StreamEvent) -> str:
    """One event as server-sent text: ``stage``, ``text`` or ``answer``."""
    if event.answer is not None:
        return sse("answer", event.answer.to_dict())
    return sse(event.kind, {event.kind: event.text})


def sse(name: str, data: Any) -> str:
    """A named event with JSON as its data: one line, as JSON escapes line breaks."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def log_and_convert(error: JuwenError) -> ApiError:
    """What the caller is told of an error; what it is not told goes to the log."""
    told = api_error(error)
    if told.status == 500:
        logger.error("a question could not be answered: %s", error)
    return told
