"""The measurements themselves: the peer, the generated corpus, the child processes and the table."""

from __future__ import annotations

import io
import json
from importlib import import_module
from pathlib import Path

import pytest
from rich.console import Console

from eval.bench.__main__ import main
from eval.bench.child import MEASUREMENTS
from eval.bench.corpus import SOURCES, write_corpus
from eval.bench.measure import BenchError, Job, fixed_work, in_child, milliseconds, peak_megabytes
from eval.bench.peer import PlainRecipe, read_texts
from eval.bench.table import table
from eval.plain_splitter import CHUNK_CHARS, SHOWN
from rag.ingest import read_corpus
from rag.models.embedder import Embedder

ARTICLE = "---\ntitle: 渡口\npublished: 2023-06-01\nsample: true\n---\n\n渡口\n\n2022年，渡口运送乘客48万人次。\n"


def test_the_generated_corpus_is_read_whole_and_always_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        write_corpus(folder, 13)
    names = sorted(path.name for path in first.iterdir())
    assert len(names) == 13
    texts = [(first / name).read_text(encoding="utf-8") for name in names]
    assert texts == [(second / name).read_text(encoding="utf-8") for name in names]
    assert len(set(texts)) == 13
    reading = read_corpus(first)
    assert reading.problems == ()
    assert len(reading.articles) == 13
    assert {article.published for article in reading.articles} == {
        article.published for article in read_corpus(SOURCES).articles
    }
    with pytest.raises(ValueError, match="articles is 0"):
        write_corpus(first, 0)


def test_the_peer_shows_its_four_nearest_chunks(embedder: Embedder) -> None:
    texts = read_texts(SOURCES)
    assert len(texts) == len(list(SOURCES.glob("*.md")))
    assert not any(text.startswith("---") for text in texts)
    # The tests share one model; what the peer needs of it is the bare one.
    recipe = PlainRecipe.build(texts[:1], embedder._model)
    shown = recipe.retrieve("定远县架起了多少台移动泵站？")
    assert len(shown) == SHOWN
    assert all(len(chunk) <= CHUNK_CHARS for chunk in shown)
    assert any("移动泵站" in chunk for chunk in shown)


def test_a_child_that_fails_is_named() -> None:
    with pytest.raises(BenchError, match=r"the measurement 'speed' failed: .*no measurement is called 'speed'"):
        in_child("speed", Job("", "", "", 1))


def test_every_measurement_is_there() -> None:
    for module, function in MEASUREMENTS.values():
        assert callable(getattr(import_module(module), function))


def test_measures() -> None:
    assert milliseconds(fixed_work) > 0
    assert 10 < peak_megabytes() < 100_000


def test_the_table_says_when_the_machine_was_busy() -> None:
    times = {"p50_ms": 80.0, "p95_ms": 100.0}
    results = {
        "questions": {
            "times": {"answer": times, "retrieval": times, "peer": times, "fixed": {"p50_ms": 10.0, "p95_ms": 25.0}},
            "evidence": {"cited": 0.5, "passages": 0.975, "peer": None},
        },
        "indexing": {"articles": 12, "texts": 900, "build_s": 40.0, "peer_s": 20.0, "share": 0.93},
        "start": {"ours_s": 9.0, "peer_s": 8.0},
        "memory": {"ours_mb": 900.0, "peer_mb": 800.0},
        "load": {
            "seconds": 60.0,
            "ceiling": {"threads": 2, "per_second": 16.0},
            "levels": [{"clients": 8, "answers": 720, "per_second": 12.0, "p50_ms": 660.0, "p95_ms": 810.0}],
            "memory": {"early": 1000, "early_mb": 901.0, "asked": 10000, "asked_mb": 905.0},
            "overload": {
                "visitors": 150,
                "answered": 99,
                "refused": 51,
                "refusal_p50_ms": 90.0,
                "slowest_refusal_ms": 210.0,
            },
        },
        "page": {"weight_kb": 404.2, "beyond_ms": 55.0, "visitors": {"count": 50, "p50_ms": 4000.0, "p95_ms": 6800.0}},
    }
    console = Console(width=100, file=io.StringIO())
    with console.capture() as captured:
        console.print(table(results))
    shown = " ".join(captured.get().split())
    for text in ("80 ms", "97.5 %", "93.0 %", "9.0 s", "900 MB", "< 250 ms", "p95 is 2.50 times p50", "measure again"):
        assert text in shown
    for text in ("404 kB", "55 ms", "50 visitors", "6800 ms", "no browser"):
        assert text in shown
    for text in (
        "16.0 /s",
        "8 clients, 60 s",
        "12.0 /s, 75.0 %",
        "660 / 810 ms",
        "after 10000",
        "99, 51",
        "90 / 210 ms",
    ):
        assert text in shown


def test_arguments_out_of_range_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rounds", "0"]) == 2
    assert "--rounds 0 --articles 6" in capsys.readouterr().err
    assert main(["--seconds", "0"]) == 2
    assert "--seconds 0 --asked 2000" in capsys.readouterr().err


@pytest.mark.slow
def test_everything_is_measured_on_a_small_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from eval import run

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    questions = tmp_path / "questions.jsonl"
    line = {
        "id": "q-1",
        "article": "ferry",
        "kind": "fact",
        "question": "2022年渡口运送乘客多少人次？",
        "answerable": True,
        "status": "answered",
        "answers": ["48万人次"],
        "evidence": ["2022年，渡口运送乘客48万人次。"],
    }
    questions.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setattr("eval.bench.__main__.SETS", {"dev": run.QuestionSet("dev", questions, corpus)})
    report = tmp_path / "report.json"
    assert main(["--articles", "0", "--rounds", "1", "--seconds", "0.5", "--asked", "20", "--json", str(report)]) == 0
    assert "start to first answer" in capsys.readouterr().out
    data = json.loads(report.read_text(encoding="utf-8"))
    assert data["questions"]["evidence"] == {"questions": 1, "cited": 1.0, "passages": 1.0, "peer": 1.0}
    assert data["memory"]["ours_mb"] > 100
    assert data["indexing"]["share"] > 0
    assert [level["clients"] for level in data["load"]["levels"]] == [1, 8, 32]
    assert data["load"]["overload"]["refused"] > 0
    assert data["load"]["memory"]["asked_mb"] > 100
