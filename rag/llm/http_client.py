"""The HTTP client that talks to the endpoint: what comes back is limited in size, and goes to no other host."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Final

import httpx

from rag.errors import LanguageModelError, LanguageModelFailure

CONNECT_SECONDS: Final = 5.0
"""How long a host may take to accept a connection; then another try, or none, is wiser than waiting."""
MOST_BYTES: Final = 16 * 2**20
"""Bytes of one response; a long answer, thoughts and all, has a tenth of it."""

_NO_STREAM: Final = frozenset({"text/html", "application/json"})

_begun: ContextVar[list[httpx.Response] | None] = ContextVar("begun", default=None)


def open_http_client() -> httpx.AsyncClient:
    """A client without redirects, which would carry the articles and the question to a host that nobody set.

    The caller's deadline is the limit of time; proxies and certificates are taken from the environment, as usual.
    """
    return httpx.AsyncClient(
        timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=16),
        follow_redirects=False,
        # A small compressed body can hold gigabytes.
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [_limit]},
    )


@contextlib.asynccontextmanager
async def closing_responses() -> AsyncIterator[None]:
    """Close each response that begins within the block when it ends, however it ends.

    The libraries between leave some of that to the garbage collector, and an open connection keeps a server writing.
    """
    begun: list[httpx.Response] = []
    token = _begun.set(begun)
    try:
        yield
    finally:
        _begun.reset(token)
        for response in begun:
            await asyncio.shield(response.aclose())


async def _limit(response: httpx.Response) -> None:
    if (begun := _begun.get()) is not None:
        begun.append(response)
    if response.headers.get("content-encoding", "identity") != "identity":
        raise LanguageModelError(
            f"sent a compressed answer ({response.headers['content-encoding'][:20]}) that was not asked for",
            LanguageModelFailure.MALFORMED,
        )
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.is_success and content_type in _NO_STREAM:
        raise LanguageModelError(f"sent {content_type} instead of a stream of events", LanguageModelFailure.MALFORMED)
    if isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _LimitedStream(response.stream)


class _LimitedStream(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._stream:
            size += len(part)
            if size > MOST_BYTES:
                raise LanguageModelError(
                    f"sent more than {MOST_BYTES // 2**20} MB for one answer", LanguageModelFailure.MALFORMED
                )
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
