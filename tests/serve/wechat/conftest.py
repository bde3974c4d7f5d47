"""A 公众号 around a predictable chatbot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.account import WeChat, account_settings


@pytest.fixture
def account(tmp_path: Path) -> Settings:
    here = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index", max_question_chars=100, reload_seconds=0.05)
    return account_settings(here, public_url="https://juwen.example")


@pytest.fixture
def hasty(account: Settings) -> Settings:
    """Settings for a WeChat that waits for a second only."""
    return account_settings(account, wechat_answer_seconds=0.6)


@pytest.fixture
def client(fake: FakeChatbot, account: Settings, database: Database) -> Iterator[TestClient]:
    with TestClient(create_app(fake, account, database), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(params=["plain", "safe"])
def wechat(client: TestClient, request: pytest.FixtureRequest) -> WeChat:
    return WeChat(client, safe=request.param == "safe")
