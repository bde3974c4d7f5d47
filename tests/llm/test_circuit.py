"""The circuit opens after failures in a row, lets one try after a pause, and closes by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from rag.errors import LanguageModelError
from rag.errors import LanguageModelFailure as Failure
from rag.llm.circuit import FAIR_SECONDS, MOST_FAILURES, Circuit
from rag.llm.endpoint import Endpoint
from rag.llm.language_model import Deadline
from tests.llm.asking import HELLO, ask, failure_of
from tests.llm.scripted_server import MODEL, Script, ScriptedServer, in_turn, scripted_server
from tests.llm.scripts import nothing, refuses, says, silent, stalls_after, wrong_key

PAUSE = 0.4


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server(wrong_key()) as server:
        yield server


@pytest.fixture
def circuit(server: ScriptedServer) -> Iterator[Circuit]:
    with Endpoint.open(server.settings()) as endpoint:
        yield Circuit.around(endpoint, pause_seconds=PAUSE)


def fail_often(circuit: Circuit) -> None:
    for _ in range(MOST_FAILURES):
        assert failure_of(circuit).reason is not Failure.CIRCUIT_OPEN
    assert circuit.state == "open"


def test_it_passes_everything_on(server: ScriptedServer, circuit: Circuit) -> None:
    server.play = in_turn(says("12座"))
    pieces, usage = ask(circuit)
    assert (pieces, usage.completion_tokens) == (["12座"], 3)
    assert (circuit.name, circuit.state) == (MODEL, "closed")


def test_it_opens_after_failures_in_a_row_and_fails_at_once(server: ScriptedServer, circuit: Circuit) -> None:
    fail_often(circuit)
    asked = len(server.requests)
    begun = time.monotonic()
    failure = failure_of(circuit)
    assert time.monotonic() - begun < 0.2
    assert failure.reason is Failure.CIRCUIT_OPEN
    assert f"{MODEL} failed 5 times in a row, so it is not asked now; it is tried again in 0 s" in str(failure)
    assert failure.retry_after == pytest.approx(PAUSE, abs=PAUSE)
    assert len(server.requests) == asked


def test_a_success_between_starts_the_count_anew(server: ScriptedServer, circuit: Circuit) -> None:
    for _ in range(3):
        server.play = in_turn(wrong_key())
        for _ in range(MOST_FAILURES - 1):
            failure_of(circuit)
        server.play = in_turn(says("好"))
        ask(circuit)
    assert circuit.state == "closed"


def test_it_closes_by_itself(server: ScriptedServer, circuit: Circuit) -> None:
    fail_often(circuit)
    server.play = in_turn(says("好"))
    time.sleep(PAUSE)
    assert ask(circuit)[0] == ["好"]
    assert circuit.state == "closed"
    assert ask(circuit)[0] == ["好"]


def test_a_trial_that_fails_opens_it_for_another_pause(server: ScriptedServer, circuit: Circuit) -> None:
    fail_often(circuit)
    time.sleep(PAUSE)
    assert failure_of(circuit).reason is Failure.KEY
    asked = len(server.requests)
    assert failure_of(circuit).reason is Failure.CIRCUIT_OPEN
    assert len(server.requests) == asked
    time.sleep(PAUSE)
    assert failure_of(circuit).reason is Failure.KEY


def test_one_alone_tries_while_the_others_wait(server: ScriptedServer, circuit: Circuit) -> None:
    fail_often(circuit)
    time.sleep(PAUSE)
    server.play = in_turn(stalls_after("12"))
    trial = circuit.write(HELLO, Deadline.within(10))
    assert next(trial) == "12"
    assert circuit.state == "half-open"
    assert failure_of(circuit).reason is Failure.CIRCUIT_OPEN
    trial.close()
    assert circuit.state == "open"
    server.play = in_turn(says("好"))
    assert ask(circuit)[0] == ["好"]


def test_a_slow_answer_holds_up_no_other(server: ScriptedServer, circuit: Circuit) -> None:
    server.play = in_turn(stalls_after("12"), says("好"))
    slow = circuit.write(HELLO, Deadline.within(10))
    next(slow)
    begun = time.monotonic()
    assert ask(circuit)[0] == ["好"]
    assert time.monotonic() - begun < 3
    slow.close()


@pytest.mark.parametrize(
    ("script", "opens"),
    [(nothing(), True), (wrong_key(), True), (refuses(400, "prompt is too long"), False)],
    ids=["empty", "key", "request"],
)
def test_what_counts(server: ScriptedServer, circuit: Circuit, script: Script, opens: bool) -> None:
    server.play = in_turn(script)
    for _ in range(MOST_FAILURES + 1):
        failure_of(circuit)
    assert circuit.state == ("open" if opens else "closed")


@pytest.mark.parametrize(("seconds", "opens"), [(FAIR_SECONDS + 0.1, True), (0.05, False)])
def test_a_timeout_counts_only_if_there_was_time(server: ScriptedServer, seconds: float, opens: bool) -> None:
    server.play = in_turn(silent())
    with Endpoint.open(server.settings()) as endpoint:
        circuit = Circuit.around(endpoint, most_failures=2)
        for _ in range(2):
            assert failure_of(circuit, seconds).reason is Failure.TIMEOUT
        assert circuit.state == ("open" if opens else "closed")


def test_many_at_once(server: ScriptedServer, circuit: Circuit) -> None:
    reasons: list[Failure] = []

    def fail() -> None:
        try:
            ask(circuit)
        except LanguageModelError as error:
            reasons.append(error.reason)

    threads = [threading.Thread(target=fail) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(reasons) == 32
    assert set(reasons) <= {Failure.KEY, Failure.CIRCUIT_OPEN}
    assert circuit.state == "open"
    time.sleep(PAUSE)
    server.play = in_turn(says("好", pause=0.05))
    passed: list[bool] = []

    def succeed() -> None:
        try:
            passed.append(bool(ask(circuit)))
        except LanguageModelError as error:
            passed.append(error.reason is not Failure.CIRCUIT_OPEN)

    threads = [threading.Thread(target=succeed) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert passed.count(True) >= 1
    assert circuit.state == "closed"
