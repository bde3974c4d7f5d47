"""The figures of the systems side by side, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table

from eval.percent import percent
from eval.public.scores import RgbScores, SquadScores

_SQUAD = {
    "exact_match": "EM",
    "f1": "F1",
    "shown": "shown",
    "answered": "answered",
    "answered_precision": "ansP",
    "answered_recall": "ansR",
    "refused_precision": "refP",
    "refused_recall": "refR",
}
_RGB = {"accuracy": "accuracy", "refused": "refused", "rejection": "rejection"}


def squad_table(title: str, results: Sequence[SquadScores]) -> Table:
    """One line a system, in percent; columns that no system has a figure for are left out."""
    asked = results[0]
    columns = {key: heading for key, heading in _SQUAD.items() if any(getattr(one, key) is not None for one in results)}
    drawn = _table(
        title, f"{asked.questions} questions, {asked.answerable} answerable; EM and F1 as CMRC 2018", columns
    )
    for result in results:
        drawn.add_row(result.name, *(percent(getattr(result, key)) for key in columns))
    return drawn


def rgb_table(title: str, results: Sequence[RgbScores]) -> Table:
    """One line a system, in percent."""
    caption = f"{results[0].questions} questions; accuracy of short answers, rejection with negative passages alone"
    drawn = _table(title, caption, _RGB)
    for result in results:
        drawn.add_row(result.name, *(percent(getattr(result, key)) for key in _RGB))
    return drawn


def _table(title: str, caption: str, columns: dict[str, str]) -> Table:
    drawn = Table(title=title, caption=caption, box=box.SIMPLE, padding=(0, 1))
    drawn.add_column("system", no_wrap=True)
    for heading in columns.values():
        drawn.add_column(heading, justify="right", no_wrap=True)
    return drawn
