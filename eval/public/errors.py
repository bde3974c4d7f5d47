"""What a public benchmark that cannot be run says."""

from __future__ import annotations

from rag.errors import JuwenError


class BenchmarkError(JuwenError):
    """A benchmark file that cannot be read or used; the message names the file and what is wrong with it."""

    code = "bad_benchmark"
