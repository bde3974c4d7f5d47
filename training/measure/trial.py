"""The CMRC 2018 trial file: the questions that nothing was trained on, as published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eval.public.squad import Paragraph, read_squad
from training import examples
from training.examples import Example
from training.measure.errors import MeasureError

TRIAL_FILE = "cmrc2018-trial.json.gz"


@dataclass(frozen=True, slots=True)
class TrialQuestion:
    """A question, its paragraph, and the texts of all accepted answers."""

    question: str
    paragraph: Paragraph
    answers: tuple[str, ...]


def trial_questions(folder: Path) -> list[TrialQuestion]:
    """All questions of the trial file, those with a wrong answer offset too: CMRC compares nothing but texts.

    Raises:
        MeasureError: the file is missing.
        BenchmarkError: the file is no SQuAD-style JSON.
    """
    return [TrialQuestion(read.question, read.paragraph, read.answers) for read in read_squad(trial_file(folder))]


def trial_examples(folder: Path) -> list[Example]:
    """The questions whose answer stands where the file says, in Simplified Chinese, as training reads its data.

    Raises:
        MeasureError: the file is missing or no SQuAD-style JSON.
    """
    path = trial_file(folder)
    try:
        return list(examples.read_squad(path))
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
