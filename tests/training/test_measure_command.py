"""The command over a small trial file, with a deterministic reader in place of the network; all else is real."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.public.library import settings_for, write_articles
from eval.public.sampling import sample
from eval.public.squad import Paragraph
from eval.systems.best_span import Candidate, best_reading
from rag.models.embedder import Embedder
from rag.settings import Settings
from rag.text.sentences import split_clauses
from training.measure.__main__ import app
from training.measure.libraries import plain_recipe, product, split_passages
from training.measure.open_retrieval import measure_open_retrieval
from training.measure.paragraph_given import measure_paragraph_given
from training.measure.reader import answerability
from training.measure.speed import measure_times, megabytes
from training.measure.trial import TRIAL_FILE, TrialQuestion, trial_questions

READER = "tests.training.test_measure_command:ClauseReader"
TRIAL = {
    "林溪小学": (
        "林溪小学建于1921年，校舍由木匠何守田设计。学校有学生四百人，操场旁种着两棵银杏。",
        [("林溪小学建于哪一年？", "1921年"), ("校舍由谁设计？", "木匠何守田"), ("操场旁种着什么？", "两棵银杏")],
    ),
    "白鹭湖": (
        "白鹭湖位于松原县北部，湖面面积12平方公里。湖中产鲫鱼和菱角，渔民每年九月开始捕鱼。",
        [("白鹭湖面积多大？", "12平方公里"), ("渔民几月开始捕鱼？", "每年九月"), ("湖中产什么？", "鲫鱼和菱角")],
    ),
    "《夜航》": (
        "《夜航》是作家苏见山的长篇小说，1987年由海燕书局出版。全书共三十章，写一艘货轮上的水手。",
        [("《夜航》的作者是谁？", "作家苏见山"), ("全书共多少章？", "三十章")],
    ),
}


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int
    score: float
    null_score: float = 3.0
    answerable: float = 0.0


class ClauseReader:
    """Takes the clause that shares most characters with the question; no fewer than three, or there is no answer."""

    def read(self, question: str, contexts: Sequence[str]) -> list[list[Clause]]:
        return [
            [
                Clause(span.start, span.end, float(len(set(question) & set(context[span.start : span.end]))))
                for span in split_clauses(context)
            ]
            for context in contexts
        ]


class CalibratedClauseReader(ClauseReader):
    def probability(self, candidate: Candidate) -> float:
        return min(1.0, candidate.score / 10)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    articles = []
    for title, (context, questions) in TRIAL.items():
        qas = [
            {"question": asked, "answers": [{"text": text, "answer_start": context.index(text)}]}
            for asked, text in questions
        ]
        # An offset that is wrong takes the question from training, never from the metric.
        qas[-1]["answers"] = [{"text": questions[-1][1], "answer_start": 1}]
        articles.append({"title": title, "paragraphs": [{"context": context, "qas": qas}]})
    (tmp_path / TRIAL_FILE).write_bytes(gzip.compress(json.dumps({"data": articles}).encode()))
    return tmp_path


def test_all_questions_count_those_with_a_wrong_offset_too(data: Path) -> None:
    questions = trial_questions(data)
    assert len(questions) == 8
    assert questions[0] == TrialQuestion(
        "林溪小学建于哪一年？", Paragraph("林溪小学", TRIAL["林溪小学"][0]), ("1921年",)
    )
    assert sample(questions, 3) == sample(questions, 3)
    assert len(sample(questions, 3)) == 3
    assert sample(questions, 0) == sample(questions, 99) == questions


def test_the_best_span_stands_highest_above_its_own_no_answer() -> None:
    class TwoLevels:
        def read(self, question: str, contexts: Sequence[str]) -> list[list[Clause]]:
            return [[Clause(0, 1, 9.0, 8.5)], [], [Clause(1, 2, 4.0, 1.0), Clause(0, 2, 3.9, 1.0)]]

    reading = best_reading(TwoLevels(), "？", ["甲乙", "丙", "丁戊"])
    assert (reading.text, reading.context, reading.margin) == ("戊", 2, 3.0)
    assert answerability(TwoLevels(), reading) == 3.0


def test_without_a_candidate_there_is_no_answer() -> None:
    class Silent:
        def read(self, question: str, contexts: Sequence[str]) -> list[list[Clause]]:
            return [[] for _ in contexts]

    assert best_reading(Silent(), "？", ["甲", "乙"]).text == ""
    assert best_reading(Silent(), "？", ["甲"]).margin == float("-inf")


def test_a_paragraph_given_is_scored_by_hand(data: Path) -> None:
    question = trial_questions(data)[0]
    measured = measure_paragraph_given(ClauseReader(), [question])
    # 林溪小学建于1921年 holds the answer: 2 of 8 segments, both of the answer's.
    assert measured.exact_match == 0.0
    assert measured.f1 == pytest.approx(100 * 2 * (2 / 8) / (2 / 8 + 1))


def test_both_libraries_find_the_paragraph_and_hold_its_words(data: Path, tmp_path: Path, embedder: Embedder) -> None:
    questions = trial_questions(data)
    settings = settings_for(tmp_path, Settings())
    write_articles(settings.corpus_dir, list(dict.fromkeys(question.paragraph for question in questions)))
    for library in (product(settings, embedder), plain_recipe(settings, embedder)):
        assert any("木匠何守田" in context for context in library.retrieve("校舍由谁设计？"))
        measured = measure_open_retrieval(ClauseReader(), questions, library)
        assert measured.answer_shown == 100.0
        assert measured.scores.f1 > 0
    assert "".join(split_passages(settings)).count("三十章") == 1


def test_times_are_of_reading_five_passages() -> None:
    seen: list[int] = []

    class Counting(ClauseReader):
        def read(self, question: str, contexts: Sequence[str]) -> list[list[Clause]]:
            seen.append(len(contexts))
            return super().read(question, contexts)

    measured = measure_times(Counting(), ["甲？"], ["一", "二二", "三", "四", "五", "六"], rounds=4)
    assert set(seen) == {5}
    assert 0 < measured.p50_ms <= measured.p95_ms
    with pytest.raises(ValueError, match="too few"):
        measure_times(ClauseReader(), ["甲？"], ["一"])


def test_the_size_is_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "weights").write_bytes(bytes(2_000_000))
    (tmp_path / "inner" / "words").write_bytes(bytes(500_000))
    assert megabytes(tmp_path) == 2.5


def test_one_command_prints_the_table_and_writes_the_figures(data: Path) -> None:
    written = data / "figures.json"
    options = ["--data", str(data), "--reader", READER, "--full", READER, "--only", "paragraph", "--only", "time"]
    result = CliRunner().invoke(app, [*options, "--json", str(written)], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    assert "ELECTRA-180g-small, 12M: 63.8 / 82.7" in result.output
    assert "lost by quantisation" in result.output
    figures = json.loads(written.read_text())
    assert figures["paragraph"]["shipped"]["questions"] == 8
    assert figures["paragraph"]["shipped"] == figures["paragraph"]["full"]
    assert figures["times"]["full"]["rounds"] > 0


@pytest.mark.slow
def test_near_misses_calibration_and_open_retrieval_stand_in_the_table(data: Path) -> None:
    written = data / "figures.json"
    options = ["--data", str(data), "--limit", "4", "--reader", READER.replace("Clause", "CalibratedClause")]
    wanted = [part for name in ("near-misses", "calibration", "open") for part in ("--only", name)]
    result = CliRunner().invoke(app, [*options, *wanted, "--json", str(written)], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    figures = json.loads(written.read_text())
    compared = {(each["data"], each["kind"]): each for each in figures["near_misses"]}
    assert {("CMRC trial", "all"), ("news: figures", "all"), ("news: facts", "all")} <= compared.keys()
    assert all(0 <= each[side]["auroc"] <= 1 for each in compared.values() for side in ("reader", "cosine"))
    assert figures["calibration"]["right"]["count"] == figures["calibration"]["answerable"]["count"]
    assert [each["name"] for each in figures["open_retrieval"]] == ["据文", "plain recipe"]
    assert "plain recipe" in result.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--data", "nowhere", "--reader", READER], "nowhere: no such folder"),
        (["--data", "{empty}", "--reader", READER], f"{TRIAL_FILE} is missing"),
        (["--data", "{data}", "--reader", "no.such.module:Reader"], "give a folder, or module:factory"),
        (["--data", "{data}", "--reader", READER, "--full", "nowhere"], "no such run"),
    ],
)
def test_what_is_missing_is_said_in_one_line(data: Path, options: list[str], said: str) -> None:
    empty = data / "empty"
    empty.mkdir()
    filled = [option.format(data=data, empty=empty) for option in options]
    result = CliRunner().invoke(app, [*filled, "--only", "paragraph"])
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "content",
    [b"no gzip", gzip.compress(b"{}"), gzip.compress(b'{"data": []}')],
    ids=["no-gzip", "no-data", "no-question"],
)
def test_a_damaged_trial_file_is_named(data: Path, content: bytes) -> None:
    (data / TRIAL_FILE).write_bytes(content)
    result = CliRunner().invoke(app, ["--data", str(data), "--reader", READER, "--only", "paragraph"])
    assert result.exit_code == 1
    assert TRIAL_FILE in result.output
    assert "Traceback" not in result.output
