"""The examples in the docstrings do what they show."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import rag.answer

ANSWER = [module.name for module in pkgutil.walk_packages(rag.answer.__path__, "rag.answer.")]
OTHERS = ["rag.question.focus", "rag.question.kinds", "rag.question.terms", "rag.question.units", "rag.settings"]


@pytest.mark.parametrize("name", [*ANSWER, *OTHERS])
def test_examples(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0
    assert results.attempted > 0 or name in ANSWER
