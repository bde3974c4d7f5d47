"""How often something may be done: moving windows, in the memory of one process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import limits

from rag.errors import JuwenError

MOST_CALLERS: Final = 20_000


class RateLimitedError(JuwenError):
    """Somebody asks more often than is allowed; ``seconds`` is when there is a place again."""

    code = "rate_limited"

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests; wait as long as Retry-After says")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` in any ``seconds``."""

    count: int
    seconds: float

    @classmethod
    def parse(cls, text: str) -> Rate | None:
        """A rate in the notation of the ``limits`` library: ``60/minute``, ``10 per 5 minutes``; empty: None.

        Raises:
            ValueError: the text is no rate.

        Example:
            >>> Rate.parse("60/minute")
            Rate(count=60, seconds=60)
        """
        if not text.strip():
            return None
        item = limits.parse(text)
        if item.amount < 1:
            raise ValueError("a rate lets at least one through")
        return cls(item.amount, item.get_expiry())

    def times(self, factor: int) -> Rate:
        """A rate that allows ``factor`` times as much."""
        return Rate(self.count * factor, self.seconds)


class MovingWindow:
    """Lets each caller through ``rate.count`` times in any stretch of ``rate.seconds``. For use from many threads.

    The library's own windows in memory look through all callers after every hit, and never forget one: what a
    stranger with many addresses could use. Here a hit costs the same whatever is remembered, and of more than
    ``most_callers`` in a window those that were let through longest ago are forgotten.

    Example:
        >>> window = MovingWindow(Rate(1, 60), clock=lambda: 100.0)
        >>> window.take("198.51.100.7"), window.take("198.51.100.7")
        (0.0, 60.0)
    """

    def __init__(
        self, rate: Rate, most_callers: int = MOST_CALLERS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._most_callers = most_callers
        self._clock = clock
        self._lock = threading.Lock()
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()  # whoever was let through last stands last

    def take(self, caller: str) -> float:
        """0.0 where ``caller`` is let through, and counted; else in how many seconds there is a place."""
        with self._lock:
            now = self._clock()
            taken = self._taken.get(caller)
            if taken is None:
                taken = self._taken[caller] = deque()
            while taken and taken[0] + self._rate.seconds <= now:
                taken.popleft()
            if len(taken) >= self._rate.count:
                return taken[0] + self._rate.seconds - now
            taken.append(now)
            self._taken.move_to_end(caller)
            self._forget(now)
            return 0.0

    def __len__(self) -> int:
        return len(self._taken)

    def _forget(self, now: float) -> None:
        # Two for each that comes: what is over is gone in time, and no hit has much to do.
        for _ in range(2):
            caller, taken = next(iter(self._taken.items()))
            over = taken[-1] + self._rate.seconds <= now
            if not over and len(self._taken) <= self._most_callers:
                return
            del self._taken[caller]
