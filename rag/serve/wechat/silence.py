"""Leaving WeChat without an answer: only then does it send a message again."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from fastapi import Request

HOLD_SECONDS: Final = 5.0
"""WeChat hangs up half a second after we know that there is no answer."""

_LOOK_SECONDS: Final = 0.1


async def until_hung_up(request: Request) -> None:
    """Wait until WeChat gives up; a peer that never does is not waited for."""
    give_up = time.monotonic() + HOLD_SECONDS
    while time.monotonic() < give_up and not await request.is_disconnected():
        await asyncio.sleep(_LOOK_SECONDS)
