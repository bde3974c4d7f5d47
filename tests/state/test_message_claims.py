"""A message of WeChat that reaches many threads and processes at once is answered by one of them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import defaultdict

import pytest

from rag.serve.wechat.received_messages import ReceivedMessages
from rag.state.database import Database

MESSAGES = [f"m{number}" for number in range(30)]
THREADS = 4
CLAIM = f"""
import json, threading
from rag.state.database import Database
from rag.serve.wechat.received_messages import ReceivedMessages
import sys
claims = []
with Database.open(sys.argv[1]) as database:
    received = ReceivedMessages(database, "mp")
    def claim():
        for message in {MESSAGES!r}:
            claims.append((message, received.receive(message, "reader")))
    input()
    threads = [threading.Thread(target=claim) for _ in range({THREADS})]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
print(json.dumps(claims))
"""


@pytest.mark.slow
def test_each_message_is_claimed_once_by_many_processes(address: str) -> None:
    Database.open(address).close()
    processes = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-W", "error", "-c", CLAIM, address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    outputs: list[str] = []
    # Both have a line to read as soon as they are ready, so that they begin together.
    waiting = [
        threading.Thread(target=lambda p=process: outputs.append(p.communicate("\n")[0])) for process in processes
    ]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join()
    tries: dict[str, list[int]] = defaultdict(list)
    for output in outputs:
        for message, number in json.loads(output):
            tries[message].append(number)
    assert tries.keys() == set(MESSAGES)
    assert all(sorted(numbers) == list(range(1, 2 * THREADS + 1)) for numbers in tries.values())


def test_each_message_is_claimed_once_by_many_threads(database: Database) -> None:
    received = ReceivedMessages(database, "mp")
    claims: list[tuple[str, int]] = []

    def claim() -> None:
        for message in MESSAGES[:10]:
            claims.append((message, received.receive(message, "reader")))  # noqa: PERF401 - threads take turns here

    threads = [threading.Thread(target=claim) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(claims)) == len(claims) == 10 * THREADS
    assert {number for _, number in claims} == set(range(1, THREADS + 1))
