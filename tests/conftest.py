"""What all tests share: settings in a temporary folder, the real model, loaded once, and chatbots over it."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings as hypothesis_settings

from rag.models.embedder import Embedder
from rag.models.span_model import SpanModel
from rag.settings import Settings
from rag.state.database import Database
from tests.llm.llama_server import llama_server
from tests.postgres import Postgres, running_postgres
from tests.serve.fakes import FakeChatbot

# A busy machine is no bug: what is too slow shows in the bench, not in a property.
# Continuous integration judges a change by the same examples each time; new ones are looked for everywhere else.
hypothesis_settings.register_profile("juwen", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis_settings.load_profile("juwen")

if TYPE_CHECKING:
    from rag.chatbot import Chatbot

ROOT = Path(__file__).parents[1]

CLOCKED = {"commands", "deploy", "index", "llm", "models", "serve", "state"} | {
    f"test_{name}.py" for name in ("cli", "cli_llm", "exports", "load", "scripted_model", "systems")
}
"""Folders and files whose tests hang on a clock, a browser, a server or another process."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that hang on a clock two more tries: a busy machine may stand still for longer than any limit.

    A fault fails three times as surely as once, and each further try is named in the summary.
    """
    for item in items:
        if CLOCKED & set(item.path.relative_to(ROOT / "tests").parts):
            item.add_marker(pytest.mark.flaky(reruns=2))


# A runner that works in the background hands an ignored Ctrl-C down to every process that the tests start; they need
# it as a terminal would give it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class OpenArticles(Protocol):
    """Opens a chatbot over articles given as text, by file name without its ending."""

    def __call__(self, **texts: str) -> Chatbot: ...


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a corpus and an index of their own; models stay in the user's cache, converted once."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return Settings(corpus_dir=corpus, index_dir=tmp_path / "index")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database of its own."""
    with Database.open(f"sqlite:///{tmp_path / 'juwen.db'}") as database:
        yield database


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of the tests' own."""
    with running_postgres() as postgres:
        yield postgres


@pytest.fixture(scope="session")
def llama_url() -> Iterator[str]:
    """The API of llama.cpp's server, with a small language model."""
    with llama_server() as url:
        yield url


@pytest.fixture
def fake() -> Iterator[FakeChatbot]:
    """A small predictable chatbot, for what the server does whatever the answer is."""
    chatbot = FakeChatbot()
    yield chatbot
    chatbot.gate.set()


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real default embedder."""
    return Embedder.load(Settings())


@pytest.fixture(scope="session")
def span_model() -> SpanModel:
    """The reader that ships."""
    return SpanModel.load()


@pytest.fixture(scope="session")
def chatbot(embedder: Embedder, span_model: SpanModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chatbot]:
    """A chatbot over the first article; it is shared, so name a session of your own."""
    from rag.chatbot import Chatbot
    from rag.index.index import Index

    settings = Settings(corpus_dir=ROOT / "corpus", index_dir=tmp_path_factory.mktemp("first") / "index")
    with Chatbot(settings, embedder, Index.build_or_load(settings, embedder), span_model) as chatbot:
        yield chatbot


@pytest.fixture(scope="session")
def open_articles(
    embedder: Embedder, span_model: SpanModel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenArticles]:
    """Opens a chatbot over articles written for a test."""
    from rag.chatbot import Chatbot
    from rag.index.index import Index

    with contextlib.ExitStack() as opened:

        def open_them(**texts: str) -> Chatbot:
            folder = tmp_path_factory.mktemp("articles")
            (folder / "corpus").mkdir()
            for name, text in texts.items():
                (folder / "corpus" / f"{name}.txt").write_text(text, encoding="utf-8")
            settings = Settings(corpus_dir=folder / "corpus", index_dir=folder / "index")
            return opened.enter_context(
                Chatbot(settings, embedder, Index.build_or_load(settings, embedder), span_model)
            )

        yield open_them
