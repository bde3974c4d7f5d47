"""All figures of one run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from training.measure.answerability import Comparison
from training.measure.calibration import Calibration
from training.measure.open_retrieval import OpenScores
from training.measure.paragraph_given import Scores
from training.measure.speed import Times


class Measure(StrEnum):
    """What can be measured, in the order in which it is."""

    PARAGRAPH = "paragraph"
    NEAR_MISSES = "near-misses"
    CALIBRATION = "calibration"
    OPEN = "open"
    TIME = "time"


@dataclass(slots=True)
class Results:
    """What was measured; None or empty where it was not asked for or cannot be.

    The two readers of ``paragraph``, ``times`` and ``load_seconds`` are "shipped" and "full". ``calibration`` is by
    what the probability is held against: "answerable" (the context answers at all) and "right" (with this span).
    """

    processor: str
    reader: str
    megabytes: float | None = None
    load_seconds: dict[str, float] = field(default_factory=dict)
    paragraph: dict[str, Scores] = field(default_factory=dict)
    near_misses: list[Comparison] = field(default_factory=list)
    calibration: dict[str, Calibration] = field(default_factory=dict)
    open_retrieval: list[OpenScores] = field(default_factory=list)
    times: dict[str, Times] = field(default_factory=dict)
    noise: float | None = None

    def to_dict(self) -> Mapping[str, object]:
        """The results as plain JSON types."""
        return asdict(self)

    def write_json(self, path: Path) -> None:
        """Writes the results to a file.

        Raises:
            OSError: the file cannot be written.
        """
        path.write_text(json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
