"""uvicorn, with two manners of its own: it says when it answers, and a signal is an ordinary end."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Final

import uvicorn

_STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class StoppableServer(uvicorn.Server):
    """Calls ``when_ready`` once it answers and ``before_stop`` before it waits for the last answers.

    After SIGINT or SIGTERM it returns, instead of raising the signal again.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        when_ready: Callable[[], None],
        before_stop: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(config)
        self._when_ready = when_ready
        self._before_stop = before_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self._when_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let go of connections without an end, then finish the answers under way."""
        self._before_stop()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let the stop signals end the server. Only the main thread of a process may set signal handlers."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in _STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
