"""A visitor's history: it can be deleted, by whoever knows its id, and by nobody read."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from rag.state.tables import Exchange
from tests.serve.fakes import FakeChatbot


def asked(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(row.conversation, row.question) for row in session.scalars(select(Exchange).order_by(Exchange.id))]


@pytest.mark.parametrize("name", ["a reader", "a/b", "读者😀", "..", "50%?#"])
def test_a_conversation_is_deleted_with_its_feedback(client: TestClient, database: Database, name: str) -> None:
    for session in (name, "another"):
        client.post("/api/ask", json={"question": "河西建成桥梁多少座", "session_id": session})
    vote = {"question": "q", "answer": "", "vote": "up", "session_id": name}
    assert client.post("/api/feedback", json=vote).status_code == 200
    path = f"/api/conversations/{quote(name, safe='')}" if name != ".." else "/api/conversations/%2E%2E"
    response = client.request("DELETE", path)
    assert (response.status_code, response.json()) == (200, {"deleted": 2})
    assert client.delete(path).json() == {"deleted": 0}
    assert asked(database) == [("another", "河西建成桥梁多少座")]


def test_channels_are_kept_apart(client: TestClient, database: Database) -> None:
    client.post("/api/ask", json={"question": "桥有几座", "session_id": "s"})
    assert client.delete("/api/conversations/s?channel=page").json() == {"deleted": 0}
    assert client.delete("/api/conversations/s?channel=mp").status_code == 400
    assert len(asked(database)) == 1


def test_what_is_no_id_is_refused_and_nothing_is_shown(client: TestClient) -> None:
    assert client.delete(f"/api/conversations/{'x' * 201}").json()["error"]["param"] == "session_id"
    assert client.delete("/api/conversations/").status_code in (400, 404)
    assert client.get("/api/conversations/s").status_code == 405
    assert client.get("/api/conversations").status_code == 404


def test_a_database_that_fails_is_told_without_its_details(client: TestClient, database: Database) -> None:
    with database.writing() as session:
        session.execute(text("DROP TABLE feedback"))
    response = client.delete("/api/conversations/s")
    assert (response.status_code, response.json()["error"]["code"]) == (500, "conversation_not_deleted")
    assert "table" not in response.text


def test_where_conversations_are_not_kept_only_sessions_are(database: Database, fake: FakeChatbot) -> None:
    with TestClient(create_app(fake, Settings(keep_conversations=False), database)) as client:
        for session in ("s", None):
            client.post("/api/ask", json={"question": "桥有几座", "session_id": session})
    assert asked(database) == [("s", "桥有几座")]
