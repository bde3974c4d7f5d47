"""What is kept of conversations and feedback, row by row, for whoever wants to work on it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from rag.state.database import Database
from rag.state.tables import Exchange, Feedback

_AT_ONCE: Final = 500


def exported(database: Database, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every exchange, then all feedback, oldest first, as plain JSON types; few of them are in memory at once.

    Each has a ``kind``, ``exchange`` or ``feedback``, and the columns of its table; moments are ISO 8601 in UTC.

    Args:
        database: where they are kept.
        since: leave out what is older.

    Raises:
        DatabaseError: the database fails on the way.
    """
    with database.reading() as session:
        for kind, table, moment in (("exchange", Exchange, Exchange.asked), ("feedback", Feedback, Feedback.given)):
            wanted = select(*table.__table__.columns).order_by(table.id)
            if since is not None:
                wanted = wanted.where(moment >= since)
            for row in session.execute(wanted, execution_options={"yield_per": _AT_ONCE}):
                values = row._asdict()
                values[moment.key] = values[moment.key].isoformat()
                yield {"kind": kind, **values}
