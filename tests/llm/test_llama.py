"""A real language model: llama.cpp's server with small weights."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from rag.errors import LanguageModelFailure as Failure
from rag.llm.circuit import Circuit
from rag.llm.endpoint import Endpoint
from rag.llm.language_model import Deadline, Message
from rag.settings import Settings
from tests.llm.asking import ask, failure_of
from tests.llm.llama_server import LLAMA_MODEL

pytestmark = pytest.mark.slow

STORY = (Message("system", "You are a storyteller."), Message("user", "Tell me a long story about a bridge."))


@pytest.fixture(scope="module")
def endpoint(llama_url: str) -> Iterator[Endpoint]:
    settings = Settings(llm_model=LLAMA_MODEL, llm_base_url=llama_url, llm_most_tokens=48)
    with Endpoint.open(settings) as endpoint:
        yield endpoint


def test_it_writes_in_pieces_and_counts_them(endpoint: Endpoint) -> None:
    pieces, usage = ask(Circuit.around(endpoint), STORY, seconds=60)
    assert len(pieces) > 10
    assert len("".join(pieces)) > 40
    assert usage.prompt_tokens > 15
    assert 30 < usage.completion_tokens <= 48


def test_the_same_question_gets_the_same_words(endpoint: Endpoint) -> None:
    assert "".join(ask(endpoint, STORY, 60)[0]) == "".join(ask(endpoint, STORY, 60)[0])


def test_a_deadline_in_the_middle_of_an_answer(llama_url: str) -> None:
    settings = Settings(llm_model=LLAMA_MODEL, llm_base_url=llama_url, llm_most_tokens=4000)
    with Endpoint.open(settings) as endpoint:
        ask(endpoint, seconds=60)
        begun = time.monotonic()
        failure = failure_of(endpoint, seconds=1.0, messages=STORY)
        assert failure.reason is Failure.TIMEOUT
        assert time.monotonic() - begun < 4
        # The server has noticed that nobody listens: it has time for the next one at once.
        writing = endpoint.write(STORY, Deadline.within(10))
        next(writing)
        writing.close()


def test_a_question_longer_than_its_context(endpoint: Endpoint) -> None:
    failure = failure_of(endpoint, seconds=60, messages=[Message("user", "bridge " * 20_000)])
    assert failure.reason is Failure.REQUEST
    assert "(400)" in str(failure)
