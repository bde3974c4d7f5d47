"""Every error 据文 raises on purpose.

::

    JuwenError
    ├── SettingsError       a setting that cannot work
    ├── ArticleError        a file in the corpus that cannot be read as an article
    ├── ModelError          model weights that are missing, damaged or of the wrong kind
    ├── IndexStoreError     an index on disk that is missing, damaged or of another format
    ├── QuestionError       a question that cannot be asked (empty, too long, no text)
    └── ServeError          the server cannot start (its port is taken, say)

A message is one line: what is wrong, with the bad value, and what to do next.
"""


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


class ServeError(JuwenError):
    """The server cannot start."""

    code = "cannot_serve"
