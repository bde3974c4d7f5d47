"""A message of WeChat whose tries reach different processes is answered once."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from rag.state.database import Database
from rag.state.tables import Exchange, ReceivedMessage
from tests.postgres import Postgres
from tests.serve.process import FAKE, server_process
from tests.serve.round_robin import round_robin
from tests.serve.wechat.account import APP, KEY, TOKEN, WeChat, message_xml

QUESTION = "河西建成桥梁多少座"


@pytest.mark.slow
def test_a_message_of_wechat_is_answered_once(postgres: Postgres, tmp_path: Path) -> None:
    address = postgres.new_database()
    settings = {
        "JUWEN_DATABASE_URL": address,
        "JUWEN_WECHAT_MP_TOKEN": TOKEN,
        "JUWEN_WECHAT_MP_AES_KEY": KEY,
        "JUWEN_WECHAT_MP_APP_ID": APP,
    }
    with contextlib.ExitStack() as stack:
        urls = [
            stack.enter_context(server_process(tmp_path, settings=settings, program=FAKE)).url for _ in ("one", "other")
        ]
        url = stack.enter_context(round_robin(urls))
        message = message_xml(QUESTION)
        replies: list[str] = []

        def send() -> None:
            with httpx.Client(base_url=url, timeout=30) as client:
                replies.append(WeChat(client).send(message))

        tries = [threading.Thread(target=send) for _ in range(3)]
        for thread in tries:
            thread.start()
        for thread in tries:
            thread.join()
        with Database.open(address) as database, database.reading() as session:
            assert session.scalars(select(Exchange.question)).all() == [QUESTION]
            assert session.scalars(select(ReceivedMessage.tries)).all() == [3]
        assert len(set(replies)) == 1
        assert "12座" in replies[0]
