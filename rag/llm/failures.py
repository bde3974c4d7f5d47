"""What went wrong between 据文 and a language model, as one line that says what to do.

The libraries below raise whatever the network, the server or their own reading of it raises, one wrapped in the other.
Errors are known by the names of their classes where libraries disagree on the class: each brings an HTTP client of its
own, and these are copies of one another.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from rag.errors import LanguageModelError
from rag.errors import LanguageModelFailure as Failure
from rag.llm.http_client import CONNECT_SECONDS
from rag.settings import Settings

MOST_SAID: Final = 160
"""Characters of a server's own words that are repeated."""

_QUOTA: Final = re.compile(
    r"insufficient.?(quota|balance|funds|credit)|exceeded your current quota|arrear|余额不足|欠费", re.I
)
_NO_MODEL: Final = re.compile(
    r"model.{0,80}(not.{0,4}(found|exist)|unknown|unavailable)|(unknown|invalid|no such).{0,9}model", re.I
)
_REMEDIES: Final[Mapping[Failure, str]] = {
    Failure.DNS: "check the host in llm_base_url, and this machine's DNS",
    Failure.TLS: "check https and the port in llm_base_url; a certificate of your own goes into SSL_CERT_FILE",
    Failure.UNREACHABLE: "check the address in llm_base_url, and that the server runs",
    Failure.KEY: "check llm_api_key, and that it may use this model",
    Failure.MODEL: "check llm_model, and that llm_base_url ends where /chat/completions begins (often in /v1)",
    Failure.QUOTA: "add to the account's balance or raise its limit",
    Failure.BUSY: "ask less often (llm_at_once), or raise the limit there",
    Failure.SERVER: "look into its log or status page",
    Failure.TIMEOUT: "raise llm_seconds, or take a faster model",
    Failure.DROPPED: "look into its log, and the proxy's before it",
    Failure.EMPTY: "raise llm_most_tokens, or take another model",
    Failure.MALFORMED: "check that llm_base_url is an OpenAI-compatible API (often ends in /v1)",
    Failure.REQUEST: "check llm_model, llm_most_tokens and llm_passages",
}


@dataclass(frozen=True, slots=True)
class Failures:
    """Reads the failures of one model; ``secret`` is its key, which no message repeats."""

    model: str
    host: str
    secret: str

    @classmethod
    def of(cls, settings: Settings) -> Failures:
        """Those of the language model of ``settings``."""
        host = urlsplit(settings.llm_base_url).netloc
        return cls(settings.llm_model.strip(), host, settings.llm_api_key.get_secret_value())

    def timeout(self) -> LanguageModelError:
        """There is no time left."""
        return self._failure(Failure.TIMEOUT, "took longer than there was time")

    def closed(self) -> LanguageModelError:
        """We stopped listening ourselves."""
        return LanguageModelError(f"{self._subject} was not waited for: Juwen stops", Failure.DROPPED)

    def read(self, error: BaseException) -> LanguageModelError:
        """The failure that ``error``, or what it was raised from, tells of."""
        chain = list(_chain(error))
        for link in chain:
            if isinstance(link, LanguageModelError):
                return self._failure(link.reason, str(link))
        for link in chain:
            status = getattr(link, "status_code", None)
            if isinstance(status, int):
                return self._refused(status, link)
        for link in chain:
            # An error that came in the middle of a stream, where there is no status left to send.
            if "APIError" in _names(link) and getattr(link, "body", None) is not None:
                return self._refused(0, link)
        reason, said = _transport(chain)
        return self._failure(reason, said)

    def _refused(self, status: int, error: BaseException) -> LanguageModelError:
        response = getattr(error, "response", None)
        headers: Mapping[str, str] = getattr(response, "headers", {})
        said = _said(error)
        reason = _reason(status, f"{_field(error, 'code')} {_field(error, 'type')} {said}")
        number = f" ({status})" if status else ""
        if 300 <= status < 400:
            to = self._quoted(headers.get("location", "")) or "nowhere"
            return self._failure(reason, f"sends us to another address{number}: {to}", "set llm_base_url to it")
        what = f"{_REFUSALS[reason]}{number}"
        # Servers like to repeat a part of the key that they do not accept.
        if said and reason is not Failure.KEY:
            what += f": {self._quoted(said)}"
        return self._failure(reason, what, retry_after=_retry_after(headers))

    def _failure(
        self, reason: Failure, what: str, remedy: str = "", retry_after: float | None = None
    ) -> LanguageModelError:
        return LanguageModelError(f"{self._subject} {what}; {remedy or _REMEDIES[reason]}", reason, retry_after)

    @property
    def _subject(self) -> str:
        return f"the language model {self.model}" + (f" at {self.host}" if self.host else "")

    def _quoted(self, text: str) -> str:
        """A server's own words, on one short line and without the key."""
        if self.secret:
            text = text.replace(self.secret, "…")
        line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
        return repr(line if len(line) <= MOST_SAID else line[:MOST_SAID] + "…") if line else ""


_REFUSALS: Final[Mapping[Failure, str]] = {
    Failure.KEY: "does not accept the key",
    Failure.MODEL: "is not there",
    Failure.QUOTA: "has no quota left for the key",
    Failure.BUSY: "has too many requests",
    Failure.SERVER: "failed on its side",
    Failure.REQUEST: "refused the request",
}


def _reason(status: int, said: str) -> Failure:
    if status in {401, 403} or "invalid_api_key" in said:
        return Failure.KEY
    if status == 402 or _QUOTA.search(said):
        return Failure.QUOTA
    if status == 404 or (status < 500 and _NO_MODEL.search(said)):
        return Failure.MODEL
    if status == 429 or "rate_limit" in said:
        return Failure.BUSY
    if status >= 500 or status in {0, 408}:
        return Failure.SERVER
    return Failure.REQUEST


def _transport(chain: list[BaseException]) -> tuple[Failure, str]:
    """What the network or the reading of the answer tells, innermost first: it knows best."""
    connecting = any("ConnectError" in _names(link) for link in chain)
    for link in reversed(chain):
        names = _names(link)
        if isinstance(link, socket.gaierror):
            return Failure.DNS, "cannot be found: its host has no address"
        if isinstance(link, ssl.SSLError) and connecting:
            detail = getattr(link, "verify_message", "") or (link.reason or "").replace("_", " ").lower()
            return Failure.TLS, f"cannot be reached safely: TLS failed ({detail or 'no reason given'})"
    for link in chain:
        names = _names(link)
        if "ConnectTimeout" in names:
            return Failure.UNREACHABLE, f"did not take the connection within {CONNECT_SECONDS:g} s"
        if names & {"ConnectError", "ProxyError"}:
            return Failure.UNREACHABLE, "does not take the connection"
        if isinstance(link, TimeoutError) or names & {"TimeoutException", "APITimeoutError"}:
            return Failure.TIMEOUT, "took longer than there was time"
    for link in chain:
        if isinstance(link, ConnectionError) or _names(link) & {"NetworkError", "RemoteProtocolError"}:
            return Failure.DROPPED, "ended the connection in the middle of its answer"
    if any("No generation chunks" in str(link) for link in chain):
        return Failure.EMPTY, "wrote nothing"
    return Failure.MALFORMED, f"sent what cannot be read as an answer ({type(chain[0]).__name__})"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it was raised from, outermost first."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def _names(error: BaseException) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}


def _body(error: BaseException) -> Mapping[str, Any]:
    """The error as the server put it, with or without the envelope that OpenAI's API has."""
    body = getattr(error, "body", None)
    inner = body.get("error") if isinstance(body, Mapping) else None
    for found in (inner, body):
        if isinstance(found, Mapping):
            return found
    return {"message": inner or body}


def _field(error: BaseException, name: str) -> str:
    value = _body(error).get(name)
    return str(value) if isinstance(value, str | int) else ""


def _said(error: BaseException) -> str:
    text = _field(error, "message") or _field(error, "detail")
    # A web page tells less than the status.
    return "" if text.lstrip().startswith("<") else text


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of the header of that name: a number, or a date (RFC 9110, section 10.2.3)."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    with contextlib.suppress(ValueError):
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    return None
