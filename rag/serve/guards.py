"""What stands before every route, in its order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from rag.serve.admission import Admission, VisitorLimits
from rag.serve.body_limit import BodyLimit
from rag.serve.cors import ApiCors
from rag.serve.metrics import Metrics
from rag.serve.request_watch import RequestWatch
from rag.serve.security import SecurityHeaders
from rag.settings import Settings
from rag.state.database import Database
from rag.state.keys import ApiKeys


class GuardedApp(FastAPI):
    """FastAPI behind guards. They see every response, also the one to an error that nobody foresaw.

    Middlewares that are added in the usual way stand inside of the one that answers such errors.
    """

    def __init__(self, guard: Callable[[ASGIApp], ASGIApp], **options: Any) -> None:
        super().__init__(**options)
        self._guard = guard

    def build_middleware_stack(self) -> ASGIApp:
        """The application as requests meet it."""
        return self._guard(super().build_middleware_stack())


def guard(app: ASGIApp, settings: Settings, database: Database, visitors: VisitorLimits, metrics: Metrics) -> ASGIApp:
    """``app`` behind its guards. Read from the end for the way of a request."""
    # Closest to the routes: who is sent away by the others is sent away before a byte of the body is read.
    app = BodyLimit(app, settings.body_seconds)
    app = Admission(app, ApiKeys(database), visitors, settings, metrics.rate_limited.inc)
    # Outside of the admission: a browser asks without the key whether a script may send it, and the script may read
    # why it was sent away.
    if settings.cors_origins:
        app = ApiCors(app, settings.cors_origins)
    # On every response, whoever gave it.
    app = SecurityHeaders(app, settings.embed_sites)
    # Outermost: counts and times all of it.
    return RequestWatch(app, metrics, access_log=settings.access_log)
