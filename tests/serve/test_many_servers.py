"""Two server processes behind one address, with one PostgreSQL: to a visitor they are one server."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from rag.state.database import Database
from rag.state.tables import Exchange, Feedback
from tests.postgres import Postgres
from tests.serve.process import ROOT, server_process
from tests.serve.round_robin import round_robin

pytestmark = pytest.mark.slow

MISSION = "去年重庆新能源车产量是多少"


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
