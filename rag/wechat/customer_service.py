"""Messages that a verified 公众号 sends of its own accord: answers that came too late for the reply.

Source: WeChat's 客服消息 and 获取稳定版接口调用凭据.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
from pydantic import SecretStr
from sqlalchemy import select

from rag.state.database import Database
from rag.state.tables import Token
from rag.state.upsert import upsert
from rag.wechat.errors import WeChatError

TIMEOUT_SECONDS: Final = 5.0
RENEW_BEFORE: Final = timedelta(minutes=5)
"""A token is not used in the last minutes of its life: another process's clock may differ."""

_TOKEN_REFUSED: Final = frozenset({40001, 40014, 42001})
_MEANINGS: Final = {
    40001: "the access token or the AppSecret is wrong; compare JUWEN_WECHAT_MP_APP_SECRET with mp.weixin.qq.com",
    40013: "there is no such AppID; compare JUWEN_WECHAT_MP_APP_ID with mp.weixin.qq.com",
    40125: "the AppSecret is wrong; compare JUWEN_WECHAT_MP_APP_SECRET with mp.weixin.qq.com",
    40164: "this server's address is not allowed; add it to the IP白名单 at mp.weixin.qq.com",
    45002: "the message is too long",
    45009: "the day's calls are used up",
    45015: "the reader wrote more than 48 hours ago",
    45047: "the reader has had five messages since the last word",
    48001: "the account may not send customer-service messages; it must be verified (微信认证)",
}
_ADDRESS: Final = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")

logger = logging.getLogger(__name__)
# It would write every address at the level of info, and the token stands in it.
logging.getLogger("httpx").setLevel(logging.WARNING)


class CustomerServiceError(WeChatError):
    """WeChat did not take a message. ``number`` is its errcode, 0 where it gave none."""

    code = "wechat_refused"

    def __init__(self, message: str, number: int = 0) -> None:
        super().__init__(message)
        self.number = number


class CustomerService:
    """Sends texts to readers who wrote within the last 48 hours.

    The access token is kept in the database, so that all processes use the same one.

    Args:
        client: calls WeChat; its base URL is that of WeChat's API.
        database: where the token is kept.
        app_id: the account's AppID.
        app_secret: the account's AppSecret.

    Example:
        >>> service = CustomerService(client, database, app_id, app_secret)   # doctest: +SKIP
        >>> await service.send(message.user, "12座。")   # doctest: +SKIP
    """

    def __init__(self, client: httpx.AsyncClient, database: Database, app_id: str, app_secret: SecretStr) -> None:
        self._client = client
        self._database = database
        self._app_id = app_id
        self._app_secret = app_secret
        self._fetching = asyncio.Lock()

    async def send(self, user: str, text: str) -> None:
        """Send ``text``, at most 2,048 bytes in UTF-8.

        Raises:
            CustomerServiceError: WeChat refused it, or cannot be reached. No message holds the token or the secret.
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
        message = {"touser": user, "msgtype": "text", "text": {"content": text}}
        await self._post("cgi-bin/message/custom/send", message, {"access_token": token})

    async def _token(self, refused: str = "") -> str:
        async with self._fetching:
            kept = await asyncio.to_thread(self._kept)
            # Another process may have fetched a new one since.
            if kept and kept != refused:
                return kept
            wanted = {
                "grant_type": "client_credential",
                "appid": self._app_id,
                "secret": self._app_secret.get_secret_value(),
                "force_refresh": bool(refused),
            }
            fetched = await self._post("cgi-bin/stable_token", wanted, {})
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

    @property
    def _name(self) -> str:
        return f"mp {self._app_id}"

    async def _post(self, path: str, body: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        # WeChat shows \uXXXX as it stands, so the JSON holds the characters themselves.
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        try:
            response = await self._client.post(path, params=query, content=content, headers=headers)
            told = response.json()
        except (httpx.HTTPError, ValueError) as error:
            # Its own words may hold the address, with the token.
            raise CustomerServiceError(f"WeChat's API did not answer at {path}: {type(error).__name__}") from None
        if not isinstance(told, dict):
            raise CustomerServiceError(f"WeChat's API answered something else at {path}")
        number = told.get("errcode", 0)
        if number:
            raise CustomerServiceError(_meaning(number, str(told.get("errmsg", "")), path), _as_number(number))
        return told


def _as_number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _meaning(number: object, told: str, path: str) -> str:
    meaning = _MEANINGS.get(_as_number(number), "see WeChat's 全局返回码")
    address = _ADDRESS.search(told) if number == 40164 else None
    return f"WeChat refused {path} with {str(number)[:10]}: {meaning}{f' ({address[0]})' if address else ''}"
