"""The endpoint against a real server: what it sends, what it makes of the stream, and when it tries again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from rag.errors import LanguageModelError
from rag.errors import LanguageModelFailure as Failure
from rag.llm.endpoint import MOST_CHARACTERS_PER_TOKEN, Endpoint
from rag.llm.language_model import Deadline, Message, Usage
from tests.llm.asking import ask, failure_of
from tests.llm.scripted_server import KEY, MODEL, Reply, Request, Script, scripted_server
from tests.llm.scripts import (
    breaks,
    busy,
    drops_after,
    endless,
    ends_early,
    hangs_up,
    keeps_alive,
    says,
    says_pieces,
    silent,
    stalls_after,
    trickles,
)

QUESTION = (Message("system", "只答文章。"), Message("user", "有几座桥？"))


def test_the_text_comes_in_pieces_and_is_counted() -> None:
    with scripted_server(says("桥梁12座[1]。")) as server, Endpoint.open(server.settings()) as endpoint:
        pieces, usage = ask(endpoint, QUESTION)
    assert pieces == ["桥梁12", "座[1]", "。"]
    assert usage == Usage(len("只答文章。\n有几座桥？"), 9)


def test_what_is_sent() -> None:
    with scripted_server(says("好")) as server, Endpoint.open(server.settings(llm_most_tokens=77)) as endpoint:
        ask(endpoint, (*QUESTION, Message("assistant", "12座"), Message("user", "{name} 呢？")))
    [request] = server.requests
    assert [(message.role, message.content) for message in request.messages] == [
        ("system", "只答文章。"),
        ("user", "有几座桥？"),
        ("assistant", "12座"),
        ("user", "{name} 呢？"),
    ]
    assert {name: value for name, value in request.body.items() if name != "messages"} == {
        "model": MODEL,
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.0,
        "max_tokens": 77,
    }
    assert request.headers["authorization"] == f"Bearer {KEY}"


def test_a_server_without_a_key_never_sees_the_key_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai-only")
    with scripted_server(says("好")) as server, Endpoint.open(server.settings(llm_api_key="")) as endpoint:
        assert ask(endpoint)[0] == ["好"]
    assert "sk-for-openai-only" not in str(server.requests[0].headers)


@pytest.mark.parametrize("name", ["qwen3:4b", "gpt-5", "deepseek-chat", "Qwen/Qwen3-8B", "o3"])
def test_a_bare_name_is_the_models_name_at_the_address(name: str) -> None:
    with scripted_server(says("好")) as server, Endpoint.open(server.settings(llm_model=name)) as endpoint:
        assert ask(endpoint)[0] == ["好"]
        assert endpoint.name == name
    body = server.requests[0].body
    assert (body["model"], body["max_tokens"]) == (name, 600)


def test_a_provider_may_be_asked_elsewhere() -> None:
    with (
        scripted_server(says("好")) as server,
        Endpoint.open(server.settings(llm_model="openai:gpt-5-mini")) as endpoint,
    ):
        assert ask(endpoint)[0] == ["好"]
    assert server.requests[0].body["model"] == "gpt-5-mini"


def test_half_a_character_becomes_a_question_mark() -> None:
    with scripted_server(says_pieces(["桥\ud83d", "座"])) as server, Endpoint.open(server.settings()) as endpoint:
        assert ask(endpoint)[0] == ["桥?", "座"]


def test_usage_is_optional() -> None:
    with scripted_server(says_pieces(["好"])) as server, Endpoint.open(server.settings()) as endpoint:
        assert ask(endpoint) == (["好"], Usage())


def test_thoughts_are_no_text() -> None:
    def thinks(reply: Reply) -> None:
        reply.begin()
        reply.delta({"reasoning_content": "先想一想。"})
        reply.text("12座")
        reply.delta({}, "stop")
        reply.done()

    with scripted_server(thinks) as server, Endpoint.open(server.settings()) as endpoint:
        assert ask(endpoint)[0] == ["12座"]


def test_a_server_that_never_stops_is_cut_off() -> None:
    with scripted_server(endless()) as server, Endpoint.open(server.settings(llm_most_tokens=20)) as endpoint:
        pieces, _ = ask(endpoint)
        assert len("".join(pieces)) == 20 * MOST_CHARACTERS_PER_TOKEN
        assert server.requests[0].left.wait(3)


@pytest.mark.parametrize(
    "trouble", [busy("0"), breaks(), hangs_up(), drops_after("")], ids=["busy", "breaks", "hangs up", "drops"]
)
def test_what_passes_is_tried_again(trouble: Script) -> None:
    with scripted_server(trouble, trouble, says("12座")) as server, Endpoint.open(server.settings()) as endpoint:
        assert ask(endpoint)[0] == ["12座"]
    assert len(server.requests) == 3


def test_a_server_is_left_alone_for_as_long_as_it_asks() -> None:
    with scripted_server(busy("1"), says("12座")) as server, Endpoint.open(server.settings()) as endpoint:
        assert ask(endpoint)[0] == ["12座"]
    first, second = server.requests
    assert second.came - first.came >= 1


def test_a_pause_longer_than_the_time_left_is_not_waited_for() -> None:
    with scripted_server(busy("30")) as server, Endpoint.open(server.settings()) as endpoint:
        begun = time.monotonic()
        failure = failure_of(endpoint, seconds=10)
        assert time.monotonic() - begun < 3
    assert (failure.reason, failure.retry_after) == (Failure.BUSY, 30.0)
    assert len(server.requests) == 1


def test_it_does_not_try_for_ever() -> None:
    with scripted_server(busy("0")) as server, Endpoint.open(server.settings()) as endpoint:
        assert failure_of(endpoint, seconds=20).reason is Failure.BUSY
    assert len(server.requests) == 4


@pytest.mark.parametrize("trouble", [drops_after("桥梁"), ends_early("桥梁")], ids=["dropped", "ended"])
def test_what_was_begun_is_not_begun_again(trouble: Script) -> None:
    with scripted_server(trouble, says("12座")) as server, Endpoint.open(server.settings()) as endpoint:
        writing = endpoint.write(QUESTION, Deadline.within(5))
        assert next(writing) == "桥梁"
        with pytest.raises(LanguageModelError) as caught:
            next(writing)
    assert caught.value.reason is Failure.DROPPED
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "slow",
    [silent(), stalls_after("桥梁"), trickles(), keeps_alive(), keeps_alive(0), endless()],
    ids=["silent", "stalls", "trickles", "keeps alive", "floods with comments", "floods"],
)
def test_the_deadline_holds(slow: Script) -> None:
    with scripted_server(slow) as server, Endpoint.open(server.settings(llm_most_tokens=30_000)) as endpoint:
        begun = time.monotonic()
        assert failure_of(endpoint, seconds=0.6).reason is Failure.TIMEOUT
        assert 0.5 < time.monotonic() - begun < 3
        assert server.requests[0].left.wait(3), "the connection was left open"


def test_the_connection_ends_at_the_deadline_even_if_nobody_reads_on() -> None:
    with scripted_server(trickles()) as server, Endpoint.open(server.settings()) as endpoint:
        writing = endpoint.write(QUESTION, Deadline.within(0.5))
        next(writing)
        assert server.requests[0].left.wait(3)
        writing.close()


@pytest.mark.parametrize("slow", [stalls_after("桥梁"), trickles(), endless()], ids=["stalls", "trickles", "floods"])
def test_who_leaves_early_closes_the_connection(slow: Script) -> None:
    with (
        scripted_server(slow) as server,
        Endpoint.open(server.settings(llm_most_tokens=30_000)) as endpoint,
    ):
        writing = endpoint.write(QUESTION, Deadline.within(30))
        next(writing)
        writing.close()
        assert server.requests[0].left.wait(3), "the connection was left open"


def test_no_time_left_is_not_asked() -> None:
    with scripted_server(says("好")) as server, Endpoint.open(server.settings()) as endpoint:
        assert failure_of(endpoint, seconds=0).reason is Failure.TIMEOUT
    assert server.requests == []


def test_nothing_is_asked_before_the_first_piece_is_wanted() -> None:
    with scripted_server(says("好")) as server, Endpoint.open(server.settings()) as endpoint:
        endpoint.write(QUESTION, Deadline.within(5)).close()
    assert server.requests == []


def test_many_at_once_each_get_their_own() -> None:
    def echo(request: Request) -> Script:
        return says(request.messages[-1].content, pause=0.01)

    got: dict[int, str] = {}
    with scripted_server(play=echo) as server, Endpoint.open(server.settings()) as endpoint:

        def one(number: int) -> None:
            got[number] = "".join(ask(endpoint, [Message("user", f"第{number}个问题的答案")])[0])

        threads = [threading.Thread(target=one, args=(number,)) for number in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert got == {number: f"第{number}个问题的答案" for number in range(24)}


def test_hundreds_of_abandoned_answers_leave_no_thread_behind() -> None:
    before = threading.active_count()
    with scripted_server(stalls_after("桥梁")) as server, Endpoint.open(server.settings()) as endpoint:
        for _ in range(100):
            writing = endpoint.write(QUESTION, Deadline.within(5))
            next(writing)
            writing.close()
        assert _within(3, lambda: all(request.left.is_set() for request in server.requests))
        assert sum(thread.name == "language-model" for thread in threading.enumerate()) == 1
    assert _within(3, lambda: threading.active_count() <= before)


def test_closing_ends_what_is_under_way() -> None:
    with scripted_server(stalls_after("桥梁")) as server:
        endpoint = Endpoint.open(server.settings())
        writing = endpoint.write(QUESTION, Deadline.within(30))
        next(writing)
        endpoint.close()
        endpoint.close()
        with pytest.raises(LanguageModelError, match="Juwen stops"):
            next(writing)
        with pytest.raises(LanguageModelError, match="Juwen stops"):
            ask(endpoint)


@pytest.fixture(autouse=True)
def _no_leftovers() -> Iterator[None]:
    yield
    assert not [thread for thread in threading.enumerate() if thread.name == "language-model"]


def _within(seconds: float, happens: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
