"""A paragraph under construction: its units of text, the facts they tell, and whom they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from training.news.facts.cast import Cast
from training.news.facts.grammar import expand, render

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What one unit tells: a relation, what it is asked about, and where in the unit the answer stands."""

    relation: str
    fields: Fields
    unit: int
    start: int
    end: int


@dataclass(slots=True)
class Passage:
    """Units of text in order, with the facts in them.

    ``subjects`` are the things named in the text, with their kind, about which something not told can be asked;
    ``hinted`` are pairs that the text answers in part, so that they are asked neither way.
    """

    rng: Random
    cast: Cast
    units: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    subjects: list[tuple[str, str]] = field(default_factory=list)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hinted: set[tuple[str, Fields]] = field(default_factory=set)
    _told: set[tuple[str, Fields]] = field(default_factory=set)
    _marks: dict[str, tuple[int, int]] = field(default_factory=dict)

    def say(self, template: str, **values: str) -> None:
        """Add a unit of text."""
        text, self._marks = render(expand(template, self.rng), values)
        self.units.append(text)

    def know(self, kind: str, name: str, *aliases: str) -> None:
        """Name a subject of the last unit, and other words by which a question may call it."""
        if (kind, name) not in self.subjects:
            self.subjects.append((kind, name))
        if aliases:
            self.aliases[name] = aliases

    def tell(self, relation: str, mark: str, **fields: str) -> None:
        """Note that the marked stretch of the last unit, if its reading has it, answers the relation."""
        if mark in self._marks:
            start, end = self._marks[mark]
            self.tell_at(relation, start, end, **fields)

    def tell_at(self, relation: str, start: int, end: int, **fields: str) -> None:
        """Note that a stretch of the last unit answers the relation."""
        fact = Fact(relation, tuple(fields.items()), len(self.units) - 1, start, end)
        self.facts.append(fact)
        self._told.add((relation, fact.fields))

    def hint(self, relation: str, **fields: str) -> None:
        """Note a pair that is neither plainly told nor plainly untold."""
        self.hinted.add((relation, tuple(fields.items())))

    def told(self, relation: str, fields: Fields) -> bool:
        """Whether the text tells, or hints at, the relation of these fields."""
        return (relation, fields) in self.hinted or (relation, fields) in self._told

    def mark(self, mark: str) -> tuple[int, int]:
        """Where a mark of the last unit stands.

        Raises:
            KeyError: the unit's reading left it out.
        """
        return self._marks[mark]

    def has(self, mark: str) -> bool:
        """Whether the last unit's reading holds the mark."""
        return mark in self._marks
