"""The report's plots, as SVG to stand inside an HTML page: no files, no fonts, no clock, and the page's own colours."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np

from eval.calibration_curve import ReliabilityBin
from eval.cases import CaseError
from eval.metrics import percentile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

# Colours to draw with, and the page's custom properties that stand in for them, so that a plot follows dark mode.
_INK, _SOFT, _LINE, _BAR, _ACCENT = "#010101", "#020202", "#030303", "#040404", "#050505"
_PROPERTIES = {_INK: "--ink", _SOFT: "--soft", _LINE: "--line", _BAR: "--bar", _ACCENT: "--accent"}
_LINK = "{http://www.w3.org/1999/xlink}href"
# Small, because a phone shows the plot at about its own size and a desktop enlarges it.
_INCHES = (4.6, 3.0)
_STYLE: dict[RcKeyType, object] = {
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _LINE,
    "axes.labelcolor": _SOFT,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "text.color": _INK,
    "xtick.color": _SOFT,
    "ytick.color": _SOFT,
}
_TIME_BINS = 24


def latency_histogram(milliseconds: Sequence[float], name: str) -> str:
    """How many answers took how long, as SVG. ``name`` must be unique in the page.

    Raises:
        CaseError: matplotlib is not installed.
        ValueError: no times.
    """
    p50, p95 = percentile(milliseconds, 0.5), percentile(milliseconds, 0.95)
    with _figure(name) as figure:
        axes = figure.subplots()
        # A logarithm has no place for nothing; no answer takes under a hundredth of a millisecond.
        times = np.maximum(np.array(milliseconds), 0.01)
        edges = np.geomspace(times.min() / 1.1, times.max() * 1.1, _TIME_BINS + 1)
        axes.hist(times, bins=edges.tolist(), color=_BAR)
        axes.set_xscale("log")
        _label_times(axes)
        top = axes.get_ylim()[1]
        # To either side, so that they can be told apart where the times are close together.
        for value, label, side in ((p50, "p50 ", "right"), (p95, " p95", "left")):
            axes.axvline(max(value, 0.01), color=_ACCENT, linewidth=1, linestyle="--")
            axes.text(max(value, 0.01), top * 1.02, label, color=_ACCENT, ha=side, va="bottom")
        axes.set_ylabel("answers")
        axes.set_xlabel("whole answer, milliseconds (logarithmic)")
        description = f"Histogram of {len(times)} answer times: median {p50:.0f} ms, 95th percentile {p95:.0f} ms"
        return _svg(figure, name, description)


def _label_times(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    low, high = axes.get_xlim()
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high / low < 300 else (1,)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def reliability_diagram(bins: Sequence[ReliabilityBin], name: str) -> str:
    """The share of right answers against their confidence, and how many answers there are, as SVG.

    ``name`` must be unique in the page.

    Raises:
        CaseError: matplotlib is not installed.
    """
    with _figure(name) as figure:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[4, 1])
        lefts, widths = [one.lower for one in bins], [one.upper - one.lower for one in bins]
        above.bar(lefts, [one.accuracy for one in bins], widths, align="edge", color=_BAR, edgecolor=_LINE)
        above.plot([0, 1], [0, 1], color=_SOFT, linewidth=1, linestyle="--")
        above.plot([one.confidence for one in bins], [one.accuracy for one in bins], "o", color=_ACCENT, markersize=4)
        above.set_xlim(0, 1)
        above.set_ylim(0, 1.04)
        above.set_ylabel("share right")
        below.bar(lefts, [one.count for one in bins], widths, align="edge", color=_BAR, edgecolor=_LINE)
        for one in bins:
            below.text((one.lower + one.upper) / 2, one.count, str(one.count), ha="center", va="bottom", fontsize=8)
        below.set_yticks([])
        below.spines["left"].set_visible(False)
        below.set_ylabel("answers", rotation=0, ha="right", va="center")
        below.set_xlabel("confidence")
        points = "; ".join(f"{one.confidence:.2f}: {one.accuracy:.2f} of {one.count}" for one in bins)
        return _svg(figure, name, f"Reliability diagram, confidence: share right of answers. {points}")


@contextmanager
def _figure(name: str) -> Iterator[Figure]:
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise CaseError(
            "the HTML report draws its plots with matplotlib, which is not installed; pip install matplotlib"
        ) from error
    # The salt makes the names of clipping paths the same on every run, and other ones in every plot of a page.
    with rc_context({**_STYLE, "svg.hashsalt": name}):
        yield Figure(figsize=_INCHES, layout="constrained")


def _svg(figure: Figure, name: str, description: str) -> str:
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    # What is parsed here was written by the line above.
    root = ElementTree.fromstring(file.getvalue())  # noqa: S314
    _drop_sheets(root)
    for element in root.iter():
        _fit_into_page(element, name)
    root.attrib = {"viewBox": root.attrib["viewBox"], "role": "img", "aria-label": description}
    return ElementTree.tostring(root, encoding="unicode")


def _drop_sheets(root: ElementTree.Element) -> None:
    # A style sheet inside the drawing would be one for the whole page; metadata speaks of tools and standards.
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith(("}style", "}metadata")):
                parent.remove(child)


def _fit_into_page(element: ElementTree.Element, name: str) -> None:
    # Within HTML, SVG needs no namespaces; without them, the page holds no address at all.
    element.tag = element.tag.rpartition("}")[2]
    attributes = element.attrib
    if _LINK in attributes:
        attributes["href"] = f"#{name}-{attributes.pop(_LINK)[1:]}"
    if "id" in attributes:
        attributes["id"] = f"{name}-{attributes['id']}"
    if "clip-path" in attributes:
        attributes["clip-path"] = attributes["clip-path"].replace("url(#", f"url(#{name}-")
    for colour, custom in _PROPERTIES.items():
        if colour in attributes.get("style", ""):
            attributes["style"] = attributes["style"].replace(colour, f"var({custom})")
