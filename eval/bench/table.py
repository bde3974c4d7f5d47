"""The figures side by side, with the targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

NOISY = 1.5
"""From here on the 95th percentile of the fixed work, by its median, says that something else used the machine."""


def table(results: Mapping[str, Any]) -> Table:
    """One line a figure: ours, the plain recipe, the target."""
    asked, built = results["questions"], results["indexing"]
    times, evidence = asked["times"], asked["evidence"]
    drawn = Table(title="据文 beside the plain recipe", caption=_noise(times["fixed"]), caption_justify="left")
    for heading in ("figure", "据文", "plain recipe", "target"):
        drawn.add_column(heading, justify="left" if heading == "figure" else "right")
    drawn.add_row("whole answer, p50", _ms(times["answer"], "p50_ms"), "–", "< 100 ms")
    drawn.add_row("whole answer, p95", _ms(times["answer"], "p95_ms"), "–", "< 250 ms")
    drawn.add_row("retrieval only, p50", _ms(times["retrieval"], "p50_ms"), _ms(times["peer"], "p50_ms"), "")
    drawn.add_row("retrieval only, p95", _ms(times["retrieval"], "p95_ms"), _ms(times["peer"], "p95_ms"), "")
    drawn.add_section()
    drawn.add_row("evidence in cited sentences", _percent(evidence["cited"]), "–", "")
    drawn.add_row("evidence in the top 4", _percent(evidence["passages"]), _percent(evidence["peer"]), "")
    drawn.add_section()
    drawn.add_row(
        f"index build, {built['articles']} articles", f"{built['build_s']:.1f} s", f"{built['peer_s']:.1f} s", ""
    )
    drawn.add_row(f"  of bare encode of its {built['texts']} texts", _percent(built["share"]), "–", "≥ 90 %")
    drawn.add_section()
    drawn.add_row(
        "start to first answer", f"{results['start']['ours_s']:.1f} s", f"{results['start']['peer_s']:.1f} s", "< 12 s"
    )
    drawn.add_row(
        "peak memory",
        f"{results['memory']['ours_mb']:.0f} MB",
        f"{results['memory']['peer_mb']:.0f} MB",
        "< 1500 MB",
    )
    drawn.add_section()
    page = results["page"]
    drawn.add_row("page, weight of a first visit", _figure(page, "weight_kb", "kB"), "–", "")
    drawn.add_row("page, until a question can be typed", _figure(page, "usable_ms", "ms"), "–", "")
    drawn.add_row("page, send to first words, p50", _figure(page, "first_text_ms", "ms"), "–", "")
    drawn.add_row("  beyond the answer itself", _figure(page, "beyond_ms", "ms"), "–", "< 200 ms")
    drawn.add_row(f"page, {page['visitors']['count']} visitors at once, p95", _ms(page["visitors"], "p95_ms"), "–", "")
    drawn.add_section()
    for label, shown in _load(results["load"]):
        drawn.add_row(label, shown, "–", "")
    return drawn


def _load(load: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    ceiling, memory, overload = load["ceiling"], load["memory"], load["overload"]
    yield f"model alone, {ceiling['threads']} threads", f"{ceiling['per_second']:.1f} /s"
    for level in load["levels"]:
        clients = "1 client" if level["clients"] == 1 else f"{level['clients']} clients"
        share = _percent(level["per_second"] / ceiling["per_second"])
        yield f"served, {clients}, {load['seconds']:g} s: of the model", f"{level['per_second']:.1f} /s, {share}"
        yield "  p50 / p95", f"{level['p50_ms']:.0f} / {level['p95_ms']:.0f} ms"
    yield f"server's memory after {memory['early']} more questions", f"{memory['early_mb']:.0f} MB"
    yield f"  after {memory['asked']}", f"{memory['asked_mb']:.0f} MB"
    yield f"{overload['visitors']} at once: answered, 503", f"{overload['answered']}, {overload['refused']}"
    yield "  until a 503, p50 / last", f"{overload['refusal_p50_ms']:.0f} / {overload['slowest_refusal_ms']:.0f} ms"


def _figure(figures: Mapping[str, float], name: str, unit: str) -> str:
    return f"{figures[name]:.0f} {unit}" if name in figures else "no browser"


def _noise(fixed: Mapping[str, float]) -> str:
    ratio = fixed["p95_ms"] / fixed["p50_ms"]
    verdict = "the machine was busy: measure again" if ratio > NOISY else "the machine was quiet"
    return f"fixed work between the questions: p95 is {ratio:.2f} times p50; {verdict}"


def _ms(times: Mapping[str, float], key: str) -> str:
    return f"{times[key]:.0f} ms"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"
