"""What is past its time is deleted, by whoever comes first, and nothing else is."""

from __future__ import annotations

import asyncio
import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from rag.serve.retention import retention_applied
from rag.settings import Settings
from rag.state.conversations import Asker, Conversations
from rag.state.database import Database
from rag.state.retention import delete_expired, rules
from rag.state.tables import Base, Exchange, Feedback, KeptReply, ReceivedMessage, Token
from rag.types import Answer

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
TABLES = (Exchange, Feedback, ReceivedMessage, KeptReply, Token)


def rows_of(name: str, moment: datetime) -> list[Base]:
    """A row of every table that has a retention."""
    return [
        Exchange(channel="mp", conversation=name, asked=moment, question="几座", status="answered", answer={}),
        Feedback(
            channel="mp", conversation=name, given=moment, question="几座", answer="", sources=[], vote="up", comment=""
        ),
        ReceivedMessage(channel="mp", message_id=name, user=name, received=moment, tries=1, reply=None, replied=None),
        KeptReply(channel="mp", user=name, text="其余", kept=moment),
        Token(name=name, value="x", expires=moment),
    ]


def fill(database: Database, **days: float) -> None:
    with database.writing() as session:
        for name, back in days.items():
            session.add_all(rows_of(name, NOW - timedelta(days=back)))


def left(database: Database) -> dict[str, set[str]]:
    """The names of the rows that are left, by table."""
    columns = (
        Exchange.conversation,
        Feedback.conversation,
        ReceivedMessage.message_id,
        KeptReply.user,
        Token.name,
    )
    with database.reading() as session:
        return {column.class_.__tablename__: set(session.scalars(select(column))) for column in columns}


def apply(database: Database, settings: Settings) -> int:
    return sum(delete_expired(database, rule, NOW) for rule in rules(settings))


def test_each_table_has_its_own_time(database: Database) -> None:
    fill(database, new=0.5, days=3, weeks=29.9, month=30.1)
    assert apply(database, Settings(retention_days=30)) == 2 + 3 * 3
    short = {"new"}
    assert left(database) == {
        "exchanges": {"new", "days", "weeks"},
        "feedback": {"new", "days", "weeks"},
        "received_messages": short,
        "kept_replies": short,
        "tokens": short,
    }
    assert apply(database, Settings(retention_days=30)) == 0


def test_where_conversations_are_not_kept_a_question_stays_for_a_day(database: Database) -> None:
    fill(database, new=0.9, old=1.1)
    apply(database, Settings(keep_conversations=False))
    assert left(database)["exchanges"] == {"new"}
    assert left(database)["feedback"] == {"new", "old"}


def test_where_conversations_are_not_kept_only_what_a_follow_up_needs_is_stored(database: Database) -> None:
    conversations = Conversations(database, only_for_followups=True)
    answer = Answer("12座", "12座", "answered", (), "几座")
    for asker in (Asker("api", ""), Asker("page", "p" * 22), Asker("api", "s1"), Asker("mp", "openid")):
        conversations.add(asker, "几座", answer)
    assert left(database)["exchanges"] == {"s1", "openid"}
    assert len(conversations.turns(Asker("mp", "openid"), 4)) == 2


def test_it_goes_in_batches_that_many_share(database: Database) -> None:
    with database.writing() as session:
        for number in range(500):
            session.add_all(rows_of(str(number), NOW - timedelta(days=100)))
    deleted: list[int] = []
    problems: list[BaseException] = []

    def work() -> None:
        try:
            for rule in rules(Settings()):
                while found := delete_expired(database, rule, NOW, most=40):
                    assert found <= 40
                    deleted.append(found)
        except BaseException as error:  # noqa: BLE001 - told by the test itself
            problems.append(error)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    assert sum(deleted) == 500 * len(TABLES)
    assert not any(left(database).values())


async def test_a_running_server_does_it_at_once_and_again(database: Database) -> None:
    fill(database, old=0)  # long ago by the clock of this machine
    async with retention_applied(database, Settings(), seconds=0.05), asyncio.timeout(10):
        for name in ("", "later"):
            if name:
                await asyncio.to_thread(fill, database, later=0)
            while any((await asyncio.to_thread(left, database)).values()):
                await asyncio.sleep(0.02)


async def test_a_database_that_fails_is_said_and_tried_again(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with database.writing() as session:
        session.execute(text("ALTER TABLE feedback RENAME TO elsewhere"))
    with caplog.at_level(logging.WARNING):
        async with retention_applied(database, Settings(), seconds=0.02), asyncio.timeout(10):
            while len(caplog.records) < 2:
                await asyncio.sleep(0.02)
            with database.writing() as session:
                session.execute(text("ALTER TABLE elsewhere RENAME TO feedback"))
            await asyncio.to_thread(fill, database, old=0)
            while any((await asyncio.to_thread(left, database)).values()):
                await asyncio.sleep(0.02)
    assert "was not deleted" in caplog.records[0].getMessage()
