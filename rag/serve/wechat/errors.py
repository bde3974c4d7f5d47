"""What can be wrong with a request that claims to come from WeChat."""

from __future__ import annotations

from rag.errors import JuwenError


class WeChatError(JuwenError):
    """A request that is not from WeChat, or not for this account, or cannot be read."""

    code = "bad_wechat_request"


class SignatureError(WeChatError):
    """A signature that is wrong, or too old."""

    code = "bad_signature"


class CustomerServiceError(WeChatError):
    """WeChat did not take a message. ``number`` is its errcode, 0 where it gave none."""

    code = "wechat_refused"

    def __init__(self, message: str, number: int = 0) -> None:
        super().__init__(message)
        self.number = number
