"""What ``/openapi.json`` says of a route beyond what FastAPI finds out by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import Security
from fastapi.security import HTTPBearer
from pydantic import BaseModel, Field

from rag.serve.backend import Backend

Responses = dict[int | str, dict[str, Any]]

KEYS: Final = Security(
    HTTPBearer(
        scheme_name="API key",
        description="Needed only where the server asks for one; `juwen keys add NAME` makes it.",
        auto_error=False,
    )
)
"""Of routers whose routes take a key. It only says so; what stands before all routes asks for it."""
NO_KEY_NEEDED: Final[dict[str, Any]] = {"security": [{}]}
"""As ``openapi_extra``, of each of these routes: it goes without a key as well."""

_MEANINGS: Final = {
    400: "Something in the request is wrong; `param` names the field.",
    404: "There is no such thing.",
    413: "The body is above 1 MiB.",
    415: "The body is not `application/json` by its content type.",
    500: "The server failed; its log says why.",
    503: "Too many questions are waiting, or the server is still starting; `Retry-After` says when to come again.",
}
_ANY_OTHER: Final = "Any other error has the same form: 401 for a wrong key, say, or 429 for too many requests."
_REFERENCE: Final = "$ref"


class ErrorDetail(BaseModel):
    """What went wrong."""

    message: str = Field(description="one line for people", examples=["question: Field required"])
    type: str = Field(description="the kind of error", examples=["invalid_request_error"])
    param: str | None = Field(description="the field of the request that is wrong", examples=["question"])
    code: str = Field(description="a stable word for programs", examples=["missing"])


class ErrorBody(BaseModel):
    """The one form of all errors."""

    error: ErrorDetail


def error_responses(*statuses: int) -> Responses:
    """The errors of a route, each in the envelope.

    Args:
        statuses: those that the route gives by itself; what stands before all routes may give others.
    """
    responses: Responses = {status: {"model": ErrorBody, "description": _MEANINGS[status]} for status in statuses}
    responses["default"] = {"model": ErrorBody, "description": _ANY_OTHER}
    return responses


def request_body(model: type[BaseModel], examples: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The body that a route reads by itself, as ``openapi_extra``; a key is not needed.

    Args:
        model: what is read.
        examples: bodies that the route answers, by what they show.
    """
    named = {name: {"summary": name, "value": dict(value)} for name, value in examples.items()}
    content = {"application/json": {"schema": _whole_schema(model), "examples": named}}
    return {"requestBody": {"content": content, "required": True}, **NO_KEY_NEEDED}


def or_stream(description: str, example: str, *names: str) -> dict[str, Any]:
    """The response 200 of a route that answers whole or, if asked so, as server-sent events.

    Args:
        description: what the response is.
        example: a stream, as text.
        names: what an event can be called; none where the events have no names.
    """
    name: dict[str, Any] = {"type": "string", **({"enum": list(names)} if names else {})}
    event = {"type": "object", "description": "One event.", "properties": {"event": name, "data": {"type": "string"}}}
    return {"description": description, "content": {"text/event-stream": {"schema": event, "example": example}}}


def example_question(chatbot: Backend) -> str:
    """A question that the articles answer; any question where none is known."""
    return next(iter(chatbot.suggestions), "文章讲的是什么？")


def _whole_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model that refers to itself nowhere, with every definition where it is used.

    A reference to ``#/$defs`` would be looked up at the root of the OpenAPI document, where nothing is.
    """
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})

    def whole(node: Any) -> Any:
        if isinstance(node, dict):
            if _REFERENCE in node:
                name = node[_REFERENCE].rpartition("/")[2]
                return whole({**definitions[name], **{key: value for key, value in node.items() if key != _REFERENCE}})
            return {key: whole(value) for key, value in node.items()}
        return [whole(entry) for entry in node] if isinstance(node, list) else node

    resolved: dict[str, Any] = whole(schema)
    return resolved
