"""What visitors see while the models load: that the server lives, and how far it has come."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from rag.progress import Progress, silent
from rag.serve.envelope import ApiError
from rag.serve.markup import escape
from rag.serve.phrases import PHRASES, preferred_language

_AGAIN_SECONDS: Final = 2
_POLL_SECONDS: Final = 0.05
_REQUEST_SECONDS: Final = 5
# WeChat gives up after 5 s and sends the message again; whatever answer it gets, an error too, it does not.
_WECHAT_SECONDS: Final = 6.0
_STARTING: Final = ApiError(
    503, "starting", "the server is starting; ask again in a few seconds", kind="overloaded_error"
)
_PAGE: Final = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="{seconds}">
<title>{name}</title></head>
<body><main role="status"><h1>{name}</h1><p>{words}</p>
<progress max="{total}" value="{done}" aria-label="{words}"></progress></main></body></html>
"""


@contextlib.contextmanager
def waiting_room(listener: socket.socket, report: Progress = silent) -> Iterator[Progress]:
    """Answers on ``listener`` until the block ends: a page that comes again by itself, 503 for everything else.

    Yields what is told of the progress; it passes it on to ``report``. The listener stays open for whoever serves
    next: a connection that comes in between waits in its backlog.
    """
    progress = {"done": 0, "total": 1}

    def tell(message: str, done: int, total: int) -> None:
        progress.update(done=done, total=max(1, total))
        report(message, done, total)

    class Handler(BaseHTTPRequestHandler):
        timeout = _REQUEST_SECONDS

        def do_GET(self) -> None:
            if self.path == "/healthz":
                self._send(HTTPStatus.OK, "application/json", '{"status":"ok"}')
            elif self.path.startswith(("/api/", "/v1/", "/readyz")):
                self.do_POST()
            else:
                language = preferred_language(self.headers.get("Accept-Language", ""))
                phrases = PHRASES[language]
                page = _PAGE.format(
                    lang="zh-CN" if language == "zh" else "en",
                    name=escape(phrases["name"]),
                    words=escape(phrases["loading"]),
                    seconds=_AGAIN_SECONDS,
                    **progress,
                )
                self._send(HTTPStatus.SERVICE_UNAVAILABLE, "text/html; charset=utf-8", page)

        def do_POST(self) -> None:
            if self.path.startswith("/wechat/"):
                time.sleep(_WECHAT_SECONDS)
                self.close_connection = True
                return
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, "application/json", json.dumps(_STARTING.body))

        def _send(self, status: HTTPStatus, content_type: str, content: str) -> None:
            body = content.encode("utf-8")
            self.send_response(status)
            for name, value in (
                ("Content-Type", content_type),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "default-src 'none'"),
                ("Connection", "close"),
            ):
                self.send_header(name, value)
            if status is HTTPStatus.SERVICE_UNAVAILABLE:
                self.send_header("Retry-After", str(_AGAIN_SECONDS))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: a visitor who is early is no news."""

    server = _Server(listener.getsockname(), Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
    thread.start()
    try:
        yield tell
    finally:
        server.shutdown()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: who leaves in the middle of a request is no news either."""
