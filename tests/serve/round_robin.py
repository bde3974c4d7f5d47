"""A small proxy that makes several servers one address."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit


@contextlib.contextmanager
def round_robin(urls: Sequence[str]) -> Iterator[str]:
    """One address before several: each connection goes to the next of ``urls``."""
    targets = itertools.cycle([(urlsplit(url).hostname, urlsplit(url).port) for url in urls])
    started: threading.Event = threading.Event()
    address: list[str] = []
    loop = asyncio.new_event_loop()
    stopped = asyncio.Event()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = next(targets)
        there_reader, there_writer = await asyncio.open_connection(host, port)
        await asyncio.gather(pass_on(reader, there_writer), pass_on(there_reader, writer))

    async def run() -> None:
        async with await asyncio.start_server(connect, "127.0.0.1", 0) as server:
            host, port = server.sockets[0].getsockname()[:2]
            address.append(f"http://{host}:{port}")
            started.set()
            await stopped.wait()

    def work() -> None:
        with contextlib.closing(loop):
            loop.run_until_complete(run())

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(10)
    try:
        yield address[0]
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)
