"""Who may use the API and how often: keys, rates, and what visitors of the page need none of it for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

import ui
from rag.serve.app import create_app
from rag.serve.phrases import PHRASES
from rag.settings import Settings
from rag.state.database import Database
from rag.state.keys import ApiKeys
from tests.serve.fakes import FakeChatbot
from tests.serve.test_ask import error_of

QUESTION = {"question": "桥有几座"}
VOTE = {"question": "桥有几座", "answer": "12座", "vote": "up", "channel": "page"}


class Open:
    """Opens applications with settings of a test."""

    def __init__(self, stack: ExitStack, database: Database) -> None:
        self._stack = stack
        self._database = database

    def __call__(self, *, page: bool = False, peer: str = "198.51.100.7", **settings: Any) -> TestClient:
        app = create_app(FakeChatbot(), Settings(**settings), self._database, ui.mount_page if page else None)
        return self._stack.enter_context(TestClient(app, raise_server_exceptions=False, client=(peer, 50000)))


@pytest.fixture
def opened(database: Database) -> Iterator[Open]:
    with ExitStack() as stack:
        yield Open(stack, database)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions", "/api/nothing"])
def test_without_the_key_that_is_needed_nothing_is_said(opened: Open, path: str) -> None:
    client = opened(api_keys_required=True)
    response = client.post(path, json=QUESTION)
    error = error_of(response, 401, "missing_api_key")
    assert error["type"] == "authentication_error"
    assert response.headers["www-authenticate"] == 'Bearer realm="Juwen"'
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("value", ["jw-", "Basic amphOmp3", "Bearer", "Bearer nonsense", "", "Bearer jw-密".encode()])
def test_what_is_no_key_lets_nobody_in(opened: Open, value: Any) -> None:
    client = opened(api_keys_required=True)
    response = client.post("/api/ask", json=QUESTION, headers={"Authorization": value})
    assert response.status_code == 401


def test_a_key_lets_in_until_it_is_revoked(opened: Open, database: Database) -> None:
    client, key = opened(api_keys_required=True), ApiKeys(database).add("shop")
    assert client.post("/api/ask", json=QUESTION, headers=bearer(key)).json()["short"] == "12座"
    assert client.get("/api/articles", headers={"Authorization": f"bearer  {key} "}).status_code == 200
    ApiKeys(database).revoke("shop")
    response = client.post("/api/ask", json=QUESTION, headers=bearer(key))
    assert key not in response.text
    error_of(response, 401, "invalid_api_key")
    assert 'error="invalid_token"' in response.headers["www-authenticate"]


def test_a_key_is_checked_also_where_none_is_needed(opened: Open, database: Database) -> None:
    client, key = opened(), ApiKeys(database).add("shop")
    assert client.post("/api/ask", json=QUESTION).status_code == 200
    assert client.post("/api/ask", json=QUESTION, headers=bearer(key)).status_code == 200
    error_of(client.post("/api/ask", json=QUESTION, headers=bearer("jw-" + "A" * 43)), 401, "invalid_api_key")
    # What OpenAI's clients send where nobody gave them a key, and what a browser sends to a site with a password.
    for other in (bearer("unused"), {"Authorization": "Basic amphOmp3"}):
        assert client.post("/api/ask", json=QUESTION, headers=other).status_code == 200


def test_the_page_and_its_votes_need_no_key(opened: Open) -> None:
    client = opened(page=True, api_keys_required=True)
    for path in ("/", "/a/bridges%202024%2F1", "/juwen/article.js", "/healthz", "/readyz", "/api/openapi.json"):
        assert client.get(path).status_code == 200, path
    assert client.post("/api/feedback", json=VOTE).json() == {"stored": True}
    assert ask_on_page(client) == [PHRASES["zh"]["thinking"], "12座。"]


def test_a_database_that_fails_lets_nobody_in(opened: Open, database: Database) -> None:
    client, key = opened(api_keys_required=True), ApiKeys(database).add("shop")
    with database.writing() as session:
        session.execute(text("DROP TABLE api_keys"))
    response = client.post("/api/ask", json=QUESTION, headers=bearer(key))
    error_of(response, 500, "database_unavailable")
    assert "api_keys" not in response.text


def test_a_visitor_that_asks_too_often_is_told_when_to_come_again(opened: Open) -> None:
    client = opened(rate_limit="3/minute")
    for _ in range(3):
        assert client.post("/api/ask", json=QUESTION).status_code == 200
    response = client.post("/api/ask", json=QUESTION)
    assert error_of(response, 429, "rate_limited")["type"] == "rate_limit_error"
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert client.get("/healthz").status_code == 200
    assert client.post("/api/feedback", json=VOTE).status_code == 200


def test_there_is_a_place_after_the_time_that_was_told(opened: Open) -> None:
    client = opened(rate_limit="1/second")
    assert client.post("/api/ask", json=QUESTION).status_code == 200
    response = client.post("/api/ask", json=QUESTION)
    assert response.status_code == 429
    time.sleep(int(response.headers["retry-after"]))
    assert client.post("/api/ask", json=QUESTION).status_code == 200


def test_votes_have_a_rate_of_their_own(opened: Open) -> None:
    client = opened(feedback_rate_limit="2/minute")
    assert [client.post("/api/feedback", json=VOTE).status_code for _ in range(3)] == [200, 200, 429]
    assert client.post("/api/ask", json=QUESTION).status_code == 200


def test_each_key_has_a_rate_of_its_own_and_takes_nothing_from_the_address(opened: Open, database: Database) -> None:
    keys = ApiKeys(database)
    client, first, second = opened(key_rate_limit="2/minute", rate_limit="1/minute"), keys.add("a"), keys.add("b")
    assert [client.get("/api/articles", headers=bearer(first)).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/api/articles", headers=bearer(second)).status_code == 200
    assert [client.get("/api/articles").status_code for _ in range(2)] == [200, 429]


def test_keys_cannot_be_tried_at_leisure(opened: Open) -> None:
    client = opened(rate_limit="2/minute", api_keys_required=True)
    tried = [client.get("/api/articles", headers=bearer("jw-" + letter * 43)).status_code for letter in "ABCD"]
    assert tried == [401, 401, 429, 429]


def test_no_rate_is_no_limit(opened: Open) -> None:
    client = opened(rate_limit="")
    assert {client.get("/api/articles").status_code for _ in range(100)} == {200}


def test_visitors_behind_a_trusted_proxy_are_told_apart(opened: Open) -> None:
    client = opened(rate_limit="1/minute", trusted_proxies="198.51.100.0/24")
    for visitor in ("203.0.113.1", "203.0.113.2", "2001:db8::1"):
        headers = {"X-Forwarded-For": f"203.0.113.99, {visitor}"}
        assert [client.get("/api/articles", headers=headers).status_code for _ in range(2)] == [200, 429]
    assert client.get("/api/articles", headers={"X-Forwarded-For": "2001:db8::2"}).status_code == 429


def test_a_header_of_a_stranger_changes_nothing_and_is_said_once(
    opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    client = opened(rate_limit="2/minute")
    statuses = [
        client.get("/api/articles", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(4)
    ]
    assert statuses == [200, 200, 429, 429]
    assert caplog.text.count("JUWEN_TRUSTED_PROXIES") == 1


def ask_on_page(client: TestClient, headers: dict[str, str] | None = None) -> list[str]:
    """What the chat window says after a question on the page: its first and its last words."""
    config = client.get("/config").json()
    (ask,) = [each["id"] for each in config["dependencies"] if len(each["inputs"]) == 2]
    joined = client.post(
        "/gradio_api/queue/join",
        json={"data": ["桥有几座", []], "fn_index": ask, "session_hash": "s1", "event_data": None},
        headers={"Accept-Language": "zh", **(headers or {})},
    )
    assert joined.status_code == 200, joined.text
    told = client.get("/gradio_api/queue/data", params={"session_hash": "s1"}).text
    found = [word for word in (PHRASES["zh"]["thinking"], PHRASES["zh"]["rate_limited"], "12座。") if word in told]
    assert "process_completed" in told
    return found


def test_a_question_on_the_page_counts_and_too_many_are_told_in_words(opened: Open) -> None:
    client = opened(page=True, rate_limit="2/minute", api_keys_required=True)
    assert ask_on_page(client) == [PHRASES["zh"]["thinking"], "12座。"]
    assert ask_on_page(client) == [PHRASES["zh"]["thinking"], "12座。"]
    assert ask_on_page(client) == [PHRASES["zh"]["thinking"], PHRASES["zh"]["rate_limited"]]


def test_questions_on_the_page_are_counted_by_the_address_behind_the_proxy(opened: Open) -> None:
    client = opened(page=True, rate_limit="1/minute", trusted_proxies="198.51.100.7")
    for visitor in ("203.0.113.1", "203.0.113.2"):
        headers = {"X-Forwarded-For": f"203.0.113.99, {visitor}"}
        assert ask_on_page(client, headers) == [PHRASES["zh"]["thinking"], "12座。"]
        assert ask_on_page(client, headers)[-1] == PHRASES["zh"]["rate_limited"]


def test_events_of_the_page_are_limited_too(opened: Open) -> None:
    client = opened(page=True, rate_limit="1/minute")
    statuses = [client.post("/gradio_api/queue/join", content=b"{").status_code for _ in range(5)]
    assert statuses[:3].count(429) == 0
    assert statuses[3:] == [429, 429]


def test_many_at_once_over_real_connections_never_get_more_than_the_rate(
    serve_app: Callable[[FastAPI], str], database: Database
) -> None:
    url = serve_app(create_app(FakeChatbot(), Settings(rate_limit="20/hour"), database))
    with httpx.Client() as client, ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: client.get(f"{url}/api/articles").status_code, range(80)))
    assert (statuses.count(200), statuses.count(429)) == (20, 60)
