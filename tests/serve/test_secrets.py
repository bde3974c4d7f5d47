"""A secret never reaches a log, an error, a page of settings or a repr; and what the access log says instead."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr, ValidationError
from sqlalchemy import text
from typer.testing import CliRunner

from rag.cli import app as command_line
from rag.errors import SettingsError
from rag.serve.app import create_app
from rag.settings import Settings, load_settings
from rag.state.database import Database, DatabaseError
from rag.state.keys import ApiKeys
from tests.serve.fakes import FakeChatbot

PASSWORD = "hunter2-password"  # noqa: S105 - of nothing
SECRETS = sorted(name for name, field in Settings.model_fields.items() if field.annotation is SecretStr)


@pytest.fixture
def client(database: Database) -> Iterator[TestClient]:
    settings = Settings(access_log=True, rate_limit="20/minute")
    with TestClient(create_app(FakeChatbot(), settings, database), raise_server_exceptions=False) as client:
        yield client


def test_requests_with_secrets_leave_none_behind(
    client: TestClient, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key, guess = ApiKeys(database).add("shop"), "jw-" + "x" * 43
    query = {"signature": "sig-secret", "token": "tok-secret", "echostr": "echo-secret"}
    bodies = []
    for sent in (key, guess):
        headers = {"Authorization": f"Bearer {sent}", "Cookie": "c=cookie-secret"}
        for path in ("/api/ask", "/api/articles", "/api/nothing", "/wechat/mp", "/v1/models"):
            bodies.append(client.get(path, params=query, headers=headers).text)
            bodies.append(client.post(path, params=query, headers=headers, json={"question": "question-secret"}).text)
    with database.writing() as session:
        session.execute(text("DROP TABLE api_keys"))
    bodies.append(client.get("/api/articles", headers={"Authorization": f"Bearer {key}"}).text)
    bodies.append(client.get("/metrics").text)
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))
    assert "/api/ask" in ours
    assert "question-secret" not in ours
    for part in (key, key[3:], guess, "sig-secret", "tok-secret", "echo-secret", "cookie-secret"):
        assert part not in ours
        assert part not in "\n".join(bodies)


def test_the_access_log_is_one_line_a_request(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rag.access")
    client.get("/a/x%0Ajuwen: forged?token=secret")
    client.post("/api/ask", json={"question": "桥有几座"})
    first, second = [record.getMessage() for record in caplog.records if record.name == "rag.access"]
    assert re.fullmatch(r"testclient GET /a/x%0Ajuwen:%20forged 404 \d+\.\d{3}s", first)
    assert re.fullmatch(r"testclient POST /api/ask 200 \d+\.\d{3}s", second)


def test_no_request_is_logged_unless_it_is_wanted(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rag.access")
    TestClient(create_app(FakeChatbot(), Settings(), database)).get("/api/articles")
    assert not [record for record in caplog.records if record.name == "rag.access"]


def said_of_settings() -> str:
    try:
        settings = load_settings()
    except SettingsError as error:
        return str(error)
    return repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_setting_is_masked_wherever_settings_are_shown(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"JUWEN_{name.upper()}", f"postgresql://me:{PASSWORD}@127.0.0.1/x")
    assert PASSWORD not in said_of_settings()
    for options in ([], ["--json"]):
        shown = CliRunner().invoke(command_line, ["settings", *options])
        assert PASSWORD not in shown.output


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_of_the_wrong_kind_is_not_repeated(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "juwen.toml").write_text(f'{name} = ["{PASSWORD}"]\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert name in str(caught.value)
    assert PASSWORD not in str(caught.value)
    assert isinstance(caught.value.__cause__, ValidationError)
    assert PASSWORD not in str(caught.value.__cause__)


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://me:{PASSWORD}@127.0.0.1:1/x",
        f"postgresql://me:{PASSWORD}@nowhere.invalid/x?connect_timeout=1",
        f"mysql://me:{PASSWORD}@127.0.0.1/x",
        f"postgresql:/me:{PASSWORD}@127.0.0.1/x",
    ],
)
def test_a_database_that_cannot_be_had_is_told_without_its_password(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg", reason="NOT TESTED: install psycopg")
    with pytest.raises((DatabaseError, SettingsError)) as caught:
        Database.open(address)
    assert PASSWORD not in str(caught.value)
    assert PASSWORD not in caplog.text
