"""The whole way with a language model: the real reader, the real endpoint, a scripted server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.chatbot import Chatbot
from rag.settings import Settings
from tests.answer.articles import CRAYFISH
from tests.llm.scripted_server import ScriptedServer, scripted_server
from tests.llm.scripts import busy, says

pytestmark = pytest.mark.slow

QUESTION = "荆州有多少家小龙虾加工企业？"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server(says("荆州现有小龙虾加工企业46家[1]。")) as server:
        yield server


@pytest.fixture
def chatbot(settings: Settings, server: ScriptedServer) -> Iterator[Chatbot]:
    (settings.corpus_dir / "crayfish.txt").write_text(CRAYFISH, encoding="utf-8")
    llm = server.settings()
    fields = {name: getattr(llm, name) for name in ("llm_model", "llm_base_url", "llm_api_key")}
    with Chatbot.open(settings.model_copy(update=fields)) as chatbot:
        yield chatbot


def test_an_answer_is_worded_or_the_readers_and_nothing_else_is_sent(chatbot: Chatbot, server: ScriptedServer) -> None:
    assert server.requests == []
    for question in (
        "你好",
        "荆州的大闸蟹产量是多少？",
        "荆州现有小龙虾加工企业46家吗？",
        "去年荆州小龙虾亩产是多少？",
    ):
        assert chatbot.ask(question).mode == "reader"
    assert server.requests == []
    answer = chatbot.ask(QUESTION)
    assert (answer.text, answer.mode) == ("荆州现有小龙虾加工企业46家[1]。", "llm")
    [citation] = answer.citations
    assert chatbot.articles["crayfish"].text[citation.start : citation.end] == citation.quote
    assert answer.timings["completion_tokens"] > 0
    events = list(chatbot.stream(QUESTION))
    assert "".join(event.text for event in events if event.kind == "text") == answer.text
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "said", ["荆州现有小龙虾加工企业64家[1]。", "武汉现有小龙虾加工企业46家[1]。", "从业人员12万人[1]。"]
)
def test_a_wrong_answer_is_replaced_by_the_readers(chatbot: Chatbot, server: ScriptedServer, said: str) -> None:
    server.play = lambda _: says(said)
    answer = chatbot.ask(QUESTION)
    assert (answer.short, answer.mode) == ("46家", "reader")
    assert "46家" in answer.text


def test_a_busy_model_costs_no_answer(chatbot: Chatbot, server: ScriptedServer) -> None:
    server.play = lambda _: busy("60")
    assert chatbot.ask(QUESTION).short == "46家"
