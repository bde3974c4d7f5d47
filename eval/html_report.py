"""The report of a run as one HTML page that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from eval.calibration_curve import ReliabilityBin, expected_calibration_error, reliability_bins
from eval.cases import CaseError
from eval.evaluation import Evaluation
from eval.html_failures import CAUSES, FLAWS, ShownQuestion, failures, flawed
from eval.html_figures import (
    FIGURE_NAMES,
    STATUSES,
    Headline,
    Row,
    confusion,
    figures_row,
    headlines,
    kind_rows,
    system_rows,
)
from eval.html_plots import latency_histogram, reliability_diagram
from eval.metrics import percentile
from eval.outcomes import Outcome
from eval.percent import percent
from eval.sets import HERE
from rag.types import Status
from rag.version import VERSION

_OWN_NAME = "据文"
Thresholds = Mapping[str, Mapping[str, float]]
"""By set, the least that each figure may be; a set may have none."""
_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["percent"] = percent


@dataclass(frozen=True, slots=True)
class Section:
    """One set of questions as the page shows it. ``anchor`` names it within the page."""

    anchor: str
    name: str
    overall: Row
    headlines: Sequence[Headline]
    kinds: Sequence[Row]
    systems: Sequence[Row]
    confusion: Mapping[Status, Mapping[Status, int]]
    stages: Mapping[str, tuple[float, float]]
    latency_plot: str
    bins: Sequence[ReliabilityBin]
    calibration_error: float | None
    calibration_plot: str
    failures: Mapping[str, Sequence[ShownQuestion]]
    flawed: Sequence[ShownQuestion]

    @property
    def wrong(self) -> int:
        """How many questions went wrong."""
        return sum(map(len, self.failures.values()))

    @property
    def under(self) -> int:
        """How many figures are under their threshold."""
        return sum(headline.verdict == "under" for headline in self.headlines)

    @property
    def bounded(self) -> bool:
        """Whether the set has thresholds."""
        return any(headline.verdict != "free" for headline in self.headlines)

    def causes(self, questions: Sequence[ShownQuestion] | None = None) -> dict[str, int]:
        """How many questions went wrong in which way, or how many of ``questions`` have which tag."""
        among = [one for group in self.failures.values() for one in group] if questions is None else questions
        tags = [tag for one in among for tag in one.tags]
        return {tag: tags.count(tag) for tag in (*CAUSES, *FLAWS) if tag in tags}


def write_html(path: Path, evaluations: Sequence[Evaluation], thresholds: Thresholds) -> None:
    """Writes the report of some sets of questions as one page. The same outcomes make the same page, byte for byte.

    Raises:
        CaseError: the file cannot be written, or matplotlib is not installed.
    """
    page = render(evaluations, thresholds)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{path}: cannot be written ({error.strerror}); give another --html FILE") from error


def render(evaluations: Sequence[Evaluation], thresholds: Thresholds) -> str:
    """The page as HTML. Questions, articles and names are data in it, never markup; sets without outcomes are left out.

    Raises:
        CaseError: matplotlib is not installed.
    """
    asked = [evaluation for evaluation in evaluations if evaluation.outcomes]
    return _templates.get_template("html_report.html").render(
        sections=[
            _section(evaluation, thresholds.get(evaluation.name, {}), f"set-{number}")
            for number, evaluation in enumerate(asked, 1)
        ],
        figure_names=FIGURE_NAMES,
        tag_names={**CAUSES, **FLAWS},
        statuses=STATUSES,
        own_name=_OWN_NAME,
        version=VERSION,
    )


def _section(evaluation: Evaluation, thresholds: Mapping[str, float], anchor: str) -> Section:
    outcomes = evaluation.outcomes
    answers = [outcome for outcome in outcomes if outcome.gave_answer]
    bins = reliability_bins([one.answer.confidence for one in answers], [one.right for one in answers])
    return Section(
        anchor=anchor,
        name=evaluation.name,
        overall=figures_row(evaluation.name, outcomes),
        headlines=headlines(outcomes, thresholds),
        kinds=kind_rows(outcomes),
        systems=system_rows(evaluation, _OWN_NAME),
        confusion=confusion(outcomes),
        stages=_stages(outcomes),
        latency_plot=latency_histogram([outcome.milliseconds for outcome in outcomes], f"{anchor}-latency"),
        bins=bins,
        calibration_error=expected_calibration_error(bins),
        calibration_plot=reliability_diagram(bins, f"{anchor}-calibration") if bins else "",
        failures=failures(outcomes),
        flawed=flawed(outcomes),
    )


def _stages(outcomes: Sequence[Outcome]) -> dict[str, tuple[float, float]]:
    """The median and the 95th percentile of each stage in milliseconds, over the answers that went through it."""
    names = dict.fromkeys(name for outcome in outcomes for name in outcome.answer.timings)
    times = {
        name: [outcome.answer.timings[name] for outcome in outcomes if name in outcome.answer.timings] for name in names
    }
    return {name: (percentile(taken, 0.5), percentile(taken, 0.95)) for name, taken in times.items()}
