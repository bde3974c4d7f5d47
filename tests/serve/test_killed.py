"""A server that is killed in the middle of its work: what it has said to be stored is stored."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from rag.state.database import Database
from rag.state.tables import Exchange, Feedback
from tests.postgres import Postgres
from tests.serve.process import FAKE, server_process

pytestmark = pytest.mark.slow

ROUNDS = 4
CLIENTS = 4


class Voters:
    """Clients that vote and ask without a pause, and note what the server has acknowledged."""

    def __init__(self, url: str, numbers: Iterator[int]) -> None:
        self.votes: list[str] = []
        self.questions: list[str] = []
        self._url = url
        self._numbers = numbers
        self._threads = [threading.Thread(target=self._work) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()

    def _work(self) -> None:
        with httpx.Client(base_url=self._url, timeout=10) as client:
            try:
                while True:
                    name = f"vote {next(self._numbers)}"
                    vote = {"question": "桥有几座", "answer": "12座", "vote": "up", "comment": name}
                    if client.post("/api/feedback", json=vote).json() == {"stored": True}:
                        self.votes.append(name)
                    question = f"桥有几座 {next(self._numbers)}"
                    if client.post("/api/ask", json={"question": question}).status_code == 200:
                        self.questions.append(question)
            except httpx.TransportError:
                return  # killed


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_that_was_acknowledged_is_lost(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    address = f"sqlite:///{tmp_path / 'juwen.db'}"
    if kind == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        address = postgres.new_database()
    settings = {"JUWEN_DATABASE_URL": address, "JUWEN_FEEDBACK_RATE_LIMIT": ""}
    votes: set[str] = set()
    questions: set[str] = set()
    numbers = itertools.count()
    for _ in range(ROUNDS):
        with server_process(tmp_path, settings=settings, program=FAKE) as server:
            voters = Voters(server.url, numbers)
            threading.Event().wait(random.uniform(0.3, 1.5))  # noqa: S311 - any moment will do
            server.process.kill()
            server.process.wait()
            voters.join()
        votes.update(voters.votes)
        questions.update(voters.questions)
        # Not only the file: a server that starts anew finds them too.
        with Database.open(address) as database, database.reading() as session:
            stored = session.scalars(select(Feedback.comment)).all()
            asked = session.scalars(select(Exchange.question)).all()
        assert votes <= set(stored)
        assert questions <= set(asked)
        assert len(stored) == len(set(stored))
    assert len(votes) > ROUNDS
