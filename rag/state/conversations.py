"""Conversations: what was asked and answered. A follow-up finds its past here, a publisher what readers ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, select

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
        """Delete a conversation, with the feedback given in it and the WeChat messages of its visitor.

        Returns:
            How many questions, votes and messages that were.

        Raises:
            DatabaseError: nothing was deleted.
        """
        conversation = storable(asker.conversation)
        if not conversation:
            return 0
        mine = (
            (Exchange, Exchange.conversation, Exchange.id),
            (Feedback, Feedback.conversation, Feedback.id),
            (ReceivedMessage, ReceivedMessage.user, ReceivedMessage.message_id),
            (KeptReply, KeptReply.user, KeptReply.user),
        )
        with self._database.writing() as session:
            return sum(
                len(
                    session.scalars(
                        delete(table).where(table.channel == asker.channel, visitor == conversation).returning(key)
                    ).all()
                )
                for table, visitor, key in mine
            )
