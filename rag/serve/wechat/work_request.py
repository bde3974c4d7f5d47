"""What 企业微信's requests to the robot and to the app have in common: signed queries, small bodies, plain refusals."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from rag.serve.envelope import ApiError
from rag.serve.wechat.encryption import MessageCipher, check_time
from rag.serve.wechat.errors import SignatureError, WeChatError

MOST_BODY_BYTES: Final = 256 * 1024
_MOST_PARAMETER_CHARS: Final = 4096

logger = logging.getLogger(__name__)


def add_callback(
    router: APIRouter,
    path: str,
    cipher: MessageCipher,
    replay_seconds: float,
    encrypted_part: Callable[[bytes], str],
    answer: Callable[[str, Request], Awaitable[Response]],
) -> None:
    """Add both halves of a callback to ``router``: the check of its address (GET), and the messages (POST).

    Args:
        router: gets the routes.
        path: of the callback.
        cipher: decrypts what comes.
        replay_seconds: what was signed longer ago is refused.
        encrypted_part: finds what is encrypted in a body, and raises `WeChatError` where there is nothing.
        answer: gets a decrypted message.
    """

    @router.get(path)
    async def verify(request: Request) -> Response:
        try:
            # Exactly these bytes: neither quotation marks nor a line break.
            return PlainTextResponse(_decrypted(request, cipher, replay_seconds, _parameter(request, "echostr")))
        except WeChatError as error:
            raise _refusal(error) from error

    @router.post(path)
    async def receive(request: Request) -> Response:
        body = await _limited_body(request)
        try:
            return await answer(_decrypted(request, cipher, replay_seconds, encrypted_part(body)), request)
        except WeChatError as error:
            raise _refusal(error) from error


def nonce_of(request: Request) -> str:
    """The nonce of a request, which its reply carries too."""
    return _parameter(request, "nonce")


def _decrypted(request: Request, cipher: MessageCipher, replay_seconds: float, encrypted: str) -> str:
    timestamp = _parameter(request, "timestamp")
    message = cipher.decrypt(encrypted, _parameter(request, "msg_signature"), timestamp, _parameter(request, "nonce"))
    # After the signature: who cannot sign learns nothing of the clock here.
    check_time(timestamp, time.time(), replay_seconds)
    return message


def _parameter(request: Request, name: str) -> str:
    values = request.query_params.getlist(name)
    if len(values) != 1 or len(values[0]) > _MOST_PARAMETER_CHARS:
        raise WeChatError(f"the address must hold {name} once; only 企业微信 calls this address")
    return values[0]


async def _limited_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY_BYTES:
            raise ApiError(413, "payload_too_large", f"the body is above {MOST_BODY_BYTES} bytes")
    return bytes(body)


def _refusal(error: WeChatError) -> ApiError:
    logger.warning("a request to a 企业微信 address was refused: %s", error)
    return ApiError(403 if isinstance(error, SignatureError) else 400, error.code, str(error))
