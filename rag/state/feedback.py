"""What visitors think of answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rag.state.conversations import Asker
from rag.state.database import Database
from rag.state.storable import storable
from rag.state.tables import Feedback


def add_feedback(
    database: Database,
    asker: Asker,
    *,
    question: str,
    answer: str,
    vote: str,
    comment: str = "",
    sources: Sequence[str] = (),
) -> None:
    """Store a vote; it is on disk when this returns.

    Raises:
        DatabaseError: it could not be stored.
    """
    with database.writing() as session:
        session.add(
            Feedback(
                channel=asker.channel,
                conversation=storable(asker.conversation),
                given=datetime.now(UTC),
                question=storable(question),
                answer=storable(answer),
                sources=storable(list(sources)),
                vote=vote,
                comment=storable(comment),
            )
        )
