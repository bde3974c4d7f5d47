"""What changed since an earlier run: which figures moved, and which questions became better, worse or other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from eval.cases import CaseError
from eval.evaluation import Evaluation
from eval.percent import percent
from eval.report import to_json
from rag.types import Status

_LEAST_MOVE = 1e-9


@dataclass(frozen=True, slots=True)
class RecordedCitation:
    """The place that an answer cited."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """What was said."""

    status: Status
    short: str | None
    text: str
    citations: tuple[RecordedCitation, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question asks for."""

    status: Status
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordedOutcome:
    """One question of a report, as `eval.report.to_json` writes it; what is not compared is left out."""

    id: str
    question: str
    expected: Expected
    right: bool
    ranks: tuple[int | None, ...]
    answer: RecordedAnswer


@dataclass(frozen=True, slots=True)
class RecordedSet:
    """One set of a report, as `eval.report.to_json` writes it."""

    name: Annotated[str, Field(alias="set")]
    overall: Mapping[str, float | None]
    latency: Mapping[str, float]
    outcomes: tuple[RecordedOutcome, ...]

    def by_id(self) -> dict[str, RecordedOutcome]:
        """The outcomes by the id of their case."""
        return {outcome.id: outcome for outcome in self.outcomes}


@dataclass(frozen=True, slots=True)
class RecordedReport:
    """A file that ``juwen eval --json`` wrote."""

    sets: tuple[RecordedSet, ...]


_REPORT = TypeAdapter(RecordedReport)
_SET = TypeAdapter(RecordedSet)


def read_earlier(path: Path) -> dict[str, RecordedSet]:
    """The sets of an earlier ``--json`` report, by name.

    Raises:
        CaseError: the file cannot be read, or is no such report; the message names the file and what is wrong.
    """
    try:
        report = _REPORT.validate_json(path.read_bytes())
    except OSError as error:
        raise CaseError(
            f"{path}: cannot be read ({error.strerror}); give a file that juwen eval --json wrote"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise CaseError(f"{path}: {place}: {first['msg']}; give a file that juwen eval --json wrote") from error
    sets = {one.name: one for one in report.sets}
    if len(sets) < len(report.sets):
        raise CaseError(f"{path}: holds a set twice; give a file that juwen eval --json wrote")
    return sets


def change_lines(earlier: Mapping[str, RecordedSet], evaluations: Sequence[Evaluation]) -> list[str]:
    """What a reader of two reports wants to know, line by line: for each set a summary, figures, then questions.

    Times are told, but are no change: they belong to the machine and the hour.
    """
    now = {evaluation.name: _SET.validate_python(to_json(evaluation)) for evaluation in evaluations}
    lines = [line for name, one in now.items() if name in earlier for line in _lines(name, earlier[name], one)]
    lines += [f"{name}: not in the earlier report" for name in now if name not in earlier]
    lines += [f"{name}: only in the earlier report" for name in earlier if name not in now]
    return lines


def _lines(name: str, before: RecordedSet, after: RecordedSet) -> list[str]:
    old, new = before.by_id(), after.by_id()
    both = [(old[key], new[key]) for key in new if key in old]
    better = [pair for pair in both if pair[1].right and not pair[0].right]
    worse = [pair for pair in both if pair[0].right and not pair[1].right]
    changed = [pair for pair in both if pair[0].right == pair[1].right and _differs(*pair)]
    only = [
        *(f"  only now: {new[key].id} {new[key].question!r}" for key in new if key not in old),
        *(f"  only before: {old[key].id} {old[key].question!r}" for key in old if key not in new),
    ]
    figures = _moved(before.overall, after.overall)
    asked = f"{len(both)} questions in both; {_times(before.latency, after.latency)}"
    if not (better or worse or changed or only or figures):
        return [f"{name}: nothing changed ({asked})"]
    return [
        f"{name}: {len(better)} better, {len(worse)} worse, {len(changed)} otherwise changed ({asked})",
        *figures,
        *(f"  became right: {_told(*pair)}" for pair in better),
        *(f"  became wrong: {_told(*pair)}" for pair in worse),
        *(f"  changed, still {'right' if new.right else 'wrong'}: {_told(old, new)}" for old, new in changed),
        *only,
    ]


def _differs(old: RecordedOutcome, new: RecordedOutcome) -> bool:
    return (old.question, old.expected, old.ranks, old.answer) != (new.question, new.expected, new.ranks, new.answer)


def _moved(old: Mapping[str, float | None], new: Mapping[str, float | None]) -> list[str]:
    pairs = {key: (old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))}
    return [
        f"  {key}: {percent(was, 2)} → {percent(now, 2)} %" for key, (was, now) in pairs.items() if _is_move(was, now)
    ]


def _is_move(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is not new
    return abs(old - new) > _LEAST_MOVE


def _times(old: Mapping[str, float], new: Mapping[str, float]) -> str:
    return ", ".join(f"{key.removesuffix('_ms')} {old[key]:.0f} → {new[key]:.0f} ms" for key in new if key in old)


def _told(old: RecordedOutcome, new: RecordedOutcome) -> str:
    wanted = " / ".join(new.expected.answers) or new.expected.status
    said = [f"{new.id} {new.question!r}", f"wanted {wanted}"]
    if (old.question, old.expected) != (new.question, new.expected):
        said.append("the question or what is expected was edited")
    was, now = _said(old.answer), _said(new.answer)
    if was == now and old.answer.text != new.answer.text:
        was, now = f"{was} ({old.answer.text!r})", f"{now} ({new.answer.text!r})"
    said.append(f"was {was}, now {now}" if was != now else f"says the same: {now}")
    if old.answer.citations != new.answer.citations:
        said.append(f"cited {_places(old.answer)}, now {_places(new.answer)}")
    if old.ranks != new.ranks:
        said.append(f"evidence was at rank {_ranks(old.ranks)}, now {_ranks(new.ranks)}")
    return "; ".join(said)


def _said(answer: RecordedAnswer) -> str:
    if answer.status not in ("answered", "computed"):
        return answer.status
    return f"{answer.status} {answer.short or answer.text!r}"


def _places(answer: RecordedAnswer) -> str:
    return ", ".join(f"{one.article_id} {one.start}–{one.end}" for one in answer.citations) or "nothing"


def _ranks(ranks: Sequence[int | None]) -> str:
    return ", ".join(str(rank or "none") for rank in ranks) or "–"
