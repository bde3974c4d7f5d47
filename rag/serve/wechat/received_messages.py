"""Messages that have come from WeChat, and their replies: each is answered once, by whichever process it reaches.

WeChat sends a message up to three times, with the same id, until it is answered within five seconds. The tries may
reach different processes, so what is known of a message is in the database, never in the memory of one of them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from rag.serve.wechat.replies import MOST_BYTES, first_part
from rag.state.database import Database
from rag.state.storable import storable
from rag.state.tables import Channel, KeptReply, ReceivedMessage
from rag.state.upsert import upsert

KEPT_FOR: Final = timedelta(hours=48)
"""How long a reply that came too late is offered."""

UNDER_WAY_FOR: Final = timedelta(minutes=10)
"""After this long, a message without a reply was lost with the process that had it."""

_GAP: Final = "\n\n"
_KEY: Final = ("channel", "message_id")


class ReceivedMessages:
    """The messages of one channel.

    A reply is *owed* where it is there but was never given to WeChat: it came after the last try. It goes before the
    reply to the reader's next message.

    Example:
        >>> with Database.open("sqlite://") as database:
        ...     received = ReceivedMessages(database, "mp")
        ...     tries = [received.receive("m1", "reader"), received.receive("m1", "reader")]
        ...     received.finish("m1", "reader", "12座。")
        ...     tries, received.give("m1", "reader"), received.give("m1", "reader")
        ([1, 2], '12座。', '12座。')
    """

    def __init__(self, database: Database, channel: Channel) -> None:
        self._database = database
        self._channel = channel

    def receive(self, message_id: str, user: str) -> int:
        """Note that a message came; how often it has come by now. Who gets 1 must answer it."""
        with self._database.writing() as session:
            row = self._insert().values(
                channel=self._channel, message_id=message_id, user=user, received=datetime.now(UTC), tries=1
            )
            counted = row.on_conflict_do_update(index_elements=_KEY, set_={"tries": ReceivedMessage.tries + 1})
            tries: int = session.execute(counted.returning(ReceivedMessage.tries)).scalar_one()
            return tries

    def finish(self, message_id: str, user: str, text: str) -> None:
        """Store the reply to a message; "" where it gets none.

        A message that was forgotten meanwhile is noted again: its reader still waits, if only to hear that what was
        kept is deleted.
        """
        with self._database.writing() as session:
            row = self._insert().values(
                channel=self._channel,
                message_id=message_id,
                user=user,
                received=datetime.now(UTC),
                tries=1,
                reply=storable(text),
            )
            session.execute(
                row.on_conflict_do_update(
                    index_elements=_KEY,
                    set_={"reply": row.excluded.reply},
                    where=ReceivedMessage.reply.is_(None),
                )
            )

    def give(self, message_id: str, user: str, *, with_owed: bool = True) -> str | None:
        """The reply that WeChat gets now, or None where there is none yet. A message that comes again gets the same.

        Args:
            message_id: which message.
            user: who sent it.
            with_owed: put replies that are owed to the user before it, as many as go into one with it.
        """
        with self._database.writing() as session:
            row = session.get(ReceivedMessage, (self._channel, message_id), with_for_update=True)
            if row is None or row.reply is None:
                return None
            if row.replied is None:
                row.replied = datetime.now(UTC)
                session.flush()
                before = self._take_owed(session, user, row.reply) if with_owed else []
                row.reply, rest = first_part(_GAP.join(text for text in (*before, row.reply) if text))
                if with_owed:
                    self._keep_rest(session, user, rest)
            return row.reply

    def give_owed(self, user: str) -> str:
        """The replies that are owed to the user, as one text; "" where there are none."""
        with self._database.writing() as session:
            text, rest = first_part(_GAP.join(self._take_owed(session, user, "")))
            if rest:
                self._keep_rest(session, user, rest)
            return text

    def take_back(self, message_id: str) -> None:
        """The reply did not reach WeChat after all: it is owed."""
        with self._database.writing() as session:
            row = session.get(ReceivedMessage, (self._channel, message_id), with_for_update=True)
            if row is not None:
                row.replied = None

    def has_owed(self, message_id: str, user: str) -> bool:
        """Whether a reply to another message of the user is owed."""
        owed = (ReceivedMessage.reply.is_not(None), ReceivedMessage.reply != "", ReceivedMessage.replied.is_(None))
        return self._another(message_id, user, KEPT_FOR, *owed)

    def has_under_way(self, message_id: str, user: str) -> bool:
        """Whether another message of the user is being answered."""
        return self._another(message_id, user, UNDER_WAY_FOR, ReceivedMessage.reply.is_(None))

    def take_rest(self, message_id: str, user: str) -> str:
        """Make the rest of the user's last reply the reply to this message; the rest, or "" where there is none."""
        with self._database.writing() as session:
            rest = session.execute(
                delete(KeptReply)
                .where(KeptReply.channel == self._channel, KeptReply.user == user)
                .returning(KeptReply.text)
            ).scalar_one_or_none()
            row = session.get(ReceivedMessage, (self._channel, message_id), with_for_update=True)
            # In one step with taking it: whatever happens to this process, the rest is not lost.
            if rest and row is not None and row.reply is None:
                row.reply = rest
            return rest or ""

    def forget(self, user: str, except_id: str) -> None:
        """Delete what is kept for a user, but for the message that asks for it."""
        with self._database.writing() as session:
            session.execute(
                delete(ReceivedMessage).where(
                    ReceivedMessage.channel == self._channel,
                    ReceivedMessage.user == user,
                    ReceivedMessage.message_id != except_id,
                )
            )
            session.execute(delete(KeptReply).where(KeptReply.channel == self._channel, KeptReply.user == user))

    def _insert(self) -> postgresql.Insert | sqlite.Insert:
        if self._database.kind == "postgresql":
            return postgresql.insert(ReceivedMessage)
        return sqlite.insert(ReceivedMessage)

    def _take_owed(self, session: Session, user: str, own: str) -> list[str]:
        """The replies owed to a user that go with the user's ``own`` into one; at least one. The others stay owed."""
        rows = session.scalars(
            select(ReceivedMessage)
            .where(
                ReceivedMessage.channel == self._channel,
                ReceivedMessage.user == user,
                ReceivedMessage.reply != "",
                ReceivedMessage.replied.is_(None),
                ReceivedMessage.received > datetime.now(UTC) - KEPT_FOR,
            )
            .order_by(ReceivedMessage.received)
            .with_for_update(skip_locked=True)
        )
        texts: list[str] = []
        room = MOST_BYTES - len(own.encode("utf-8"))
        for row in rows:
            text = row.reply or ""
            room -= len(f"{text}{_GAP}".encode())
            if texts and room < 0:
                break
            texts.append(text)
            # A late try of that message is then answered with nothing: the reader has it.
            row.reply, row.replied = "", datetime.now(UTC)
        return texts

    def _keep_rest(self, session: Session, user: str, rest: str) -> None:
        key = {"channel": self._channel, "user": user}
        if rest:
            upsert(session, KeptReply, key, {"text": rest, "kept": datetime.now(UTC)})
        else:
            session.execute(delete(KeptReply).where(KeptReply.channel == self._channel, KeptReply.user == user))

    def _another(self, message_id: str, user: str, within: timedelta, *conditions: object) -> bool:
        found = exists().where(
            ReceivedMessage.channel == self._channel,
            ReceivedMessage.user == user,
            ReceivedMessage.message_id != message_id,
            ReceivedMessage.received > datetime.now(UTC) - within,
            *conditions,  # type: ignore[arg-type]
        )
        with self._database.reading() as session:
            return bool(session.scalar(select(found)))
