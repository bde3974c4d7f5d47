"""``POST /api/feedback``: what a visitor thinks of an answer."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from rag.serve.ask import parse_body, read_body
from rag.serve.documentation import error_responses, request_body
from rag.serve.envelope import SERVER_ERROR, ApiError
from rag.serve.metrics import Metrics
from rag.state.conversations import Asker
from rag.state.database import Database, DatabaseError
from rag.state.feedback import add_feedback

_STORED: Final = {"stored": True}

logger = logging.getLogger(__name__)


class FeedbackBody(BaseModel):
    """The body of ``POST /api/feedback``. ``sources`` are the links of the answer's citations."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(min_length=1, max_length=2000)
    answer: str = Field(max_length=4000)
    sources: list[Annotated[str, Field(max_length=500)]] = Field(default=[], max_length=20)
    vote: Literal["up", "down"]
    comment: str = Field(default="", max_length=500)
    channel: Literal["page", "api"] = "api"
    session_id: str = Field(default="", max_length=200, description="the conversation that it belongs to")


class StoredBody(BaseModel):
    """The word that something is stored."""

    stored: Literal[True]


def feedback_router(database: Database, metrics: Metrics) -> APIRouter:
    """The route of feedback; votes are counted in ``metrics``."""
    router = APIRouter(tags=["Questions"])
    praise = {"question": "产量是多少？", "answer": "12座 [1]", "vote": "up"}
    examples: dict[str, dict[str, Any]] = {
        "a vote": praise,
        "with a reason": {**praise, "vote": "down", "comment": "这是前年的数字", "sources": ["/a/bridges#20-37"]},
    }

    @router.post(
        "/api/feedback",
        response_model=StoredBody,
        responses=error_responses(400, 413, 415, 500),
        openapi_extra=request_body(FeedbackBody, examples),
    )
    async def give_feedback(request: Request) -> dict[str, bool]:
        """Store what a visitor thinks of an answer. The reply means that it is on disk."""
        body = parse_body(await read_body(request), FeedbackBody)
        asker = Asker(body.channel, body.session_id)
        given = body.model_dump(exclude={"channel", "session_id"})
        try:
            await asyncio.to_thread(add_feedback, database, asker, **given)
        except DatabaseError as error:
            logger.error("feedback is lost: %s", error)
            raise ApiError(500, "feedback_not_stored", "the feedback could not be stored", kind=SERVER_ERROR) from error
        metrics.votes.labels(body.vote).inc()
        return _STORED

    return router
