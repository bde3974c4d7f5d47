"""How sure a candidate is: one probability from what the reader, the guards and the rules say of it.

A logistic regression (Platt 1999, "Probabilistic outputs for support vector machines") over a handful of signals,
fitted by `python -m training.calibrate` on questions that nothing else was tuned on. So 0.8 means that of such answers
eight in ten are right; how far that holds is measured on yet other questions.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

COEFFICIENTS = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a candidate.

    ``margin`` is the reader's span score above its "no answer" score, ``answerable`` its logit that the passage
    answers at all, ``lead`` by how much the margin is above that of the best candidate elsewhere. ``agreed``,
    ``contradicted`` and ``unanswered`` (0 or 1) say what the rules made of the question: the same, something else, or
    nothing. ``doubted`` is 1 where a guard speaks against it.
    """

    margin: float
    answerable: float
    lead: float
    agreed: float
    contradicted: float
    unanswered: float
    doubted: float


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """The weight of each signal, and the intercept; and how often a figure that the rules are sure of is right."""

    intercept: float
    weights: Mapping[str, float]
    ruled_figure: float

    @classmethod
    def load(cls, path: Path = COEFFICIENTS) -> ConfidenceModel:
        """The fitted weights in ``path``, by default those that belong to the reader that ships."""
        content = json.loads(path.read_text(encoding="utf-8"))
        weights = {field.name: float(content["weights"][field.name]) for field in fields(Signals)}
        return cls(float(content["intercept"]), weights, float(content["ruled_figure"]))

    def save(self, path: Path = COEFFICIENTS) -> None:
        """Write the weights where `load` finds them."""
        content = {"intercept": self.intercept, "ruled_figure": self.ruled_figure, "weights": dict(self.weights)}
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")

    def probability(self, signals: Signals) -> float:
        """The probability, 0 to 1, that the candidate with these ``signals`` is the answer."""
        logit = self.intercept + sum(weight * getattr(signals, name) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-500.0, min(500.0, logit))))
