"""``python -m tests.serve.fake_server``: the real server of a predictable chatbot, as a process that starts at once."""

from __future__ import annotations

import contextlib
import sys

import uvicorn

from rag.serve.app import create_app
from rag.serve.server import bind, url_of
from rag.serve.stoppable import StoppableServer
from rag.settings import load_settings
from rag.state.database import Database
from tests.serve.fakes import FakeChatbot


def main() -> None:
    settings = load_settings()
    with (
        contextlib.closing(bind("127.0.0.1", 0)) as listener,
        Database.open(settings.database_url.get_secret_value()) as database,
    ):
        app = create_app(FakeChatbot(), settings, database)
        config = uvicorn.Config(app, log_level="warning")
        ready = f"ready: {url_of(listener)}\n"
        StoppableServer(config, lambda: sys.stderr.write(ready)).run(sockets=[listener])


if __name__ == "__main__":
    main()
