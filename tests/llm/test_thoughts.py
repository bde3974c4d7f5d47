"""Thoughts are left out of a text, however it is cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.llm.endpoint import Endpoint
from rag.llm.thoughts import ThoughtFilter
from tests.llm.asking import ask, failure_of
from tests.llm.scripted_server import scripted_server
from tests.llm.scripts import says

TEXTS = {
    "桥梁12座[1]。": "桥梁12座[1]。",
    "<think>先想。</think>\n\n桥梁12座。": "桥梁12座。",
    "\n<think>a < b, </thin></think>桥 <think>x</think>": "桥 <think>x</think>",
    "<think></think>桥": "桥",
    "<think>只想不答": "",
    "<think>x</think> \n ": "",
    "<thin": "<thin",
    " <b>桥": " <b>桥",
    "": "",
}


@given(text=st.sampled_from(sorted(TEXTS)), data=st.data())
def test_any_pieces(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    thoughts = ThoughtFilter()
    passed = "".join(thoughts.answer_in(piece) for piece in pieces) + thoughts.rest()
    assert passed == TEXTS[text]


@pytest.mark.parametrize("piece", [1, 4, 100])
def test_thoughts_are_not_passed_on(piece: int) -> None:
    with (
        scripted_server(says("<think>先想一想。</think>\n\n12座", piece=piece)) as server,
        Endpoint.open(server.settings()) as endpoint,
    ):
        assert "".join(ask(endpoint)[0]) == "12座"


def test_nothing_but_thoughts_is_an_empty_answer() -> None:
    with scripted_server(says("<think>先想一想。")) as server, Endpoint.open(server.settings()) as endpoint:
        assert failure_of(endpoint).reason == "empty"


def test_a_text_that_only_begins_like_a_thought() -> None:
    with scripted_server(says("<thi")) as server, Endpoint.open(server.settings()) as endpoint:
        assert ask(endpoint)[0] == ["<thi"]
