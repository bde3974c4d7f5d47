"""A circuit breaker: a language model that fails again and again is left alone for a while.

The pattern is M. Nygard's (Release It!, chapter 5). `pybreaker` counts and keeps the state; who may pass is decided
here, as it would hold its lock for as long as an answer is written, and let everybody try at once after the pause.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from pybreaker import STATE_CLOSED, CircuitBreaker, CircuitMemoryStorage

from rag.errors import LanguageModelError, LanguageModelFailure
from rag.llm.language_model import Deadline, LanguageModel, Message, Usage

MOST_FAILURES: Final = 5
"""Failures in a row after which the circuit opens."""
PAUSE_SECONDS: Final = 30.0
"""How long it stays open before one request may try again."""
FAIR_SECONDS: Final = 1.0
"""Who gives a model less time than this learns nothing from a timeout."""

CircuitState = Literal["closed", "open", "half-open"]
STATES: Final[tuple[CircuitState, ...]] = ("closed", "open", "half-open")


class Circuit:
    """A language model that is not asked while it is known to fail. Safe to use from many threads.

    Example::

        model = Circuit.around(Endpoint.open(settings))
    """

    def __init__(self, model: LanguageModel, breaker: CircuitBreaker, storage: CircuitMemoryStorage) -> None:
        """Take what `around` has made ready."""
        self._model = model
        self._breaker = breaker
        self._storage = storage
        self._lock = threading.Lock()
        self._trying = False

    @classmethod
    def around(
        cls, model: LanguageModel, most_failures: int = MOST_FAILURES, pause_seconds: float = PAUSE_SECONDS
    ) -> Circuit:
        """A circuit, closed at first, around ``model``."""
        storage = CircuitMemoryStorage(STATE_CLOSED)
        breaker = CircuitBreaker(
            most_failures, pause_seconds, state_storage=storage, throw_new_error_on_trip=False, name=model.name
        )
        return cls(model, breaker, storage)

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    @property
    def state(self) -> CircuitState:
        """``closed``: requests pass; ``open``: none does; ``half-open``: one tries whether it works again."""
        with self._lock:
            if self._breaker.current_state == "closed":
                return "closed"
            return "half-open" if self._trying else "open"

    def write(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Usage]:
        """As the model itself writes.

        What is wrong with the request alone says nothing of the model, nor does a timeout that was too short, nor an
        answer that nobody waited for.

        Raises:
            LanguageModelError: as the model raises it; or with reason ``circuit_open``, at once.
        """
        trial = self._enter()
        try:
            given = deadline.remaining
            usage = yield from self._model.write(messages, deadline)
            self._report(None)
        except LanguageModelError as error:
            if error.reason is not LanguageModelFailure.REQUEST and not (
                error.reason is LanguageModelFailure.TIMEOUT and given < FAIR_SECONDS
            ):
                self._report(error)
            raise
        finally:
            if trial:
                with self._lock:
                    self._trying = False
        return usage

    def _enter(self) -> bool:
        """Let a request pass, or not; whether it is the one that tries."""
        with self._lock:
            if self._breaker.current_state == "closed":
                return False
            seconds = self._seconds_until_trial()
            if self._trying or seconds > 0:
                raise LanguageModelError(
                    f"the language model {self.name} failed {self._breaker.fail_max} times in a row, so it is not "
                    f"asked now; it is tried again in {seconds:.0f} s",
                    LanguageModelFailure.CIRCUIT_OPEN,
                    retry_after=seconds,
                )
            self._trying = True
            return True

    def _seconds_until_trial(self) -> float:
        opened = self._storage.opened_at
        if opened is None:
            return 0.0
        until = opened + timedelta(seconds=self._breaker.reset_timeout)
        return max(0.0, (until - datetime.now(UTC)).total_seconds())

    def _report(self, error: LanguageModelError | None) -> None:
        from pybreaker import CircuitBreakerError

        def outcome() -> None:
            if error is not None:
                raise error

        # What was begun before the circuit opened changes nothing any more.
        with contextlib.suppress(LanguageModelError, CircuitBreakerError):
            self._breaker.call(outcome)
