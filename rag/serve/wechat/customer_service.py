"""Messages that a verified 公众号 sends of its own accord: answers that came too late for the reply.

Source: WeChat's 客服消息.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import httpx
from pydantic import SecretStr

from rag.serve.wechat.platform_api import AccessToken, PlatformApi
from rag.state.database import Database

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


class CustomerService:
    """Sends texts to readers who wrote within the last 48 hours.

    Args:
        client: calls WeChat; its base URL is that of WeChat's API.
        database: where the access token is kept.
        app_id: the account's AppID.
        app_secret: the account's AppSecret.

    Example:
        >>> service = CustomerService(client, database, app_id, app_secret)   # doctest: +SKIP
        >>> await service.send(message.user, "12座。")   # doctest: +SKIP
    """

    def __init__(self, client: httpx.AsyncClient, database: Database, app_id: str, app_secret: SecretStr) -> None:
        self._api = PlatformApi(client, "WeChat", _MEANINGS)
        self._app_id = app_id
        self._app_secret = app_secret
        self._token = AccessToken(database, f"mp {app_id}", self._fetch_token, _TOKEN_REFUSED)

    async def send(self, user: str, text: str) -> None:
        """Send ``text``, at most 2,048 bytes in UTF-8.

        Raises:
            CustomerServiceError: WeChat refused it, or cannot be reached. No message holds the token or the secret.
            DatabaseError: the token cannot be read or kept.
        """
        message = {"touser": user, "msgtype": "text", "text": {"content": text}}

        async def send(token: str) -> None:
            await self._api.call("POST", "cgi-bin/message/custom/send", {"access_token": token}, message)

        await self._token.use(send)

    async def _fetch_token(self, anew: bool) -> Mapping[str, Any]:
        wanted = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._app_secret.get_secret_value(),
            "force_refresh": anew,
        }
        return await self._api.call("POST", "cgi-bin/stable_token", {}, wanted)
