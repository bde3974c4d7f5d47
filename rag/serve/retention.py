"""A running server deletes what is past its time by itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from rag.settings import Settings
from rag.state.database import Database, DatabaseError
from rag.state.retention import delete_expired, rules

INTERVAL_SECONDS: Final = 3600.0

logger = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def retention_applied(
    database: Database, settings: Settings, seconds: float = INTERVAL_SECONDS
) -> AsyncIterator[None]:
    """Delete what is past its time now and every ``seconds``, until the block ends.

    A database that fails is said in the log, and tried again the next time.
    """
    executor = ThreadPoolExecutor(1, thread_name_prefix="retention")
    task = asyncio.create_task(_delete_again_and_again(database, settings, seconds, executor))
    task.add_done_callback(_tell_if_failed)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
        # The thread may be in the middle of one statement, and its connection must come back before all are closed.
        await asyncio.to_thread(executor.shutdown, cancel_futures=True)


async def _delete_again_and_again(
    database: Database, settings: Settings, seconds: float, executor: ThreadPoolExecutor
) -> None:
    loop = asyncio.get_running_loop()
    while True:
        try:
            for rule in rules(settings):
                while await loop.run_in_executor(executor, delete_expired, database, rule):
                    pass
        except DatabaseError as error:
            logger.warning("what is past its time was not deleted: %s", error)
        await asyncio.sleep(seconds)


def _tell_if_failed(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("no longer deleting what is past its time, restart to go on: %r", error)
