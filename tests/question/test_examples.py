"""The examples in the docstrings of the question package do what they show."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "chitchat",
        "ellipsis",
        "followup",
        "language",
        "phrases",
        "relative_time",
        "relative_time_english",
        "substitution",
        "surnames",
        "topic",
        "understand",
    ],
)
def test_examples(name: str) -> None:
    results = doctest.testmod(importlib.import_module(f"rag.question.{name}"))
    assert results.attempted > 0
    assert results.failed == 0
