"""Which sites' scripts may call the API from a visitor's browser."""

from __future__ import annotations

import re

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.serve.admission import API_PATHS

_METHODS = ("GET", "POST", "DELETE")
_ANY_SUBDOMAIN = r"([a-z0-9-]+\.)+"


class ApiCors:
    """ASGI middleware that lets scripts of some sites call the API; the pages are none of their business.

    Cookies and other credentials of the browser are never let along: a key is a header that the script sends.

    Args:
        app: what answers.
        origins: as `Settings.cors_origins` holds them after its check; not empty.
    """

    def __init__(self, app: ASGIApp, origins: str) -> None:
        self.app = app
        self._with_cors = CORSMiddleware(
            app,
            allow_origins=["*"] if origins == "*" else [],
            allow_origin_regex=None if origins == "*" else origin_pattern(origins),
            allow_methods=_METHODS,
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Retry-After"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a browser's question whether it may send one is answered here."""
        is_api = scope["type"] == "http" and scope["path"].startswith(API_PATHS)
        await (self._with_cors if is_api else self.app)(scope, receive, send)


def origin_pattern(origins: str) -> str:
    """A regular expression for origins; ``*.`` stands for one or more labels, as in a Content-Security-Policy.

    Example:
        >>> bool(re.fullmatch(origin_pattern("https://*.example.org"), "https://a.b.example.org"))
        True
        >>> bool(re.fullmatch(origin_pattern("https://*.example.org"), "https://example.org"))
        False
    """
    return "|".join(re.escape(origin).replace(r"\*\.", _ANY_SUBDOMAIN) for origin in origins.split())
