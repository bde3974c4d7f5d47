"""Examples as SQuAD-style files and JSON lines hold them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.examples import Answer, Example, read_examples, read_squad, write_examples

CONTEXT = "石橋由李春設計，建於隋代，橋長64公尺。"
SIMPLE = "石桥由李春设计，建于隋代，桥长64公尺。"


def asked(question: str, *answers: tuple[str, int], **more: Any) -> dict[str, Any]:
    return {"question": question, "answers": [{"text": text, "answer_start": at} for text, at in answers], **more}


def squad(path: Path, *questions: dict[str, Any], context: str = CONTEXT) -> Path:
    article = {"paragraphs": [{"context": context, "qas": list(questions)}]}
    content = json.dumps({"data": [article]}, ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("name", ["bridge-train.json", "bridge-train.json.gz"])
def test_traditional_becomes_simplified_at_the_same_offsets(tmp_path: Path, name: str) -> None:
    (read,) = read_squad(squad(tmp_path / name, asked(" 誰設計了石橋？ ", ("李春", 3))))
    assert read == Example("谁设计了石桥？", SIMPLE, (Answer("李春", 3),), "bridge-train", "bridge-train/0")


def test_an_answer_is_simplified_as_its_context_is(tmp_path: Path) -> None:
    context = "🌉乾隆年間重修石橋。"
    (read,) = read_squad(squad(tmp_path / "a.json", asked("哪個字？", ("乾", 1), ("石橋", 7)), context=context))
    assert read.context == "🌉乾隆年间重修石桥。"
    assert read.answers == (Answer("乾", 1), Answer("石桥", 7))


def test_an_answer_that_stands_elsewhere_is_left_out(tmp_path: Path) -> None:
    path = squad(
        tmp_path / "a.json",
        asked("一？", ("李春", 4), ("隋代", 10)),
        asked("二？", ("李春", 4)),
        asked("三？", ("", 0)),
        asked("四？", ("宋代", -1)),
    )
    (read,) = read_squad(path)
    assert (read.question, read.answers) == ("一？", (Answer("隋代", 10),))


def test_an_answer_without_an_offset_is_looked_up(tmp_path: Path) -> None:
    (read,) = read_squad(squad(tmp_path / "a.json", asked("誰？", ("橋", -1))))
    assert read.answers == (Answer("桥", 1),)


@pytest.mark.parametrize(("flag", "expected"), [(True, 1), ("true", 1), (False, 0), ("false", 0), (None, 0)])
def test_only_what_is_marked_impossible_may_lack_an_answer(tmp_path: Path, flag: object, expected: int) -> None:
    read = list(read_squad(squad(tmp_path / "a.json", asked("寬度是多少？", is_impossible=flag))))
    assert len(read) == expected
    assert all(example.answers == () for example in read)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\xff"])
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"."):
        list(read_squad(tmp_path / "a.json"))


def test_what_is_no_squad_or_no_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"rows": []}')
    with pytest.raises(ValueError, match=r"a\.json"):
        list(read_squad(tmp_path / "a.json"))
    (tmp_path / "a.json.gz").write_text('{"data": []}')
    with pytest.raises(OSError, match="gzip"):
        list(read_squad(tmp_path / "a.json.gz"))


@pytest.mark.parametrize("answer", [Answer("李春", 4), Answer("李春", -21), Answer("橋長", 13)])
def test_an_example_checks_its_answers(answer: Answer) -> None:
    with pytest.raises(ValueError, match="does not stand at"):
        Example("谁？", SIMPLE, (answer,), "test")


TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('桥长🌉\n\r\u2028"\\')), max_size=30)


@st.composite
def examples(draw: st.DrawFn) -> Example:
    context = draw(TEXT)
    cuts = draw(st.lists(st.tuples(st.integers(0, len(context)), st.integers(0, len(context))), max_size=3))
    answers = tuple(Answer(context[min(cut) : max(cut)], min(cut)) for cut in cuts)
    return Example(draw(TEXT), context, answers, draw(TEXT), draw(TEXT))


@given(written=st.lists(examples(), max_size=4))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, written: list[Example]) -> None:
    path = tmp_path_factory.mktemp("written") / "pool.jsonl"
    write_examples(path, written)
    assert list(read_examples(path)) == written
    assert [file.name for file in path.parent.iterdir()] == ["pool.jsonl"]


def test_an_interrupted_writing_leaves_the_file_before(tmp_path: Path) -> None:
    path = tmp_path / "pool.jsonl"
    kept = [Example("谁？", SIMPLE, (), "test")]
    write_examples(path, kept)

    def broken() -> Any:
        yield kept[0]
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError, match="interrupted"):
        write_examples(path, broken())
    assert list(read_examples(path)) == kept
