"""``python -m rag.state.migrations MESSAGE``: write the next migration, from how `rag.state.tables` has changed."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

_HERE = Path(__file__).parent


def write_migration(message: str, folder: Path = _HERE) -> Path:
    """Write the next migration into ``folder/versions``; its file, to be read and mended by hand.

    It compares the tables of an empty database at the last migration with `rag.state.tables`.
    """
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    last = ScriptDirectory.from_config(config).get_current_head() or "0"
    with tempfile.TemporaryDirectory() as empty:
        engine = sqlalchemy.create_engine(f"sqlite:///{empty}/juwen.db")
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            with connection.begin():
                command.upgrade(config, "head")
            made = command.revision(config, message, autogenerate=True, rev_id=f"{int(last) + 1:04}")
        engine.dispose()
    if made is None or isinstance(made, list):
        raise RuntimeError(f"alembic wrote no single migration but {made!r}")
    return Path(made.path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the migration that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m rag.state.migrations", description=__doc__)
    parser.add_argument("message", help="what changes, in a few words: it names the file")
    write_migration(parser.parse_args(arguments).message)


if __name__ == "__main__":
    main()
