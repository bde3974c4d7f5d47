"""Who may use the API, and how often: keys, and the rates of keys and visitors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.serve.envelope import SERVER_ERROR, ApiError, api_error
from rag.serve.rate_limits import MovingWindow, Rate, RateLimitedError
from rag.serve.visitors import networks, visitor_of
from rag.settings import Settings
from rag.state.database import DatabaseError
from rag.state.keys import KEY_PREFIX, ApiKeys

API_PATHS: Final = ("/api/", "/v1/")
# The page sends votes in its visitors' names, who have no key; the list of routes is no secret.
_NO_KEY_NEEDED: Final = frozenset({"/api/feedback", "/api/openapi.json"})
_FEEDBACK: Final = "/api/feedback"
_PAGE_EVENT: Final = "/gradio_api/queue/join"
# A question is one event of the page, and so are its opening and a new conversation.
_PAGE_EVENTS: Final = 3
_CHALLENGE: Final = 'Bearer realm="Juwen"'

logger = logging.getLogger(__name__)


class VisitorLimits:
    """The rates of visitors, by their address.

    Args:
        settings: the rates, and the proxies whose word on addresses is taken.
        when_limited: called whenever somebody is sent away.
    """

    def __init__(self, settings: Settings, when_limited: Callable[[], None] = lambda: None) -> None:
        rate, feedback_rate = Rate.parse(settings.rate_limit), Rate.parse(settings.feedback_rate_limit)
        self._trusted = networks(settings.trusted_proxies)
        self._requests = _window(rate)
        self._page_events = _window(rate and rate.times(_PAGE_EVENTS))
        self._feedback = _window(feedback_rate)
        self._when_limited = when_limited
        self._has_warned = False

    def admit(self, peer: str | None, headers: Headers, path: str = "") -> None:
        """Count a request of a visitor.

        Args:
            peer: the address at the other end of the connection.
            headers: those of the request.
            path: where it goes; a question that is asked on the page has none.

        Raises:
            RateLimitedError: there were too many.
        """
        forwarded_for = headers.getlist("x-forwarded-for")
        if forwarded_for and not self._trusted and not self._has_warned:
            self._has_warned = True
            logger.warning(
                "a request from %s names another address in X-Forwarded-For, and no proxy is trusted: where that is "
                "your proxy, set JUWEN_TRUSTED_PROXIES to it, or all its visitors count as one",
                peer,
            )
        window = {_FEEDBACK: self._feedback, _PAGE_EVENT: self._page_events}.get(path, self._requests)
        take(window, visitor_of(peer, forwarded_for, self._trusted), self._when_limited)


def take(window: MovingWindow | None, caller: str, when_limited: Callable[[], None]) -> None:
    """Count ``caller`` in a window, where there is one.

    Raises:
        RateLimitedError: the window is full.
    """
    seconds = window.take(caller) if window is not None else 0.0
    if seconds:
        when_limited()
        raise RateLimitedError(seconds)


def _window(rate: Rate | None) -> MovingWindow | None:
    return None if rate is None else MovingWindow(rate)


class Admission:
    """ASGI middleware that lets through who has the right key, or needs none, and does not ask too often.

    A caller with a key is counted by its key, everybody else by address. A wrong key counts as well, so that nobody
    tries keys at leisure. Text that does not begin like our keys is none: OpenAI's clients always send something.

    Args:
        app: what answers.
        keys: the keys there are.
        visitors: the rates of those without one.
        settings: whether a key is needed, and the rate of one.
        when_limited: called whenever somebody is sent away for asking too often.
    """

    def __init__(
        self,
        app: ASGIApp,
        keys: ApiKeys,
        visitors: VisitorLimits,
        settings: Settings,
        when_limited: Callable[[], None] = lambda: None,
    ) -> None:
        self.app = app
        self._keys = keys
        self._visitors = visitors
        self._keys_required = settings.api_keys_required
        self._key_window = _window(Rate.parse(settings.key_rate_limit))
        self._when_limited = when_limited

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401, 429 or, where the database fails, 500."""
        if scope["type"] == "http":
            try:
                await self._check(scope)
            except RateLimitedError as error:
                await api_error(error).response()(scope, receive, send)
                return
            except ApiError as error:
                await error.response()(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _check(self, scope: Scope) -> None:
        path, headers = scope["path"].rstrip("/"), Headers(scope=scope)
        is_api = scope["path"].startswith(API_PATHS)
        peer = (scope.get("client") or (None,))[0]
        key = _key_in(headers.getlist("authorization")) if is_api else None
        if key is not None:
            name = await self._name_of(key)
            if name is not None:
                take(self._key_window, name, self._when_limited)
                return
        if is_api or path == _PAGE_EVENT:
            self._visitors.admit(peer, headers, path)
        if key is not None:
            raise _unauthorised("invalid_api_key", "the API key is unknown or revoked", ', error="invalid_token"')
        if is_api and self._keys_required and path not in _NO_KEY_NEEDED:
            raise _unauthorised("missing_api_key", "send an API key: Authorization: Bearer jw-…")

    async def _name_of(self, key: str) -> str | None:
        try:
            return await asyncio.to_thread(self._keys.name_of, key)
        except DatabaseError as error:
            logger.error("no API key can be checked: %s", error)
            raise ApiError(500, error.code, "the API key could not be checked", kind=SERVER_ERROR) from error


def _key_in(authorizations: Sequence[str]) -> str | None:
    """What a request shows as a key of ours, whether or not it is one."""
    for authorization in authorizations:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() == "bearer" and token.strip().startswith(KEY_PREFIX):
            return token.strip()
    return None


def _unauthorised(code: str, message: str, reason: str = "") -> ApiError:
    headers = {"WWW-Authenticate": _CHALLENGE + reason}
    return ApiError(401, code, message, kind="authentication_error", headers=headers)
