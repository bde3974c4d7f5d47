"""Conversations: what was asked and answered. A follow-up finds its past here, a publisher what readers ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, select

from rag.state.database import Database
from rag.state.storable import storable
from rag.state.tables import Channel, Exchange, Feedback
from rag.types import Answer, Turn

_NOT_KEPT: Final = ("timings", "suggestions")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: by which channel, and in which conversation ("" where it is none that goes on)."""

    channel: Channel = "api"
    conversation: str = ""


class Conversations:
    """The conversations in a database.

    Example:
        >>> with Database.open("sqlite://") as database:
        ...     Conversations(database).turns(Asker("api", "a reader"), limit=4)
        ()
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, asker: Asker, question: str, answer: Answer) -> None:
        """Store a question with its answer.

        Raises:
            DatabaseError: it could not be stored.
        """
        kept = {name: value for name, value in answer.to_dict().items() if name not in _NOT_KEPT}
        with self._database.writing() as session:
            session.add(
                Exchange(
                    channel=asker.channel,
                    conversation=storable(asker.conversation),
                    asked=datetime.now(UTC),
                    question=storable(question),
                    status=answer.status,
                    answer=storable(kept),
                )
            )

    def turns(self, asker: Asker, limit: int) -> tuple[Turn, ...]:
        """The last turns of a conversation, oldest first, at most ``limit``."""
        if not asker.conversation or limit <= 0:
            return ()
        wanted = (
            select(Exchange.question, Exchange.answer)
            .where(Exchange.channel == asker.channel, Exchange.conversation == storable(asker.conversation))
            .order_by(Exchange.id.desc())
            .limit((limit + 1) // 2)
        )
        with self._database.reading() as session:
            rows = session.execute(wanted).all()
        turns = [
            turn
            for question, answer in reversed(rows)
            for turn in (Turn("user", question), Turn("assistant", answer["text"]))
        ]
        return tuple(turns[-limit:])

    def forget(self, asker: Asker) -> int:
        """Delete a conversation, with the feedback given in it; how many rows that were."""
        conversation = storable(asker.conversation)
        if not conversation:
            return 0
        with self._database.writing() as session:
            return sum(
                len(
                    session.execute(
                        delete(table)
                        .where(table.channel == asker.channel, table.conversation == conversation)
                        .returning(table.id)
                    ).all()
                )
                for table in (Exchange, Feedback)
            )
