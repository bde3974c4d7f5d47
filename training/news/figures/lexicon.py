"""The quantities that the news reports: what they are called, measured in and asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

WORDS = Path(__file__).resolve().parent.parent / "words"


@dataclass(frozen=True, slots=True)
class Family:
    """Quantities of one kind that are reported side by side: a total and its parts.

    ``nouns``, ``clauses`` and ``questions`` are patterns over ``{x}`` (the item) and, in clauses, ``{v}`` (its figure).
    """

    name: str
    kind: str = field(compare=False)
    unit: str = field(compare=False)
    low: float = field(compare=False)
    high: float = field(compare=False)
    decimals: int = field(compare=False)
    flags: str = field(compare=False)
    nouns: tuple[str, ...] = field(compare=False)
    clauses: tuple[str, ...] = field(compare=False)
    questions: tuple[str, ...] = field(compare=False)
    total: str = field(compare=False)
    parts: tuple[str, ...] = field(compare=False)

    @property
    def is_rate(self) -> bool:
        """Whether the figures are percentages, so that they change by percentage points."""
        return "r" in self.flags

    @property
    def is_stock(self) -> bool:
        """Whether the figures hold at a date rather than over a period."""
        return "s" in self.flags

    @property
    def is_timeless(self) -> bool:
        """Whether the figures belong to no time, as a product's weight."""
        return "n" in self.flags

    @property
    def adds_up(self) -> bool:
        """Whether the parts are parts of the total, so that one may tell a share."""
        return "e" not in self.flags

    @property
    def is_exhaustive(self) -> bool:
        """Whether the parts make up the whole, so that the missing one follows from the others."""
        return "c" in self.flags

    @property
    def has_holidays(self) -> bool:
        """Whether it is also reported over holidays."""
        return "h" in self.flags

    @property
    def grows_with_size(self) -> bool:
        """Whether a province has more of it than a county, unlike a rate, a price or a concentration."""
        return self.unit not in ("%", "元", "毫米", "微克/立方米")

    @property
    def items(self) -> tuple[str, ...]:
        """The total and the parts."""
        return (self.total, *self.parts)


@cache
def families() -> dict[str, tuple[Family, ...]]:
    """All families, by the kind of place or organisation they are reported for.

    Raises:
        ValueError: a line of the word list has the wrong number of columns.
    """
    found: dict[str, list[Family]] = {}
    for line in lines("quantities.txt"):
        kind, measure, flags, nouns, clauses, questions, total, parts = (part.strip() for part in line.split("|"))
        unit, bounds, decimals = measure.split()
        low, high = bounds.split("-")
        family = Family(
            name=f"{kind}/{nouns}/{total}/{parts}",
            kind=kind,
            unit=unit,
            low=float(low),
            high=float(high),
            decimals=int(decimals),
            flags=flags,
            nouns=tuple(nouns.split(";")),
            clauses=tuple(clauses.split(";")),
            questions=tuple(questions.split(";")),
            total=total,
            parts=tuple(parts.split()),
        )
        found.setdefault(kind, []).append(family)
    return {kind: tuple(group) for kind, group in found.items()}


def lines(name: str) -> Iterator[str]:
    """The lines of a word list, without its comments.

    Raises:
        OSError: the word list cannot be read.
    """
    for line in (WORDS / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@cache
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """The word lists of a file of "key: words" lines; words are parted by spaces, phrases by ", " or sentence ends.

    Raises:
        OSError: the file cannot be read.
    """
    found: dict[str, tuple[str, ...]] = {}
    for line in lines(name):
        key, _, rest = line.partition(":")
        separator = ", " if ", " in rest else " "
        found[key.strip()] = tuple(word.strip() for word in rest.strip().split(separator) if word.strip())
    return found
