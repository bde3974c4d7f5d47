"""``/healthz``: the process lives. ``/readyz``: it can answer."""

from __future__ import annotations

from typing import Any, Final, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from rag.serve.backend import Backend
from rag.serve.documentation import error_responses


class LivenessBody(BaseModel):
    """The process lives."""

    status: Literal["ok"]


class ReadinessBody(BaseModel):
    """What there is to answer from."""

    status: Literal["ready", "no articles"]
    articles: int = Field(description="how many there are")
    index_version: str = Field(description="changes with every index that is taken up")


_NOT_READY: Final[dict[str, Any]] = {
    "model": ReadinessBody,
    "description": "There is no article. While the server still starts, the error of all routes comes instead.",
}


def health_router(chatbot: Backend) -> APIRouter:
    """The routes that a supervisor asks."""
    router = APIRouter(tags=["Health"])

    @router.head("/healthz", include_in_schema=False)
    @router.get("/healthz", response_model=LivenessBody, responses=error_responses())
    async def healthz() -> dict[str, str]:
        """Whether the server runs at all."""
        return {"status": "ok"}

    @router.head("/readyz", include_in_schema=False)
    @router.get("/readyz", response_model=ReadinessBody, responses={503: _NOT_READY, **error_responses()})
    async def readyz(response: Response) -> dict[str, Any]:
        """Whether there is anything to answer from; 503 where there is not."""
        count = len(chatbot.articles)
        response.status_code = 200 if count else 503
        return {
            "status": "ready" if count else "no articles",
            "articles": count,
            "index_version": chatbot.index_version,
        }

    return router
