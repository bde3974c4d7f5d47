"""``POST /api/feedback``: what a visitor thinks of an answer, one JSON object a line in a file."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from rag.errors import JuwenError
from rag.serve.ask import parse_body, read_body
from rag.serve.envelope import SERVER_ERROR, ApiError

_MOST_BYTES: Final = 64 << 20
_STORED: Final = {"stored": True}

logger = logging.getLogger(__name__)


class FeedbackError(JuwenError):
    """Feedback that cannot be stored."""

    code = "feedback_not_stored"


class FeedbackBody(BaseModel):
    """The body of ``POST /api/feedback``. ``sources`` are the links of the answer's citations."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(min_length=1, max_length=2000)
    answer: str = Field(max_length=4000)
    sources: list[Annotated[str, Field(max_length=500)]] = Field(default=[], max_length=20)
    vote: Literal["up", "down"]
    comment: str = Field(default="", max_length=500)


class FeedbackFile:
    """A file of feedback; several processes may append to the same one.

    Example:
        >>> FeedbackFile(Path("feedback.jsonl"))     # doctest: +SKIP
    """

    def __init__(self, path: Path, most_bytes: int = _MOST_BYTES) -> None:
        self._path = path
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def append(self, entry: dict[str, Any]) -> None:
        """Write one line; it is on disk when this returns.

        Raises:
            FeedbackError: the file cannot be written, or is full.
        """
        line = (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        try:
            with self._lock:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                # One write to a file opened for appending: lines of several processes don't mix.
                file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    if os.fstat(file).st_size + len(line) > self._most_bytes:
                        raise FeedbackError(f"{self._path} is full ({self._most_bytes} bytes); move it away")
                    os.write(file, line)
                    os.fsync(file)
                finally:
                    os.close(file)
        except OSError as error:
            raise FeedbackError(f"{self._path} cannot be written: {error.strerror}; make room or change it") from error


def feedback_router(file: FeedbackFile) -> APIRouter:
    """The route of feedback."""
    router = APIRouter()
    schema = {"content": {"application/json": {"schema": FeedbackBody.model_json_schema()}}, "required": True}

    @router.post("/api/feedback", openapi_extra={"requestBody": schema})
    async def give_feedback(request: Request) -> dict[str, bool]:
        """Store what a visitor thinks of an answer."""
        body = parse_body(await read_body(request), FeedbackBody)
        entry = {"time": datetime.now(UTC).isoformat(timespec="seconds"), **body.model_dump()}
        try:
            await asyncio.to_thread(file.append, entry)
        except FeedbackError as error:
            logger.error("feedback is lost: %s", error)
            raise ApiError(500, error.code, "the feedback could not be stored", kind=SERVER_ERROR) from error
        return _STORED

    return router
