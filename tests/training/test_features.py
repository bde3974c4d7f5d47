"""Windows of token ids: the answer is where they say, and nothing is longer than it may be."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from tests.small_reader import make_tokenizer
from training.examples import Answer, Example
from training.features import LENGTHS, MOST_QUESTION_TOKENS, Features, batch

QUESTION = "谁建成了这座桥？"
SENTENCES = [f"{1900 + number}年，第{number}号桥由工程师们建成，全长{number * 7}米。" for number in range(40)]
LONG = "".join(SENTENCES)


@pytest.fixture(scope="module")
def features() -> Features:
    return Features(make_tokenizer())


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311


def text_between(features: Features, example: Example, ids: np.ndarray, first: int, last: int) -> str:
    """The text of the tokens ``first`` to ``last`` of a window, by where its context stands in the example's."""
    context = features.encode(example.context)
    shown = ids[len(features.encode(example.question).ids[:MOST_QUESTION_TOKENS]) + 3 : -1]
    places = [at for at in range(len(context.ids) - len(shown) + 1) if (context.ids[at:][: len(shown)] == shown).all()]
    offset = len(ids) - 1 - len(shown)
    texts = {example.context[context.starts[at + first - offset] : context.ends[at + last - offset]] for at in places}
    assert len(texts) == 1
    return texts.pop()


@settings(max_examples=60, deadline=None)
@given(cut=st.tuples(st.integers(0, len(SENTENCES) - 1), st.integers(0, 3)), seed=st.integers(0, 999))
def test_the_answer_is_where_the_window_says(features: Features, cut: tuple[int, int], seed: int) -> None:
    number, kind = cut
    words = (f"{1900 + number}年", f"第{number}号桥", "工程师们", f"{number * 7}米")[kind]
    start = LONG.index(SENTENCES[number]) + SENTENCES[number].rindex(words)
    example = Example(QUESTION, LONG, (Answer(words, start),), "test")
    window = features.window(example, chance(seed))
    assert len(window.ids) == LENGTHS[-1]
    if not window.answerable:
        assert window.end == 0
        return
    assert window.context <= window.start <= window.end < len(window.ids) - 1
    assert text_between(features, example, window.ids, window.start, window.end) == words


def test_most_windows_hold_the_answer_and_it_stands_anywhere(features: Features) -> None:
    words = SENTENCES[20]
    example = Example(QUESTION, LONG, (Answer(words, LONG.index(words)),), "test")
    random = chance(1)
    drawn = [features.window(example, random) for _ in range(300)]
    starts = [window.start for window in drawn if window.answerable]
    assert 0.85 < len(starts) / len(drawn) < 1
    assert max(starts) - min(starts) > 150


@pytest.mark.parametrize("context", ["这座桥由铁路工程局在1957年建成。", LONG, "", "  "])
def test_without_an_answer_start_and_end_are_the_first_token(features: Features, context: str) -> None:
    window = features.window(Example(QUESTION, context, (), "kind/of"), chance(1))
    assert (window.start, window.end, window.answerable, window.source) == (0, 0, False, "kind/of")


def test_a_short_context_is_there_from_end_to_end(features: Features) -> None:
    example = Example(QUESTION, "桥由铁路工程局建成", (Answer("桥由铁路工程局建成", 0),), "test")
    for seed in range(50):
        window = features.window(example, chance(seed))
        assert text_between(features, example, window.ids, window.start, window.end) == example.context


@given(seed=st.integers(0, 99), begin=st.integers(0, len(LONG) // 3))
@settings(max_examples=30, deadline=None)
def test_a_window_in_an_answer_longer_than_it_begins_where_the_answer_does(
    features: Features, seed: int, begin: int
) -> None:
    words = LONG[begin : begin + len(LONG) // 2]
    window = features.window(Example(QUESTION, LONG, (Answer(words, begin),), "test"), chance(seed))
    shown = text_between(features, Example(QUESTION, LONG, (), "test"), window.ids, window.context, len(window.ids) - 2)
    if window.answerable:
        assert (window.start, window.end) == (window.context, len(window.ids) - 2)
        assert 0 <= begin - LONG.index(shown) < 4
    else:
        assert LONG.index(shown) >= begin + len(words)


def test_a_long_question_is_cut(features: Features) -> None:
    window = features.window(Example(QUESTION * 20, LONG, (), "test"), chance(1))
    assert window.context == MOST_QUESTION_TOKENS + 3
    assert len(window.ids) == LENGTHS[-1]


def test_a_batch_is_padded_to_a_fixed_length(features: Features) -> None:
    texts = ["短。", LONG[:90], LONG[:150]]
    windows = [features.window(Example(QUESTION, text, (), text[:1]), chance(1)) for text in texts]
    made = batch(windows, features.pad)
    longest = max(len(window.ids) for window in windows)
    length = made.ids.shape[1]
    assert length in LENGTHS
    assert length >= longest
    assert not any(longest <= other < length for other in LENGTHS)
    for row, window in enumerate(windows):
        size = len(window.ids)
        assert (made.ids[row, :size] == window.ids).all()
        assert (made.ids[row, size:] == features.pad).all()
        assert made.attention[row].tolist() == [1] * size + [0] * (length - size)
        assert np.flatnonzero(made.choosable[row]).tolist() == [0, *range(window.context, size - 1)]
    assert made.sources == ("短", LONG[0], LONG[0])


def test_a_tokenizer_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="<s>"):
        Features(Tokenizer(WordLevel({"a": 0}, "a")))
