"""``juwen doctor``: one line for each part, and what to do where it does not work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag.cli import app
from tests.conftest import OpenArticles
from tests.llm.scripted_server import KEY, MODEL, Script, scripted_server
from tests.llm.scripts import no_quota, no_such_model, says, says_pieces, stalls_after, wrong_key
from tests.serve.process import ROOT

runner = CliRunner()
ARTICLE = "标题：河西的桥\n发布：2024-05-01\n\n河西建成桥梁12座。\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("JUWEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "桥.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def examine() -> tuple[int, dict[str, str]]:
    """The exit code, and the line on each part."""
    done = runner.invoke(app, ["doctor"])
    assert done.stderr == ""
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    return done.exit_code, lines


def use(monkeypatch: pytest.MonkeyPatch, url: str, **others: str) -> None:
    for name, value in {"llm_model": MODEL, "llm_base_url": url, "llm_api_key": KEY, **others}.items():
        monkeypatch.setenv(f"JUWEN_{name.upper()}", value)


def test_all_is_well() -> None:
    assert examine() == (
        0,
        {
            "ok   settings": "all as they come",
            "ok   articles": "1 in corpus",
            "ok   index": "not in .juwen/index yet; it will be made at the first start",
            "ok   database": "sqlite, reached",
            "ok   language model": "none is set; answers are in the articles' own words",
        },
    )


def test_a_language_model_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_server(says("好")) as server:
        use(monkeypatch, server.url)
        code, lines = examine()
    assert code == 0
    assert lines["ok   settings"] == "3 set (llm_model, llm_base_url, llm_api_key)"
    assert re.fullmatch(rf"{MODEL} answered in \d\.\d s, \d+ tokens read and 1 written", lines["ok   language model"])
    assert len(server.requests) == 1


def test_a_language_model_that_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_server(says_pieces(["好"])) as server:
        use(monkeypatch, server.url)
        assert "it does not count tokens" in examine()[1]["ok   language model"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (wrong_key(KEY), "does not accept the key (401); check llm_api_key"),
        (no_such_model(), "is not there (404)"),
        (no_quota(), "has no quota left for the key (402)"),
        (stalls_after("好"), "took longer than there was time; raise llm_seconds"),
    ],
    ids=["key", "model", "quota", "timeout"],
)
def test_a_language_model_that_does_not_answer(script: Script, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_server(script) as server:
        use(monkeypatch, server.url, llm_seconds="0.5")
        code, lines = examine()
    assert code == 1
    assert said in lines["BAD  language model"]
    assert KEY not in str(lines)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://no-such-host.invalid/v1", "its host has no address"),
        ("http://127.0.0.1:1/v1", "does not take the connection"),
    ],
)
def test_a_language_model_that_is_not_there(address: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, address, llm_seconds="0.6")
    code, lines = examine()
    assert code == 1
    assert said in lines["BAD  language model"]


def test_a_wrong_setting_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_LLM_BASE_URL", "http://127.0.0.1:1/v1")
    code, lines = examine()
    assert code == 1
    assert list(lines) == ["BAD  settings"]
    assert "set JUWEN_LLM_MODEL" in lines["BAD  settings"]


def test_no_articles(folder: Path) -> None:
    (folder / "corpus" / "桥.txt").unlink()
    code, lines = examine()
    assert code == 1
    assert lines["BAD  articles"] == "0 in corpus; put a .txt or .md file there"


def test_an_article_that_cannot_be_read(folder: Path) -> None:
    (folder / "corpus" / "broken.txt").write_bytes(b"\x00\xff\xfe\x00\x01")
    code, lines = examine()
    assert code == 1
    assert lines["BAD  articles"].startswith("1 in corpus, 1 left out, the first: corpus/broken.txt")
    assert lines["ok   database"]


def test_a_database_that_cannot_be_reached(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "taken").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("JUWEN_DATABASE_URL", "sqlite:///taken/juwen.db")
    code, lines = examine()
    assert code == 1
    assert "taken" in lines["BAD  database"]


def test_an_index_that_fits_and_one_that_does_not(open_articles: OpenArticles, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = open_articles(桥=ARTICLE).settings
    monkeypatch.setenv("JUWEN_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("JUWEN_INDEX_DIR", str(settings.index_dir))
    code, lines = examine()
    assert code == 0
    assert re.match(r"fits the articles \(version [0-9a-f]{16}, in ", lines["ok   index"])
    (settings.corpus_dir / "river.txt").write_text(ARTICLE, encoding="utf-8")
    assert examine()[1]["ok   index"] == "will be made anew at the next start: articles: 1 new (river)"
    (settings.index_dir / "current").write_text("nonsense", encoding="utf-8")
    code, lines = examine()
    assert code == 1
    assert "current is damaged" in lines["BAD  index"]


def test_it_loads_no_model() -> None:
    script = (
        "import sys; from rag.cli import main; code = main(['doctor'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnxruntime', 'gradio', 'langchain_openai'}\n"
        "sys.stdout.write(str(sorted(heavy & set(sys.modules))))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.endswith("[]")
