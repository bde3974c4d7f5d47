"""What is deleted after its time: conversations, feedback, and what WeChat's retries no longer need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from rag.settings import Settings
from rag.state.database import Database
from rag.state.tables import Base, Exchange, Feedback, KeptReply, ReceivedMessage, Token

MESSAGE_DAYS: Final = 2
"""How long a message from WeChat is known again, and a reply waits to be fetched; WeChat gives up within a minute."""
FOLLOWUP_DAYS: Final = 1
"""How long a conversation can be gone on with where conversations are not kept."""
_BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """What is in ``table`` is deleted once ``moment`` lies ``days`` back. ``key`` is the table's primary key."""

    table: type[Base]
    key: tuple[InstrumentedAttribute[object], ...]
    moment: InstrumentedAttribute[datetime]
    days: int


def rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules that follow from ``retention_days`` and ``keep_conversations``."""
    exchange_days = settings.retention_days if settings.keep_conversations else FOLLOWUP_DAYS
    return (
        Rule(Exchange, (Exchange.id,), Exchange.asked, exchange_days),
        Rule(Feedback, (Feedback.id,), Feedback.given, settings.retention_days),
        Rule(
            ReceivedMessage,
            (ReceivedMessage.channel, ReceivedMessage.message_id),
            ReceivedMessage.received,
            MESSAGE_DAYS,
        ),
        Rule(KeptReply, (KeptReply.channel, KeptReply.user), KeptReply.kept, MESSAGE_DAYS),
        Rule(Token, (Token.name,), Token.expires, MESSAGE_DAYS),
    )


def delete_expired(database: Database, rule: Rule, now: datetime | None = None, most: int = _BATCH) -> int:
    """Delete at most ``most`` rows whose time is over; how many that were.

    Few at a time, so that no writer waits long. Several processes may do it at once: they share the rows.

    Raises:
        DatabaseError: nothing was deleted.
    """
    end = (now or datetime.now(UTC)) - timedelta(days=rule.days)
    # PostgreSQL leaves out the rows that another process is just deleting; SQLite has one writer at a time.
    expired = select(*rule.key).where(rule.moment < end).limit(most).with_for_update(skip_locked=True)
    with database.writing() as session:
        deleted = delete(rule.table).where(tuple_(*rule.key).in_(expired)).returning(*rule.key)
        return len(session.execute(deleted).all())
