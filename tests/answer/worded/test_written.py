"""Sentences out of a stream: the same however it is cut, nothing lost, in little time."""

from __future__ import annotations

import re
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answer.worded.written import WrittenSentences

PARTS = (
    "产量30万吨",
    "周敏说“好米要慢慢种”",
    "增长1.5%",
    "U.S. output",
    "《海上盐路》",
    "第3、5名",
    "，",
    "。",
    "！",
    "；",
    "：",
    "…",
    ".",
    " ",
    "\n",
    "\n\n",
    "[1]",
    "[1][2]",
    " [12] ",
    "【3】",
    "[",
    "]",
    "”",
    "（",
    "）",
    "**",
    "`",
    "# ",
    "- ",
    "1. ",
    "2、",
    "答案：",
    "<",
    "a",
)
texts = st.lists(st.sampled_from(PARTS), max_size=25).map("".join)


def sentences(*pieces: str) -> list[str]:
    written = WrittenSentences()
    return [*(sentence for piece in pieces for sentence in written.add(piece)), *written.end()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产量30万吨[1]。出口12万吨[2]。", ["产量30万吨[1]。", "出口12万吨[2]。"]),
        ("产量30万吨。[1]出口12万吨。[2]", ["产量30万吨。[1]", "出口12万吨。[2]"]),
        ("产量30万吨。 [1][2]\n出口12万吨[1]", ["产量30万吨。 [1][2]", "出口12万吨[1]"]),
        ("# 答案\n- 产量30万吨[1]\n- 出口12万吨[1]", ["答案", "产量30万吨[1]", "出口12万吨[1]"]),
        ("1. 产量30万吨[1]。\n2. 出口12万吨[1]。", ["产量30万吨[1]。", "出口12万吨[1]。"]),
        ("答案：**产量**30万吨[1]。", ["产量30万吨[1]。"]),
        ("1.5万人参加[1]。", ["1.5万人参加[1]。"]),
        ("有两项：产量30万吨；出口12万吨[1]。", ["有两项：产量30万吨；出口12万吨[1]。"]),
        ("还要想想</think>产量30万吨[1]。", ["产量30万吨[1]。"]),
        ("", []),
        (" \n。", ["。"]),
        ("Output was 300,000 tons [1]. Exports rose 1.5% [1].", None),
    ],
)
def test_a_text_becomes_sentences_with_their_marks(text: str, expected: list[str] | None) -> None:
    expected = expected or (text.replace("]. E", "].|E").split("|") if expected is None else [])
    assert sentences(text) == expected


@settings(max_examples=300)
@given(texts, st.lists(st.integers(0, 200), max_size=12))
def test_any_cutting_gives_the_same_sentences(text: str, cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut <= len(text))})
    pieces = [text[start:end] for start, end in pairwise(edges)]
    assert sentences(*pieces) == sentences(text)


@given(texts)
def test_one_character_at_a_time_gives_the_same_sentences(text: str) -> None:
    assert sentences(*text) == sentences(text)


@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_no_letter_and_no_digit_is_lost_but_those_of_bullets(parts: list[str]) -> None:
    text = "".join(parts)
    lost = Counter(re.findall(r"\w", text)) - Counter(re.findall(r"\w", "".join(sentences(text))))
    bullets = Counter("".join(re.findall(r"\d", "".join(p for p in parts if p in ("1. ", "2、"))))) + Counter(
        "答案" * 25
    )
    # A number before a break may be one of a list.
    digits = {character: count for character, count in lost.items() if not character.isdigit()}
    assert not Counter(digits) - bullets


def test_a_figure_that_opens_a_sentence_is_no_bullet() -> None:
    assert sentences("30万吨是产量[1]。12座桥建成[1]。") == ["30万吨是产量[1]。", "12座桥建成[1]。"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "]" * 100_000,
        " " * 100_000,
        "[1" * 50_000,
        "[1]" * 30_000,
        "产" * 100_000,
        "。" * 100_000,
        "：" * 100_000,
        "产：" * 50_000,
        "产；" * 50_000,
        "《" * 100_000,
        "“" * 100_000,
        "*" * 100_000,
        "`_" * 50_000,
        "1." * 50_000,
        "- " * 50_000,
        "\n" * 100_000,
        "[1 " * 30_000,
        "[1," * 30_000,
    ],
    ids=lambda text: repr(text[:4]),
)
@pytest.mark.parametrize("piece", [100_000, 500])
def test_hostile_text_takes_little_time(text: str, piece: int) -> None:
    begun = time.process_time()
    sentences(*(text[start : start + piece] for start in range(0, len(text), piece)))
    assert time.process_time() - begun < 2


def test_a_long_sentence_is_cut() -> None:
    [sentence] = sentences("产" * 5000)
    assert 1000 <= len(sentence) <= 2000
