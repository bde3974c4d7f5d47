"""What a shipped reader's `reader.json` says: how to cut texts, how to make probabilities, which files belong to it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rag.errors import ModelError

FORMAT = 1
"""Raised whenever a folder written before can no longer be read."""

MANIFEST_FILE = "reader.json"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression from a candidate's logits to the probability that it answers (Platt 1999).

    ``margin`` weighs the span's score above "no answer", ``answerable`` the no-answer head's logit. ``threshold`` is
    the probability under which an answer is refused where no setting says otherwise.
    """

    intercept: float = 0.0
    margin: float = 0.5
    answerable: float = 0.5
    threshold: float = 0.5

    def probability(self, margin: float, answerable: float) -> float:
        """The probability, 0.0 to 1.0, for a candidate `margin` above "no answer"."""
        logit = self.intercept + self.margin * margin + self.answerable * answerable
        # exp of a large number overflows; of a large negative one it is 0.
        return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))


@dataclass(frozen=True, slots=True)
class ReaderManifest:
    """A reader's limits, in its own tokens, its calibration, and the SHA-256 of its files by name.

    A window holds at most ``window_tokens``, four special ones and the question included; of a question the first
    ``question_tokens`` are read; windows of one context overlap by ``overlap_tokens``; an answer has at most
    ``answer_tokens``.
    """

    window_tokens: int = 256
    question_tokens: int = 48
    overlap_tokens: int = 96
    answer_tokens: int = 80
    calibration: Calibration = Calibration()
    digests: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse limits that no window can keep.

        Raises:
            ValueError: a limit is not positive, or the windows would not move forward.
        """
        if min(self.question_tokens, self.overlap_tokens, self.answer_tokens) < 1:
            raise ValueError("a limit is less than 1")
        if self.window_tokens - 4 - self.question_tokens <= self.overlap_tokens:
            raise ValueError(f"windows of {self.window_tokens} tokens can't overlap by {self.overlap_tokens}")

    @classmethod
    def read(cls, folder: Path) -> ReaderManifest:
        """The manifest in `folder`; the files it names are there and are the ones it was written for.

        Raises:
            ModelError: the manifest or a file is missing, damaged, or of another format.
        """
        content = _read(folder, MANIFEST_FILE)
        try:
            manifest = cls._parse(json.loads(content))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ModelError(f"{folder / MANIFEST_FILE} is damaged ({error}); {_ADVICE}") from error
        for name in (MODEL_FILE, TOKENIZER_FILE):
            if hashlib.sha256(_read(folder, name)).hexdigest() != manifest.digests.get(name):
                raise ModelError(f"{folder / name} is not the file that {MANIFEST_FILE} was written for; {_ADVICE}")
        return manifest

    def write(self, folder: Path) -> None:
        """Write the manifest into `folder`, with the digests of the files that lie there.

        Raises:
            ModelError: a file of the reader is missing.
            OSError: the folder cannot be written.
        """
        digests = {name: hashlib.sha256(_read(folder, name)).hexdigest() for name in (MODEL_FILE, TOKENIZER_FILE)}
        content = {"format": FORMAT, **asdict(self), "digests": digests}
        (folder / MANIFEST_FILE).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def _parse(cls, content: dict[str, Any]) -> ReaderManifest:
        content = dict(content)
        found = content.pop("format")
        if found != FORMAT:
            raise ValueError(f"its format is {found}, this version reads {FORMAT}")
        calibration = {name: float(value) for name, value in content.pop("calibration").items()}
        if not all(map(math.isfinite, calibration.values())):
            raise ValueError("a coefficient is no number")
        digests = {str(name): str(digest) for name, digest in content.pop("digests").items()}
        limits = {name: int(value) for name, value in content.items()}
        return cls(**limits, calibration=Calibration(**calibration), digests=digests)


_ADVICE = "install the package anew, or write the reader's folder again with `python -m training.export`"


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ModelError(f"the reader's {folder / name} cannot be read ({error.strerror}); {_ADVICE}") from error
