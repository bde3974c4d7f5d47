"""Messages that a 企业微信 app sends of its own accord: answers that came too late for the reply.

Source: 企业微信's 发送应用消息.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import httpx

from rag.serve.wechat.errors import CustomerServiceError
from rag.serve.wechat.platform_api import AccessToken, PlatformApi
from rag.serve.wechat.work_accounts import WorkApp
from rag.state.database import Database

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

    Args:
        client: calls 企业微信; its base URL is that of its API.
        database: where the access token is kept.
        app: which app.
    """

    def __init__(self, client: httpx.AsyncClient, database: Database, app: WorkApp) -> None:
        self._api = PlatformApi(client, "企业微信", _MEANINGS)
        self._app = app
        self._token = AccessToken(database, f"wecom {app.corp_id} {app.agent_id}", self._fetch_token, _TOKEN_REFUSED)

    async def send(self, user: str, text: str) -> None:
        """Send ``text``, at most 2,048 bytes in UTF-8.

        Raises:
            CustomerServiceError: 企业微信 refused it, or cannot be reached. No message holds the token or the secret.
            DatabaseError: the token cannot be read or kept.
        """
        message = {"touser": user, "msgtype": "text", "agentid": self._app.agent_id, "text": {"content": text}}

        async def send(token: str) -> None:
            told = await self._api.call("POST", "cgi-bin/message/send", {"access_token": token}, message)
            if told.get("invaliduser"):
                raise CustomerServiceError(f"企业微信 did not send a message: {_MEANINGS[81013]}", 81013)

        await self._token.use(send)

    async def _fetch_token(self, anew: bool) -> Mapping[str, Any]:
        # 企业微信 gives a new token by itself once the old one is no good.
        wanted = {"corpid": self._app.corp_id, "corpsecret": self._app.secret.get_secret_value()}
        return await self._api.call("GET", "cgi-bin/gettoken", wanted)
