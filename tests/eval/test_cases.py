"""Files of test questions: what is read, what is turned away, and that the evidence stands in the article."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.cases import KINDS, Case, CaseError, load_cases, locate, locate_evidence
from eval.sets import SETS
from rag.types import Article, Span, Turn

GOOD: dict[str, Any] = {
    "id": "a-1",
    "article": "a",
    "kind": "fact",
    "question": "收了多少？",
    "history": [],
    "answerable": True,
    "status": "answered",
    "answers": ["412万吨"],
    "evidence": ["累计收购412万吨。"],
}


def written(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "questions.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def article(text: str) -> Article:
    return Article(id="a", title="", text=text, blocks=(), published=date(2023, 11, 16))


def test_reads_a_case_with_its_history(tmp_path: Path) -> None:
    history = [{"role": "user", "content": "粳稻呢？"}, {"role": "assistant", "content": "61万吨[1]。"}]
    (case,) = load_cases(written(tmp_path, GOOD | {"history": history}, ""))
    assert case.history == (Turn("user", "粳稻呢？"), Turn("assistant", "61万吨[1]。"))
    assert case.answers == ("412万吨",)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "guess"}, "kind"),
        ({"status": "maybe"}, "status"),
        ({"answerable": "yes"}, "answerable"),
        ({"note": "x"}, "note"),
        ({"answers": "412万吨"}, "answers"),
        ({"id": ""}, "id and article"),
        ({"status": "refused"}, "answerable is true but status is 'refused'"),
        ({"answers": []}, "needs answers and evidence"),
        ({"evidence": [" "]}, "blank"),
        ({"answerable": False, "status": "refused"}, "neither answers nor evidence"),
        ({"history": [{"role": "user", "content": "x"}]}, "pairs"),
        ({"history": [{"role": "system", "content": "x"}]}, "history"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = written(tmp_path, GOOD, GOOD | {"id": "a-2"} | change)
    with pytest.raises(CaseError) as caught:
        load_cases(path)
    assert f"{path}:2:" in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    line = {key: value for key, value in GOOD.items() if key != "question"}
    with pytest.raises(CaseError, match=r":1: question: Field required"):
        load_cases(written(tmp_path, line))


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"questions\.jsonl:3: "):
        load_cases(written(tmp_path, GOOD, "", "{oops"))


def test_an_id_used_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r":2: id 'a-1' is used twice"):
        load_cases(written(tmp_path, GOOD, GOOD))


def test_files_that_hold_nothing_are_turned_away(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="holds no case"):
        load_cases(written(tmp_path, ""))
    with pytest.raises(CaseError, match="cannot be read"):
        load_cases(tmp_path / "missing.jsonl")
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CaseError, match="cannot be read"):
        load_cases(tmp_path / "bytes.jsonl")


def test_evidence_is_placed_whatever_its_spaces() -> None:
    case = Case("a-1", "a", "fact", "谁？", True, "answered", answers=("陶令仪",), evidence=("文 | 陶 令 仪",))
    text = "标题\n文|陶令仪\n正文"
    places = locate_evidence([case], {"a": article(text)})
    assert places == {"a-1": (Span(3, 8),)}
    assert text[3:8] == "文|陶令仪"


def test_evidence_that_does_not_stand_is_told() -> None:
    case = Case("a-1", "a", "fact", "多少？", True, "answered", answers=("41万吨",), evidence=("收购41万吨。",))
    with pytest.raises(CaseError, match=r"'a-1': evidence does not stand in 'a': '收购41万吨。'"):
        locate_evidence([case], {"a": article("收购412万吨。")})
    with pytest.raises(CaseError, match=r"no article 'a' in the corpus \(there are: b\)"):
        locate_evidence([case], {"b": article("收购41万吨。")})


@given(st.text(alphabet="粮仓 \n2，", max_size=30), st.data())
def test_whatever_stands_in_a_text_is_located(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    wanted = "".join(text[start:end].split())
    found = locate(text[start:end], text)
    if not wanted:
        assert found is None
    else:
        assert found is not None
        assert "".join(text[found.start : found.end].split()) == wanted


@pytest.mark.parametrize("name", sorted(SETS))
def test_each_set_is_sound(name: str) -> None:
    cases = load_cases(SETS[name].questions)
    assert len(cases) >= 130
    assert not any(case.answerable for case in cases if case.kind in ("near_miss", "off_topic", "chitchat", "hostile"))


@pytest.mark.parametrize("name", ["calibration", "heldout"])
def test_the_sets_for_confidence_hold_as_many_articles_and_near_misses_as_they_say(name: str) -> None:
    cases = load_cases(SETS[name].questions)
    assert len({case.article for case in cases}) == 8
    assert (sum(case.answerable for case in cases), sum(case.kind == "near_miss" for case in cases)) == (168, 88)


@pytest.mark.parametrize("name", ["gold", "dev"])
def test_each_article_has_many_questions_of_every_kind(name: str) -> None:
    cases = load_cases(SETS[name].questions)
    articles = {case.article for case in cases}
    for one in articles:
        assert sum(case.article == one for case in cases) >= (80 if name == "gold" else 40)
    wanted = set("fact lookalike paraphrase relative_time list who_where_when arithmetic followup".split())
    wanted |= set("caption_byline variant near_miss off_topic chitchat hostile".split())
    assert wanted <= {case.kind for case in cases}
    assert all(case.history for case in cases if case.kind == "followup")


def test_the_gold_set_tries_every_kind_at_least_twelve_times() -> None:
    cases = load_cases(SETS["gold"].questions)
    assert len(cases) >= 215
    counts = {kind: sum(case.kind == kind for case in cases) for kind in KINDS}
    assert {kind: count for kind, count in counts.items() if count < 12} == {}
