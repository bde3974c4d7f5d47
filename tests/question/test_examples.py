"""The examples in the docstrings of the question package do what they show."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

import rag.question

MODULES = [module.name for module in pkgutil.walk_packages(rag.question.__path__, "rag.question.")]
WITH_EXAMPLES = [name for name in MODULES if ">>> " in inspect.getsource(importlib.import_module(name))]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted > 0
    assert results.failed == 0
