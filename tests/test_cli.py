"""The command line: what it prints, its exit codes, and that it starts at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag.cli import app, complain, main
from rag.errors import IndexStoreError, QuestionError
from rag.models.embedder import Embedder
from rag.settings import Settings
from rag.terminal import ProgressBars, below_answer
from rag.types import Answer, Citation

ROOT = Path(__file__).parent.parent
HEAVY = ("torch", "sentence_transformers", "transformers", "gradio", "faiss", "langchain_core", "numpy", "fastapi")
runner = CliRunner()

ARTICLE = """---
title: 河西的桥
published: 2024-05-01
---

河西的桥

河西市交通局介绍，2023年，河西市建成桥梁12座，比上年多3座。其中新桥由工程师李四设计，全长48.9米。

今年，河西市还将改造道路30公里，让市民出行更加方便。
"""


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from rag.cli import main; code = main(['--help']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], code, file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[] 0"
    for command in ("index", "ask", "chat", "serve", "eval", "settings", "export", "report", "forget"):
        assert command in done.stdout


def test_settings_tells_value_source_and_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "juwen.toml").write_text('host = "127.0.0.2"\nport = 1\n', encoding="utf-8")
    monkeypatch.setenv("JUWEN_PORT", "8123")
    done = runner.invoke(app, ["settings", "--json"])
    assert done.exit_code == 0
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert rows.keys() == Settings.model_fields.keys()
    assert (rows["port"]["value"], rows["port"]["source"]) == (8123, "environment")
    assert (rows["host"]["value"], rows["host"]["source"]) == ("127.0.0.2", "juwen.toml")
    assert (rows["reload_seconds"]["source"], rows["reload_seconds"]["variable"]) == (
        "default",
        "JUWEN_RELOAD_SECONDS",
    )
    assert all(row["description"] for row in rows.values())
    plain = runner.invoke(app, ["settings"]).stdout
    assert "port = 8123  (environment; JUWEN_PORT)" in plain


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["settings"], {"JUWEN_PORT": "99999"}, "JUWEN_PORT"),
        (["serve", "--port", "99999"], {}, "65535"),
        (["nothing"], {}, "nothing"),
        (["ask"], {}, "question"),
    ],
)
def test_what_cannot_be_used_ends_with_2(arguments: list[str], environment: dict[str, str], said: str) -> None:
    done = runner.invoke(app, arguments, env=environment)
    assert done.exit_code == 2
    assert said.lower() in done.stderr.lower()
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (QuestionError("the question is empty"), 2, "juwen: the question is empty"),
        (IndexStoreError("the index\nis damaged"), 1, "juwen: the index is damaged"),
        (OSError(28, "No space left on device", "index/a"), 1, "juwen: No space left on device: index/a"),
        (KeyboardInterrupt(), 130, "juwen: stopped by Ctrl-C; nothing is lost"),
    ],
)
def test_an_error_is_one_line_and_a_code(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, line: str
) -> None:
    def fail() -> Settings:
        raise error

    monkeypatch.setattr("rag.settings.load_settings", fail)
    done = runner.invoke(app, ["settings"])
    assert (done.exit_code, done.stderr.strip(), done.stdout) == (code, line, "")


def test_a_complaint_is_one_line_of_text_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    complain("a\nb \udcff 桥")
    assert capsys.readouterr().err == "juwen: a b \\udcff 桥\n"


def test_main_returns_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip()
    assert main(["nothing"]) == 2


def test_what_stands_below_an_answer() -> None:
    citation = Citation(1, "a", "题", "节", "产量12座。", 3, 9, "/a/x#3-9")
    answer = Answer("t", "12座", "computed", (citation,), "q", notes=("去年指2024年",), formula="1 + 2")
    assert below_answer(answer).splitlines() == [
        "  (去年指2024年)",
        "  推算: 1 + 2",
        "  [1] 产量12座。",
        "      题 · 节",
        "      /a/x#3-9",
    ]


def test_long_steps_are_shown_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBars() as bars:
        for done in range(4):
            bars("embedding [1/2]", done, 3)
        bars("indexing anew: the index is damaged", 1, 1)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "embedding [1/2]" in shown.err
    assert "3/3" in shown.err
    assert "indexing anew: the index is damaged" in shown.err


def test_a_quiet_command_draws_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBars():
        pass
    assert capsys.readouterr().err == ""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "bridges.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "corpus" / "empty.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def at_home(corpus: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(corpus)
    monkeypatch.setattr(Embedder, "load", lambda *_, **__: embedder)  # the real one, loaded once for all tests
    return corpus


def test_index_tells_what_it_made_and_what_it_left_out(at_home: Path) -> None:
    done = runner.invoke(app, ["index"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("1 articles, ")
    assert "left out" in done.stderr
    assert "empty.txt" in done.stderr


def test_an_answer_is_printed_with_its_place(at_home: Path) -> None:
    done = runner.invoke(app, ["ask", "去年河西市建成桥梁多少座？"])
    assert done.exit_code == 0, done.stderr
    assert "12座" in done.stdout
    assert "2023年" in done.stdout
    assert "/a/bridges#" in done.stdout


def test_an_answer_as_json_has_all_fields(at_home: Path) -> None:
    done = runner.invoke(app, ["ask", "--json", "-"], input="去年河西市建成桥梁多少座？\n")
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["short"] == "12座"
    assert answer["status"] == "answered"
    assert answer["citations"][0]["quote"] in ARTICLE


def test_a_refusal_is_an_answer_too(at_home: Path) -> None:
    done = runner.invoke(app, ["ask", "--json", "火星上有几只企鹅？"])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "refused"


@pytest.mark.parametrize("question", ["", " ", "桥" * 100_000])
def test_a_question_that_cannot_be_asked_ends_with_2(at_home: Path, question: str) -> None:
    done = runner.invoke(app, ["ask", question])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith("juwen: ")
    assert len(done.stderr) < 1000


def test_bytes_that_are_no_text_end_with_2(at_home: Path) -> None:
    done = runner.invoke(app, ["ask", "-"], input=b"\xff\xfe\x00\xff")
    assert done.exit_code == 2, done.stderr
    assert done.stdout == ""


def test_a_chat_goes_on_until_it_is_left(at_home: Path) -> None:
    done = runner.invoke(app, ["chat"], input="2023年河西市建成桥梁多少座？\n\n……\n谁设计了新桥？\nexit\n")
    assert done.exit_code == 0, done.stderr
    assert "12座" in done.stdout
    assert "李四" in done.stdout
    assert "juwen: " in done.stderr  # the question of punctuation only, which ends nothing


def test_without_an_article_there_is_one_clear_line(
    at_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = runner.invoke(app, ["ask", "去年建成桥梁多少座？"])
    assert done.exit_code == 1
    assert "corpus" in done.stderr.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["chat"], ["index"]])
def test_ctrl_c_is_one_line_and_130(corpus: Path, arguments: list[str]) -> None:
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "rag", *arguments],
        cwd=corpus,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        if arguments == ["chat"]:
            assert process.stdout is not None
            while "?" not in process.stdout.readline():
                pass
        else:
            time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        code = process.wait(60)
        assert process.stderr is not None
        said = process.stderr.read()
    # Python ends by the signal itself where it came in the middle of an import; a shell shows both as 130.
    assert code in {130, -signal.SIGINT}, said
    assert "Traceback" not in said
    assert said.splitlines()[-1] == "juwen: stopped by Ctrl-C; nothing is lost"
