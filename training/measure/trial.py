"""The CMRC 2018 trial file: the questions that nothing was trained on, as published."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from training.examples import Example, read_squad
from training.measure.errors import MeasureError

TRIAL_FILE = "cmrc2018-trial.json.gz"
_SAMPLE_SEED = 20
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the title of its article."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class TrialQuestion:
    """A question, its paragraph, and the texts of all accepted answers."""

    question: str
    paragraph: Paragraph
    answers: tuple[str, ...]


def trial_questions(folder: Path) -> list[TrialQuestion]:
    """All questions of the trial file, those with a wrong answer offset too: CMRC compares nothing but texts.

    Raises:
        MeasureError: the file is missing or no SQuAD-style JSON.
    """
    path = trial_file(folder)
    questions = []
    try:
        for article in json.loads(gzip.decompress(path.read_bytes()))["data"]:
            for raw in article["paragraphs"]:
                paragraph = Paragraph(article.get("title", ""), raw["context"])
                for asked in raw["qas"]:
                    answers = tuple(answer["text"] for answer in asked["answers"])
                    questions.append(TrialQuestion(asked["question"].strip(), paragraph, answers))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise MeasureError(f"{path.name} is no gzipped SQuAD-style JSON ({error!r}); fetch it anew") from error
    if not questions:
        raise MeasureError(f"{path.name} holds no question; fetch it anew")
    return questions


def trial_examples(folder: Path) -> list[Example]:
    """The questions whose answer stands where the file says, in Simplified Chinese, as training reads its data.

    Raises:
        MeasureError: the file is missing or no SQuAD-style JSON.
    """
    path = trial_file(folder)
    try:
        return list(read_squad(path))
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise MeasureError(f"{path.name} is no gzipped SQuAD-style JSON ({error!r}); fetch it anew") from error


def trial_file(folder: Path) -> Path:
    """Where the trial file stands.

    Raises:
        MeasureError: there is none.
    """
    path = folder / TRIAL_FILE
    if not folder.is_dir():
        raise MeasureError(f"--data {folder}: no such folder; name the one that holds {TRIAL_FILE}")
    if not path.is_file():
        raise MeasureError(f"--data {folder}: {TRIAL_FILE} is missing there; put the CMRC 2018 trial set there")
    return path


def sample(items: Sequence[_T], limit: int) -> list[_T]:
    """At most `limit` of the items, always the same ones, in their order; all of them where `limit` is 0."""
    if not 0 < limit < len(items):
        return list(items)
    draw = random.Random(_SAMPLE_SEED)  # noqa: S311 - a sample of questions, no secret
    return [items[index] for index in sorted(draw.sample(range(len(items)), limit))]
