"""The server process: an address of its own, an open chatbot, the application, until it is stopped."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from rag.errors import ServeError
from rag.progress import Progress, silent
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.serve.app import PageMount

BACKLOG: Final = 256
SHUTDOWN_SECONDS: Final = 3


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, so that nobody else can take the address while the models load.

    Raises:
        ServeError: the port is taken, or the address is not one of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise ServeError(f"host {host!r} is no address: {error.strerror}; set JUWEN_HOST, to 127.0.0.1 say") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ServeError(
            f"cannot serve on {host} port {port}: {error.strerror}; stop what uses it, or choose another: "
            f"JUWEN_PORT={port + 1 if port < 65535 else 0}"
        ) from error
    return listener


def url_of(listener: socket.socket) -> str:
    """The address that a browser on this machine opens."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{host}:{port}"


def serve(
    settings: Settings,
    *,
    mount_page: PageMount | None = None,
    progress: Progress | None = None,
    when_ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve until SIGINT or SIGTERM; questions that are being answered are finished first.

    Args:
        settings: where to serve, and everything else.
        mount_page: puts the chat page at ``/``; without it there is only the API.
        progress: told of the long steps before the server is ready.
        when_ready: called with the server's address once it answers.

    Raises:
        ServeError: the address cannot be had. It is raised before anything heavy is loaded.
        JuwenError: the database or the chatbot cannot be opened.
    """
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(contextlib.closing(bind(settings.host, settings.port)))
        # Loading takes seconds, and is in vain where the address is taken.
        import uvicorn

        from rag.chatbot import Chatbot
        from rag.serve.app import create_app
        from rag.serve.patience import patient_options
        from rag.serve.stoppable import StoppableServer
        from rag.serve.waiting_room import waiting_room
        from rag.state.database import Database

        with waiting_room(listener, progress or silent) as report:
            database = stack.enter_context(Database.open(settings.database_url.get_secret_value()))
            chatbot = stack.enter_context(Chatbot.open(settings, progress=report))

        app = create_app(chatbot, settings, database, mount_page)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,  # its lines would show queries; ours are `rag.serve.request_watch`
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            **patient_options(),
        )

        def before_stop() -> None:
            for stop in app.state.before_stop:
                stop()
            # Who waits for the language model gets the reader's answer now; its time may be longer than the server's.
            chatbot.close()

        StoppableServer(config, lambda: when_ready(url_of(listener)), before_stop).run(sockets=[listener])
