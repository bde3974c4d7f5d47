"""How answers, settings and long steps look in a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rag.types import Answer, Citation

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from rag.settings import Settings


class ProgressBars:
    """A `rag.progress.Progress` that draws a bar for every long step on standard error.

    Example:
        >>> with ProgressBars() as bars:      # doctest: +SKIP
        ...     Chatbot.open(progress=bars)
    """

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show how far the step named by ``label`` is. A step of one is a remark, and gets a line."""
        bars = self._started()
        if total <= 1 and label not in self._tasks:
            if done >= total:
                bars.console.print(label, markup=False, highlight=False, soft_wrap=True)
            return
        if label not in self._tasks:
            self._tasks[label] = bars.add_task(label.replace("[", r"\["), total=total)
        bars.update(self._tasks[label], completed=done, total=total)

    def __enter__(self) -> ProgressBars:
        """Draw nothing yet: many commands have no long step."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Leave the bars as they are."""
        self.close()

    def close(self) -> None:
        """Leave the bars as they are, and give the terminal back."""
        if self._bars is not None:
            self._bars.stop()
        self._bars = None
        self._tasks = {}

    def _started(self) -> Bars:
        if self._bars is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            self._bars = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True),
            )
            self._bars.start()
        return self._bars


def below_answer(answer: Answer) -> str:
    """What stands under an answer's text: how it was read and computed, and each cited sentence with its link.

    Sentences that only come close to a question that is refused are marked ≈, further questions ?.
    """
    lines = [f"  ({note})" for note in answer.notes]
    if answer.formula is not None:
        lines.append(f"  推算: {answer.formula}")
    for citation in answer.citations:
        lines += [f"  [{citation.number}] {citation.quote}", f"      {_place(citation)}", f"      {citation.url}"]
    for citation in answer.related:
        lines += [f"  ≈ {citation.quote}", f"      {_place(citation)}", f"      {citation.url}"]
    lines += [f"  ? {suggestion}" for suggestion in answer.suggestions]
    return "\n".join(lines)


def _place(citation: Citation) -> str:
    return " · ".join(part for part in (citation.title, citation.section) if part)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as it is now; ``source`` is where its value comes from."""

    name: str
    value: Any
    source: str
    variable: str
    description: str


def setting_rows(settings: Settings) -> Iterator[SettingRow]:
    """Every setting with its value, its source and the environment variable that sets it."""
    from pydantic_settings import TomlConfigSettingsSource

    from rag.settings import SETTINGS_FILE

    in_file = TomlConfigSettingsSource(type(settings))()
    in_environment = {name.upper() for name in os.environ}
    values = settings.model_dump(mode="json")
    for name, field in type(settings).model_fields.items():
        variable = f"{type(settings).model_config.get('env_prefix', '')}{name}".upper()
        source = "default"
        if name in in_file:
            source = SETTINGS_FILE
        if variable in in_environment:
            source = "environment"
        yield SettingRow(name, values[name], source, variable, field.description or "")
