"""What visitors think of answers: stored whole, and nothing but what was agreed on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from rag.state.tables import Feedback
from tests.serve.fakes import FakeChatbot

VOTE = {
    "question": "河西有几座桥",
    "answer": "12座[1]",
    "sources": ["a/bridges#1-5"],
    "vote": "down",
    "comment": "第二座\n不在河西😀",
}


@pytest.fixture
def client(database: Database) -> TestClient:
    return TestClient(create_app(FakeChatbot(), Settings(), database), raise_server_exceptions=False)


def given(database: Database) -> list[Feedback]:
    with database.reading() as session:
        return list(session.scalars(select(Feedback).order_by(Feedback.id)))


def test_a_vote_is_stored(client: TestClient, database: Database) -> None:
    assert client.post("/api/feedback", json=VOTE).json() == {"stored": True}
    assert client.post("/api/feedback", json={"question": "q", "answer": "", "vote": "up"}).status_code == 200
    first, second = given(database)
    assert {name: getattr(first, name) for name in VOTE} == VOTE
    assert (first.channel, first.conversation) == ("api", "")
    assert datetime.now(UTC) - first.given < timedelta(minutes=1)
    assert (second.vote, second.comment, second.sources) == ("up", "", [])


def test_a_vote_names_its_conversation(client: TestClient, database: Database) -> None:
    client.post("/api/feedback", json={**VOTE, "channel": "page", "session_id": "s1"})
    (vote,) = given(database)
    assert (vote.channel, vote.conversation) == ("page", "s1")


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"vote": "sideways"}, "vote"),
        ({"comment": "x" * 501}, "comment"),
        ({"question": ""}, "question"),
        ({"sources": ["x"] * 21}, "sources"),
        ({"sources": ["x" * 501]}, "sources.0"),
        ({"who": "me"}, "who"),
        ({"answer": 7}, "answer"),
        ({"channel": "mp"}, "channel"),
        ({"session_id": "x" * 201}, "session_id"),
    ],
)
def test_what_is_wrong_is_named_and_not_stored(
    client: TestClient, database: Database, change: dict[str, object], param: str
) -> None:
    response = client.post("/api/feedback", json={**VOTE, **change})
    assert response.status_code == 400
    assert response.json()["error"]["param"] == param
    assert given(database) == []


def test_a_database_that_fails_is_told_without_its_details(client: TestClient, database: Database) -> None:
    with database.writing() as session:
        session.execute(text("DROP TABLE feedback"))
    response = client.post("/api/feedback", json=VOTE)
    assert (response.status_code, response.json()["error"]["code"]) == (500, "feedback_not_stored")
    assert "table" not in response.text
