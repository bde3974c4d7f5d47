"""``/healthz``: the process lives. ``/readyz``: it can answer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from rag.serve.backend import Backend


def health_router(chatbot: Backend) -> APIRouter:
    """The routes that a supervisor asks."""
    router = APIRouter()

    @router.head("/healthz", include_in_schema=False)
    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Whether the server runs at all."""
        return {"status": "ok"}

    @router.head("/readyz", include_in_schema=False)
    @router.get("/readyz")
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
