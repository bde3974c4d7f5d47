"""Keys of the API: made here, shown once, and kept as digests only."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rag.errors import JuwenError
from rag.state.database import Database
from rag.state.tables import ApiKey

KEY_PREFIX: Final = "jw-"
_SECRET_BYTES: Final = 32
_KEY: Final = re.compile(rf"{KEY_PREFIX}[A-Za-z0-9_-]{{43}}")  # 32 bytes in URL-safe Base64 without padding
_NAME: Final = re.compile(r"\w[\w .@-]{0,63}")


class ApiKeyError(JuwenError):
    """A key that cannot be made or revoked as was asked."""

    code = "bad_api_key"


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is known of a key. The key itself is not: only its digest is stored."""

    name: str
    made: datetime
    revoked: datetime | None


class ApiKeys:
    """The keys in a database.

    A key is 256 random bits. Nobody can guess it or work it out from its digest, so one round of SHA-256 is enough:
    slow hashes are for passwords, which people choose. A key is looked up in the database whenever it is used, so that
    one that is revoked stops working at once in every process.

    Example:
        >>> with Database.open("sqlite://") as database:
        ...     keys = ApiKeys(database)
        ...     key = keys.add("terminal")
        ...     keys.name_of(key), keys.name_of("jw-guessed")
        ('terminal', None)
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str) -> str:
        """Make a key; what is returned can never be shown again.

        Raises:
            ApiKeyError: the name is none, or there is or was a key of that name.
            DatabaseError: the key could not be stored.
        """
        if not _NAME.fullmatch(name):
            raise ApiKeyError(f"{name[:80]!r} is no name of a key; use 1 to 64 letters, digits, spaces and . @ _ -")
        key = KEY_PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
        with self._database.writing() as session:
            session.add(ApiKey(name=name, digest=_digest(key), made=datetime.now(UTC), revoked=None))
            try:
                session.flush()
            except IntegrityError as error:
                raise ApiKeyError(
                    f"there is or was a key named {name!r}; choose another name (`juwen keys list` shows them)"
                ) from error
        return key

    def records(self) -> Sequence[KeyRecord]:
        """All keys, oldest first, revoked ones too.

        Raises:
            DatabaseError: the database fails.
        """
        with self._database.reading() as session:
            return [
                KeyRecord(key.name, key.made, key.revoked)
                for key in session.scalars(select(ApiKey).order_by(ApiKey.id))
            ]

    def revoke(self, name: str) -> None:
        """Make a key worthless, for good.

        Raises:
            ApiKeyError: there is no such key, or it is revoked already.
            DatabaseError: the change could not be stored.
        """
        with self._database.writing() as session:
            key = session.scalars(select(ApiKey).where(ApiKey.name == name)).one_or_none()
            if key is None:
                raise ApiKeyError(f"there is no key named {name[:80]!r}; `juwen keys list` shows them all")
            if key.revoked is not None:
                raise ApiKeyError(f"the key {name!r} was revoked on {key.revoked:%Y-%m-%d} already")
            key.revoked = datetime.now(UTC)

    def name_of(self, key: str) -> str | None:
        """The name of a key that is valid now; None for anything else.

        It is found by its digest. How long that takes tells a caller something about digests at most, and from those
        there is no way back to keys.

        Raises:
            DatabaseError: the database fails.
        """
        if not _KEY.fullmatch(key):
            return None
        wanted = select(ApiKey.name).where(ApiKey.digest == _digest(key), ApiKey.revoked.is_(None))
        with self._database.reading() as session:
            return session.scalars(wanted).one_or_none()


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("ascii")).hexdigest()
