"""Conversations: what was asked and answered. A follow-up finds its past here, a publisher what readers ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute

from rag.state.database import Database
from rag.state.storable import storable
from rag.state.tables import Channel, Exchange, Feedback, KeptReply, ReceivedMessage
from rag.types import Answer, Turn

PAGE: Final = "page"
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

    def __init__(self, database: Database, *, only_for_followups: bool = False) -> None:
        """Keep conversations in ``database``.

        Args:
            database: where they are kept.
            only_for_followups: store only what a later question of the same conversation looks for here.
        """
        self._database = database
        self._only_for_followups = only_for_followups

    def add(self, asker: Asker, question: str, answer: Answer) -> None:
        """Store a question with its answer.

        Raises:
            DatabaseError: it could not be stored.
        """
        # Follow-ups on the page find their past in the visitor's browser.
        if self._only_for_followups and (not asker.conversation or asker.channel == PAGE):
            return
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
        """Delete a conversation, with the feedback given in it; how many rows that were.

        Raises:
            DatabaseError: nothing was deleted.
        """
        return _delete(self._database, asker, ((Exchange, Exchange.conversation), (Feedback, Feedback.conversation)))


def forget_visitor(database: Database, asker: Asker) -> int:
    """Delete a conversation as `Conversations.forget` does, and what is kept of the messages of a WeChat user.

    A message that is being answered just then gets no reply.

    Raises:
        DatabaseError: nothing was deleted.
    """
    return _delete(
        database,
        asker,
        (
            (Exchange, Exchange.conversation),
            (Feedback, Feedback.conversation),
            (ReceivedMessage, ReceivedMessage.user),
            (KeptReply, KeptReply.user),
        ),
    )


_Table: TypeAlias = type[Exchange] | type[Feedback] | type[ReceivedMessage] | type[KeptReply]


def _delete(database: Database, asker: Asker, tables: Sequence[tuple[_Table, InstrumentedAttribute[str]]]) -> int:
    visitor = storable(asker.conversation)
    if not visitor:
        return 0
    with database.writing() as session:
        return sum(
            len(
                session.scalars(
                    delete(table).where(table.channel == asker.channel, name == visitor).returning(name)
                ).all()
            )
            for table, name in tables
        )
