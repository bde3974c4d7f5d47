"""Messages that a 企业微信 app sends of its own accord: answers that came too late for the reply.

Source: 企业微信's 获取access_token and 发送应用消息.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
from sqlalchemy import select

from rag.state.database import Database
from rag.state.tables import Token
from rag.state.upsert import upsert
from rag.wechat.customer_service import RENEW_BEFORE, CustomerServiceError
from rag.wechat.work_accounts import WorkApp

_TOKEN_REFUSED: Final = frozenset({40014, 41001, 42001})
_MEANINGS: Final = {
    40001: "the Secret is wrong; compare JUWEN_WECOM_APP_SECRET with the app's page in the console",
    40013: "there is no such 企业ID; compare JUWEN_WECOM_CORP_ID with 我的企业 in the console",
    40056: "there is no such AgentId; compare JUWEN_WECOM_AGENT_ID with the app's page in the console",
    45009: "the calls of this minute or day are used up",
    60020: "this server's address is not allowed; add it to the app's 企业可信IP",
    81013: "the reader is not in the app's 可见范围",
}


class WorkMessages:
    """Sends texts to the members who can see an app.

    The access token is kept in the database, so that all processes use the same one.

    Args:
        client: calls 企业微信; its base URL is that of its API.
        database: where the token is kept.
        app: which app.
    """

    def __init__(self, client: httpx.AsyncClient, database: Database, app: WorkApp) -> None:
        self._client = client
        self._database = database
        self._app = app
        self._name = f"wecom {app.corp_id} {app.agent_id}"
        self._fetching = asyncio.Lock()

    async def send(self, user: str, text: str) -> None:
        """Send ``text``, at most 2,048 bytes in UTF-8.

        Raises:
            CustomerServiceError: 企业微信 refused it, or cannot be reached. No message holds the token or the secret.
            DatabaseError: the token cannot be read or kept.
        """
        token = await self._token()
        try:
            await self._send(user, text, token)
        except CustomerServiceError as error:
            if error.number not in _TOKEN_REFUSED:
                raise
            await self._send(user, text, await self._token(refused=token))

    async def _send(self, user: str, text: str, token: str) -> None:
        message = {"touser": user, "msgtype": "text", "agentid": self._app.agent_id, "text": {"content": text}}
        told = await self._call("POST", "cgi-bin/message/send", {"access_token": token}, message)
        if told.get("invaliduser"):
            raise CustomerServiceError(f"企业微信 did not send a message: {_MEANINGS[81013]}", 81013)

    async def _token(self, refused: str = "") -> str:
        async with self._fetching:
            kept = await asyncio.to_thread(self._kept)
            # Another process may have fetched a new one since.
            if kept and kept != refused:
                return kept
            wanted = {"corpid": self._app.corp_id, "corpsecret": self._app.secret.get_secret_value()}
            fetched = await self._call("GET", "cgi-bin/gettoken", wanted)
            token, seconds = fetched.get("access_token"), fetched.get("expires_in")
            if not isinstance(token, str) or not isinstance(seconds, int):
                raise CustomerServiceError("企业微信 gave no access token, and no reason; try again later")
            await asyncio.to_thread(self._keep, token, datetime.now(UTC) + timedelta(seconds=seconds))
            return token

    def _kept(self) -> str:
        fresh = Token.expires > datetime.now(UTC) + RENEW_BEFORE
        with self._database.reading() as session:
            return session.scalar(select(Token.value).where(Token.name == self._name, fresh)) or ""

    def _keep(self, token: str, expires: datetime) -> None:
        with self._database.writing() as session:
            upsert(session, Token, {"name": self._name}, {"value": token, "expires": expires})

    async def _call(
        self, method: str, path: str, query: dict[str, str], body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            response = await self._client.request(method, path, params=query, json=body)
            told = response.json()
        except (httpx.HTTPError, ValueError) as error:
            # Its own words may hold the address, with the token or the secret.
            raise CustomerServiceError(f"企业微信's API did not answer at {path}: {type(error).__name__}") from None
        if not isinstance(told, dict):
            raise CustomerServiceError(f"企业微信's API answered something else at {path}")
        number = told.get("errcode", 0)
        if number:
            number = number if isinstance(number, int) else -1
            meaning = _MEANINGS.get(number, "see 企业微信's 全局错误码")
            raise CustomerServiceError(f"企业微信 refused {path} with {number}: {meaning}", number)
        return told
