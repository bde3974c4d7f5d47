"""A server whose answers a language model words: in time, told apart, counted, and the reader's where it fails."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.errors import LanguageModelFailure
from rag.serve.app import create_app
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.database import Database
from rag.types import StreamEvent
from tests.llm.scripted_server import KEY, Script, ScriptedServer, in_turn, scripted_server
from tests.llm.scripts import breaks, says, silent, stalls_after, wrong_key
from tests.serve.test_ask import events_of
from tests.serve.test_metrics import samples, value
from tests.serve.worded import MORE, NOTE, SENTENCE, TOO_SLOW, WordedChatbot

ASKED = {"question": "去年河西建成桥梁多少座"}
COMPLETED = {"messages": [{"role": "user", "content": ASKED["question"]}]}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server(says(SENTENCE + MORE)) as server:
        yield server


@contextlib.contextmanager
def client_of(server: ScriptedServer, database: Database, **more: Any) -> Iterator[TestClient]:
    settings = server.settings(rate_limit="", reload_seconds=0.05, **more)
    chatbot = WordedChatbot(settings)
    with TestClient(create_app(chatbot, settings, database), raise_server_exceptions=False) as client:
        yield client
        chatbot.close()


def play(server: ScriptedServer, *scripts: Script) -> None:
    server.play = in_turn(*scripts)


def test_an_answer_is_worded_and_says_so(server: ScriptedServer, database: Database) -> None:
    with client_of(server, database) as client:
        answer = client.post("/api/ask", json=ASKED).json()
    assert (answer["mode"], answer["text"]) == ("llm", "2023年，河西建成桥梁12座[1]。其中𠮷桥3座[2]。")
    assert [citation["quote"] for citation in answer["citations"]][1].endswith("其中𠮷桥3座。")
    assert NOTE in answer["notes"]
    assert answer["timings"]["prompt_tokens"] == len(server.requests[0].prompt)
    assert answer["timings"]["completion_tokens"] == len(SENTENCE + MORE)


def test_sentences_come_one_by_one_as_they_are_checked(server: ScriptedServer, database: Database) -> None:
    play(server, stalls_after(SENTENCE + MORE + "其"))
    with client_of(server, database, llm_seconds=2) as client:
        response = client.post("/api/ask", json={**ASKED, "stream": True})
    events = events_of(response.text)
    assert [data["stage"] for name, data in events if name == "stage"][-1] == "word"
    pieces = [data["text"] for name, data in events if name == "text"]
    answer = events[-1][1]
    assert pieces == ["2023年，河西建成桥梁12座[1]。", "其中𠮷桥3座[2]。"]
    assert "".join(pieces) == answer["text"]
    assert "中途断了" in answer["notes"][-1]


@pytest.mark.parametrize("stream", [False, True])
def test_a_silent_model_never_costs_the_answer(server: ScriptedServer, database: Database, stream: bool) -> None:
    play(server, silent())
    with client_of(server, database, answer_seconds=4, llm_seconds=60) as client:
        begun = time.monotonic()
        response = client.post("/api/ask", json={**ASKED, "stream": stream})
        assert time.monotonic() - begun < 4
    assert response.status_code == 200
    answer = events_of(response.text)[-1][1] if stream else response.json()
    assert (answer["mode"], answer["short"]) == ("reader", "12座")
    assert TOO_SLOW in answer["notes"]


async def test_waiting_in_line_takes_of_the_models_time(database: Database) -> None:
    with scripted_server(silent()) as server:
        chatbot = WordedChatbot(server.settings(llm_at_once=1))
        workers = Workers(chatbot, threads=1, answer_seconds=2)
        first, second = workers.submit("桥有几座"), workers.submit("去年桥有几座", llm_seconds=0.5)
        answers = await asyncio.gather(first.answer(), second.answer())
        assert [answer.mode for answer in answers] == ["reader", "reader"]
        assert chatbot.llm_seconds[0] == pytest.approx(1.8, abs=0.2)
        assert chatbot.llm_seconds[1] == 0
        chatbot.close()
        workers.close()


async def test_who_waits_for_a_model_keeps_nobody_from_being_answered() -> None:
    with scripted_server(silent()) as server:
        chatbot = WordedChatbot(server.settings())
        workers = Workers(chatbot, threads=1, waiting=1, llm_at_once=2)
        waiting = [workers.submit(question) for question in ("桥有几座", "去年桥有几座")]
        while len(server.requests) < 2:
            await asyncio.sleep(0.01)
        refused = await asyncio.wait_for(workers.submit("路有几条").answer(), 5)
        assert refused.status == "refused"
        # A server that stops lets nobody wait for the rest of the model's time.
        begun = time.monotonic()
        await asyncio.to_thread(chatbot.close)
        answers = await asyncio.gather(*(run.answer() for run in waiting))
        assert time.monotonic() - begun < 5
        assert {answer.mode for answer in answers} == {"reader"}
        assert (await workers.submit("桥有几座").answer()).mode == "reader"
        workers.close()


class Counting(WordedChatbot):
    """Knows how many questions it has read at once."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.most = self._now = 0

    def stream(self, *arguments: Any, **named: Any) -> Generator[StreamEvent]:
        for event in super().stream(*arguments, **named):
            if event.text == "read":
                self._now += 1
                self.most = max(self.most, self._now)
                time.sleep(0.1)
                self._now -= 1
            yield event


async def test_only_so_many_are_read_at_once_however_many_wait_for_the_model() -> None:
    with scripted_server(says(SENTENCE)) as server:
        chatbot = Counting(server.settings())
        workers = Workers(chatbot, threads=1, llm_at_once=4)
        runs = [workers.submit(question) for question in ("桥有几座", "去年桥有几座", "新桥有几座")]
        answers = [await run.answer() for run in runs]
        assert {answer.mode for answer in answers} == {"llm"}
        assert chatbot.most == 1
        workers.close()
        chatbot.close()


def test_what_the_model_does_is_counted(server: ScriptedServer, database: Database) -> None:
    wrong = "2023年，河西建成桥梁13座[1]。"
    play(server, says(SENTENCE + MORE), says(wrong + SENTENCE), says("河西建成桥梁12座[1]。"), breaks())
    with client_of(server, database, llm_seconds=3) as client:
        assert value(client, "juwen_llm_answers_total", outcome="worded") == 0
        for question in ("去年桥有几座", "去年桥有几座", "去年新桥有几座", "去年大桥有几座"):
            client.post("/api/ask", json={"question": question})
        assert value(client, "juwen_answers_total", mode="llm") == 3
        assert value(client, "juwen_answers_total", mode="reader") == 1
        assert value(client, "juwen_llm_answers_total", outcome="worded") == 2
        assert value(client, "juwen_llm_answers_total", outcome="kept") == 1
        assert value(client, "juwen_llm_answers_total", outcome="not_worded") == 1
        assert value(client, "juwen_llm_failures_total", reason="server") == 1
        rejected = [value(client, "juwen_llm_sentences_total", outcome=name) for name in ("repaired", "dropped")]
        assert sum(rejected) == 1
        assert value(client, "juwen_llm_tokens_total", kind="completion") > len(SENTENCE)
        assert value(client, "juwen_llm_tokens_total", kind="prompt") > 100
        assert value(client, "juwen_llm_circuit", state="closed") == 1
        told = client.get("/metrics").text
        allowed = {*LanguageModelFailure, "worded", "kept", "not_worded", "repaired", "dropped", "said_not_there"}
        allowed |= {"prompt", "completion", "closed", "open", "half-open"}
        labels = {label for name, labels in samples(told) if "_llm_" in name for _, label in labels}
        assert labels <= allowed


def test_an_open_circuit_shows(server: ScriptedServer, database: Database) -> None:
    play(server, wrong_key())
    with client_of(server, database) as client:
        for number in range(6):
            client.post("/api/ask", json={"question": f"桥有几座{'？' * number}"})
        assert value(client, "juwen_llm_circuit", state="open") == 1
        assert value(client, "juwen_llm_circuit", state="closed") == 0
        assert value(client, "juwen_llm_failures_total", reason="key") == 5
        assert value(client, "juwen_llm_failures_total", reason="circuit_open") == 1


def test_without_a_model_there_is_nothing_to_tell_of_it(client: TestClient) -> None:
    client.post("/api/ask", json=ASKED)
    assert value(client, "juwen_answers_total", mode="reader") == 1
    assert not [name for name, _ in samples(client.get("/metrics").text) if "_llm_" in name]


def test_a_client_of_openai_gets_the_tokens_and_the_label(server: ScriptedServer, database: Database) -> None:
    with client_of(server, database) as client:
        whole = client.post("/v1/chat/completions", json=COMPLETED).json()
        server.play = in_turn(says(MORE + SENTENCE))
        again = {**COMPLETED, "messages": [{"role": "user", "content": "去年河西建成多少座桥"}]}
        asked = {**again, "stream": True, "stream_options": {"include_usage": True}}
        stream = client.post("/v1/chat/completions", json=asked).text
    content = whole["choices"][0]["message"]["content"]
    assert content.startswith("2023年，河西建成桥梁12座[1]。")
    assert content.endswith(f"（{NOTE}）")
    for annotation in whole["choices"][0]["message"]["annotations"]:
        cited = annotation["url_citation"]
        assert content[cited["start_index"] : cited["end_index"]] in ("[1]", "[2]")
    spent = len(server.requests[0].prompt), len(SENTENCE + MORE)
    assert whole["usage"] == {
        "prompt_tokens": spent[0],
        "completion_tokens": spent[1],
        "total_tokens": sum(spent),
    }
    assert NOTE in stream
    assert f'"completion_tokens": {len(SENTENCE + MORE)}' in stream


def test_the_readers_answer_is_counted_in_characters(server: ScriptedServer, database: Database) -> None:
    play(server, breaks())
    with client_of(server, database, llm_seconds=0.5) as client:
        body = client.post("/v1/chat/completions", json=COMPLETED).json()
    content = body["choices"][0]["message"]["content"]
    assert content.startswith("12座")
    assert body["usage"]["completion_tokens"] == len(content)


def test_the_key_reaches_no_log_no_page_and_no_metric(
    server: ScriptedServer, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    play(server, wrong_key(KEY), breaks(), says(SENTENCE + KEY), silent())
    told = []
    with client_of(server, database, llm_seconds=0.5, access_log=True) as client:
        for question in ("桥有几座", "去年桥有几座", "新桥有几座", "大桥有几座"):
            bodies = [{"question": question, "stream": stream} for stream in (False, True)]
            told += [client.post("/api/ask", json=body).text for body in bodies]
        told += [client.get(path).text for path in ("/metrics", "/api/openapi.json", "/readyz", "/v1/models")]
    assert f"Bearer {KEY}" in server.requests[0].headers.values()
    assert KEY not in "\n".join(told)
    # Of all that is logged, also by the libraries below, which say what they send.
    assert KEY not in "\n".join(record.getMessage() for record in caplog.records)
    assert "language model" in caplog.text
