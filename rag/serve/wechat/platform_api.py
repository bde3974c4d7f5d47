"""The APIs of 公众号 and 企业微信, as far as they are alike: JSON, an ``errcode``, and an access token for everything.

Source: WeChat's 获取稳定版接口调用凭据 and 企业微信's 获取access_token.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
from sqlalchemy import select

from rag.serve.wechat.errors import CustomerServiceError
from rag.state.database import Database
from rag.state.tables import Token
from rag.state.upsert import upsert

TIMEOUT_SECONDS: Final = 5.0
RENEW_BEFORE: Final = timedelta(minutes=5)
"""A token is not used in the last minutes of its life: another process's clock may differ."""

_ADDRESS_REFUSED: Final = frozenset({40164, 60020})
_ADDRESS: Final = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")

# It would write every address at the level of info, and the token stands in it.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class PlatformApi:
    """Calls an API of WeChat's.

    Args:
        client: its base URL is that of the API.
        name: what it is called in errors.
        meanings: what to do about each errcode.
    """

    client: httpx.AsyncClient
    name: str
    meanings: Mapping[int, str]

    async def call(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """The answer to a call.

        Raises:
            CustomerServiceError: the call was refused, or nobody answers. The message holds nothing of what was sent.
        """
        # WeChat shows \uXXXX as it stands, so the JSON holds the characters themselves.
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers = {} if body is None else {"Content-Type": "application/json; charset=utf-8"}
        try:
            response = await self.client.request(method, path, params=dict(query), content=content, headers=headers)
            told = response.json()
        except (httpx.HTTPError, ValueError) as error:
            # Its own words may hold the address, with the token or the secret.
            raise CustomerServiceError(f"{self.name}'s API did not answer at {path}: {type(error).__name__}") from None
        if not isinstance(told, dict):
            raise CustomerServiceError(f"{self.name}'s API answered something else at {path}")
        if number := told.get("errcode", 0):
            number = number if isinstance(number, int) else -1
            raise CustomerServiceError(
                f"{self.name} refused {path} with {number}: {self._meaning(number, str(told.get('errmsg', '')))}",
                number,
            )
        return told

    def _meaning(self, number: int, told: str) -> str:
        meaning = self.meanings.get(number, f"see {self.name}'s 全局返回码")
        address = _ADDRESS.search(told) if number in _ADDRESS_REFUSED else None
        return f"{meaning} ({address[0]})" if address else meaning


class AccessToken:
    """The access token of an account. It is kept in the database, so that all processes use the same one.

    Args:
        database: where it is kept.
        name: whose token it is.
        fetch: fetches a new one; it is told whether the last was refused.
        refused_by: the errcodes by which a call says that the token is no good.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        fetch: Callable[[bool], Awaitable[Mapping[str, Any]]],
        refused_by: frozenset[int],
    ) -> None:
        self._database = database
        self._name = name
        self._fetch = fetch
        self._refused_by = refused_by
        self._fetching = asyncio.Lock()

    async def use(self, call: Callable[[str], Awaitable[None]]) -> None:
        """Make a call with the token, and once more with a new one where the token is refused.

        Raises:
            CustomerServiceError: the call was refused, or no token can be had.
            DatabaseError: the token cannot be read or kept.
        """
        token = await self._value()
        try:
            await call(token)
        except CustomerServiceError as error:
            if error.number not in self._refused_by:
                raise
            await call(await self._value(refused=token))

    async def _value(self, refused: str = "") -> str:
        async with self._fetching:
            kept = await asyncio.to_thread(self._kept)
            # Another process may have fetched a new one since.
            if kept and kept != refused:
                return kept
            fetched = await self._fetch(bool(refused))
            token, seconds = fetched.get("access_token"), fetched.get("expires_in")
            if not isinstance(token, str) or not isinstance(seconds, int):
                raise CustomerServiceError("WeChat gave no access token, and no reason; try again later")
            await asyncio.to_thread(self._keep, token, datetime.now(UTC) + timedelta(seconds=seconds))
            return token

    def _kept(self) -> str:
        fresh = Token.expires > datetime.now(UTC) + RENEW_BEFORE
        with self._database.reading() as session:
            return session.scalar(select(Token.value).where(Token.name == self._name, fresh)) or ""

    def _keep(self, token: str, expires: datetime) -> None:
        with self._database.writing() as session:
            upsert(session, Token, {"name": self._name}, {"value": token, "expires": expires})
