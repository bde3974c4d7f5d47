"""Whatever a program makes of ``/openapi.json``: no error of the server, and responses of the documented form."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.serve.app import create_app
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Conversations
from rag.state.database import Database
from tests.serve.fakes import FakeChatbot

EXAMPLES = 25
QUESTIONS = ["POST /api/ask", "POST /v1/chat/completions"]
POSTS = [*QUESTIONS, "POST /api/feedback"]
DELETES = ["DELETE /api/conversations/{session_id}"]
GETS = [
    "GET /api/articles",
    "GET /api/articles/{article_id}",
    "GET /v1/models",
    "GET /v1/models/{model_id}",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
]
NO_QUESTION = {"bad_question", "missing"}  # punctuation alone, say, or no message of the user: no schema can tell


def without_end(app: ASGIApp) -> ASGIApp:
    """``app`` for a client that begins and ends it with every request."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            for name in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{name}.complete"})
            return
        await app(scope, receive, send)

    return call


@pytest.fixture(scope="module")
def schema() -> Iterator[BaseSchema]:
    chatbot = FakeChatbot()
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(Database.open("sqlite://"))
        workers = stack.enter_context(contextlib.closing(Workers(chatbot, Conversations(database), most_turns=20)))
        app = create_app(chatbot, Settings(), database, workers=workers)
        yield schemathesis.openapi.from_asgi("/openapi.json", without_end(app))


@pytest.mark.parametrize("operation", [*POSTS, *GETS, *DELETES])
def test_what_the_schema_allows_is_answered_in_its_form(schema: BaseSchema, operation: str) -> None:
    def check(case: Case) -> None:
        if operation not in QUESTIONS:
            case.call_and_validate()
            return
        response = case.call_and_validate(excluded_checks=[positive_data_acceptance])
        assert response.status_code == 200 or response.json()["error"]["code"] in NO_QUESTION

    run(schema, operation, GenerationMode.POSITIVE, check)


@pytest.mark.parametrize("operation", POSTS)
def test_what_the_schema_does_not_allow_is_refused_in_the_envelope(schema: BaseSchema, operation: str) -> None:
    def check(case: Case) -> None:
        case.call_and_validate()

    run(schema, operation, GenerationMode.NEGATIVE, check)


def run(schema: BaseSchema, operation: str, mode: GenerationMode, check: Callable[[Case], None]) -> None:
    method, path = operation.split()
    limits = hypothesis_settings(
        max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=True, database=None
    )
    limits(given(schema[path][method].as_strategy(generation_mode=mode))(check))()
