"""Asking a language model to the end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.errors import LanguageModelError
from rag.llm.language_model import Deadline, LanguageModel, Message, Usage

HELLO = (Message("user", "你好"),)


def ask(model: LanguageModel, messages: Sequence[Message] = HELLO, seconds: float = 10.0) -> tuple[list[str], Usage]:
    """All pieces that it writes, and what they cost."""
    pieces = []
    writing = model.write(messages, Deadline.within(seconds))
    while True:
        try:
            pieces.append(next(writing))
        except StopIteration as end:
            return pieces, end.value


def failure_of(model: LanguageModel, seconds: float = 10.0, messages: Sequence[Message] = HELLO) -> LanguageModelError:
    """The error that asking ends with."""
    with pytest.raises(LanguageModelError) as caught:
        ask(model, messages, seconds)
    assert "\n" not in str(caught.value)
    return caught.value
