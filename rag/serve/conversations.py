"""``DELETE /api/conversations/{session_id}``: a visitor's history is forgotten."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query
from fastapi import Path as PathParameter
from pydantic import BaseModel, Field

from rag.serve.documentation import KEYS, NO_KEY_NEEDED, error_responses
from rag.serve.envelope import SERVER_ERROR, ApiError
from rag.serve.workers import Workers
from rag.state.conversations import Asker
from rag.state.database import DatabaseError

MOST_CHARACTERS: Final = 200

logger = logging.getLogger(__name__)


class DeletedBody(BaseModel):
    """What was deleted."""

    deleted: int = Field(description="how many questions and votes that were")


def conversations_router(workers: Workers) -> APIRouter:
    """The route of conversations. There is none that lists or shows them."""
    router = APIRouter(tags=["Questions"], dependencies=[KEYS])

    # An id may hold a slash.
    @router.delete(
        "/api/conversations/{session_id:path}",
        response_model=DeletedBody,
        responses=error_responses(400, 500),
        openapi_extra=NO_KEY_NEEDED,
    )
    async def forget_conversation(
        session_id: Annotated[
            str,
            PathParameter(
                min_length=1,
                max_length=MOST_CHARACTERS,
                description="as it was asked with; it may hold slashes",
                examples=["a reader"],
            ),
        ],
        channel: Annotated[Literal["api", "page"], Query(description="where it was asked")] = "api",
    ) -> dict[str, int]:
        """Delete a conversation and the feedback given in it. Nothing to delete is no error."""
        try:
            return {"deleted": await asyncio.to_thread(workers.forget, Asker(channel, session_id))}
        except DatabaseError as error:
            logger.error("a conversation is not deleted: %s", error)
            raise ApiError(
                500, "conversation_not_deleted", "the conversation could not be deleted", kind=SERVER_ERROR
            ) from error

    return router
