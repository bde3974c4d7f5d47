"""How long a connection may take to say what it wants."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS: Final = 10.0
MOST_HEADER_BYTES: Final = 16 * 1024


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 with an end to its patience: it waits for ever for the first request of a connection.

    From its first moment, and again from the first byte of each further request, a connection has `REQUEST_SECONDS`
    to send the whole head of a request. Where a request was answered before its body had come, the rest of the body
    has as long. How long a body may take that is waited for is the business of `rag.serve.body_limit`.
    """

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; the wait is over once it is a whole head."""
        cycle = self.cycle
        super().data_received(data)
        if self.cycle is not cycle:
            self._stop_waiting()
        elif self._is_idle() and self._due is None:
            self._wait()

    def on_response_complete(self) -> None:
        """Go on to the next request, which may have come already."""
        cycle = self.cycle
        super().on_response_complete()
        if self.cycle is cycle and self.conn.their_state is h11.SEND_BODY:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._stop_waiting()
        self._due = self.loop.call_later(REQUEST_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None


def patient_options() -> dict[str, Any]:
    """What uvicorn is told about connections.

    ``proxy_headers`` is off: uvicorn would believe what callers on the same machine say of their address. Whose word
    counts is `Settings.trusted_proxies`.
    """
    return {"http": PatientProtocol, "h11_max_incomplete_event_size": MOST_HEADER_BYTES, "proxy_headers": False}
