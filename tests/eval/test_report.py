"""From answers to outcomes to figures, each worked out by hand."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eval.cases import Case, CaseError
from eval.command import THRESHOLDS
from eval.evaluation import Evaluation
from eval.outcomes import Outcome, score
from eval.report import (
    baseline_table,
    by_kind,
    failure_lines,
    latencies,
    load_thresholds,
    shortfalls,
    summarise,
    table,
    to_json,
    write_json,
)
from eval.sets import SETS
from rag.types import Answer, BlockKind, Citation, Passage, Span

TEXT = "去年种树310万株。其中胡杨林62万株。今年更多。"
EVIDENCE = Span(10, 20)
SHARE = "62万株 ÷ 310万株 × 100% = 20%"


def passage(number: int, start: int, end: int) -> Passage:
    return Passage(str(number), "a", "", "", BlockKind.PARAGRAPH, TEXT[start:end], start, end, (Span(start, end),))


def case(**changes: Any) -> Case:
    fields: dict[str, Any] = {
        "id": "a-1",
        "article": "a",
        "kind": "lookalike",
        "question": "胡杨林多少？",
        "answerable": True,
        "status": "answered",
        "answers": ("62万株",),
        "evidence": (TEXT[10:20],),
    }
    return Case(**(fields | changes))


def refusal(**changes: Any) -> Case:
    return case(answerable=False, status="refused", answers=(), evidence=(), **changes)


def answer(status: Any, short: str | None, text: str, *places: Span, formula: str | None = None) -> Answer:
    citations = tuple(
        Citation(number, "a", "", "", TEXT[place.start : place.end], place.start, place.end, "")
        for number, place in enumerate(places, 1)
    )
    return Answer(text, short, status, citations, "胡杨林多少？", formula=formula)


def right() -> Outcome:
    said = answer("answered", "62万株", "其中胡杨林62万株。[1]", EVIDENCE)
    return score(case(), said, [EVIDENCE], [passage(1, 0, 10), passage(2, 10, 24)], 80.0)


def wrong() -> Outcome:
    said = answer("answered", "310万株", "去年种树310万株，合26万吨。[1]", Span(0, 10))
    return score(case(id="a-2"), said, [EVIDENCE], [passage(2, 10, 24)], 120.0)


def refused_wrongly() -> Outcome:
    return score(case(id="a-3"), answer("refused", None, "没有提到62万株。"), [EVIDENCE], [passage(1, 0, 10)], 40.0)


def refused_rightly() -> Outcome:
    said = answer("refused", None, "没有提到。")
    return score(refusal(id="a-4", kind="near_miss"), said, [], [], 20.0)


def test_the_text_is_as_the_places_say() -> None:
    assert TEXT[EVIDENCE.start : EVIDENCE.end] == "其中胡杨林62万株。"


def test_a_right_answer() -> None:
    outcome = right()
    assert (outcome.exact, outcome.f1, outcome.cited, outcome.ranks) == (1.0, 1.0, 1.0, (2,))
    assert outcome.right
    assert outcome.ungrounded == ()


def test_a_look_alike_is_wrong_and_its_invented_figure_is_named() -> None:
    outcome = wrong()
    assert (outcome.exact, outcome.f1, outcome.cited, outcome.ranks) == (0.0, 0.0, 0.0, (1,))
    assert not outcome.right
    assert outcome.ungrounded == ("26万吨",)


def test_what_is_cited_beside_the_evidence_costs_precision() -> None:
    said = answer("answered", "62万株", "62万株。[1][2]", EVIDENCE, Span(20, 25))
    outcome = score(case(), said, [EVIDENCE], [], 1.0)
    assert (outcome.cited, outcome.citing) == (1.0, 0.5)


def test_an_answer_that_also_states_a_look_alike_does_not_stand_alone() -> None:
    both = answer("answered", None, "去年种树310万株。其中胡杨林62万株。[1]", Span(0, 20))
    assert score(case(), both, [EVIDENCE], [], 1.0).alone == 0.0
    assert right().alone == 1.0


def test_a_refusal_scores_no_answer_whatever_its_text_says() -> None:
    outcome = refused_wrongly()
    assert (outcome.exact, outcome.cited, outcome.ranks, outcome.figures) == (0.0, 0.0, (None,), 0)
    assert not outcome.right


def test_a_computed_result_need_not_stand_but_its_operands_must() -> None:
    computed = case(kind="arithmetic", status="computed", answers=("20%",))
    sound = answer("computed", "20%", "推算：20%。", Span(0, 10), EVIDENCE, formula="62万株 ÷ 310万株 × 100% = 20%")
    assert score(computed, sound, [EVIDENCE], [], 1.0).ungrounded == ()
    assert score(computed, sound, [EVIDENCE], [], 1.0).right
    loose = answer("computed", "20%", "推算：20%。", EVIDENCE, formula=SHARE)
    assert score(computed, loose, [EVIDENCE], [], 1.0).ungrounded == ("310万株",)


def test_a_list_may_be_worded_freely_but_a_fact_may_not() -> None:
    said = answer("answered", "水稻、小麦和玉米三大主粮", "…[1]", EVIDENCE)
    wanted = {"answers": ("水稻、小麦和玉米三大主粮等",)}
    assert score(case(kind="list", **wanted), said, [EVIDENCE], [], 1.0).right
    assert not score(case(kind="fact", **wanted), said, [EVIDENCE], [], 1.0).right


def test_a_quotation_may_stand_in_the_text_alone_but_a_figure_may_not() -> None:
    said = answer("answered", None, "他说：“好种子，要配好地。”[1]共62万株。", EVIDENCE)
    assert score(case(kind="followup", answers=("好种子要配好地",)), said, [EVIDENCE], [], 1.0).right
    assert not score(case(kind="fact", answers=("好种子要配好地",)), said, [EVIDENCE], [], 1.0).right
    assert not score(case(kind="followup"), said, [EVIDENCE], [], 1.0).right


def test_citing_another_article_holds_no_evidence() -> None:
    elsewhere = Answer("62万株[1]", "62万株", "answered", (Citation(1, "b", "", "", "x", 10, 20, ""),), "")
    assert score(case(), elsewhere, [EVIDENCE], [], 1.0).cited == 0.0


def test_the_summary() -> None:
    figures = summarise([right(), wrong(), refused_wrongly(), refused_rightly()])
    assert figures["right"] == 0.5
    assert figures["exact"] == pytest.approx(1 / 3)
    assert figures["recall_at_1"] == pytest.approx(1 / 3)
    assert figures["recall_at_3"] == pytest.approx(2 / 3)
    assert figures["reciprocal_rank"] == pytest.approx((0.5 + 1 + 0) / 3)
    assert figures["cited"] == 0.5
    assert figures["refusal_precision"] == 0.5
    assert figures["refusal_recall"] == 1.0
    # Short, text: 62万株 twice; 310万株 twice and 26万吨 once, which stands nowhere.
    assert figures["grounded"] == pytest.approx(4 / 5)


def test_the_summary_of_refusals_alone_measures_no_answers() -> None:
    figures = summarise([refused_rightly()])
    assert figures["exact"] is None
    assert figures["grounded"] is None
    assert figures["right"] == 1.0


def test_kinds_times_and_failures() -> None:
    outcomes = [right(), wrong(), refused_wrongly(), refused_rightly()]
    assert {kind: len(group) for kind, group in by_kind(outcomes).items()} == {"lookalike": 3, "near_miss": 1}
    assert latencies(outcomes) == {"p50_ms": 40.0, "p95_ms": 120.0}
    lines = failure_lines(outcomes)
    assert [line.split(":")[0] for line in lines] == ["a-2", "a-3"]
    assert "wanted answered 62万株; got answered 310万株" in lines[0]


def test_the_table_fits_a_terminal_and_says_all() -> None:
    console = Console(width=80, file=io.StringIO())
    with console.capture() as captured:
        longest = dataclasses.replace(right(), case=case(kind="who_where_when"))
        console.print(table("dev", [longest, wrong(), refused_wrongly(), *[refused_rightly()] * 300]))
    shown = captured.get()
    assert "dev: 303 questions" in shown
    assert "near_miss" in shown
    assert "…" not in shown
    assert "p95 20 ms" in shown
    assert "refR" in shown


def test_the_report_survives_a_file(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_json(path, to_json(Evaluation("dev", [right(), wrong()])))
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["questions"] == 2
    assert data["kinds"]["lookalike"]["n"] == 2
    assert data["outcomes"][0]["answer"]["question_understood"] == "胡杨林多少？"
    with pytest.raises(CaseError, match="cannot be written"):
        write_json(tmp_path / "none" / "report.json", {})


def test_thresholds() -> None:
    figures = summarise([right(), wrong()])
    assert shortfalls(figures, {"right": 0.5}) == []
    assert shortfalls(figures, {"right": 0.6}) == ["right: 50.0 % is under the threshold of 60.0 %"]
    assert shortfalls(summarise([refused_rightly()]), {"exact": 0.1}) == [
        "exact: not measured is under the threshold of 10.0 %"
    ]


def test_the_thresholds_on_disk_name_figures_of_known_sets(tmp_path: Path) -> None:
    for name in ("gold", "dev"):
        assert name in SETS
        assert load_thresholds(THRESHOLDS, name)
    assert load_thresholds(THRESHOLDS, "of-my-own") == {}
    path = tmp_path / "thresholds.json"
    path.write_text('{"dev": {"speed": 1}}')
    with pytest.raises(CaseError, match="no figure is called 'speed'"):
        load_thresholds(path, "dev")
    path.write_text("{")
    with pytest.raises(CaseError, match="cannot be read"):
        load_thresholds(path, "dev")


def test_the_baselines_fit_a_terminal_with_their_long_names() -> None:
    evaluation = Evaluation("dev", [right(), wrong()], {"plain recipe + reader": [wrong(), refused_wrongly()]})
    console = Console(width=80, file=io.StringIO())
    with console.capture() as captured:
        console.print(baseline_table(evaluation))
    shown = captured.get()
    assert "plain recipe + reader" in shown
    assert "…" not in shown
