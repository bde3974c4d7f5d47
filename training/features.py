"""Examples as windows of token ids, of a few fixed lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.text.normalise import normalise_question
from training.examples import Example

LENGTHS = (96, 128, 160, 192, 224, 256)
"""Every window is padded to one of these: a CPU kernel is compiled for each new shape."""
MOST_QUESTION_TOKENS = 48
_WINDOW_WITHOUT_ANSWER = 0.08
"""How often a window that misses the answer is taken from a context that holds it, as a question without answer."""
_NORMALISED = 0.6
"""How often the question is in the form that the chain gives it; otherwise as it was written, for variety."""
_EXTRA = 4  # <s> question </s> </s> context </s>


@dataclass(frozen=True, slots=True)
class Window:
    """A question with a stretch of its context: token ids, and where the answer's first and last tokens are.

    ``start`` and ``end`` are 0, the place of `<s>`, where the stretch does not answer; ``context`` is the index of its
    first context token.
    """

    ids: NDArray[np.int64]
    context: int
    start: int
    end: int
    source: str

    @property
    def answerable(self) -> bool:
        """Whether the answer is in this window."""
        return self.start > 0


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text's token ids and where each token stands, spaces around it left out (code points)."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class Features:
    """Makes windows with one tokenizer.

    Raises:
        ValueError: the tokenizer lacks `<s>`, `</s>` or `<pad>`.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._first, self._last, self.pad = (_special(tokenizer, token) for token in ("<s>", "</s>", "<pad>"))
        self.encode = lru_cache(maxsize=20_000)(self._encode)
        self._normalised = lru_cache(maxsize=100_000)(normalise_question)

    def _encode(self, text: str) -> Encoded:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        starts, ends = [], []
        for start, end in encoding.offsets:
            token = text[start:end]
            starts.append(end - len(token.lstrip()) if token.strip() else start)
            ends.append(start + len(token.rstrip()) if token.strip() else end)
        return Encoded(*(np.array(values, dtype=np.int64) for values in (encoding.ids, starts, ends)))

    def window(self, example: Example, random: Random) -> Window:
        """One window of `example`, drawn anew each time: with the answer, wherever in the window it may stand.

        Now and then, and where the answer is longer than a window, the window is drawn from anywhere. One that then
        cuts the answer is moved to where the answer begins: half an answer is neither an answer nor none.
        """
        asked = self._normalised(example.question) if random.random() < _NORMALISED else example.question
        question = self.encode(asked).ids[:MOST_QUESTION_TOKENS]
        context = self.encode(example.context)
        total = len(context.ids)
        room = min(total, LENGTHS[-1] - _EXTRA - len(question))
        first, last = _answer_tokens(example, context)
        begin = _drawn(first, last, room, total, random)
        whole = begin <= first and last < begin + room
        if not whole and begin <= last and first < begin + room:
            begin = min(first, total - room)
        inside = begin <= first < begin + room
        shown = context.ids[begin : begin + room]
        offset = len(question) + _EXTRA - 1
        return Window(
            np.array([self._first, *question, self._last, self._last, *shown, self._last], dtype=np.int64),
            offset,
            offset + first - begin if inside else 0,
            # An answer longer than the window is cut at its end.
            offset + min(last - begin, room - 1) if inside else 0,
            example.source,
        )


def _special(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the tokenizer has no {token}: it is not a reader's")
    return number


def _answer_tokens(example: Example, context: Encoded) -> tuple[int, int]:
    """The first and the last token that the first answer touches; (-1, -1) where there is no answer."""
    if not example.answers:
        return -1, -1
    answer = example.answers[0]
    first = int(np.searchsorted(context.ends, answer.start, side="right"))
    last = int(np.searchsorted(context.starts, answer.end, side="left")) - 1
    return first, max(first, min(last, len(context.ids) - 1))


def _drawn(first: int, last: int, room: int, total: int, random: Random) -> int:
    """Where a window of `room` tokens begins, among the places that show the tokens `first` to `last` if there are."""
    if room == total:
        return 0
    lowest, highest = max(0, last - room + 1), min(first, total - room)
    if first < 0 or lowest > highest or random.random() < _WINDOW_WITHOUT_ANSWER:
        return random.randint(0, total - room)
    return random.randint(lowest, highest)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as arrays: ids, attention mask and context mask (windows, length); start and end (windows)."""

    ids: NDArray[np.int64]
    attention: NDArray[np.int64]
    choosable: NDArray[np.bool_]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    sources: tuple[str, ...]


def batch(windows: Sequence[Window], pad: int) -> Batch:
    """Pad `windows` to the shortest of `LENGTHS` that holds them all.

    ``choosable`` marks what start and end may fall on: the context, and `<s>` for no answer.
    """
    longest = max(len(window.ids) for window in windows)
    length = next(length for length in LENGTHS if length >= longest)
    ids = np.full((len(windows), length), pad, dtype=np.int64)
    attention = np.zeros((len(windows), length), dtype=np.int64)
    choosable = np.zeros((len(windows), length), dtype=np.bool_)
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size] = window.ids
        attention[row, :size] = 1
        choosable[row, window.context : size - 1] = True
        choosable[row, 0] = True
    return Batch(
        ids,
        attention,
        choosable,
        np.array([window.start for window in windows], dtype=np.int64),
        np.array([window.end for window in windows], dtype=np.int64),
        tuple(window.source for window in windows),
    )
