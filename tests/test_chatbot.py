"""The front door: asking, streaming, conversations, and a new index under questions that are being asked."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import rag.chatbot
from rag.chain import STAGES
from rag.chatbot import Chatbot
from rag.errors import ArticleError, IndexStoreError, QuestionError
from rag.index.index import Index
from rag.models.embedder import Embedder
from rag.models.span_model import SpanModel
from rag.settings import Settings
from rag.types import Answer, StreamEvent, Turn
from tests.answer.articles import CRAYFISH, TEA

MISSION = "去年重庆新能源车产量是多少"
SHAPES = (MISSION, "去年新能源汽车占重庆汽车产量的比例是多少？", "去年成都新能源汽车产量是多少？", "你好")


def without_timings(answer: Answer | None) -> Answer:
    assert answer is not None
    return dataclasses.replace(answer, timings={})


@pytest.fixture
def own(settings: Settings, embedder: Embedder, span_model: SpanModel) -> Chatbot:
    """A chatbot of the test's own, over one short article."""
    (settings.corpus_dir / "crayfish.txt").write_text(CRAYFISH, encoding="utf-8")
    return Chatbot(settings, embedder, Index.build_or_load(settings, embedder), span_model)


# Asking and streaming


@pytest.mark.parametrize("question", SHAPES)
def test_a_stream_tells_stages_then_the_text_then_the_answer(chatbot: Chatbot, question: str) -> None:
    events = list(chatbot.stream(question))
    kinds = [event.kind for event in events]
    assert kinds == ["stage"] * len(STAGES) + ["text"] * (len(kinds) - len(STAGES) - 1) + ["answer"]
    assert [event.text for event in events if event.kind == "stage"] == list(STAGES)
    answer = without_timings(events[-1].answer)
    assert "".join(event.text for event in events if event.kind == "text") == answer.text
    assert answer == without_timings(chatbot.ask(question))


def test_a_stage_is_told_before_it_begins(chatbot: Chatbot) -> None:
    events = chatbot.stream("   ")
    assert next(events) == StreamEvent("stage", "understand")
    with pytest.raises(QuestionError):
        next(events)


async def test_asking_and_streaming_without_blocking(chatbot: Chatbot) -> None:
    answers = await asyncio.gather(*(chatbot.aask(question) for question in SHAPES))
    assert [answer.status for answer in answers] == ["answered", "computed", "refused", "chitchat"]
    events = [event async for event in chatbot.astream(MISSION)]
    assert without_timings(events[-1].answer) == without_timings(answers[0])
    assert "".join(event.text for event in events if event.kind == "text") == answers[0].text


async def test_an_error_reaches_whoever_awaits(chatbot: Chatbot) -> None:
    with pytest.raises(QuestionError):
        await chatbot.aask("")
    with pytest.raises(QuestionError):
        async for _ in chatbot.astream(""):
            pass


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "空"),
        (" \n\t ", "空"),
        ("？！。", "标点"),
        ("长" * 100_000, "100000"),
        ("产量\0是多少", "U+0000"),
        ("产量\ud800是多少", "U+D800"),
        (b"\xff\xfe\xff", "UTF-8"),
        (None, "NoneType"),
        (["去年"], "list"),
    ],
)
def test_what_cannot_be_asked_gets_one_clear_line(chatbot: Chatbot, question: object, said: str) -> None:
    with pytest.raises(QuestionError) as caught:
        chatbot.ask(question)  # type: ignore[arg-type]
    message = str(caught.value)
    assert said in message
    assert "\n" not in message
    assert len(message) < 300


def test_a_bad_question_leaves_the_conversation_as_it_was(chatbot: Chatbot) -> None:
    chatbot.ask("重庆建成了多少个智能工厂？", session="bad")
    for bad in ("", "长" * 100_000):
        with pytest.raises(QuestionError):
            chatbot.ask(bad, session="bad")
    assert chatbot.ask("那数字化车间呢？", session="bad").short == "980个"


def test_many_threads_get_their_own_answers(chatbot: Chatbot) -> None:
    expected = {question: without_timings(chatbot.ask(question)) for question in SHAPES}
    with ThreadPoolExecutor(8) as pool:
        asked = list(SHAPES) * 6
        answers = list(pool.map(chatbot.ask, asked))
    assert [without_timings(answer) for answer in answers] == [expected[question] for question in asked]


# Conversations


def test_a_session_remembers_and_a_question_without_one_does_not(chatbot: Chatbot) -> None:
    chatbot.ask("重庆建成了多少个智能工厂？", session="remembers")
    alone = chatbot.ask("那数字化车间呢？")
    assert "980个" in chatbot.ask("那数字化车间呢？", session="remembers").text
    assert "建成" not in alone.question


def test_sessions_do_not_leak(chatbot: Chatbot) -> None:
    chatbot.ask("2024年重庆汽车产量是多少？", session="one")
    chatbot.ask("重庆建成了多少个智能工厂？", session="two")
    assert "智能工厂" not in chatbot.ask("新能源汽车呢？", session="one").question
    assert "汽车" not in chatbot.ask("那数字化车间呢？", session="two").question


def test_sessions_do_not_leak_between_threads(chatbot: Chatbot) -> None:
    def converse(number: int) -> Answer:
        car = number % 2 == 0
        name = f"thread-{number}"
        chatbot.ask("2024年重庆汽车产量是多少？" if car else "重庆建成了多少个智能工厂？", session=name)
        return chatbot.ask("新能源汽车呢？" if car else "那数字化车间呢？", session=name)

    with ThreadPoolExecutor(6) as pool:
        shorts = [answer.short for answer in pool.map(converse, range(12))]
    assert shorts == ["95万辆", "980个"] * 6


def test_a_streamed_question_is_remembered_too(chatbot: Chatbot) -> None:
    list(chatbot.stream("重庆建成了多少个智能工厂？", session="streamed"))
    assert chatbot.ask("那数字化车间呢？", session="streamed").short == "980个"


def test_a_history_stands_in_for_a_session(chatbot: Chatbot) -> None:
    chatbot.ask("2024年重庆汽车产量是多少？", session="both")
    history = [Turn("user", "重庆建成了多少个智能工厂？"), Turn("assistant", "178个[1]")]
    assert chatbot.ask("那数字化车间呢？", history, session="both").short == "980个"


def test_closing_forgets(own: Chatbot) -> None:
    own.ask("荆州有多少家小龙虾加工企业？", session="s")
    own.close()
    assert "企业" not in own.ask("那从业人员呢？", session="s").question


def test_the_turns_of_a_session_are_bounded(settings: Settings, embedder: Embedder, span_model: SpanModel) -> None:
    (settings.corpus_dir / "crayfish.txt").write_text(CRAYFISH, encoding="utf-8")
    bounded = settings.model_copy(update={"max_history_turns": 4})
    chatbot = Chatbot(bounded, embedder, Index.build_or_load(bounded, embedder), span_model)
    for _ in range(5):
        chatbot.ask("你好", session="s")
    assert len(chatbot._sessions["s"]) == 4


def test_without_history_turns_nothing_is_kept(settings: Settings, embedder: Embedder, span_model: SpanModel) -> None:
    (settings.corpus_dir / "crayfish.txt").write_text(CRAYFISH, encoding="utf-8")
    deaf = settings.model_copy(update={"max_history_turns": 0})
    chatbot = Chatbot(deaf, embedder, Index.build_or_load(deaf, embedder), span_model)
    for _ in range(5):
        chatbot.ask("荆州有多少家小龙虾加工企业？", session="s")
    assert len(chatbot._sessions.get("s", ())) <= 2


def test_the_number_of_sessions_is_bounded(own: Chatbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rag.chatbot, "_MOST_SESSIONS", 3)
    for number in range(5):
        own.ask("你好", session=f"s{number}")
        own.ask("你好", session="s0")
    assert list(own._sessions) == ["s3", "s4", "s0"]


# Opening, and a new index


def test_open_reads_settings_and_reports_progress(settings: Settings) -> None:
    (settings.corpus_dir / "crayfish.txt").write_text(CRAYFISH, encoding="utf-8")
    steps: list[tuple[str, int, int]] = []
    with Chatbot.open(settings, lambda *step: steps.append(step)) as chatbot:
        assert chatbot.ask("荆州有多少家小龙虾加工企业？").short == "46家"
        assert list(chatbot.articles) == ["crayfish"]
        assert chatbot.index_version == chatbot.index.version
        assert chatbot.settings is settings
    assert steps
    assert all(0 <= done <= total for _, done, total in steps)


def test_an_empty_corpus_cannot_be_opened(settings: Settings) -> None:
    with pytest.raises((ArticleError, IndexStoreError)) as caught:
        Chatbot.open(settings)
    assert str(settings.corpus_dir) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nothing_new_is_not_taken_up(own: Chatbot) -> None:
    before = own.index
    assert own.reload_if_changed() is False
    assert own.index is before


def test_a_new_index_is_taken_up_with_no_question_lost(own: Chatbot, embedder: Embedder) -> None:
    settings, before = own.settings, own.index_version
    done = threading.Event()
    shorts: list[str | None] = []

    def keep_asking() -> None:
        while not done.is_set():
            shorts.append(own.ask("荆州有多少家小龙虾加工企业？").short)

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(keep_asking) for _ in range(3)]
        try:
            for number in range(3):
                (settings.corpus_dir / "tea.txt").write_text(TEA.replace("1200家", f"{1300 + number}家"), "utf-8")
                Index.build_or_load(settings, embedder)
                taken = list(pool.map(lambda _: own.reload_if_changed(), range(1)))
                assert taken == [True]
                assert own.ask("信阳市茶叶产量2023年是多少？").short == "8.4万吨"
        finally:
            done.set()
        for future in asking:
            future.result()
    assert len(shorts) > 3
    assert set(shorts) == {"46家"}
    assert own.index_version != before
    assert set(own.articles) == {"crayfish", "tea"}


def test_a_damaged_new_index_leaves_the_old_one_in_use(own: Chatbot, embedder: Embedder) -> None:
    settings, before = own.settings, own.index
    (settings.corpus_dir / "tea.txt").write_text(TEA, encoding="utf-8")
    Index.build_or_load(settings, embedder)
    newest = max(
        (path for path in Path(settings.index_dir).iterdir() if path.is_dir()), key=lambda p: p.stat().st_mtime
    )
    for path in newest.rglob("*.json"):
        path.write_text("{", encoding="utf-8")
    with pytest.raises(IndexStoreError) as caught:
        own.reload_if_changed()
    assert "\n" not in str(caught.value)
    assert own.index is before
    assert own.ask("荆州有多少家小龙虾加工企业？").short == "46家"
    shutil.rmtree(newest)


def test_a_question_under_way_keeps_the_index_it_began_with(own: Chatbot, embedder: Embedder) -> None:
    events = own.stream("荆州有多少家小龙虾加工企业？")
    next(events)
    (own.settings.corpus_dir / "crayfish.txt").write_text(CRAYFISH.replace("46家", "99家"), encoding="utf-8")
    Index.build_or_load(own.settings, embedder)
    assert own.reload_if_changed()
    answer = list(events)[-1].answer
    assert answer is not None
    assert answer.short == "46家"
    assert own.ask("荆州有多少家小龙虾加工企业？").short == "99家"
