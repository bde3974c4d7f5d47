"""What a measurement that cannot be made says."""

from __future__ import annotations

from rag.errors import JuwenError


class MeasureError(JuwenError):
    """A measurement that cannot be made: data or weights are missing or of the wrong kind."""

    code = "measure_failed"
