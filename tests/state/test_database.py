"""The database: its tables are what the code says, its writers wait for each other, its errors hold no secret."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from rag.errors import SettingsError
from rag.state.database import Database, DatabaseError
from rag.state.tables import ApiKey, Base, KeptReply

MOMENT = datetime(2024, 2, 29, 23, 59, 58, tzinfo=timezone(timedelta(hours=8)))


def kept(user: str, moment: datetime = MOMENT) -> KeptReply:
    return KeptReply(channel="mp", user=user, text="其余", kept=moment)


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(KeptReply)) or 0


def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_moment_comes_back_in_utc(database: Database) -> None:
    with database.writing() as session:
        session.add(kept("甲"))
    with database.reading() as session:
        moment = session.scalars(select(KeptReply.kept)).one()
    assert (moment, moment.tzinfo) == (MOMENT, UTC)


def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    with pytest.raises(DatabaseError, match="time zone"), database.writing() as session:
        session.add(kept("甲", datetime(2024, 2, 29)))


def test_what_fails_stores_nothing(database: Database) -> None:
    with pytest.raises(DatabaseError), database.writing() as session:
        session.add_all([kept("甲"), kept("甲")])
    with contextlib.suppress(ZeroDivisionError), database.writing() as session:
        session.add(kept("甲"))
        session.flush()
        _ = 1 // 0
    assert count(database) == 0


def test_reading_keeps_nothing(database: Database) -> None:
    with database.reading() as session:
        session.add(kept("甲"))
        session.flush()
    assert count(database) == 0


def test_an_error_says_nothing_of_what_was_stored(database: Database) -> None:
    moment = datetime.now(UTC)
    with database.writing() as session:
        session.add(ApiKey(name="secret-name", digest="a", made=moment, revoked=None))
    with pytest.raises(DatabaseError) as caught, database.writing() as session:
        session.add(ApiKey(name="secret-name", digest="b", made=moment, revoked=None))
    assert "secret-name" not in str(caught.value)


def test_writers_wait_for_each_other(address: str) -> None:
    problems: list[Exception] = []

    def write(writer: int) -> None:
        try:
            with Database.open(address) as database:
                for number in range(25):
                    with database.writing() as session:
                        session.scalar(select(func.count()).select_from(KeptReply))
                        session.add(kept(f"{writer}-{number}"))
        except DatabaseError as error:
            problems.append(error)

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    assert problems == []
    with Database.open(address) as database:
        assert count(database) == 100


def test_a_database_in_memory_serves_many_threads() -> None:
    with Database.open("sqlite://") as database:

        def write(writer: int) -> None:
            with database.writing() as session:
                session.add(kept(str(writer)))

        writers = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
        for thread in writers:
            thread.start()
        for thread in writers:
            thread.join()
        assert count(database) == 8


@pytest.mark.slow
def test_processes_that_start_at_once_make_the_tables_once(address: str) -> None:
    script = f"from rag.state.database import Database; Database.open({address!r}).close()"
    command = [sys.executable, "-W", "error", "-c", script]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]  # noqa: S603
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 4


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "no address"),
        ("", "no address"),
        ("mysql://u:geheim@127.0.0.1/x", "'mysql' is no kind"),
    ],
)
def test_an_address_that_cannot_be_is_a_wrong_setting(address: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        Database.open(address)
    assert "geheim" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1:1/x cannot be used: .*JUWEN_DATABASE_URL") as caught:
        Database.open("postgresql://u:geheim@127.0.0.1:1/x")
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "juwen.db"
    file.write_text("no database at all" * 100)
    with pytest.raises(DatabaseError, match=r"juwen\.db cannot be used: file is not a database"):
        Database.open(f"sqlite:///{file}")


def test_a_database_of_a_later_version_is_left_alone(address: str) -> None:
    with Database.open(address) as database, database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="another version"):
        Database.open(address)
