"""The figures side by side with their anchors and targets, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table

from training.measure.answerability import Comparison, Separation
from training.measure.calibration import Calibration
from training.measure.paragraph_given import PUBLISHED, Scores
from training.measure.results import Results
from training.measure.speed import Times

NOISY = 1.5
"""From here on the 95th percentile of fixed work, by its median, says that something else used the machine."""


def tables(results: Results) -> Group:
    """One table of all figures, and the reliability table where the reader gives probabilities."""
    parts: list[RenderableType] = [_figures(results)]
    if results.calibration:
        parts.append(_reliability(results))
    return Group(*parts)


def _figures(results: Results) -> Table:
    drawn = Table(title=f"The reader ({results.reader}) on questions it never saw", caption_justify="left")
    drawn.caption = _caption(results)
    for heading in ("figure", "ours", "anchor", "target"):
        drawn.add_column(heading, justify="left" if heading in ("figure", "anchor") else "right")
    for section in (_paragraph, _near_misses, _calibration, _open, _time):
        rows = list(section(results))
        for row in rows:
            drawn.add_row(*row)
        if rows:
            drawn.add_section()
    return drawn


_Row = tuple[str, str, str, str]


def _paragraph(results: Results) -> Iterator[_Row]:
    if not results.paragraph:
        return
    shipped, full = results.paragraph["shipped"], results.paragraph.get("full")
    title = f"CMRC 2018 trial, paragraph given, EM / F1 (n = {shipped.questions})"
    yield title, _pair(shipped), "on the development set:", "64 / 83"
    for name, (match, f1) in PUBLISHED.items():
        yield "", "", f"{name}: {match:.1f} / {f1:.1f}", ""
    if full:
        yield "  the full model", _pair(full), "", ""
        yield "  lost by quantisation, EM / F1", _loss(full, shipped), "", "F1 ≤ 0.5"


def _near_misses(results: Results) -> Iterator[_Row]:
    for compared in results.near_misses:
        if compared.kind == "all":
            title = f"answerable or not, {compared.data}, AUROC ({_counts(compared)})"
            yield title, _auroc(compared.reader), f"cosine {_auroc(compared.cosine)}", "0.92"
            refused = f"  refused at {100 * compared.wrong_refusals:.0f} % wrong refusals"
            yield refused, _share(compared.reader), f"cosine {_share(compared.cosine)}", ""
            yield "  the answerable read exactly / by overlap", f"{_pair(compared.scores)}", "", ""
        else:
            ours = f"{_auroc(compared.reader)}, {_share(compared.reader)}"
            anchor = f"cosine {_auroc(compared.cosine)}, {_share(compared.cosine)}"
            yield f"  {compared.kind}: AUROC, refused (n = {compared.unanswerable})", ours, anchor, ""


def _calibration(results: Results) -> Iterator[_Row]:
    for event, measured in results.calibration.items():
        title = f"calibration error, probability against “{event}” (n = {measured.count})"
        yield title, f"{100 * measured.error:.1f} %", f"Brier {measured.brier:.3f}", ""


def _open(results: Results) -> Iterator[_Row]:
    if not results.open_retrieval:
        return
    ours, plain = results.open_retrieval
    title = f"open retrieval over all paragraphs, EM / F1 (n = {ours.scores.questions})"
    yield title, _pair(ours.scores), f"plain recipe {_pair(plain.scores)}", "ahead"
    yield (
        "  answer in what the reader sees",
        f"{ours.answer_shown:.1f} %",
        f"plain recipe {plain.answer_shown:.1f} %",
        "",
    )


def _time(results: Results) -> Iterator[_Row]:
    if results.times:
        shipped, full = results.times["shipped"], results.times.get("full")
        title = f"one question over 5 passages of {shipped.passage_chars:.0f} characters, p50 / p95"
        yield title, _milliseconds(shipped), f"full model {_milliseconds(full)}" if full else "", "p50 < 120 ms"
    if "shipped" in results.load_seconds:
        yield "loading", f"{results.load_seconds['shipped']:.2f} s", "", "< 1 s"
    if results.megabytes is not None:
        yield "size of the folder", f"{results.megabytes:.1f} MB", "", "≤ 40 MB"


def _reliability(results: Results) -> Table:
    drawn = Table(title="Reliability: of the answers given a probability, how many came true")
    for heading in ("probability", "number", "mean", *results.calibration):
        drawn.add_column(heading, justify="right")
    measured: list[Calibration] = list(results.calibration.values())
    for row, *others in zip(*(each.bins for each in measured), strict=True):
        came_true = (f"{100 * one.accuracy:.0f} %" for one in (row, *others))
        drawn.add_row(f"{row.lower:.1f}–{row.upper:.1f}", str(row.count), f"{100 * row.confidence:.0f} %", *came_true)
    return drawn


def _caption(results: Results) -> str:
    if results.noise is None:
        return results.processor
    verdict = "the machine was busy: measure again" if results.noise > NOISY else "the machine was quiet"
    return f"{results.processor}; p95 of fixed work is {results.noise:.2f} times its p50: {verdict}"


def _pair(scores: Scores) -> str:
    return f"{scores.exact_match:.1f} / {scores.f1:.1f}"


def _loss(full: Scores, shipped: Scores) -> str:
    return f"{full.exact_match - shipped.exact_match:.1f} / {full.f1 - shipped.f1:.1f}"


def _counts(compared: Comparison) -> str:
    return f"n = {compared.answerable} + {compared.unanswerable}"


def _auroc(measured: Separation | None) -> str:
    return "–" if measured is None else f"{measured.auroc:.3f}"


def _share(measured: Separation | None) -> str:
    return "–" if measured is None else f"{100 * measured.refused:.1f} %"


def _milliseconds(times: Times) -> str:
    return f"{times.p50_ms:.0f} / {times.p95_ms:.0f} ms"
