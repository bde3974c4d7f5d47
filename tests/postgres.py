"""A PostgreSQL of the tests' own: a new cluster in a temporary folder, on a Unix socket, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy

START_SECONDS = 60
_UNPRIVILEGED = ("postgres", "nobody")


class Postgres:
    """A running cluster."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def new_database(self) -> str:
        """Make an empty database; its address, for `rag.state.database.Database.open`."""
        name = f"test{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self._address(name)

    def execute(self, statement: str) -> None:
        """Run a statement outside of any transaction."""
        address = self._address("postgres").replace("postgresql:", "postgresql+psycopg:")
        engine = sqlalchemy.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def _address(self, name: str) -> str:
        return f"postgresql://juwen@/{name}?host={self._folder}"


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a cluster; the test is skipped where PostgreSQL is missing."""
    programs = _programs()
    if programs is None:
        pytest.skip("NOT TESTED ON POSTGRESQL: it is not installed here: apt-get install postgresql")
    # It refuses to run as root. The folder is short: a socket's path has some 100 characters.
    user = next(name for name in _UNPRIVILEGED if _exists(name)) if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        _run(
            [programs / "initdb", "-D", folder / "data", "-U", "juwen", "-A", "trust", "-E", "UTF8", "--no-sync"], user
        )
        options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=50"]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
                [programs / "postgres", "-D", folder / "data", "-k", folder, *options],
                user=user,
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            postgres = Postgres(folder)
            _wait(postgres, server, folder / "log")
            yield postgres
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(10)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    # Debian keeps them off the path, one folder per version.
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    return next((folder for folder in reversed(folders) if (folder / "postgres").exists()), None)


def _exists(user: str) -> bool:
    import pwd

    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _run(command: list[str | Path], user: str | None) -> None:
    done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr


def _wait(postgres: Postgres, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            postgres.execute("SELECT 1")
        except sqlalchemy.exc.OperationalError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        else:
            return
