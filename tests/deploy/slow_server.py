"""``python -m tests.deploy.slow_server SECONDS``: the real server around a chatbot that takes its time."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import Any

from rag.chatbot import Chatbot
from rag.cli import main
from tests.serve.fakes import FakeChatbot


def serve_slowly(seconds: float) -> int:
    """Serve by the command line of the product; each answer waits ``seconds``. Returns the exit code."""
    fake = FakeChatbot()
    fake.gate.clear()
    ask = fake.stream

    def stream(*arguments: Any, **named: Any) -> Any:
        threading.Timer(seconds, fake.gate.set).start()
        return ask(*arguments, **named)

    fake.stream = stream  # type: ignore[method-assign]
    Chatbot.open = staticmethod(lambda *_, **__: contextlib.nullcontext(fake))  # type: ignore[assignment, method-assign]
    return main(["serve", "--port", "0", "--no-page"])


if __name__ == "__main__":
    raise SystemExit(serve_slowly(float(sys.argv[1])))
