"""INSERT … ON CONFLICT, which SQLite and PostgreSQL share: a row is stored whether or not it is there already."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from rag.state.tables import Base


def upsert(session: Session, table: type[Base], key: dict[str, Any], values: dict[str, Any]) -> None:
    """Store a row of ``table`` with this primary key, in place of the one that is there.

    Args:
        session: the session of a writing block.
        table: which table.
        key: the columns of its primary key.
        values: all its other columns.
    """
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)
    session.execute(insert.values(**key, **values).on_conflict_do_update(index_elements=list(key), set_=values))
