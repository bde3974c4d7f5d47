"""An answer has so long and no longer, whole, streamed or on the page; then nobody works on it any more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from rag.serve.app import create_app
from rag.serve.phrases import PHRASES
from rag.serve.workers import TooSlowError, Workers
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot
from tests.serve.test_ask import error_of, events_of
from tests.test_ui import Asker


@pytest.fixture
def client(fake: FakeChatbot, database: Database) -> Iterator[TestClient]:
    settings = Settings(answer_seconds=1)
    with TestClient(create_app(fake, settings, database), raise_server_exceptions=False) as client:
        yield client


def test_an_answer_that_takes_too_long_is_given_up(client: TestClient, fake: FakeChatbot) -> None:
    fake.gate.clear()
    begun = time.monotonic()
    response = client.post("/api/ask", json={"question": "桥有几座"})
    assert time.monotonic() - begun < 5
    error = error_of(response, 504, "answer_timeout")
    assert error["type"] == "timeout_error"
    assert "within 1 s;" in error["message"]
    fake.gate.set()
    _wait_for_the_end(fake)
    assert fake.steps <= 2, "the work went on"
    metrics = client.get("/metrics").text
    assert 'juwen_questions_total{channel="api",status="error"} 1.0' in metrics


def test_a_stream_that_takes_too_long_ends_with_an_error(client: TestClient, fake: FakeChatbot) -> None:
    fake.gate.clear()
    response = client.post("/api/ask", json={"question": "桥有几座", "stream": True})
    assert response.status_code == 200
    first, *_, (name, data) = events_of(response.text)
    assert first == ("stage", {"stage": "understand"})
    assert (name, data["error"]["code"]) == ("error", "answer_timeout")
    fake.gate.set()
    _wait_for_the_end(fake)
    assert fake.steps <= 2, "the work went on"


async def test_waiting_counts_as_well(fake: FakeChatbot) -> None:
    workers = Workers(fake, threads=1, answer_seconds=0.3)
    fake.gate.clear()
    runs = [workers.submit("桥") for _ in range(2)]
    for run in runs:
        with pytest.raises(TooSlowError):
            await run.answer()
    fake.gate.set()
    workers.close()
    assert len(fake.asked) == 1, "the second was begun in vain"


async def test_how_many_may_wait_is_a_setting(fake: FakeChatbot, database: Database) -> None:
    settings = Settings(answer_threads=1, most_waiting=0)
    with running(create_app(fake, settings, database)) as url:
        fake.gate.clear()
        async with httpx.AsyncClient() as client:
            first = asyncio.create_task(client.post(f"{url}/api/ask", json={"question": "桥有几座"}))
            while not fake.steps:
                await asyncio.sleep(0.01)
            begun = time.monotonic()
            second = await client.post(f"{url}/api/ask", json={"question": "桥有几座"})
            assert time.monotonic() - begun < 1
            error_of(second, 503, "overloaded")
            assert second.headers["retry-after"]
            fake.gate.set()
            assert (await first).status_code == 200


async def test_the_page_says_so_in_words(fake: FakeChatbot) -> None:
    workers = Workers(fake, answer_seconds=0.3)
    fake.gate.clear()
    steps = await Asker(fake, workers).ask("桥")
    assert steps[-1][-1]["content"] == [PHRASES["zh"]["answer_timeout"]]
    fake.gate.set()
    workers.close()


def _wait_for_the_end(fake: FakeChatbot) -> None:
    deadline = time.monotonic() + 5
    while fake.closed_streams == 0:
        assert time.monotonic() < deadline
        time.sleep(0.01)
