"""One shape for every error over HTTP: ``{"error": {"message", "type", "param", "code"}}``."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from math import ceil
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from rag.errors import JuwenError, QuestionError
from rag.serve.rate_limits import RateLimitedError
from rag.serve.workers import OverloadedError, TooSlowError

RETRY_AFTER_SECONDS = "2"
INVALID_REQUEST = "invalid_request_error"
SERVER_ERROR = "server_error"

logger = logging.getLogger(__name__)

_MESSAGES = {
    404: ("not_found", "there is nothing at {path}; /docs shows what there is"),
    405: ("method_not_allowed", "{path} does not take {method}"),
}


class ApiError(Exception):
    """A request that is answered with an error.

    ``code`` is a stable word for programs, ``message`` one line for people, ``param`` the field that is wrong,
    ``headers`` go with the error.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        param: str | None = None,
        kind: str = INVALID_REQUEST,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param
        self.kind = kind
        self.headers = dict(headers or ({"Retry-After": RETRY_AFTER_SECONDS} if status == 503 else {}))

    @property
    def body(self) -> dict[str, Any]:
        """The envelope, as plain JSON types."""
        return {"error": {"message": str(self), "type": self.kind, "param": self.param, "code": self.code}}

    def response(self) -> JSONResponse:
        """The error as a response."""
        return JSONResponse(self.body, status_code=self.status, headers=self.headers)


def api_error(error: JuwenError) -> ApiError:
    """What a caller may know of an error of ours: bad questions in full, everything else without its details."""
    if isinstance(error, QuestionError):
        return ApiError(400, error.code, str(error), param="question")
    if isinstance(error, OverloadedError):
        return ApiError(503, error.code, str(error), kind="overloaded_error")
    if isinstance(error, RateLimitedError):
        seconds = str(max(1, ceil(error.seconds)))
        return ApiError(429, error.code, str(error), kind="rate_limit_error", headers={"Retry-After": seconds})
    if isinstance(error, TooSlowError):
        return ApiError(504, error.code, str(error), kind="timeout_error")
    return ApiError(500, error.code, "the question could not be answered; the server's log says why", kind=SERVER_ERROR)


def log_and_convert(error: JuwenError) -> ApiError:
    """What the caller is told of an error; what it is not told goes to the log."""
    told = api_error(error)
    if told.status == 500:
        logger.error("a question could not be answered: %s", error)
    return told


def internal_error() -> ApiError:
    """What a caller may know of an error that nobody foresaw."""
    return ApiError(500, "internal_error", "something went wrong on the server; its log says what", kind=SERVER_ERROR)


def install_error_handlers(app: FastAPI) -> None:
    """Answer every error of ``app`` with the envelope."""

    async def on_api_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ApiError)  # noqa: S101 - registered for this type only
        return error.response()

    async def on_http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type only
        code, message = "http_error", str(error.detail)
        if error.status_code in _MESSAGES:
            code, wording = _MESSAGES[error.status_code]
            message = wording.format(path=request.url.path[:200], method=request.method)
        response = ApiError(error.status_code, code, message).response()
        response.headers.update(error.headers or {})
        return response

    async def on_invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type only
        first = error.errors()[0]
        param = ".".join(str(part) for part in first["loc"][1:]) or None
        return ApiError(400, "invalid_value", f"{param}: {first['msg']}", param=param).response()

    async def on_unforeseen(request: Request, error: Exception) -> JSONResponse:
        return internal_error().response()

    app.add_exception_handler(ApiError, on_api_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(Exception, on_unforeseen)
