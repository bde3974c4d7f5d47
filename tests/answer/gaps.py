"""Questions that are known to go wrong: each is strict, so mending one shows at once and its mark comes off."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet


def gap(*values: object, reason: str) -> ParameterSet:
    """The values of a case that fails today, and why."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason, strict=True))
