"""The chain as a LangChain Runnable, and its steps one by one."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import Runnable

from rag.answer.reading import Finding, Material, Reading, Support
from rag.chain import STAGES, AnswerSteps, Inquiry, build_chain, finish, reader_for
from rag.chatbot import Chatbot
from rag.errors import QuestionError
from rag.models.embedder import Embedder
from rag.models.span_model import SpanModel
from rag.types import Answer, Span, Turn

MISSION = "去年重庆新能源车产量是多少"


@pytest.fixture(scope="module")
def steps(chatbot: Chatbot, embedder: Embedder, span_model: SpanModel) -> AnswerSteps:
    return AnswerSteps(chatbot.index, reader_for(chatbot.index, span_model), chatbot.settings, embedder.embed_queries)


@pytest.fixture(scope="module")
def chain(steps: AnswerSteps) -> Runnable[Inquiry, Answer]:
    return build_chain(steps)


class Recorder(BaseCallbackHandler):
    """Keeps the names of the runs that begin, and how many ended well or badly."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended = 0
        self.failed: list[BaseException] = []

    def on_chain_start(
        self, serialized: dict[str, Any], inputs: dict[str, Any], *, run_id: UUID, **kwargs: Any
    ) -> None:
        self.begun.append(str(kwargs.get("name")))

    def on_chain_end(self, outputs: dict[str, Any], *, run_id: UUID, **kwargs: Any) -> None:
        self.ended += 1

    def on_chain_error(self, error: BaseException, *, run_id: UUID, **kwargs: Any) -> None:
        self.failed.append(error)


def without_timings(answer: Answer) -> Answer:
    return dataclasses.replace(answer, timings={})


def test_each_step_finds_its_part(steps: AnswerSteps) -> None:
    inquiry = steps.understand(Inquiry(MISSION))
    assert inquiry.question is not None
    assert inquiry.question.standalone == "2024年重庆新能源车产量是多少"
    assert inquiry.published == date(2025, 9, 8)
    inquiry = steps.retrieve(inquiry)
    assert 0 < len(inquiry.passages) <= 8
    inquiry = steps.read(inquiry)
    assert inquiry.reading.best is not None
    assert inquiry.reading.best.short == "95万辆"
    assert inquiry.answer is None
    inquiry = steps.answer(inquiry)
    assert inquiry.answer is not None
    assert inquiry.answer.short == "95万辆"


def test_a_batch_answers_as_one_by_one(chain: Runnable[Inquiry, Answer]) -> None:
    inquiries = [Inquiry(text) for text in (MISSION, "2024年重庆汽车产量是多少？", "红烧肉怎么做？", "你好")]
    batch = chain.batch(inquiries)
    assert [answer.status for answer in batch] == ["answered", "answered", "refused", "chitchat"]
    assert list(map(without_timings, batch)) == [without_timings(chain.invoke(inquiry)) for inquiry in inquiries]


def test_a_bad_question_of_a_batch_spoils_no_other(chain: Runnable[Inquiry, Answer]) -> None:
    good, bad = chain.batch([Inquiry(MISSION), Inquiry("")], return_exceptions=True)
    assert good.short == "95万辆"
    assert isinstance(bad, QuestionError)


def test_callbacks_see_each_stage(chain: Runnable[Inquiry, Answer]) -> None:
    recorder = Recorder()
    chain.invoke(Inquiry(MISSION), {"callbacks": [recorder]})
    assert [name for name in recorder.begun if name in STAGES] == list(STAGES)
    assert recorder.ended == len(recorder.begun)
    assert not recorder.failed


def test_callbacks_see_a_failure(chain: Runnable[Inquiry, Answer]) -> None:
    recorder = Recorder()
    with pytest.raises(QuestionError):
        chain.invoke(Inquiry("？"), {"callbacks": [recorder]})
    assert any(isinstance(error, QuestionError) for error in recorder.failed)


async def test_it_runs_asynchronously(chain: Runnable[Inquiry, Answer]) -> None:
    assert (await chain.ainvoke(Inquiry(MISSION))).short == "95万辆"


def test_timings_name_each_stage(chain: Runnable[Inquiry, Answer]) -> None:
    timings = chain.invoke(Inquiry(MISSION)).timings
    assert set(timings) == {*STAGES, "total"}
    assert timings["total"] == pytest.approx(sum(timings[name] for name in STAGES), abs=0.1)


def test_the_history_is_read_no_further_than_set(chatbot: Chatbot, embedder: Embedder, span_model: SpanModel) -> None:
    history = [Turn("user", "重庆建成了多少个智能工厂？"), Turn("assistant", "178个")]
    settings = chatbot.settings.model_copy(update={"max_history_turns": 0})
    deaf = build_chain(
        AnswerSteps(chatbot.index, reader_for(chatbot.index, span_model), settings, embedder.embed_queries)
    )
    asked = Inquiry("那数字化车间呢？", history)
    assert "工厂" not in deaf.invoke(asked).question
    assert chatbot.ask(asked.text, history).short == "980个"


def test_an_inquiry_half_way_is_no_answer(steps: AnswerSteps) -> None:
    with pytest.raises(ValueError, match="not gone all the way"):
        finish(steps.understand(Inquiry(MISSION)))
    with pytest.raises(ValueError, match="must be understood"):
        steps.answer(Inquiry(MISSION))


class OneAnswer:
    """A reader that always finds the same: one with trained weights slips in the same way."""

    def __init__(self, finding: Finding | None) -> None:
        self.finding = finding
        self.seen: list[Material] = []

    def read(self, material: Material) -> Reading:
        self.seen.append(material)
        return Reading((self.finding,) if self.finding else ())


def answer_of(chatbot: Chatbot, finding: Finding | None) -> Answer:
    return build_chain(AnswerSteps(chatbot.index, OneAnswer(finding), chatbot.settings, None)).invoke(Inquiry(MISSION))


def test_another_reader_slips_in(chatbot: Chatbot) -> None:
    (article,) = chatbot.articles.values()
    start = article.text.index("其中新能源汽车产量95万辆")
    sentence = Support(article.id, Span(start, start + len("其中新能源汽车产量95万辆,是2021年的6倍多。")))
    reader = OneAnswer(Finding("95万辆", None, (sentence,), 0.9))
    answer = build_chain(AnswerSteps(chatbot.index, reader, chatbot.settings, None)).invoke(Inquiry(MISSION))
    assert (answer.status, answer.short, answer.confidence) == ("answered", "95万辆", 0.9)
    (material,) = reader.seen
    assert material.question == "2024年重庆新能源车产量是多少"
    assert 0 < len(material.passages) <= chatbot.settings.retrieve_k


@pytest.mark.parametrize("short", ["96万辆", "95万吨", "2023年", "950万辆"])
def test_a_figure_that_its_sentence_lacks_is_not_shown(chatbot: Chatbot, short: str) -> None:
    (article,) = chatbot.articles.values()
    start = article.text.index("其中新能源汽车产量95万辆")
    sentence = Support(article.id, Span(start, start + len("其中新能源汽车产量95万辆,是2021年的6倍多。")))
    answer = answer_of(chatbot, Finding(short, None, (sentence,), 0.99))
    assert (answer.status, answer.short, answer.citations) == ("refused", None, ())
    assert short not in answer.text


def test_an_unsure_finding_is_refused(chatbot: Chatbot) -> None:
    (article,) = chatbot.articles.values()
    support = (Support(article.id, Span(0, 10)),)
    threshold = chatbot.settings.refusal_threshold
    assert answer_of(chatbot, Finding("啊", None, support, threshold - 0.01)).status == "refused"
    assert answer_of(chatbot, Finding("啊", None, support, threshold)).status == "answered"
    assert answer_of(chatbot, None).status == "refused"
