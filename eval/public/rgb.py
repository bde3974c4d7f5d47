"""RGB: questions with passages that answer them and passages that only look as if they did.

Chen, Lin, Han and Sun, *Benchmarking Large Language Models in Retrieval-Augmented Generation*, AAAI 2024
(https://arxiv.org/abs/2309.01431, https://github.com/chen700564/RGB): noise robustness, with passages of both kinds,
and negative rejection, with none that answers. Its check looks for the gold in all that a system says; here only the
short answer is looked at, since echoing every passage would pass it.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.public.errors import BenchmarkError
from eval.public.squad import is_text, read_bytes

PASSAGES = 5
"""Passages that come with a question, as in the paper."""
_SEED = 2333


@dataclass(frozen=True, slots=True)
class NoisyQuestion:
    """A question with passages for and against.

    ``parts`` are the parts of the gold answer, all of which must be said, each with its accepted wordings, any one of
    which will do.
    """

    id: str
    question: str
    parts: tuple[tuple[str, ...], ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]


def read_rgb(path: Path) -> list[NoisyQuestion]:
    """The questions of a file of one JSON object a line, such as ``zh_refine.json``; blank lines are skipped.

    Raises:
        BenchmarkError: the file cannot be read or holds no question, or a line is none; the message names the line.
    """
    try:
        # Not splitlines: U+2028 and its like may stand inside a JSON text.
        lines = read_bytes(path).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise BenchmarkError(f"{path}: is no UTF-8 text ({error.reason}); give RGB's zh_refine.json") from error
    questions = [_question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not questions:
        raise BenchmarkError(f"{path}: holds no question; give RGB's zh_refine.json")
    return questions


def mixed_passages(question: NoisyQuestion, noise: float) -> list[str]:
    """Five passages, the share ``noise`` of them negative (rounded up), in an order that is always the same.

    Where one kind has too few, the other fills up, as in the paper's script; at a noise of 1.0 nothing positive does.
    There may be fewer than five where both run out.
    """
    negative = min(math.ceil(PASSAGES * noise), len(question.negative))
    positive = 0 if noise >= 1 else min(PASSAGES - negative, len(question.positive))
    negative = min(PASSAGES - positive, len(question.negative))
    chosen = [*question.positive[:positive], *question.negative[:negative]]
    random.Random(f"{_SEED}/{question.id}").shuffle(chosen)  # noqa: S311 - an order of passages, no secret
    return chosen


def says_gold(short: str, parts: Sequence[Sequence[str]]) -> bool:
    """Whether a short answer holds a wording of every part of the gold, letter case and spaces aside.

    Example:
        >>> says_gold("3月5日上午", [["3月5日", "三月五日"]]), says_gold("3月5日", [["3月5日"], ["上午"]])
        (True, False)
    """
    said = _bare(short)
    return all(any(_bare(wording) in said for wording in part) for part in parts)


def _bare(text: str) -> str:
    return "".join(text.lower().split())


def _question(line: str, place: str) -> NoisyQuestion:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BenchmarkError(f"{place}: is no JSON ({error}); one object a line is wanted") from error
    if not isinstance(fields, dict):
        raise BenchmarkError(f"{place}: is {type(fields).__name__}, not an object; give RGB's zh_refine.json")
    query = fields.get("query")
    if not isinstance(query, str) or not query.strip() or not is_text(query):
        raise BenchmarkError(f"{place}: query is {query!r:.40}, not a text")
    return NoisyQuestion(
        id=str(fields.get("id", place.rpartition(":")[2])),
        question=query.strip(),
        parts=_parts(fields.get("answer"), place),
        positive=_texts(fields.get("positive"), "positive", place),
        negative=_texts(fields.get("negative"), "negative", place),
    )


def _parts(answer: Any, place: str) -> tuple[tuple[str, ...], ...]:
    """A text is one part; of a list each item is a part, and a list in it holds the wordings of that part."""
    listed = answer if isinstance(answer, list) else [answer]
    parts = tuple(tuple(part) if isinstance(part, list) else (part,) for part in listed)
    wordings = [wording for part in parts for wording in part]
    if not wordings or not all(isinstance(wording, str) and wording.strip() for wording in wordings) or () in parts:
        raise BenchmarkError(f"{place}: answer is {answer!r:.60}; it must be a text, a list of texts or of such lists")
    return parts


def _texts(value: Any, name: str, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) and is_text(text) for text in value):
        raise BenchmarkError(f"{place}: {name} is no list of texts; give RGB's zh_refine.json")
    return tuple(text for text in value if text.strip())
