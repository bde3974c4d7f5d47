"""The load measurements against the real application around a predictable chatbot."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.bench.load import all_at_once, distinct_questions, level, memory_over_time, per_second
from eval.bench.measure import BenchError, Job
from eval.bench.served import Served, served
from eval.sets import SETS
from rag.errors import IndexStoreError
from rag.serve.app import create_app
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot


@pytest.fixture
def url(fake: FakeChatbot, tmp_path: Path, database: Database) -> Iterator[str]:
    settings = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index", rate_limit="")
    # Two places: one question is answered, one waits.
    with running(create_app(fake, settings, database, workers=Workers(fake, threads=1, waiting=1))) as url:
        yield url


def questions() -> Iterator[str]:
    return (f"河西有多少座桥，第{number}问" for number in itertools.count())


def test_questions_are_distinct_for_thousands() -> None:
    job = Job("", "", str(SETS["dev"].questions), 1)
    drawn = list(itertools.islice(distinct_questions(job), 10_000))
    assert len(set(drawn)) == 10_000


def test_a_level_asks_for_its_time_and_counts_what_is_answered(url: str, fake: FakeChatbot) -> None:
    measured = asyncio.run(level(url, questions(), 2, 0.3))
    assert measured["clients"] == 2
    assert measured["answers"] == len(fake.asked) > 2
    assert len({question for question, _ in fake.asked}) == len(fake.asked)
    assert 0 < measured["p50_ms"] <= measured["p95_ms"]
    assert measured["per_second"] == pytest.approx(measured["answers"] / 0.3, rel=0.5)


def test_a_question_without_an_answer_ends_the_measurement(url: str, fake: FakeChatbot) -> None:
    fake.fail_with = IndexStoreError("broken")
    with pytest.raises(BenchError, match="500 for '河西有多少座桥，第0问'"):
        asyncio.run(level(url, questions(), 1, 1))


def test_memory_is_read_early_and_at_the_end(url: str, fake: FakeChatbot) -> None:
    server = Served(url, os.getpid())
    # Only two have a place at once here.
    measured = asyncio.run(memory_over_time(server, questions(), 30, clients=2))
    assert (measured["early"], measured["asked"], len(fake.asked)) == (3, 30, 30)
    assert measured["early_mb"] > 10
    assert measured["asked_mb"] > 10


def test_who_comes_when_all_places_are_taken_is_told_at_once(url: str, fake: FakeChatbot) -> None:
    fake.gate.clear()
    opener = threading.Timer(2.0, fake.gate.set)
    opener.start()
    measured = asyncio.run(all_at_once(url, questions(), 12))
    opener.join()
    assert (measured["answered"], measured["refused"]) == (2, 10)
    # The answers were held back; the refusals did not wait for them.
    assert measured["slowest_refusal_ms"] < measured["slowest_answer_ms"] - 100


def test_the_ceiling_is_that_of_all_threads_together() -> None:
    asked: list[str] = []

    def ask(question: str) -> None:
        asked.append(question)
        time.sleep(0.02)

    measured = per_second(ask, questions(), 0.5, 2)
    assert len(set(asked)) == len(asked)
    assert 1.2 / 0.02 < measured <= 2 / 0.02


@pytest.mark.slow
def test_a_server_that_does_not_start_is_named(tmp_path: Path) -> None:
    corpus = tmp_path / "none"
    with (
        pytest.raises(BenchError, match=r"the server did not become ready: juwen: .*none"),
        served(Job(str(corpus), str(tmp_path / "index"), "", 1)),
    ):
        pass


@pytest.mark.slow
def test_the_real_server_is_measured(tmp_path: Path) -> None:
    from eval.bench import load

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ferry.md").write_text(
        "---\ntitle: 渡口\npublished: 2023-06-01\n---\n\n渡口\n\n2022年，渡口运送乘客48万人次。\n", encoding="utf-8"
    )
    case = {
        "id": "q-1",
        "article": "ferry",
        "kind": "fact",
        "question": "2022年渡口运送乘客多少人次？",
        "answerable": True,
        "status": "answered",
        "answers": ["48万人次"],
        "evidence": ["2022年，渡口运送乘客48万人次。"],
    }
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    job = Job(str(corpus), str(tmp_path / "index"), str(file), 1, seconds=0.5, asked=20)
    measured = load.measure(job)
    assert [each["clients"] for each in measured["levels"]] == [1, 8, 32]
    assert all(each["per_second"] > 0 for each in measured["levels"])
    assert measured["overload"]["answered"] + measured["overload"]["refused"] == 150
    assert measured["overload"]["refused"] > 0
    assert measured["memory"]["asked_mb"] > 100
