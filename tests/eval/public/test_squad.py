"""SQuAD-style files as they come: what is read, and what a broken one says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.public.errors import BenchmarkError
from eval.public.squad import Paragraph, read_squad

CONTEXT = "林溪小学建于1921年，校舍由木匠何守田设计。"


def squad(*questions: dict[str, Any], context: str = CONTEXT, **article: Any) -> dict[str, Any]:
    return {"data": [{**article, "paragraphs": [{"context": context, "qas": list(questions)}]}]}


def asked(**changes: Any) -> dict[str, Any]:
    answers = [{"text": "木匠何守田", "answer_start": CONTEXT.index("木匠")}]
    return {"id": "q", "question": " 校舍由谁设计？ ", "answers": answers} | changes


def write(folder: Path, data: object) -> Path:
    path = folder / "questions.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_question_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    (question,) = read_squad(write(tmp_path, squad(asked(), title="林溪小学")))
    assert (question.id, question.question) == ("q", "校舍由谁设计？")
    assert question.paragraph == Paragraph("林溪小学", CONTEXT)
    assert question.answers == ("木匠何守田",)


def test_a_gzipped_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "questions.json.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + json.dumps(squad(asked(id=7))).encode()))
    assert [question.id for question in read_squad(path)] == ["7"]


@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        ({"is_impossible": "true", "answers": []}, ()),
        ({"is_impossible": "True"}, ()),
        ({"is_impossible": True, "answers": None}, ()),
        ({"is_impossible": "false"}, ("木匠何守田",)),
        ({"is_impossible": False}, ("木匠何守田",)),
        ({"is_impossible": None}, ("木匠何守田",)),
        ({"answers": []}, ()),
        ({"answers": [{"text": "", "answer_start": -1}]}, ()),
    ],
)
def test_answerable_or_not_in_all_its_spellings(
    tmp_path: Path, changes: dict[str, Any], answers: tuple[str, ...]
) -> None:
    (question,) = read_squad(write(tmp_path, squad(asked(**changes))))
    assert question.answers == answers


@pytest.mark.parametrize(
    ("text", "start"), [("何守田", 0), ("何守田", -1), ("何守田", 999), ("何守田", "x"), ("YES", -1)]
)
def test_a_wrong_offset_takes_no_answer_away(tmp_path: Path, text: str, start: Any) -> None:
    answers = [{"text": text, "answer_start": start}]
    (question,) = read_squad(write(tmp_path, squad(asked(answers=answers))))
    assert question.answers == (text,)


def test_several_accepted_answers_each_once(tmp_path: Path) -> None:
    answers = [{"text": text, "answer_start": CONTEXT.index(text)} for text in ("何守田", "木匠何守田", "何守田")]
    (question,) = read_squad(write(tmp_path, squad(asked(answers=answers))))
    assert question.answers == ("何守田", "木匠何守田")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "has no list 'data'"),
        ({"data": []}, "holds no question"),
        ({"data": ["x"]}, "data[0] is str, not an object"),
        ({"data": [{}]}, "data[0] has no list 'paragraphs'"),
        ({"data": [{"paragraphs": [{"qas": []}]}]}, "data[0].paragraphs[0].context is None, not a text"),
        (squad(asked(question=3)), "data[0].paragraphs[0].qas[0].question is 3, not a text"),
        (squad(asked(answers=None)), "qas[0] has no list 'answers'"),
        (squad(asked(is_impossible="maybe")), "is_impossible is 'maybe'; it must be true or false"),
        (squad(asked(answers=[{"text": 3, "answer_start": 16}])), "qas[0].answers[0].text is 3, not a text"),
    ],
)
def test_what_is_broken_is_named_with_its_place(tmp_path: Path, data: object, said: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(BenchmarkError) as caught:
        read_squad(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.json", None, "cannot be read"),
        ("a.json", b"{", "is no JSON"),
        ("a.json", b"\xff\xfe{}", "is no JSON"),
        ("a.json", b"[" * 100_000, "is no JSON"),
        ("a.json.gz", b"no gzip", "cannot be read"),
        ("a.json.gz", gzip.compress(b"{}")[:-6], "cannot be read"),
        ("a.json", json.dumps(squad(asked(), context="半\ud800字")).encode(), "lone surrogate"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BenchmarkError, match=said) as caught:
        read_squad(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(deadline=None)
@given(context=TEXTS, title=st.text("溪桥 a", max_size=4), data=st.data())
def test_any_file_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, context: str, title: str, data: st.DataObject
) -> None:
    starts = data.draw(st.lists(st.integers(0, len(context) - 1), max_size=4))
    ends = [data.draw(st.integers(start + 1, len(context))) for start in starts]
    spans = list(zip(starts, ends, strict=True))
    answers = [{"text": context[start:end], "answer_start": start} for start, end in spans]
    folder = tmp_path_factory.mktemp("squad")
    (question,) = read_squad(write(folder, squad(asked(answers=answers), context=context, title=title)))
    assert question.paragraph == Paragraph(title.strip(), context)
    assert question.answers == tuple(dict.fromkeys(context[start:end] for start, end in spans))
