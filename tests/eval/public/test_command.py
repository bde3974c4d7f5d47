"""``python -m eval.public`` from end to end over small files, with the real models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.public.command import main

SCHOOL = "林溪小学建于1921年，校舍由木匠何守田设计。学校有学生四百人，操场旁种着两棵银杏。"
BRIDGE = "枫林桥建于1957年，由石匠罗松年设计。桥长一百二十米，桥头立着一块石碑。"


@pytest.fixture
def squad_file(tmp_path: Path) -> Path:
    def asked(context: str, number: int, question: str, text: str) -> dict[str, Any]:
        answers = [{"text": text, "answer_start": context.index(text)}] if text else []
        return {"id": number, "question": question, "answers": answers, "is_impossible": str(not text).lower()}

    school = [
        asked(SCHOOL, 1, "林溪小学的校舍由谁设计？", "木匠何守田"),
        asked(SCHOOL, 2, "林溪小学的校长姓什么？", ""),
    ]
    bridge = [asked(BRIDGE, 3, "枫林桥建于哪一年？", "1957年")]
    paragraphs = [{"context": SCHOOL, "qas": school}, {"context": BRIDGE, "qas": bridge}]
    path = tmp_path / "small.json"
    path.write_text(json.dumps({"data": [{"title": "", "paragraphs": paragraphs}]}), encoding="utf-8")
    return path


@pytest.fixture
def rgb_file(tmp_path: Path) -> Path:
    line = {
        "id": 0,
        "query": "林溪小学的校舍由谁设计？",
        "answer": [["何守田"]],
        "positive": [SCHOOL],
        "negative": [BRIDGE, "林溪村每年三月开桃花节，村口有一家豆腐坊。"],
    }
    path = tmp_path / "zh_refine.json"
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--open"]], ids=["given", "open"])
def test_a_squad_file(squad_file: Path, tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "figures.json"
    code = main(["--squad", str(squad_file), *options, "--json", str(written)])
    shown = capsys.readouterr()
    assert code == 0, shown.err
    assert "3 questions, 2 answerable" in shown.out
    data = json.loads(written.read_text(encoding="utf-8"))
    systems = {system["name"]: system for system in data["systems"]}
    assert list(systems) == ["据文", "model alone", *(["plain recipe + model"] if options else [])]
    assert [answer["id"] for answer in systems["据文"]["answers"]] == ["1", "2", "3"]
    assert all(system["f1"] > 0.5 and system["shown"] == 1.0 for system in systems.values())
    assert systems["model alone"]["answered"] == 1.0
    assert systems["据文"]["answered_recall"] is not None


@pytest.mark.slow
def test_rgb(rgb_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "figures.json"
    code = main(["--rgb", str(rgb_file), "--noise", "0.6", "--limit", "5", "--json", str(written)])
    shown = capsys.readouterr()
    assert code == 0, shown.err
    assert "zh_refine.json: noise 0.6" in shown.out
    systems = {system["name"]: system for system in json.loads(written.read_text(encoding="utf-8"))["systems"]}
    assert (systems["据文"]["accuracy"], systems["据文"]["rejection"]) == (1.0, 1.0)
    assert (systems["model alone"]["accuracy"], systems["model alone"]["rejection"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--squad", "{none}"], "none.json: cannot be read (No such file or directory); check the file"),
        (["--rgb", "{none}"], "none.json: cannot be read"),
        (["--squad", "{rgb}"], "has no list 'data'"),
        (["--rgb", "{squad}"], "small.json:1: query is None, not a text"),
        (["--rgb", "{rgb}", "--noise", "1.5"], "--noise is 1.5; it must be a share from 0 to 1"),
        (["--rgb", "{rgb}", "--open"], "--open belongs to --squad"),
        (["--squad", "{squad}", "--limit", "-1"], "--limit is -1"),
    ],
)
def test_what_cannot_run_says_why_in_one_line(
    squad_file: Path, rgb_file: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"none": squad_file.with_name("none.json"), "squad": squad_file, "rgb": rgb_file}
    assert main([option.format(**places) for option in options]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.startswith("eval.public: ")
    assert shown.err.count("\n") == 1


def test_one_benchmark_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--squad", "a", "--rgb", "b"])
    assert "not allowed with" in capsys.readouterr().err
