"""Each request once in the metrics, and once in the log where that is wanted."""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.serve.metrics import Metrics

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_LONGEST_PATH: Final = 200

access_logger = logging.getLogger("rag.access")


class RequestWatch:
    """ASGI middleware that counts every request, and with ``access_log`` writes one line of it.

    The line has what is needed to find a fault or an abuser: address, method, path, status, seconds. It never has the
    query (WeChat signs there), a header (keys are there) or a body (questions are there). The path is as it was sent,
    percent-encoded, so that it cannot begin a line of its own.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, *, access_log: bool = False) -> None:
        self.app = app
        self._metrics = metrics
        self._access_log = access_log
        if access_log:
            access_logger.setLevel(logging.INFO)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        status, waited = 0, 0.0

        async def send_and_note(message: Message) -> None:
            nonlocal status, waited
            if message["type"] == "http.response.start":
                status, waited = message["status"], time.perf_counter() - begun
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            # Without a response the caller had left.
            method = scope["method"] if scope["method"] in _METHODS else "other"
            route = route_of(scope)
            self._metrics.requests.labels(route, method, str(status or 499)).inc()
            if status:
                self._metrics.request_seconds.labels(route).observe(waited)
            if self._access_log:
                _log(scope, method, status or 499, time.perf_counter() - begun)


def route_of(scope: Scope) -> str:
    """The route that a request took, as a template: there are few of them, whatever paths callers think of."""
    route = getattr(scope.get("route"), "path", None)
    if isinstance(route, str):
        return route
    if scope.get("root_path"):
        return f"{scope['root_path']}/*"
    return str(scope["path"]) if "endpoint" in scope else "none"


def _log(scope: Scope, method: str, status: int, seconds: float) -> None:
    peer = (scope.get("client") or ("-",))[0]
    path = scope.get("raw_path", b"").decode("ascii", "backslashreplace")[:_LONGEST_PATH]
    access_logger.info("%s %s %s %d %.3fs", peer, method, path, status, seconds)
