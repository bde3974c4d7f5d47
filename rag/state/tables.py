"""The tables. Times are UTC; ``channel`` says where a visitor came from: ``page``, ``api``, ``mp`` or ``wecom``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import JSON, DateTime, Index, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

Channel: TypeAlias = str


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite stores no time zone, so what comes back from it is given one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the database; a moment without a time zone is refused.

        Raises:
            ValueError: the moment has no time zone.
        """
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; use datetime.now(UTC)")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """A moment in UTC."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


class Base(DeclarativeBase):
    """The base of all tables."""

    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON, str: Text}  # noqa: RUF012


class Exchange(Base):
    """A question and its answer. Those with the same ``channel`` and ``conversation`` are one conversation.

    ``conversation`` is "" where the caller named none. ``answer`` holds the fields of `rag.types.Answer.to_dict`
    without timings and suggestions.
    """

    __tablename__ = "exchanges"
    __table_args__ = (Index("exchanges_by_conversation", "channel", "conversation", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    conversation: Mapped[str]
    asked: Mapped[datetime] = mapped_column(index=True)
    question: Mapped[str]
    status: Mapped[str]
    answer: Mapped[dict[str, Any]]


class Feedback(Base):
    """What a visitor thinks of an answer. ``vote`` is ``up`` or ``down``; ``sources`` are links of its citations."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    conversation: Mapped[str]
    given: Mapped[datetime] = mapped_column(index=True)
    question: Mapped[str]
    answer: Mapped[str]
    sources: Mapped[list[str]]
    vote: Mapped[str]
    comment: Mapped[str]


class ApiKey(Base):
    """A key of the API: its name, the digest of its secret, and when it was made and revoked."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(unique=True)
    made: Mapped[datetime]
    revoked: Mapped[datetime | None]


class ReceivedMessage(Base):
    """A message from WeChat, once however often it is sent. ``reply`` is None until there is one.

    ``tries`` counts how often it came; ``replied`` is when a reply was given to WeChat. Of a reply that is streamed,
    ``reply`` is what there is of it until ``replied``.
    """

    __tablename__ = "received_messages"

    channel: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    received: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int]
    reply: Mapped[str | None]
    replied: Mapped[datetime | None]


class KeptReply(Base):
    """What a WeChat user has still to fetch: the rest of a long reply, or one that came too late."""

    __tablename__ = "kept_replies"

    channel: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    kept: Mapped[datetime] = mapped_column(index=True)


class Token(Base):
    """An access token of a WeChat account, shared by all processes. ``name`` says whose."""

    __tablename__ = "tokens"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    expires: Mapped[datetime]
