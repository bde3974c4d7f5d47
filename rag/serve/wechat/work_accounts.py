"""The 企业微信 accounts that the settings name: a 智能机器人, an app, both or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from rag.errors import SettingsError
from rag.serve.wechat.encryption import MessageCipher
from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class WorkApp:
    """An app of 企业微信. Without a ``secret`` it can only reply, and sends nothing of its own accord."""

    cipher: MessageCipher
    corp_id: str
    agent_id: int
    secret: SecretStr
    api_url: str


def work_bot_cipher(settings: Settings) -> MessageCipher | None:
    """What reads and writes for the 智能机器人, or None where there is none.

    Raises:
        SettingsError: of its settings one is missing, or wrong.
    """
    needed = {"wecom_bot_token": settings.wecom_bot_token, "wecom_bot_aes_key": settings.wecom_bot_aes_key}
    if not _complete("智能机器人", needed, {}):
        return None
    # Within one's own company, the robot is nobody by name: https://developer.work.weixin.qq.com/document/path/101033
    return _cipher(settings.wecom_bot_token, settings.wecom_bot_aes_key, "")


def work_app(settings: Settings) -> WorkApp | None:
    """The app, or None where there is none.

    Raises:
        SettingsError: of its settings one is missing, or wrong.
    """
    needed = {
        "wecom_app_token": settings.wecom_app_token,
        "wecom_app_aes_key": settings.wecom_app_aes_key,
        "wecom_corp_id": settings.wecom_corp_id,
    }
    sending = {"wecom_agent_id": settings.wecom_agent_id, "wecom_app_secret": settings.wecom_app_secret}
    if not _complete("app", needed, sending):
        return None
    _complete("app's sending", sending, {})
    address = settings.wecom_api_url.rstrip("/")
    if not address.startswith(("https://", "http://")):
        raise SettingsError(f"wecom_api_url: {address!r} is no address; write https:// and a host")
    return WorkApp(
        _cipher(settings.wecom_app_token, settings.wecom_app_aes_key, settings.wecom_corp_id),
        settings.wecom_corp_id,
        settings.wecom_agent_id,
        settings.wecom_app_secret,
        address,
    )


def _complete(what: str, needed: Mapping[str, object], other: Mapping[str, object]) -> bool:
    missing = [name for name, value in needed.items() if not _is_set(value)]
    if len(missing) == len(needed) and not any(map(_is_set, other.values())):
        return False
    if missing:
        names = " and ".join(f"JUWEN_{name.upper()}" for name in missing)
        raise SettingsError(f"the 企业微信 {what} is set up by half; set {names} too, or nothing of it")
    return True


def _is_set(value: object) -> bool:
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


def _cipher(token: SecretStr, keys: SecretStr, receiver: str) -> MessageCipher:
    return MessageCipher(token.get_secret_value(), keys.get_secret_value().replace(",", " ").split() or [""], receiver)
