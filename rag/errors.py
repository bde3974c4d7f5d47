"""Every error 据文 raises on purpose.

::

    JuwenError
    ├── SettingsError       a setting that cannot work
    ├── ArticleError        a file in the corpus that cannot be read as an article
    ├── ModelError          model weights that are missing, damaged or of the wrong kind
    ├── IndexStoreError     an index on disk that is missing, damaged or of another format
    ├── QuestionError       a question that cannot be asked (empty, too long, no text)
    ├── LanguageModelError  the language model gave no answer; `reason` says why
    └── ServeError          the server cannot start (its port is taken, say)

A message is one line: what is wrong, with the bad value, and what to do next.
"""

from enum import StrEnum


class JuwenError(Exception):
    """Base of all errors of 据文; `code` is a stable word for programs, the message is for people."""

    code = "error"


class SettingsError(JuwenError):
    """A setting that cannot work."""

    code = "bad_setting"


class ArticleError(JuwenError):
    """A file in the corpus that cannot be read as an article."""

    code = "bad_article"


class ModelError(JuwenError):
    """Model weights that are missing, damaged or of the wrong kind."""

    code = "model_unavailable"


class IndexStoreError(JuwenError):
    """An index on disk that is missing, damaged, of another model or of another format version."""

    code = "index_unavailable"


class QuestionError(JuwenError):
    """A question that cannot be asked: empty, too long, or not text."""

    code = "bad_question"


class LanguageModelFailure(StrEnum):
    """Why a language model gave no answer."""

    DNS = "dns"
    """The name of its host cannot be resolved."""
    TLS = "tls"
    """Its certificate is not trusted, or it speaks no TLS."""
    UNREACHABLE = "unreachable"
    """Nobody takes the connection."""
    KEY = "key"
    """It does not accept the key."""
    MODEL = "model"
    """It has no model of that name, or stands at another address."""
    QUOTA = "quota"
    """What was paid for is used up."""
    BUSY = "busy"
    """It has too many requests at once."""
    SERVER = "server"
    """It failed on its own side."""
    TIMEOUT = "timeout"
    """It took longer than there was time."""
    DROPPED = "dropped"
    """The connection ended in the middle of the answer."""
    EMPTY = "empty"
    """It wrote nothing."""
    MALFORMED = "malformed"
    """What it sent is not what the protocol says."""
    REQUEST = "request"
    """It refuses this request, as too long, say."""
    CIRCUIT_OPEN = "circuit_open"
    """It failed too often just now, so it was not asked."""


class LanguageModelError(JuwenError):
    """The language model gave no answer.

    ``reason`` says why, for programs; ``retry_after`` is how many seconds the server asks to be left alone, where it
    does.
    """

    code = "language_model_failed"

    def __init__(self, message: str, reason: LanguageModelFailure, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry_after = retry_after


class ServeError(JuwenError):
    """The server cannot start."""

    code = "cannot_serve"
