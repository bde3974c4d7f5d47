"""Two runs side by side: every question that changed is named, and nothing else."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.cases import CaseError
from eval.compare import RecordedSet, change_lines, read_earlier
from eval.evaluation import Evaluation
from eval.outcomes import Outcome, score
from eval.report import to_json, write_json
from tests.eval.test_report import EVIDENCE, answer, case, passage, refused_rightly, refused_wrongly, right, wrong


def recorded(folder: Path, *evaluations: Evaluation) -> dict[str, RecordedSet]:
    path = folder / "earlier.json"
    write_json(path, {"sets": [to_json(evaluation) for evaluation in evaluations]})
    return read_earlier(path)


def renamed(outcome: Outcome, name: str) -> Outcome:
    return dataclasses.replace(outcome, case=dataclasses.replace(outcome.case, id=name))


def test_the_same_run_changes_nothing(tmp_path: Path) -> None:
    evaluation = Evaluation("dev", [right(), wrong(), refused_wrongly(), refused_rightly()])
    lines = change_lines(recorded(tmp_path, evaluation), [evaluation])
    assert lines == ["dev: nothing changed (4 questions in both; p50 40 → 40 ms, p95 120 → 120 ms)"]


def test_only_the_time_is_no_change(tmp_path: Path) -> None:
    slower = dataclasses.replace(right(), milliseconds=99.0)
    lines = change_lines(recorded(tmp_path, Evaluation("dev", [right()])), [Evaluation("dev", [slower])])
    assert lines == ["dev: nothing changed (1 questions in both; p50 80 → 99 ms, p95 80 → 99 ms)"]


def test_better_and_worse_come_with_both_answers_and_the_moved_figures(tmp_path: Path) -> None:
    before = Evaluation("dev", [renamed(right(), "a-1"), renamed(wrong(), "a-2"), renamed(refused_wrongly(), "a-3")])
    after = Evaluation("dev", [renamed(wrong(), "a-1"), renamed(right(), "a-2"), renamed(right(), "a-3")])
    lines = change_lines(recorded(tmp_path, before), [after])
    assert lines[0].startswith("dev: 2 better, 1 worse, 0 otherwise changed (3 questions in both;")
    assert "  right: 33.33 → 66.67 %" in lines
    assert not [line for line in lines if line.startswith("  recall_at_1")]
    told = [line for line in lines if "became" in line]
    assert told[0].startswith(
        "  became right: a-2 '胡杨林多少？'; wanted 62万株; was answered '310万株', now answered '62万株'"
    )
    assert told[1].startswith("  became right: a-3 '胡杨林多少？'; wanted 62万株; was refused, now answered '62万株'")
    assert told[2].startswith("  became wrong: a-1")
    assert "cited a 10–20, now a 0–10" in told[2]
    assert "evidence was at rank 2, now 1" in told[2]


def test_another_answer_that_is_still_wrong_or_still_right_is_told(tmp_path: Path) -> None:
    other_wrong = score(
        case(id="a-2"), answer("answered", "26万吨", "合26万吨。"), [EVIDENCE], [passage(2, 10, 24)], 1.0
    )
    reworded = dataclasses.replace(right(), answer=dataclasses.replace(right().answer, text="胡杨林62万株。[1]"))
    before = Evaluation("dev", [right(), wrong()])
    lines = change_lines(recorded(tmp_path, before), [Evaluation("dev", [reworded, other_wrong])])
    assert lines[0].startswith("dev: 0 better, 0 worse, 2 otherwise changed")
    still_right, still_wrong = (line for line in lines if "still" in line)
    assert still_right.startswith("  changed, still right: a-1")
    assert "was answered '62万株' ('其中胡杨林62万株。[1]'), now answered '62万株' ('胡杨林62万株。[1]')" in still_right
    assert still_wrong.startswith("  changed, still wrong: a-2")
    assert "was answered '310万株', now answered '26万吨'; cited a 0–10, now nothing" in still_wrong


def test_another_rank_alone_is_told(tmp_path: Path) -> None:
    lost = dataclasses.replace(right(), ranks=(None,))
    lines = change_lines(recorded(tmp_path, Evaluation("dev", [right()])), [Evaluation("dev", [lost])])
    assert lines[-1] == (
        "  changed, still right: a-1 '胡杨林多少？'; wanted 62万株; says the same: answered '62万株'; "
        "evidence was at rank 2, now none"
    )


def test_an_edited_question_is_called_so(tmp_path: Path) -> None:
    edited = dataclasses.replace(right(), case=case(question="胡杨林有多少株？"))
    lines = change_lines(recorded(tmp_path, Evaluation("dev", [right()])), [Evaluation("dev", [edited])])
    assert "the question or what is expected was edited" in lines[-1]


def test_what_is_only_in_one_of_both_is_named(tmp_path: Path) -> None:
    before = [Evaluation("dev", [right(), wrong()]), Evaluation("gold", [right()])]
    after = [Evaluation("dev", [right(), refused_wrongly()]), Evaluation("heldout", [right()])]
    lines = change_lines(recorded(tmp_path, *before), after)
    assert lines[0].startswith("dev: 0 better, 0 worse, 0 otherwise changed (1 questions in both;")
    assert lines[-4:] == [
        "  only now: a-3 '胡杨林多少？'",
        "  only before: a-2 '胡杨林多少？'",
        "heldout: not in the earlier report",
        "gold: only in the earlier report",
    ]


def test_a_figure_that_could_not_be_measured_before(tmp_path: Path) -> None:
    before, after = [refused_rightly()], [refused_rightly(), right()]
    lines = change_lines(recorded(tmp_path, Evaluation("dev", before)), [Evaluation("dev", after)])
    assert "  exact: – → 100 %" in lines
    assert not any(line.startswith("  refusal_recall") for line in lines)


@given(st.lists(st.tuples(st.sampled_from(range(4)), st.sampled_from(range(4))), min_size=1, max_size=12))
def test_each_question_is_named_once_where_its_outcome_changed(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]]
) -> None:
    makers = (right, wrong, refused_wrongly, refused_rightly)
    old = [renamed(makers[before](), f"q-{place}") for place, (before, _) in enumerate(pairs)]
    new = [renamed(makers[after](), f"q-{place}") for place, (_, after) in enumerate(pairs)]
    earlier = recorded(tmp_path_factory.mktemp("run"), Evaluation("dev", old))
    lines = change_lines(earlier, [Evaluation("dev", new)])
    for place, (before, after) in enumerate(pairs):
        assert sum(f" q-{place} '" in line for line in lines) == (before != after)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "the file: Invalid JSON"),
        ("{}", "sets: Field required"),
        ('{"sets": [{"set": "dev"}]}', "sets.0.overall: Field required"),
        ('{"sets": 3}', "sets: Input should be a valid array"),
    ],
)
def test_a_file_that_is_no_report_is_named_with_what_is_wrong(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "old.json"
    path.write_text(content)
    with pytest.raises(CaseError) as raised:
        read_earlier(path)
    message = str(raised.value)
    assert message.startswith(f"{path}: {complaint}")
    assert message.endswith("give a file that juwen eval --json wrote")
    assert "\n" not in message


def test_a_missing_file_and_a_set_twice_are_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"none\.json: cannot be read \(No such file or directory\)"):
        read_earlier(tmp_path / "none.json")
    with pytest.raises(CaseError, match="holds a set twice"):
        recorded(tmp_path, Evaluation("dev", [right()]), Evaluation("dev", [right()]))
