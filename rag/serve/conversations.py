"""``DELETE /api/conversations/{session_id}``: a visitor's history is forgotten."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Final, Literal

from fastapi import APIRouter
from fastapi import Path as PathParameter

from rag.serve.documentation import KEYS, NO_KEY_NEEDED, error_responses
from rag.serve.envelope import SERVER_ERROR, ApiError
from rag.serve.workers import Workers
from rag.state.conversations import Asker
from rag.state.database import DatabaseError

MOST_CHARACTERS: Final = 200

logger = logging.getLogger(__name__)


def conversations_router(workers: Workers) -> APIRouter:
    """The route of conversations. There is none that lists or shows them."""
    router = APIRouter(tags=["Questions"], dependencies=[KEYS])

    # An id may hold a slash.
    @router.delete(
        "/api/conversations/{session_id:path}",
        responses=error_responses(400, 500),
        openapi_extra=NO_KEY_NEEDED,
    )
    async def forget_conversation(
        session_id: Annotated[str, PathParameter(min_length=1, max_length=MOST_CHARACTERS, examples=["reader-17"])],
        channel: Literal["api", "page"] = "api",
    ) -> dict[str, int]:
        """Delete a conversation and the feedback given in it; nothing to delete is no error."""
        try:
            return {"deleted": await asyncio.to_thread(workers.forget, Asker(channel, session_id))}
        except DatabaseError as error:
            logger.error("a conversation is not deleted: %s", error)
            raise ApiError(
                500, "conversation_not_deleted", "the conversation could not be deleted", kind=SERVER_ERROR
            ) from error

    return router
