"""``POST /api/ask``: a question in, the answer out, whole or as a stream of events."""

from __future__ import annotations

import json
from typing import Any, Final, Literal, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.errors import JuwenError
from rag.question.understand import check_question
from rag.serve.answer_schema import STREAM_EXAMPLE, AnswerBody
from rag.serve.documentation import KEYS, error_responses, or_stream, request_body
from rag.serve.envelope import ApiError, log_and_convert
from rag.serve.streaming import stream_answer, whole_answer
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Asker
from rag.types import Answer, StreamEvent, Turn

_ANSWERED: Final = or_stream(
    "The answer, or the refusal; with `stream`, the events on the way to it.",
    STREAM_EXAMPLE,
    "stage",
    "text",
    "answer",
    "error",
)

Body = TypeVar("Body", bound=BaseModel)


class TurnBody(BaseModel):
    """One earlier turn of the conversation."""

    model_config = ConfigDict(extra="forbid", strict=True)

    role: Literal["user", "assistant"]
    content: str


class AskBody(BaseModel):
    """The body of ``POST /api/ask``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(
        description="in Chinese or English; `juwen settings` shows the most characters",
        json_schema_extra={"minLength": 1},
    )
    history: list[TurnBody] = Field(default=[], description="earlier turns, oldest first")
    session_id: str | None = Field(default=None, max_length=200, description="keeps the conversation on the server")
    stream: bool = Field(default=False, description="answer as server-sent events: stage, text, answer, error")

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The history as the chatbot takes it."""
        return tuple(Turn(turn.role, turn.content) for turn in self.history)


def ask_router(workers: Workers, settings: Settings, example: str) -> APIRouter:
    """The route of questions.

    Args:
        workers: answer them.
        settings: the limits on questions.
        example: a question that the articles answer, for the documentation.
    """
    router = APIRouter(tags=["Questions"], dependencies=[KEYS])
    turns = [{"role": "user", "content": example}, {"role": "assistant", "content": "12座 [1]"}]
    examples: dict[str, dict[str, Any]] = {
        "one question": {"question": example},
        "streamed": {"question": example, "stream": True},
        "with the turns before": {"question": example, "history": turns},
    }

    @router.post(
        "/api/ask",
        response_model=AnswerBody,
        responses={200: _ANSWERED, **error_responses(400, 413, 415, 500, 503)},
        openapi_extra=request_body(AskBody, examples),
    )
    async def ask(request: Request) -> Response:
        """Answer a question from the articles, with the exact place of every statement.

        What the articles do not say is refused: `status` is `refused` then, and `related` holds the closest
        sentences. With `stream` come the events `stage`, `text` (the next piece of the text) and, last, `answer`
        (the whole) or `error`.
        """
        body = parse_body(await read_body(request), AskBody)
        try:
            check_question(body.question, settings.max_question_chars)
            run = workers.submit(body.question, body.turns, Asker("api", body.session_id or ""))
            if body.stream:
                return await stream_answer(run, NamedEvents())
            return await whole_answer(run, request, Answer.to_dict)
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


class NamedEvents:
    """The wire of ``POST /api/ask``: named events, ``stage``, ``text``, ``answer`` and ``error``."""

    def begin(self) -> str:
        """Nothing: the first stage comes at once."""
        return ""

    def event(self, event: StreamEvent) -> str:
        """One event as server-sent text."""
        if event.answer is not None:
            return sse("answer", event.answer.to_dict())
        return sse(event.kind, {event.kind: event.text})

    def error(self, error: ApiError) -> str:
        """The envelope as an event."""
        return sse("error", error.body)


def sse(name: str, data: Any) -> str:
    """A named event with JSON as its data: one line, as JSON escapes line breaks."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
