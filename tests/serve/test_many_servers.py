"""Two server processes behind one address, with one PostgreSQL: to a visitor they are one server."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select

from rag.state.database import Database
from rag.state.tables import Exchange, Feedback
from tests.postgres import Postgres
from tests.serve.process import ROOT, server_process

pytestmark = pytest.mark.slow

MISSION = "去年重庆新能源车产量是多少"


@contextlib.contextmanager
def round_robin(urls: Sequence[str]) -> Iterator[str]:
    """One address before several: each connection goes to the next of ``urls``."""
    targets = itertools.cycle([(urlsplit(url).hostname, urlsplit(url).port) for url in urls])
    started: threading.Event = threading.Event()
    address: list[str] = []
    loop = asyncio.new_event_loop()
    stopped = asyncio.Event()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = next(targets)
        there_reader, there_writer = await asyncio.open_connection(host, port)
        await asyncio.gather(pass_on(reader, there_writer), pass_on(there_reader, writer))

    async def run() -> None:
        async with await asyncio.start_server(connect, "127.0.0.1", 0) as server:
            host, port = server.sockets[0].getsockname()[:2]
            address.append(f"http://{host}:{port}")
            started.set()
            await stopped.wait()

    def work() -> None:
        with contextlib.closing(loop):
            loop.run_until_complete(run())

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(10)
    try:
        yield address[0]
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)


def post(url: str, path: str, body: dict[str, object]) -> dict[str, object]:
    # A connection of its own each time, so that the next server has its turn.
    response = httpx.post(url + path, json=body, timeout=60)
    assert response.status_code == 200, response.text
    answer: dict[str, object] = response.json()
    return answer


def test_a_conversation_goes_on_across_processes(postgres: Postgres, tmp_path: Path) -> None:
    address = postgres.new_database()
    settings = {"JUWEN_DATABASE_URL": address}
    with contextlib.ExitStack() as stack:
        urls = []
        for name in ("one", "other"):
            shutil.copytree(ROOT / "corpus", tmp_path / name / "corpus")
            server = stack.enter_context(server_process(tmp_path / name, "--no-page", settings=settings))
            urls.append(server.url)
        url = stack.enter_context(round_robin(urls))
        for session in ("s1", "s2"):
            first = post(url, "/api/ask", {"question": MISSION, "session_id": session})
            assert str(first["short"]).startswith("95万辆")
            # What is short of a subject is complete only with the conversation, which the other process began.
            second = post(url, "/api/ask", {"question": "那今年上半年呢？", "session_id": session})
            assert "产量" in str(second["question_understood"])
            alone = post(url, "/api/ask", {"question": "那今年上半年呢？"})
            assert "产量" not in str(alone["question_understood"])
            for vote in ("up", "down"):
                body = {"question": MISSION, "answer": "…", "vote": vote, "session_id": session}
                assert post(url, "/api/feedback", body) == {"stored": True}
        with Database.open(address) as database, database.reading() as session_:
            given = session_.execute(select(Feedback.conversation, Feedback.vote)).all()
            asked = session_.scalars(select(Exchange.conversation)).all()
        assert sorted(map(tuple, given)) == [("s1", "down"), ("s1", "up"), ("s2", "down"), ("s2", "up")]
        assert sorted(asked) == ["", "", "s1", "s1", "s2", "s2"]
        # Deleted by one, gone for the other.
        assert httpx.delete(f"{urls[0]}/api/conversations/s1", timeout=30).json() == {"deleted": 4}
        again = httpx.post(
            f"{urls[1]}/api/ask", json={"question": "那今年上半年呢？", "session_id": "s1"}, timeout=60
        ).json()
        assert "产量" not in again["question_understood"]
