"""Scripts of which sites may call the API, and what every response says for safety, errors too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import ui
from rag.serve.app import create_app
from rag.serve.cors import origin_pattern
from rag.serve.security import COMMON_HEADERS
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.fakes import FakeChatbot

SITE = "https://shop.example.com"
QUESTION = {"question": "桥有几座"}


@pytest.fixture
def database() -> Iterator[Database]:
    with Database.open("sqlite://") as database:
        yield database


def client_of(database: Database, chatbot: FakeChatbot | None = None, **settings: Any) -> TestClient:
    app = create_app(chatbot or FakeChatbot(), Settings(**settings), database)
    return TestClient(app, raise_server_exceptions=False)


def preflight(client: TestClient, path: str = "/api/ask", origin: str = SITE) -> Any:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    return client.options(path, headers=headers)


def test_no_site_may_until_it_is_set(database: Database) -> None:
    client = client_of(database)
    assert preflight(client).status_code == 405
    response = client.post("/api/ask", json=QUESTION, headers={"Origin": SITE})
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        (SITE, SITE, True),
        (SITE, "https://shop.example.com.evil.org", False),
        (SITE, "https://shopxexample.com", False),
        (SITE, "http://shop.example.com", False),
        (SITE, "null", False),
        ("https://*.example.com", SITE, True),
        ("https://*.example.com", "https://a.b.example.com", True),
        ("https://*.example.com", "https://example.com", False),
        ("https://*.example.com", "https://evil.org/.example.com", False),
        ("https://a.cn https://b.cn:8443", "https://b.cn:8443", True),
        ("https://a.cn https://b.cn:8443", "https://b.cn", False),
        ("*", "https://anywhere.example", True),
    ],
)
def test_the_sites_that_are_named_may(database: Database, origins: str, origin: str, allowed: bool) -> None:
    client = client_of(database, cors_origins=origins)
    asked = preflight(client, origin=origin)
    assert asked.status_code == (200 if allowed else 400)
    response = client.post("/api/ask", json=QUESTION, headers={"Origin": origin})
    said = response.headers.get("access-control-allow-origin")
    assert said == (({"*": "*"}.get(origins, origin)) if allowed else None)
    assert "access-control-allow-credentials" not in response.headers
    assert "access-control-allow-credentials" not in asked.headers


def test_a_script_may_ask_before_it_shows_its_key_and_read_why_it_was_refused(database: Database) -> None:
    client = client_of(database, cors_origins=SITE, api_keys_required=True, rate_limit="1/minute")
    for _ in range(3):
        assert preflight(client).headers["access-control-allow-origin"] == SITE
    for status in (401, 429):
        response = client.post("/api/ask", json=QUESTION, headers={"Origin": SITE})
        assert response.status_code == status
        assert response.headers["access-control-allow-origin"] == SITE
        assert "Retry-After" in response.headers["access-control-expose-headers"]


def test_the_pages_are_no_business_of_other_scripts(database: Database) -> None:
    client = client_of(database, cors_origins="*")
    for path in ("/a/bridges%202024%2F1", "/juwen/article.js", "/healthz", "/metrics"):
        assert "access-control-allow-origin" not in client.get(path, headers={"Origin": SITE}).headers


@pytest.mark.parametrize("wrong", ["shop.example.com", "https://a.com/path", "null", "https://a.com;x"])
def test_what_is_no_site_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError, match="is no site"):
        Settings(cors_origins=wrong)


@given(st.text(alphabet="abehlmopstx.:/*-", max_size=40))
def test_a_pattern_lets_nothing_through_but_its_site(text: str) -> None:
    if re.fullmatch(origin_pattern("https://*.example.com"), text):
        assert text.startswith("https://")
        assert text.endswith(".example.com")
        assert text.count("/") == 2


class Broken(FakeChatbot):
    """Fails where nobody expects it."""

    @property
    def index_version(self) -> Any:
        raise KeyError("secret")

    @index_version.setter
    def index_version(self, value: object) -> None:
        """Nothing."""


def test_every_response_says_what_it_says_for_safety(database: Database) -> None:
    client = client_of(database, rate_limit="9/minute", answer_seconds=30)
    responses = [
        client.post("/api/ask", json={"question": "桥", "stream": True}),
        client.post("/api/ask", json={"question": "桥"}),
        client.post("/api/ask", json={}),
        client.get("/api/nothing"),
        client.get("/api/ask"),
        client.post("/api/ask", content=b" " * (2 << 20), headers={"Content-Type": "application/json"}),
        client.get("/api/articles", headers={"Authorization": "Bearer jw-x"}),
        client_of(database, Broken()).get("/api/articles"),
        *[client.get("/v1/nothing") for _ in range(6)],
    ]
    assert [response.status_code for response in responses[:8]] == [200, 200, 400, 404, 405, 413, 401, 500]
    assert responses[-1].status_code == 429
    for response in responses:
        assert {name: response.headers.get(name) for name in COMMON_HEADERS} == COMMON_HEADERS
        assert response.headers["content-security-policy"] == "frame-ancestors *"
        assert response.headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in response.headers
    assert "secret" not in responses[7].text


def test_what_pages_may_keep_they_may_keep(database: Database) -> None:
    app = create_app(FakeChatbot(), Settings(), database, ui.mount_page)
    client = TestClient(app)
    assert client.get("/a/bridges%202024%2F1").headers["cache-control"] == "no-cache"
    assert "no-store" not in client.get("/juwen/article.js").headers.get("cache-control", "")
