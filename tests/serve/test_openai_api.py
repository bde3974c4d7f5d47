"""``/v1``: what comes over the wire, as clients read it that are not OpenAI's own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from rag.serve.app import create_app
from rag.serve.marks import marks
from rag.serve.openai_response import Completion
from rag.settings import Settings
from rag.state.conversations import Asker, Conversations
from rag.state.database import Database
from rag.state.tables import Exchange
from rag.types import Answer, Citation, StreamEvent
from tests.serve.fakes import FakeChatbot
from tests.serve.test_ask import error_of

ASKED = {"messages": [{"role": "user", "content": "去年河西建成桥梁多少座"}]}


def open_webui_reads(stream: str) -> tuple[str, list[dict[str, str]]]:
    """The text and the sources that Open WebUI takes from a stream, line by line as its middleware does."""
    text, sources = "", []
    for line in stream.split("\n"):
        if not line.startswith("data:"):
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return text, sources
        choices = json.loads(data).get("choices", [])
        if not choices:
            continue
        delta = choices[0].get("delta", {})
        sources += [
            {name: annotation["url_citation"][name] for name in ("title", "url")}
            for annotation in delta.get("annotations") or []
            if annotation.get("type") == "url_citation"
        ]
        text += delta.get("content") or ""
    raise AssertionError("the stream has no end")


@pytest.mark.parametrize("options", [{}, {"stream_options": {"include_usage": True}}])
def test_open_webui_finds_the_text_and_its_sources(client: TestClient, options: dict[str, Any]) -> None:
    whole = client.post("/v1/chat/completions", json=ASKED).json()
    response = client.post("/v1/chat/completions", json={**ASKED, **options, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert (response.headers["cache-control"], response.headers["x-accel-buffering"]) == ("no-store", "no")
    text, sources = open_webui_reads(response.text)
    assert text == whole["choices"][0]["message"]["content"]
    assert [source["url"] for source in sources] == whole["citations"]
    assert response.text.endswith("data: [DONE]\n\n")
    assert response.text.count('"choices": []') == len(options)


def test_nulls_are_as_good_as_nothing(client: TestClient) -> None:
    nulls = {"stream": None, "stream_options": None, "n": None, "temperature": None, "tools": None}
    assert client.post("/v1/chat/completions", json={**ASKED, **nulls}).status_code == 200


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        (b"{", "bad_json", None),
        (b"[]", "invalid_value", None),
        (b"{}", "missing", "messages"),
        (b'{"messages": "a"}', "invalid_value", "messages"),
        (b'{"messages": [{"content": "a"}]}', "missing", "messages.0.role"),
        (b'{"messages": [{"role": "user", "content": 7}]}', "invalid_value", "messages.0.content"),
        (b'{"messages": [{"role": "user", "content": [{"type": "text"}]}]}', "missing", "messages.0.content.0.text"),
        (b'{"messages": [{"role": "user"}]}', "bad_question", "messages"),
        (b'{"messages": [{"role": "user", "content": "a"}], "stream": "yes"}', "invalid_value", "stream"),
        (b'{"messages": [{"role": "user", "content": "a"}], "n": 0}', "invalid_value", "n"),
        (b'{"messages": [{"role": "user", "content": "a"}], "stream_options": 1}', "invalid_value", "stream_options"),
    ],
)
def test_a_bad_request_gets_one_clear_line(
    client: TestClient, fake: FakeChatbot, body: bytes, code: str, param: str | None
) -> None:
    response = client.post("/v1/chat/completions", content=body, headers={"Content-Type": "application/json"})
    assert error_of(response, 400, code)["param"] == param
    assert fake.asked == []


def test_other_errors_have_the_same_form(client: TestClient) -> None:
    error_of(client.post("/v1/chat/completions", content=b"{}"), 415, "unsupported_media_type")
    error_of(client.get("/v1/chat/completions"), 405, "method_not_allowed")
    error_of(client.get("/v1/embeddings"), 404, "not_found")
    error_of(client.get("/v1/models/x%20y%2Fz"), 404, "model_not_found")
    large = {"messages": [{"role": "user", "content": "x" * (1 << 20)}]}
    error_of(client.post("/v1/chat/completions", json=large), 413, "payload_too_large")


def test_what_is_asked_is_kept_and_belongs_to_no_conversation(client: TestClient, database: Database) -> None:
    for _ in range(2):
        client.post("/v1/chat/completions", json={**ASKED, "user": "somebody"})
    with database.reading() as session:
        kept = session.query(Exchange).all()
    assert [(row.channel, row.conversation, row.question) for row in kept] == [
        ("api", "", ASKED["messages"][0]["content"])
    ] * 2
    assert Conversations(database).turns(Asker("api", "somebody"), 10) == ()


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("/a/x#1-2", "http://testserver/a/x#1-2"),
        ("https://example.org/qa/a/x#1-2", "https://example.org/qa/a/x#1-2"),
    ],
)
def test_links_are_whole(link: str, whole: str) -> None:
    citation = Citation(1, "x", "t", "", "q", 1, 2, link)
    answer = Answer("q[1]", None, "answered", (citation,), "q")
    completion = Completion("1", 1, "http://testserver", {}, 1)
    body = completion.body(answer)
    assert body["citations"] == [whole]
    assert body["search_results"] == [{"title": "t", "url": whole, "date": None, "snippet": "q"}]


def test_the_links_are_of_the_address_that_was_asked(fake: FakeChatbot, limits: Settings, database: Database) -> None:
    with TestClient(create_app(fake, limits, database), base_url="https://qa.example.org:8443") as client:
        (link,) = client.post("/v1/chat/completions", json=ASKED).json()["citations"]
    assert link.startswith("https://qa.example.org:8443/a/bridges%202024%2F1#")


@given(
    st.lists(st.one_of(st.text(), st.integers(0, 1200).map(lambda number: f"[{number}]"))).map("".join),
    st.integers(0, 4),
)
def test_every_annotation_is_the_place_of_its_mark(text: str, count: int) -> None:
    citations = tuple(Citation(n, "x", f"t{n}", "", "q", 0, 1, f"/a/x#{n}") for n in range(1, count + 1))
    found = list(marks(text, citations))
    assert all(int(text[mark.start + 1 : mark.end - 1]) == mark.citation.number for mark in found)
    assert len(found) >= sum(text.count(f"[{n}]") for n in range(1, count + 1))
    answer = Answer(text, None, "answered", citations, "q")
    completion = Completion("1", 1, "http://here", {}, 1, includes_usage=True)
    events = [
        *(StreamEvent("text", text[start : start + 5]) for start in range(0, len(text), 5)),
        StreamEvent("answer", answer=answer),
    ]
    streamed, sources = open_webui_reads(completion.begin() + "".join(completion.event(event) for event in events))
    assert streamed == text
    assert [source["title"] for source in sources] == [mark.citation.title for mark in found]
