"""A predictable chatbot behind the real application, in the process or over a socket; the real server in a browser."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from rag.serve.app import create_app
from rag.serve.patience import patient_options
from rag.serve.server import bind, url_of
from rag.serve.stoppable import StoppableServer
from rag.settings import Settings
from rag.state.database import Database
from rag.state.tables import Feedback
from tests.serve.chromium import CHROMIUM, FLAGS
from tests.serve.fakes import FakeChatbot
from tests.serve.process import ROOT, server_process

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def limits(tmp_path: Path) -> Settings:
    folders = {"corpus_dir": tmp_path, "index_dir": tmp_path / "index"}
    # All requests of a test come from one address.
    return Settings(**folders, max_question_chars=100, reload_seconds=0.05, rate_limit="")


@pytest.fixture
def client(fake: FakeChatbot, limits: Settings, database: Database) -> Iterator[TestClient]:
    with TestClient(create_app(fake, limits, database), raise_server_exceptions=False) as client:
        yield client


@contextlib.contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """A real server of ``app`` on a free port; yields its address."""
    ready = threading.Event()
    with contextlib.closing(bind("127.0.0.1", 0)) as listener:
        url = url_of(listener)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3, **patient_options())
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server has its corpus and all that it writes."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    return folder


@pytest.fixture(scope="module")
def feedback(folder: Path) -> Callable[[], list[Feedback]]:
    """What the server has been told so far."""

    def given() -> list[Feedback]:
        with Database.open(f"sqlite:///{folder / 'juwen.db'}") as database, database.reading() as session:
            return list(session.scalars(select(Feedback).order_by(Feedback.id)))

    return given


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with server_process(folder) as server:
        yield server.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NOT TESTED IN A BROWSER: there is no chromium here; install it: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["wide", "phone"])
def page(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    size = {"wide": (1280, 900), "phone": (390, 844)}[request.param]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda call: None if call.url.startswith((url, "data:", "blob:")) else errors.append(call.url))
    page.goto(url)
    page.wait_for_selector("#question textarea")
    yield page
    context.close()
    assert errors == []
