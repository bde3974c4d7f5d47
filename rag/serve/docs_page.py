"""``/docs``: the API to read and to try. ``/openapi.json``, which FastAPI serves, describes it to programs.

The page is Swagger UI. Its files come with an installed package and are served from here: nothing is loaded from
outside.
"""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, JSONResponse

from rag.serve.security import DOCS_POLICY, page_headers

OPENAPI_PATH: Final = "/openapi.json"
_FORMER_OPENAPI_PATH: Final = "/api/openapi.json"
_PAGE: Final = Path(__file__).parent / "templates" / "docs.html"
_VIEWER: Final = importlib.resources.files("fastapi_swagger") / "resources"


def docs_router(app: FastAPI, embed_sites: str) -> APIRouter:
    """The page of the documentation with its files, and the schema at its former address.

    Args:
        app: what is documented.
        embed_sites: whose pages may hold the page in a frame.
    """
    router = APIRouter(include_in_schema=False)
    page = {**page_headers(embed_sites, DOCS_POLICY), "Cache-Control": "no-cache"}
    viewer = {"Cache-Control": "public, max-age=3600"}

    @router.api_route("/docs", methods=["GET", "HEAD"])
    def documentation() -> FileResponse:
        return FileResponse(_PAGE, media_type="text/html", headers=page)

    @router.get("/docs/swagger-ui-bundle.js")
    def viewer_script() -> FileResponse:
        return FileResponse(str(_VIEWER / "swagger-ui-bundle.js"), media_type="text/javascript", headers=viewer)

    @router.get("/docs/swagger-ui.css")
    def viewer_style() -> FileResponse:
        return FileResponse(str(_VIEWER / "swagger-ui.css"), media_type="text/css", headers=viewer)

    @router.get(_FORMER_OPENAPI_PATH)
    def schema() -> JSONResponse:
        described: dict[str, Any] = app.openapi()
        return JSONResponse(described)

    return router
