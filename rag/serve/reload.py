"""A running server takes up a new index by itself."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from rag.errors import JuwenError
from rag.serve.backend import Backend

logger = logging.getLogger(__name__)


async def watch_index(chatbot: Backend, seconds: float) -> None:
    """Look for a newer index every ``seconds``, until cancelled.

    It looks in a thread of its own: questions go on being answered from the old index meanwhile. An index that
    cannot be taken up is said once, and the old one stays.
    """
    loop = asyncio.get_running_loop()
    last_problem = ""
    executor = ThreadPoolExecutor(1, thread_name_prefix="reload")
    try:
        while True:
            await asyncio.sleep(seconds)
            try:
                changed = await loop.run_in_executor(executor, chatbot.reload_if_changed)
            except (JuwenError, OSError) as error:
                if str(error) != last_problem:
                    logger.warning("still answering from the old index: %s", error)
                last_problem = str(error)
                continue
            last_problem = ""
            if changed:
                logger.warning("took up index %s with %d articles", chatbot.index_version, len(chatbot.articles))
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def tell_if_failed(watch: asyncio.Task[None]) -> None:
    """Log the error that ended the watch; without it the server would stay on its index in silence."""
    if not watch.cancelled() and (error := watch.exception()) is not None:
        logger.error("no longer looking for a new index, restart to take one up: %r", error)
