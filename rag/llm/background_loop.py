"""An event loop in a thread of its own, for code that waits on the network to be stopped at any moment."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, Final, TypeVar

_Result = TypeVar("_Result")
_STOP_SECONDS: Final = 5.0


class BackgroundLoop:
    """Runs coroutines for callers in other threads. Start it with `start`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
        self._loop = loop
        self._thread = thread

    @classmethod
    def start(cls, name: str) -> BackgroundLoop:
        """A loop that runs, in a thread of that name which never keeps the process alive."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=_run, args=(loop,), name=name, daemon=True)
        thread.start()
        return cls(loop, thread)

    @property
    def stopped(self) -> bool:
        """Whether nothing can be submitted any more."""
        return not self._thread.is_alive()

    def submit(self, work: Coroutine[Any, Any, _Result]) -> Future[_Result]:
        """Begin ``work``; cancelling the future stops it wherever it waits."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def cancel_all(self) -> None:
        """Cancel what runs, and wait until it has ended."""
        self.submit(_cancel_others()).result()

    def stop(self) -> None:
        """Cancel what runs and end the thread; a second time does nothing."""
        if self.stopped:
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_STOP_SECONDS)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    # The runner cancels what is left and closes the loop.
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.get_loop().run_forever()


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
