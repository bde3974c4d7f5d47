"""A predictable chatbot behind the real application, called in the process or over a real socket."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.serve.app import create_app
from rag.serve.server import bind, url_of
from rag.serve.stoppable import StoppableServer
from rag.settings import Settings
from tests.serve.fakes import FakeChatbot


@pytest.fixture
def fake() -> Iterator[FakeChatbot]:
    chatbot = FakeChatbot()
    yield chatbot
    chatbot.gate.set()


@pytest.fixture
def limits(tmp_path: Path) -> Settings:
    return Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index", max_question_chars=100, reload_seconds=0.05)


@pytest.fixture
def client(fake: FakeChatbot, limits: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(fake, limits), raise_server_exceptions=False) as client:
        yield client


@contextlib.contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """A real server of ``app`` on a free port; yields its address."""
    ready = threading.Event()
    with contextlib.closing(bind("127.0.0.1", 0)) as listener:
        url = url_of(listener)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3)
        server = StoppableServer(config, ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert ready.wait(20), "the server did not start"
            yield url
        finally:
            server.should_exit = True
            thread.join(10)
    assert not thread.is_alive(), "the server did not stop"


@pytest.fixture
def serve_app() -> Iterator[Callable[[FastAPI], str]]:
    with contextlib.ExitStack() as stack:
        yield lambda app: stack.enter_context(running(app))
