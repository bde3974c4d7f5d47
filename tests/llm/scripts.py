"""What a scripted server may do with a request: answer well, or go wrong in one of the ways that servers do."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tests.llm.scripted_server import Reply, Script

LONG = 60.0
"""Seconds that nobody waits in a test."""


def says(text: str, piece: int = 4, pause: float = 0.0, finish: str = "stop") -> Script:
    """``text`` in pieces of ``piece`` characters, ``pause`` seconds before each; it costs a token a character."""

    def play(reply: Reply) -> None:
        reply.begin()
        reply.delta({"role": "assistant", "content": ""})
        for start in range(0, len(text), piece):
            if pause:
                reply.pause(pause)
            reply.text(text[start : start + piece])
        reply.delta({}, finish)
        reply.usage(len(reply.request.prompt), len(text))
        reply.done()

    return play


def says_pieces(pieces: Iterable[str]) -> Script:
    """As `says`, in pieces as they are given."""
    kept = tuple(pieces)

    def play(reply: Reply) -> None:
        reply.begin()
        for piece in kept:
            reply.text(piece)
        reply.delta({}, "stop")
        reply.done()

    return play


def nothing() -> Script:
    """An answer without a word."""
    return says("")


def refuses(status: int, message: str, code: str | None = None, retry_after: str | None = None) -> Script:
    """An error as OpenAI's API sends it."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return sends(
        json.dumps({"error": {"message": message, "type": "error", "param": None, "code": code}}),
        "application/json",
        status,
        **headers,
    )


def busy(retry_after: str | None = None) -> Script:
    """429: too many requests."""
    return refuses(429, "Rate limit reached for requests", "rate_limit_exceeded", retry_after)


def breaks() -> Script:
    """500: the server's own fault."""
    return refuses(500, "The server had an error while processing your request")


def wrong_key(key: str = "") -> Script:
    """401, with the key in the message, as some servers have it."""
    return refuses(401, f"Incorrect API key provided: {key}", "invalid_api_key")


def no_such_model() -> Script:
    """404: no model of that name."""
    return refuses(404, "The model `scripted-1` does not exist", "model_not_found")


def no_quota() -> Script:
    """402: nothing left of what was paid for."""
    return refuses(402, "Insufficient Balance", "insufficient_quota")


def sends(body: str | bytes, content_type: str = "text/event-stream", status: int = 200, **headers: str) -> Script:
    """``body`` as it is."""

    def play(reply: Reply) -> None:
        reply.begin(status, content_type, {name.replace("_", "-"): value for name, value in headers.items()})
        reply.send(body)
        reply.end()

    return play


def web_page(status: int = 200) -> Script:
    """A web page, as a proxy or a wrong address answers."""
    return sends("<!doctype html><title>Welcome</title><h1>It works</h1>", "text/html; charset=utf-8", status)


def drops_after(text: str) -> Script:
    """Some text, then the connection is closed."""

    def play(reply: Reply) -> None:
        reply.begin()
        if text:
            reply.text(text)
        reply.drop()

    return play


def hangs_up() -> Script:
    """The connection is closed before a byte of a response."""
    return lambda reply: reply.drop()


def ends_early(text: str) -> Script:
    """Some text, then the body ends as if it were whole, but nothing says that the answer is."""

    def play(reply: Reply) -> None:
        reply.begin()
        reply.text(text)
        reply.end()

    return play


def silent() -> Script:
    """Takes the request and says nothing."""
    return lambda reply: reply.pause(LONG)


def stalls_after(text: str) -> Script:
    """Some text, then nothing more, with the connection open."""

    def play(reply: Reply) -> None:
        reply.begin()
        reply.text(text)
        reply.pause(LONG)

    return play


def trickles(piece: str = "啊", pause: float = 0.05) -> Script:
    """A piece now and then, for ever."""

    def play(reply: Reply) -> None:
        reply.begin()
        while True:
            reply.text(piece)
            reply.pause(pause)

    return play


def keeps_alive(pause: float = 0.05) -> Script:
    """Comments that keep the connection alive, for ever, and no text."""

    def play(reply: Reply) -> None:
        reply.begin()
        while True:
            reply.send(": keep-alive\n\n")
            reply.pause(pause)

    return play


def endless(piece: str = "无穷无尽。") -> Script:
    """Text as fast as it can be sent, for ever."""

    def play(reply: Reply) -> None:
        reply.begin()
        while True:
            reply.text(piece)

    return play


def endless_line() -> Script:
    """One event that never ends."""

    def play(reply: Reply) -> None:
        reply.begin()
        reply.send("data: ")
        while True:
            reply.send("x" * 65_536)

    return play
