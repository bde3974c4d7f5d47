"""The database: SQLite in a file by default, PostgreSQL by its address."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from rag.errors import JuwenError, SettingsError

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_BUSY_SECONDS: Final = 10
_MIGRATION_LOCK: Final = 0x6A757765  # any number that nobody else uses in the same database
_WRITES: Final = "juwen_writes"

logging.getLogger("alembic").setLevel(logging.WARNING)


class DatabaseError(JuwenError):
    """A database that cannot be reached, or that does not do what it should."""

    code = "database_unavailable"


class Database:
    """An open database with its tables as this version needs them. Safe to use from many threads and processes.

    Example:
        >>> from sqlalchemy import select
        >>> from rag.state.tables import Exchange
        >>> with Database.open("sqlite://") as database, database.reading() as session:
        ...     session.scalars(select(Exchange)).all()
        []
    """

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables are ready."""
        self._engine = engine

    @classmethod
    def open(cls, address: str) -> Database:
        """Connect, and bring the tables up to date.

        Args:
            address: as SQLAlchemy writes it: ``sqlite:///FILE``, ``postgresql://USER:PASSWORD@HOST/NAME``.

        Raises:
            SettingsError: the address is none, or the package for its kind of database is missing.
            DatabaseError: the database cannot be reached, or is of a later version. No message holds the password.
        """
        url = _parsed(address)
        named = url.render_as_string(hide_password=True)
        database = cls(_engine(url))
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(database.close)
            try:
                with database._engine.connect() as connection:
                    _migrate(connection)
            except (SQLAlchemyError, OSError) as error:
                raise DatabaseError(
                    f"the database {named} cannot be used: {_cause(error)}; see to it, or set JUWEN_DATABASE_URL"
                ) from error
            on_failure.pop_all()
        return database

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database. What it changes is not kept.

        Raises:
            DatabaseError: the database fails.
        """
        with _as_database_error(), Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are stored for good when the block ends, and dropped where it fails.

        Raises:
            DatabaseError: the database fails; nothing is stored then.
        """
        with _as_database_error(), self._engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with Session(connection, expire_on_commit=False) as session, session.begin():
                yield session

    @property
    def kind(self) -> str:
        """The kind of database: ``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _parsed(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise SettingsError(
            "database_url is no address of a database; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
        ) from error
    kind = url.get_backend_name()
    if kind not in {"sqlite", "postgresql"}:
        raise SettingsError(f"database_url: {kind!r} is no kind of database that is known here; sqlite or postgresql")
    return url.set(drivername="postgresql+psycopg") if kind == "postgresql" else url


def _engine(url: URL) -> Engine:
    in_memory = url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}
    options: dict[str, Any] = {"pool_pre_ping": True}
    if url.get_backend_name() == "sqlite":
        options = {"connect_args": {"timeout": _BUSY_SECONDS, "check_same_thread": False}}
        if in_memory:
            # One connection that all threads take in turn: each connection would be a database of its own.
            options |= {"poolclass": sqlalchemy.QueuePool, "pool_size": 1, "max_overflow": 0}
        else:
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    try:
        engine = sqlalchemy.create_engine(url, **options)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise SettingsError(
            f"database_url needs a package that is missing ({error}): pip install 'juwen[postgres]'"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    # The driver would begin and end transactions by its own rules: https://docs.sqlalchemy.org/dialects/sqlite.html
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What a visitor has deleted is overwritten, not left in the file's free pages.
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then wants to write fails at once where another has written meanwhile; one
    # that says so from the start waits its turn.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    connection = connection.execution_options(**{_WRITES: True})
    config.attributes["connection"] = connection
    try:
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseError(f"the database is of another version of Juwen: {error}; use that version") from error


@contextlib.contextmanager
def _as_database_error() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseError(f"the database failed: {_cause(error)}") from error


def _cause(error: BaseException) -> str:
    # The driver's error alone: that of SQLAlchemy repeats the statement with its values, which visitors wrote. Of what
    # PostgreSQL says, the first line alone: its details are values too.
    cause = getattr(error, "orig", None) or error
    first = getattr(getattr(cause, "diag", None), "message_primary", None)
    return " ".join(str(first or cause).split())[:300]
