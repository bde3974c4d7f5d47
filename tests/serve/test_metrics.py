"""What ``/metrics`` tells Prometheus, and that it tells nothing of visitors."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

import ui
from rag.errors import IndexStoreError
from rag.serve.app import create_app
from rag.serve.metrics import Metrics
from rag.serve.workers import OverloadedError, Workers
from rag.settings import Settings
from rag.state.conversations import Asker
from rag.state.database import Database
from tests.serve.fakes import FakeChatbot


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    told = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, frozenset(sample.labels.items())): sample.value for sample in told}


def value(client: TestClient, name: str, **labels: str) -> float:
    return samples(client.get("/metrics").text).get((name, frozenset(labels.items())), 0.0)


def test_questions_votes_and_refusals_are_counted(client: TestClient, fake: FakeChatbot) -> None:
    for question in ("桥有几座", "桥多几座", "路有几条", "桥有几座"):
        assert client.post("/api/ask", json={"question": question}).status_code == 200
    fake.fail_with = IndexStoreError("broken")
    assert client.post("/api/ask", json={"question": "桥有几座"}).status_code == 500
    client.post("/api/ask", json={"question": " "})
    client.post("/api/feedback", json={"question": "q", "answer": "a", "vote": "down"})
    client.post("/api/feedback", json={"question": "q", "answer": "a", "vote": "sideways"})
    for status, count in (("answered", 2), ("computed", 1), ("refused", 1), ("error", 1)):
        assert value(client, "juwen_questions_total", status=status, channel="api") == count, status
    assert value(client, "juwen_answer_seconds_count", channel="api") == 4
    assert value(client, "juwen_feedback_votes_total", vote="down") == 1
    assert value(client, "juwen_http_requests_total", route="/api/ask", method="POST", status="200") == 4
    assert value(client, "juwen_http_requests_total", route="/api/ask", method="POST", status="500") == 1
    assert value(client, "juwen_http_request_seconds_count", route="/api/ask") == 6


def test_the_articles_and_the_index_are_told_as_they_are_now(client: TestClient, fake: FakeChatbot) -> None:
    assert value(client, "juwen_articles") == 1
    assert value(client, "juwen_index_info", version="v1") == 1
    fake.articles, fake.index_version = {}, "v2"
    assert value(client, "juwen_articles") == 0
    assert value(client, "juwen_index_info", version="v2") == 1


async def test_the_line_is_told_while_it_stands(fake: FakeChatbot, database: Database) -> None:
    workers = Workers(fake, threads=1, waiting=2)
    client = TestClient(create_app(fake, Settings(), database, workers=workers))
    fake.gate.clear()
    runs = [workers.submit("桥", asker=Asker("mp")) for _ in range(3)]
    with pytest.raises(OverloadedError):
        workers.submit("桥")
    while not runs[0].begun:
        await asyncio.sleep(0.01)
    assert value(client, "juwen_questions_being_answered") == 1
    assert value(client, "juwen_questions_waiting") == 2
    assert value(client, "juwen_overloaded_total") == 1
    fake.gate.set()
    for run in runs:
        await run.answer()
    workers.close()
    assert value(client, "juwen_questions_being_answered") == 0
    assert value(client, "juwen_questions_waiting") == 0
    assert value(client, "juwen_questions_total", status="answered", channel="mp") == 3


def test_who_asks_too_often_is_counted(database: Database) -> None:
    client = TestClient(create_app(FakeChatbot(), Settings(rate_limit="1/minute"), database))
    for _ in range(4):
        client.get("/api/articles")
    assert value(client, "juwen_rate_limited_total") == 3


def test_paths_and_methods_that_callers_think_of_make_no_series(database: Database) -> None:
    client = TestClient(create_app(FakeChatbot(), Settings(), database, ui.mount_page))
    client.get("/metrics")
    few = len(samples(client.get("/metrics").text))
    for number in range(30):
        for path in ("/api/x", "/a/x", "/x", "/juwen/x", "/assets/x", "/static/x", "/gradio_api/x"):
            client.get(f"{path}{number}")
        client.request(f"SHOW{number}", "/healthz")
    told = client.get("/metrics").text
    assert len(samples(told)) < few + 200
    assert "x7" not in told
    assert "SHOW" not in told
    assert 'route="/a/{article_id:path}"' in told
    assert 'route="/juwen/*"' in told


def test_nothing_in_it_tells_of_a_visitor(client: TestClient) -> None:
    client.post(
        "/api/ask?token=q-secret",
        json={"question": "问了什么桥", "session_id": "s-secret"},
        headers={"Authorization": "Bearer k-secret", "User-Agent": "u-secret"},
    )
    told = client.get("/metrics").text
    for secret in ("secret", "问了什么", "testclient", "127.0.0.1"):
        assert secret not in told


def test_each_application_counts_for_itself(database: Database) -> None:
    first, second = (TestClient(create_app(FakeChatbot(), Settings(), database)) for _ in range(2))
    first.post("/api/ask", json={"question": "桥有几座"})
    assert value(first, "juwen_questions_total", status="answered", channel="api") == 1
    assert value(second, "juwen_questions_total", status="answered", channel="api") == 0


def test_it_can_be_left_away(database: Database) -> None:
    client = TestClient(create_app(FakeChatbot(), Settings(metrics=False), database))
    assert client.get("/metrics").status_code == 404


def test_it_is_text_as_prometheus_reads_it(client: TestClient) -> None:
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert response.headers["cache-control"] == "no-store"
    names: list[Any] = [family.name for family in text_string_to_metric_families(response.text)]
    assert len(names) == len(set(names))
    assert all(name.startswith("juwen_") for name in names)


def test_metrics_without_an_application_have_no_gauges() -> None:
    assert "juwen_articles" not in Metrics().text()
