"""RGB's file: questions, the mix of passages, and what counts as saying the gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.public.errors import BenchmarkError
from eval.public.rgb import PASSAGES, NoisyQuestion, mixed_passages, read_rgb, says_gold

TEXTS = st.lists(st.text("甲乙丙丁", min_size=1), max_size=8, unique=True)


def line(**changes: Any) -> dict[str, Any]:
    fields = {"id": 3, "query": "灯塔哪年建成？", "answer": "1921年", "positive": ["灯塔1921年建成。"], "negative": []}
    return fields | changes


def write(folder: Path, *lines: Any) -> Path:
    path = folder / "zh_refine.json"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines) + "\n\n", encoding="utf-8")
    return path


def question(positive: int, negative: int) -> NoisyQuestion:
    return NoisyQuestion(
        "1", "？", (("甲",),), tuple(f"正{n}" for n in range(positive)), tuple(f"负{n}" for n in range(negative))
    )


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("1921年", (("1921年",),)),
        (["1921年"], (("1921年",),)),
        ([["1921年", "一九二一年"]], (("1921年", "一九二一年"),)),
        (["何守田", ["林溪", "林溪村"]], (("何守田",), ("林溪", "林溪村"))),
    ],
)
def test_an_answer_in_each_of_its_forms(tmp_path: Path, answer: Any, parts: tuple[tuple[str, ...], ...]) -> None:
    (read,) = read_rgb(write(tmp_path, line(answer=answer)))
    assert read == NoisyQuestion("3", "灯塔哪年建成？", parts, ("灯塔1921年建成。",), ())


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("a text", "is str, not an object"),
        (line(query=None), "query is None"),
        (line(query=" "), "query is ' '"),
        (line(answer=[]), "answer is []"),
        (line(answer=[[]]), "answer is [[]]"),
        (line(answer=[1]), "answer is [1]"),
        (line(positive=None), "positive is no list of texts"),
        (line(negative=[["x"]]), "negative is no list of texts"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, bad: Any, said: str) -> None:
    path = write(tmp_path, line(), bad)
    with pytest.raises(BenchmarkError) as caught:
        read_rgb(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"), [(b"\n\n", "holds no question"), (b"{", ":1: is no JSON"), (b"\xff\xfe", "is no UTF-8 text")]
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "zh_refine.json"
    path.write_bytes(content)
    with pytest.raises(BenchmarkError, match=said):
        read_rgb(path)
    with pytest.raises(BenchmarkError, match="cannot be read"):
        read_rgb(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("noise", "positive", "negative", "wanted"),
    [
        (0.0, 9, 9, (5, 0)),
        (0.4, 9, 9, (3, 2)),
        (0.5, 9, 9, (2, 3)),  # rounded up
        (0.8, 9, 9, (1, 4)),
        (1.0, 9, 9, (0, 5)),
        (0.4, 1, 9, (1, 4)),
        (0.4, 9, 1, (4, 1)),
        (0.4, 1, 1, (1, 1)),
        (1.0, 9, 2, (0, 2)),
    ],
)
def test_the_mix(noise: float, positive: int, negative: int, wanted: tuple[int, int]) -> None:
    mixed = mixed_passages(question(positive, negative), noise)
    assert (sum(text[0] == "正" for text in mixed), sum(text[0] == "负" for text in mixed)) == wanted


@given(TEXTS, TEXTS, st.floats(0, 1))
def test_any_mix_is_made_of_its_passages_and_always_the_same(
    positive: list[str], negative: list[str], noise: float
) -> None:
    one = NoisyQuestion("1", "？", (("甲",),), tuple(positive), tuple(negative))
    mixed = mixed_passages(one, noise)
    assert mixed == mixed_passages(one, noise)
    assert len(mixed) == min(PASSAGES, len(negative) + (len(positive) if noise < 1 else 0))
    assert set(mixed) <= set(positive) | set(negative)


def test_gold_must_be_said_in_all_its_parts() -> None:
    assert says_gold("Lab A 于1921年", [["lab a", "实验室"], ["1921年"]])
    assert not says_gold("1921年", [["lab a"], ["1921年"]])
    assert says_gold("一九 二一年", [["1921年", "一九二一年"]])
    assert not says_gold("", [["1921年"]])
