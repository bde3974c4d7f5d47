"""`juwen eval` from end to end, with the real model, index and chatbot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval import command
from eval.check import find_faults
from eval.sets import SETS
from rag.ingest.read import article_id
from rag.settings import Settings

ARTICLE = """---
title: 青石桥的新渡口
authors:
  - 何照野
publisher: 水乡小报（样刊）
published: 2023-06-01
sample: true
---

青石桥的新渡口

作者：何照野

2022年，青石桥渡口运送乘客48万人次，其中学生12万人次。今年前五个月，渡口运送乘客23万人次。

渡口站站长陆云帆说，新船将在秋天下水。
"""


def case(number: int, kind: str, question: str, answers: list[str], evidence: list[str]) -> dict[str, Any]:
    return {
        "id": f"q-{number}",
        "article": "ferry",
        "kind": kind,
        "question": question,
        "answerable": bool(answers),
        "status": "answered" if answers else "refused",
        "answers": answers,
        "evidence": evidence,
    }


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    monkeypatch.setenv("JUWEN_INDEX_DIR", str(tmp_path / "juwen" / "index"))
    corpus = tmp_path / "articles"
    corpus.mkdir()
    (corpus / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    told = "2022年，青石桥渡口运送乘客48万人次，其中学生12万人次。"
    cases = [
        case(1, "fact", "2022年青石桥渡口运送乘客多少人次？", ["48万人次"], [told]),
        case(2, "fact", "青石桥渡口站站长是谁？", ["陆云帆"], ["渡口站站长陆云帆说，新船将在秋天下水。"]),
        case(3, "off_topic", "红烧肉怎么做？", [], []),
    ]
    questions = tmp_path / "ferry-questions.jsonl"
    questions.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in cases), encoding="utf-8")
    return ("--gold", str(questions), "--corpus", str(corpus))


@pytest.mark.slow
def test_three_questions_end_to_end(
    files: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    thresholds = tmp_path / "thresholds.json"
    thresholds.write_text('{"ferry-questions": {"right": 1.0, "cited": 1.0, "recall_at_5": 1.0, "grounded": 1.0}}')
    monkeypatch.setattr(command, "THRESHOLDS", thresholds)
    report = tmp_path / "report.json"
    code = command.main([*files, "--json", str(report), "--failures"])
    shown = capsys.readouterr()
    assert code == 0, shown.err + shown.out
    assert "ferry-questions: 3 questions" in shown.out
    data = json.loads(report.read_text(encoding="utf-8"))
    assert data["sets"][0]["overall"]["right"] == 1.0
    first = data["sets"][0]["outcomes"][0]["answer"]
    assert first["short"] == "48万人次"
    assert "48万人次" in first["citations"][0]["quote"]
    assert data["sets"][0]["outcomes"][2]["answer"]["status"] == "refused"
    assert data["sets"][0]["latency"]["p50_ms"] > 0


@pytest.mark.slow
def test_a_figure_under_its_threshold_makes_it_fail(
    files: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = Path(files[1])
    questions.write_text(questions.read_text(encoding="utf-8").replace('"48万人次"', '"12万人次"'), encoding="utf-8")
    thresholds = tmp_path / "thresholds.json"
    thresholds.write_text('{"ferry-questions": {"right": 0.9}}')
    monkeypatch.setattr(command, "THRESHOLDS", thresholds)
    assert command.main([*files, "--failures"]) == 1
    shown = capsys.readouterr()
    assert "ferry-questions: right: 66.7 % is under the threshold of 90.0 %" in shown.err
    assert "q-1: '2022年青石桥渡口运送乘客多少人次？' wanted answered 12万人次; got answered 48万人次" in shown.out


def test_what_cannot_run_says_why_in_one_line(
    files: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--gold", str(tmp_path / "none.jsonl"), "--corpus", str(tmp_path)]) == 2
    assert "none.jsonl: cannot be read" in capsys.readouterr().err
    assert command.main(["--gold", files[1]]) == 2
    assert capsys.readouterr().err == (
        "juwen eval: --gold and --corpus belong together; give both, or neither and --set\n"
    )


@pytest.mark.parametrize("name", sorted(SETS))
@pytest.mark.parametrize("options", [[], ["--check"]])
def test_a_file_named_like_a_set_that_ships_is_turned_away(
    files: tuple[str, ...], name: str, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    questions = Path(files[1]).rename(Path(files[1]).with_name(f"{name}.jsonl"))
    assert command.main(["--gold", str(questions), *files[2:], *options]) == 2
    said = capsys.readouterr().err
    assert f"{questions}: '{name}' is the name of a set that ships" in said
    assert said.count("\n") == 1


def test_a_file_without_a_case_is_a_fault(files: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    Path(files[1]).write_text("\n\n", encoding="utf-8")
    assert command.main([*files, "--check"]) == 1
    assert capsys.readouterr().err == f"{files[1]}: holds no case; write one JSON object a line\n"


def test_all_missing_evidence_of_a_case_is_named_at_once(
    files: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    stands = "渡口站站长陆云帆说，新船将在秋天下水。"
    one = case(1, "list", "问什么？", ["陆云帆"], ["船坞有两座。", stands, "灯塔有一座。"])
    Path(files[1]).write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    assert command.main([*files, "--check"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("evidence does not stand in 'ferry': '船坞有两座。', '灯塔有一座。'")


@pytest.mark.parametrize(("answer", "faults"), [("480000人次", 0), ("四十八万人次", 0), ("47万人次", 1), ("48万吨", 1)])
def test_a_figure_stands_by_its_value(files: tuple[str, ...], answer: str, faults: int) -> None:
    told = "2022年，青石桥渡口运送乘客48万人次，其中学生12万人次。"
    one = case(1, "fact", "运送乘客多少人次？", [answer], [told])
    Path(files[1]).write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    assert len(find_faults(Path(files[1]), Path(files[3]))) == faults


def test_a_check_asks_nothing_and_names_every_fault(files: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([*files, "--check"]) == 0
    assert "ferry-questions: 0 faults" in capsys.readouterr().out
    questions = Path(files[1])
    text = questions.read_text(encoding="utf-8").replace("其中学生", "其中大学生").replace('["陆云帆"]', '["陆云飞"]')
    questions.write_text(text.replace('"off_topic"', '"off topic"'), encoding="utf-8")
    assert command.main([*files, "--check"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{questions}:{number}" for number in (1, 2, 3)]
    assert "evidence does not stand" in lines[0]
    assert "none of the answers ['陆云飞'] stands in the evidence" in lines[1]
    assert "kind" in lines[2]


def test_evidence_that_does_not_stand_stops_the_run(files: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    questions = Path(files[1])
    questions.write_text(questions.read_text(encoding="utf-8").replace("其中学生", "其中大学生"), encoding="utf-8")
    assert command.main(list(files)) == 2
    assert "case 'q-1': evidence does not stand in 'ferry'" in capsys.readouterr().err


@pytest.mark.slow
def test_articles_that_are_asked_alone_do_not_answer_for_each_other(
    files: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, report = Path(files[3]), tmp_path / "report.json"
    (corpus / "west").mkdir()
    lake = corpus / "west" / "lake.md"
    lake.write_text(ARTICLE.replace("青石桥", "白鹭湖").replace("陆云帆", "何问渠"), encoding="utf-8")
    told = "渡口站站长{}说，新船将在秋天下水。"
    cases = [
        case(1, "fact", "站长是谁？", ["陆云帆"], [told.format("陆云帆")]),
        {
            **case(2, "fact", "站长是谁？", ["何问渠"], [told.format("何问渠")]),
            "article": article_id(lake, corpus),
        },
    ]
    Path(files[1]).write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in cases), encoding="utf-8")
    assert command.main([*files, "--alone", "--json", str(report)]) == 0, capsys.readouterr().err
    outcomes = json.loads(report.read_text(encoding="utf-8"))["sets"][0]["outcomes"]
    assert [outcome["answer"]["short"] for outcome in outcomes] == ["陆云帆", "何问渠"]


def test_sets_that_ship_say_for_themselves_whether_articles_are_asked_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--set", "dev", "--alone"]) == 2
    assert "--alone belongs to --gold" in capsys.readouterr().err


def test_each_set_has_an_index_of_its_own(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path / "index")
    assert SETS["gold"].settings(settings) is settings
    own = SETS["dev"].settings(settings)
    assert own.index_dir == tmp_path / "eval" / "dev"
    assert own.corpus_dir == SETS["dev"].corpus
