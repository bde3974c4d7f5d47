"""The public face of the package, and what importing it costs."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import rag
from rag.version import VERSION


def test_exported_names() -> None:
    assert rag.__all__ == [
        "Answer",
        "Article",
        "Chatbot",
        "Citation",
        "JuwenError",
        "Passage",
        "Question",
        "Settings",
        "StreamEvent",
        "Turn",
        "__version__",
        "load_settings",
    ]


@pytest.mark.parametrize("name", rag.__all__)
def test_each_exported_name_is_there(name: str) -> None:
    assert getattr(rag, name) is not None


def test_names_are_those_of_their_modules() -> None:
    assert rag.Chatbot is importlib.import_module("rag.chatbot").Chatbot
    assert rag.Answer is importlib.import_module("rag.types").Answer
    assert rag.load_settings is importlib.import_module("rag.settings").load_settings
    assert rag.__version__ == VERSION


def test_an_unknown_name_is_named() -> None:
    with pytest.raises(AttributeError, match="'rag' has no attribute 'Chatbott'"):
        _ = rag.Chatbott


def test_importing_loads_nothing_heavy() -> None:
    script = (
        "import sys, rag\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'faiss', 'gradio', 'langchain_core', 'fastapi'}\n"
        "print(*sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == ""
