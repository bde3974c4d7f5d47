"""A running server takes up a new index by itself."""

from __future__ import annotations

import asyncio
import logging

import pytest

from rag.errors import IndexStoreError
from rag.serve.reload import watch_index
from tests.serve.fakes import FakeChatbot


async def test_a_new_index_is_taken_up(fake: FakeChatbot) -> None:
    watch = asyncio.create_task(watch_index(fake, 0.01))
    fake.new_index = True
    async with asyncio.timeout(5):
        while fake.index_version != "v2":
            await asyncio.sleep(0.01)
    watch.cancel()


async def test_an_index_that_cannot_be_taken_up_is_said_once_and_tried_again(
    fake: FakeChatbot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = 0

    def fail() -> bool:
        nonlocal tries
        tries += 1
        raise IndexStoreError("the index is damaged; index anew")

    monkeypatch.setattr(fake, "reload_if_changed", fail)
    with caplog.at_level(logging.WARNING):
        watch = asyncio.create_task(watch_index(fake, 0.01))
        async with asyncio.timeout(5):
            while tries < 3:
                await asyncio.sleep(0.01)
        watch.cancel()
    assert [record.getMessage() for record in caplog.records] == [
        "still answering from the old index: the index is damaged; index anew"
    ]
