"""A server that speaks OpenAI's chat completions over real sockets, and misbehaves where a script says so.

::

    with scripted_server(says("桥梁12座[1]。")) as server:
        endpoint = Endpoint.open(server.settings())
        ...
    assert server.requests[0].messages[-1].content == "…"

What it plays is a script (`tests.llm.scripts`), or a function that is given each request and returns a script; it may
be changed while the server runs (`server.play = …`).
"""

from __future__ import annotations

import contextlib
import json
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

from rag.llm.language_model import Message
from rag.settings import Settings

MODEL = "scripted-1"
KEY = "sk-scripted-0123456789abcdef"
STOP_SECONDS = 10


class ClientLeftError(Exception):
    """The client closed the connection, or the server stops."""


@dataclass(frozen=True)
class Request:
    """A request as it came; ``left`` is set once its client has closed the connection in the middle of the answer."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    came: float
    left: threading.Event = field(default_factory=threading.Event)

    @property
    def messages(self) -> list[Message]:
        return [Message(message["role"], message["content"]) for message in self.body["messages"]]

    @property
    def prompt(self) -> str:
        """All that the model is told, in one text."""
        return "\n".join(message.content for message in self.messages)


class Reply:
    """The connection to answer on, as a script sees it. Every method raises `ClientLeftError` once nobody listens."""

    def __init__(self, handler: BaseHTTPRequestHandler, request: Request, stopping: threading.Event) -> None:
        self.request = request
        self._handler = handler
        self._stopping = stopping

    def begin(
        self, status: int = 200, content_type: str = "text/event-stream", headers: Mapping[str, str] | None = None
    ) -> None:
        """Send the head of a response whose body comes in chunks."""
        self._handler.send_response(status)
        for name, value in {"Content-Type": content_type, "Transfer-Encoding": "chunked", **(headers or {})}.items():
            self._handler.send_header(name, value)
        self._or_leave(self._handler.end_headers)

    def send(self, data: str | bytes) -> None:
        """Send a part of the body."""
        data = data.encode() if isinstance(data, str) else data
        self._write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def event(self, data: Any) -> None:
        """Send one server-sent event that holds ``data`` as JSON."""
        self.send(f"data: {json.dumps(data)}\n\n")

    def delta(self, delta: Mapping[str, Any], finish: str | None = None) -> None:
        """Send one piece of an answer."""
        self.event(self._chunk([{"index": 0, "delta": delta, "finish_reason": finish}]))

    def text(self, piece: str) -> None:
        """Send one piece of text."""
        self.delta({"content": piece})

    def usage(self, prompt: int, completion: int) -> None:
        """Say what it cost, if the client asked for that."""
        if (self.request.body.get("stream_options") or {}).get("include_usage"):
            counts = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
            self.event({**self._chunk([]), "usage": counts})

    def done(self) -> None:
        """Send the mark at which a stream ends, and end the body."""
        self.send("data: [DONE]\n\n")
        self.end()

    def end(self) -> None:
        """End the body as it should end."""
        self._write(b"0\r\n\r\n")

    def drop(self) -> None:
        """Close the connection at once, wherever the answer stands."""
        raise ClientLeftError

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than somebody listens."""
        until = time.monotonic() + seconds
        connection = self._handler.connection
        while (remaining := until - time.monotonic()) > 0:
            if self._stopping.is_set():
                raise ClientLeftError
            readable, _, _ = select.select([connection], [], [], min(0.02, remaining))
            if readable and not isinstance(connection, ssl.SSLSocket) and not _peek(connection):
                self.request.left.set()
                raise ClientLeftError

    def _chunk(self, choices: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": self.request.body.get("model", MODEL),
            "choices": choices,
        }

    def _write(self, data: bytes) -> None:
        self._or_leave(lambda: self._handler.wfile.write(data))

    def _or_leave(self, write: Callable[[], object]) -> None:
        if self._stopping.is_set():
            raise ClientLeftError
        try:
            write()
        except OSError as error:
            self.request.left.set()
            raise ClientLeftError from error


class Script(Protocol):
    """What the server does with one request."""

    def __call__(self, reply: Reply, /) -> None: ...


Play = Callable[[Request], Script]


def in_turn(*scripts: Script) -> Play:
    """Plays the scripts one after the other, and the last one for all requests that follow."""
    left = list(scripts)
    lock = threading.Lock()

    def play(_: Request) -> Script:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return play


@dataclass
class ScriptedServer:
    """A running server: where it is, what it plays, and what it was asked so far."""

    address: str
    play: Play
    requests: list[Request] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The base address of its API."""
        return f"{self.address}/v1"

    def settings(self, **others: Any) -> Settings:
        """Settings under which it is the language model."""
        return Settings(**{"llm_model": MODEL, "llm_base_url": self.url, "llm_api_key": KEY, **others})


@contextlib.contextmanager
def scripted_server(
    *scripts: Script, play: Play | None = None, certificate: tuple[Path, Path] | None = None
) -> Iterator[ScriptedServer]:
    """A server on a free port of 127.0.0.1.

    It plays ``scripts`` in turn, or what ``play`` says of each request. With ``certificate``, the files of a
    certificate and of its key, it speaks TLS.
    """
    stopping = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            connections.append(self.request)
            super().setup()

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            request = Request(self.path, dict(self.headers.items()), body, time.monotonic())
            server.requests.append(request)
            try:
                server.play(request)(Reply(self, request, stopping))
            except ClientLeftError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return None

    class Listener(ThreadingHTTPServer):
        request_queue_size = 64
        daemon_threads = False

        def handle_error(self, *_: object) -> None:
            # A client that does not trust the certificate, or leaves between two requests.
            return None

    connections: list[socket.socket] = []
    with Listener(("127.0.0.1", 0), Handler) as listener:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            listener.socket = context.wrap_socket(listener.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "https" if certificate else "http"
        server = ScriptedServer(f"{scheme}://127.0.0.1:{listener.server_address[1]}", play or in_turn(*scripts))
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            stopping.set()
            listener.shutdown()
            thread.join(STOP_SECONDS)
            # A client may keep its connection for a next request; nobody waits for that.
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


def _peek(connection: socket.socket) -> bytes:
    try:
        return connection.recv(1, socket.MSG_PEEK)
    except OSError:
        return b""
