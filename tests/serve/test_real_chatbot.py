"""The server around the real chatbot: real model, real index, a real article."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from rag.chatbot import Chatbot
from rag.index.index import Index
from rag.models.embedder import Embedder
from rag.models.span_model import SpanModel
from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.process import ROOT
from tests.serve.test_articles import parse
from tests.serve.test_ask import events_of
from tests.serve.test_server import ARTICLE

MISSION = "去年重庆新能源车产量是多少"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    return Settings(corpus_dir=folder / "corpus", index_dir=folder / "index", reload_seconds=0.1)


@pytest.fixture(scope="module")
def chatbot(here: Settings, embedder: Embedder, span_model: SpanModel) -> Iterator[Chatbot]:
    with Chatbot(here, embedder, Index.build_or_load(here, embedder), span_model) as chatbot:
        yield chatbot


@pytest.fixture
def client(chatbot: Chatbot, here: Settings, database: Database) -> Iterator[TestClient]:
    with TestClient(create_app(chatbot, here, database)) as client:
        yield client


def test_the_mission_question(client: TestClient, chatbot: Chatbot) -> None:
    answer = client.post("/api/ask", json={"question": MISSION}).json()
    assert answer["short"] == "95万辆"
    assert answer["status"] == "answered"
    assert "2024年" in answer["question_understood"]
    assert any("2025年" in note for note in answer["notes"])
    for citation in answer["citations"]:
        article = chatbot.articles[citation["article_id"]]
        assert article.text[citation["start"] : citation["end"]] == citation["quote"]
        path, _, fragment = citation["url"].partition("#")
        assert client.get(path).status_code == 200
        assert fragment == f"{citation['start']}-{citation['end']}"


def test_whole_and_streamed_are_one_answer(client: TestClient) -> None:
    whole = client.post("/api/ask", json={"question": MISSION}).json()
    response = client.post("/api/ask", json={"question": MISSION, "stream": True})
    events = events_of(response.text)
    name, streamed = events[-1]
    assert name == "answer"
    assert "".join(data["text"] for name, data in events if name == "text") == whole["text"]
    assert {**streamed, "timings": None} == {**whole, "timings": None}


@pytest.mark.parametrize("by", ["session", "history"])
def test_a_follow_up_is_understood(client: TestClient, by: str) -> None:
    first = "建成多少个智能工厂？"
    session = {"session_id": "s1"} if by == "session" else {}
    one = client.post("/api/ask", json={"question": first, **session})
    history = [{"role": "user", "content": first}, {"role": "assistant", "content": one.json()["text"]}]
    answer = client.post("/api/ask", json={"question": "那数字化车间呢？", **(session or {"history": history})}).json()
    assert "980" in (answer["short"] or "")
    assert "数字化车间" in answer["question_understood"]


def test_what_the_article_does_not_say_is_refused(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "火星上有几只企鹅？"}).json()
    assert (answer["status"], answer["citations"], answer["short"]) == ("refused", [], None)


def test_the_page_of_every_article_holds_its_blocks(client: TestClient, chatbot: Chatbot) -> None:
    for listed in client.get("/api/articles").json()["articles"]:
        article = chatbot.articles[listed["id"]]
        found = parse(client.get(listed["url"]).text).found
        assert found == [(block.start, article.text[block.start : block.end]) for block in article.blocks]


def test_a_new_index_is_taken_up(client: TestClient, chatbot: Chatbot, here: Settings, embedder: Embedder) -> None:
    before = chatbot.index_version
    (here.corpus_dir / "bridges.txt").write_text(ARTICLE, encoding="utf-8")
    Index.build_or_load(here, embedder)
    deadline = time.monotonic() + 20
    while client.get("/readyz").json()["index_version"] == before:
        assert time.monotonic() < deadline, "the new index was not taken up"
        time.sleep(0.05)
    assert client.post("/api/ask", json={"question": "河西市2023年建成桥梁多少座？"}).json()["short"] == "12座"
    (here.corpus_dir / "bridges.txt").unlink()


def test_articles_of_paths_that_try_to_leave_are_not_there(client: TestClient) -> None:
    for path in ("/a/..%2f..%2fpyproject.toml", "/juwen/..%2farticles.py", "/juwen/%2e%2e/app.py"):
        assert client.get(path).status_code == 404
