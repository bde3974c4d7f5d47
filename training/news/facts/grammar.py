"""The small template language of the generator: choices, slots and marked spans."""

from __future__ import annotations

import re
from functools import cache
from random import Random

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_TOKEN = re.compile(r"\{(\w+)\}|<(/?)(\w+)>")


def expand(template: str, rng: Random) -> str:
    """One reading of a template, a branch drawn for every ``[a|b|]``, the inner choices first.

    Raises:
        ValueError: a bracket has no partner.
    """
    while _CHOICE.search(template):
        template = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), template)
    if set("[]|") & set(template):
        raise ValueError(f"unbalanced choice in {template!r}")
    return template


@cache
def readings(template: str) -> frozenset[str]:
    """Every reading of a template."""
    match = _CHOICE.search(template)
    if match is None:
        return frozenset((template,))
    head, tail = template[: match.start()], template[match.end() :]
    return frozenset().union(*(readings(head + branch + tail) for branch in match[1].split("|")))


def count_readings(templates: tuple[str, ...]) -> int:
    """How many different readings the templates have together."""
    return len(frozenset().union(*map(readings, templates)))


def fill(template: str, values: dict[str, str]) -> str:
    """The template with its ``{slots}`` filled.

    Raises:
        KeyError: a slot has no value.
    """
    return _TOKEN.sub(lambda match: values[match[1]], template)


def render(template: str, values: dict[str, str]) -> tuple[str, dict[str, tuple[int, int]]]:
    """The template filled, and where each ``{slot}`` and each ``<mark>…</mark>`` stands in the text, end exclusive.

    Raises:
        KeyError: a slot has no value, or a mark closes that was not opened.
    """
    pieces: list[str] = []
    marks: dict[str, tuple[int, int]] = {}
    opened: dict[str, int] = {}
    length = position = 0
    for token in _TOKEN.finditer(template):
        plain = template[position : token.start()]
        pieces.append(plain)
        length += len(plain)
        position = token.end()
        slot, closing, mark = token.groups()
        if slot:
            value = values[slot]
            pieces.append(value)
            marks[slot] = (length, length + len(value))
            length += len(value)
        elif closing:
            marks[mark] = (opened.pop(mark), length)
        else:
            opened[mark] = length
    pieces.append(template[position:])
    return "".join(pieces), marks


__all__ = ["count_readings", "expand", "fill", "readings", "render"]
