"""What visitors think of answers: stored whole, one line each, and nothing but what was agreed on."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.serve.app import create_app
from rag.serve.feedback import FeedbackError, FeedbackFile
from rag.settings import Settings
from tests.serve.fakes import FakeChatbot

VOTE = {
    "question": "河西有几座桥",
    "answer": "12座[1]",
    "sources": ["a/bridges#1-5"],
    "vote": "down",
    "comment": "第二座\n不在河西😀",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "feedback.jsonl"


@pytest.fixture
def client(file: Path) -> TestClient:
    return TestClient(create_app(FakeChatbot(), Settings(feedback_file=file)), raise_server_exceptions=False)


def test_a_vote_is_a_line(client: TestClient, file: Path) -> None:
    assert client.post("/api/feedback", json=VOTE).json() == {"stored": True}
    assert client.post("/api/feedback", json={"question": "q", "answer": "", "vote": "up"}).status_code == 200
    first, second = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert {name: first[name] for name in VOTE} == VOTE
    assert first["time"].endswith("+00:00")
    assert (second["vote"], second["comment"], second["sources"]) == ("up", "", [])
    assert file.stat().st_mode & 0o077 == 0


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
    ],
)
def test_what_is_wrong_is_named_and_not_stored(
    client: TestClient, file: Path, change: dict[str, object], param: str
) -> None:
    response = client.post("/api/feedback", json={**VOTE, **change})
    assert response.status_code == 400
    assert response.json()["error"]["param"] == param
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_told_without_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "secret-folder"
    folder.mkdir()
    client = TestClient(create_app(FakeChatbot(), Settings(feedback_file=folder)), raise_server_exceptions=False)
    response = client.post("/api/feedback", json=VOTE)
    assert (response.status_code, response.json()["error"]["code"]) == (500, "feedback_not_stored")
    assert "secret" not in response.text


def test_a_full_file_takes_no_more(file: Path) -> None:
    full = FeedbackFile(file, most_bytes=60)
    full.append({"n": "x" * 40})
    with pytest.raises(FeedbackError, match="full"):
        full.append({"n": "x" * 40})
    assert len(file.read_text().splitlines()) == 1


def test_writers_at_once_lose_nothing(file: Path) -> None:
    def write(number: int) -> None:
        # Each with a file of its own, as processes have.
        own = FeedbackFile(file)
        for count in range(20):
            own.append({"writer": number, "count": count, "text": "字" * 500})

    writers = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert sorted((entry["writer"], entry["count"]) for entry in entries) == [
        (w, c) for w in range(5) for c in range(20)
    ]
