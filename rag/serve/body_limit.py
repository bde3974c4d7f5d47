"""How large a request's body may be, and how long it may take to come: one rule for every route."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.serve.envelope import ApiError

MAX_BODY_BYTES: Final = 1 << 20
_DISCONNECT: Final[Message] = {"type": "http.disconnect"}


class _RefusedBodyError(HTTPException):
    """Ends the reading of a body. Of this type because frameworks let it through wherever they read one."""


class BodyLimit:
    """ASGI middleware that refuses bodies above ``most_bytes`` (413), or not there after ``seconds`` (408).

    Whatever the application makes of the refusal, the caller gets the envelope. What still comes of the body then is
    dropped unread, for as long as `rag.serve.patience` has.
    """

    def __init__(self, app: ASGIApp, seconds: float, most_bytes: int = MAX_BODY_BYTES) -> None:
        self.app = app
        self._seconds = seconds
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and watch its body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > self._most_bytes:
            await self._too_large().response()(scope, receive, send)
            return
        watch = _BodyWatch(self, receive, send)
        try:
            await self.app(scope, watch.receive, watch.send)
        except _RefusedBodyError:
            if watch.refusal is None or watch.has_begun:
                raise
        if watch.refusal is not None and not watch.has_begun:
            await watch.refusal.response()(scope, receive, send)

    def _too_large(self) -> ApiError:
        return ApiError(413, "payload_too_large", f"the body is above {self._most_bytes} bytes; send less")

    def _too_slow(self) -> ApiError:
        return ApiError(
            408,
            "request_timeout",
            f"the body was not there after {self._seconds:g} seconds",
            headers={"Connection": "close"},
        )


class _BodyWatch:
    """One request on its way through `BodyLimit`."""

    def __init__(self, limit: BodyLimit, receive: Receive, send: Send) -> None:
        self._limit = limit
        self._receive = receive
        self._send = send
        self._due = asyncio.get_running_loop().time() + limit._seconds
        self._bytes = 0
        self._is_whole = False
        self.has_begun = False
        self.refusal: ApiError | None = None

    async def receive(self) -> Message:
        """The next message; raises once the body is refused."""
        if self._is_whole:
            return await self._receive()
        if self.refusal is not None:
            return self._end()
        try:
            async with asyncio.timeout_at(self._due):
                message = await self._receive()
        except TimeoutError:
            self.refusal = self._limit._too_slow()
            return self._end()
        self._bytes += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._bytes > self._limit._most_bytes:
            self.refusal = self._limit._too_large()
            return self._end()
        return message

    def _end(self) -> Message:
        # An answer that has begun without the body cannot be taken back: for it, the caller has left.
        if self.has_begun or self.refusal is None:
            return _DISCONNECT
        raise _RefusedBodyError(self.refusal.status, str(self.refusal))

    async def send(self, message: Message) -> None:
        """Send a message of the application, unless it is its own answer to a body that was refused."""
        if self.refusal is not None and not self.has_begun:
            return
        self.has_begun = True
        await self._send(message)
