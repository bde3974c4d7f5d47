"""What a sum comes to and how it is shown: its rounding, its bound, and its formula.

An operand that the article gives as a bound (超9万, 6倍多) bounds the result too: ÷ 6倍多 comes to less than ÷ 6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from rag.answer.figure_ranking import ScoredFigure
from rag.answer.reading import Finding
from rag.text.numbers import Bound, Quantity, format_quantity

_PREFIXES: dict[Bound, str] = {"exact": "", "about": "约", "over": "超过", "under": "不到"}
_SIGNS: dict[Bound, str] = {"exact": "=", "about": "≈", "over": ">", "under": "<"}
_SCALES = ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_SCALE = re.compile(r"万亿|亿|万")
_LEAST_IN_SCALE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure of a sum; ``rising`` is whether the result grows with it (False for what is taken off or divides)."""

    quantity: Quantity
    rising: bool = True


def bound_of(operands: Sequence[Operand]) -> Bound:
    """How exact a result is, by the bounds of what it is worked out of.

    Example:
        >>> from rag.text.numbers import find_quantities
        >>> value, multiple = find_quantities("95万辆,是6倍多")
        >>> bound_of([Operand(value), Operand(multiple, rising=False)])
        'under'
    """
    bounds: set[Bound] = set()
    for operand in operands:
        bound = operand.quantity.bound
        if bound in ("over", "under") and not operand.rising:
            bound = "under" if bound == "over" else "over"
        bounds.add(bound)
    bounds.discard("exact")
    if not bounds:
        return "exact"
    return bounds.pop() if len(bounds) == 1 else "about"


def calculate(
    value: Decimal,
    unit: str,
    formula: str,
    operands: Sequence[Operand],
    figures: Sequence[ScoredFigure],
    *,
    inexact: bool = False,
) -> Finding:
    """The finding for a worked-out ``value`` in base units; ``figures`` are what it rests on.

    A percentage of a division keeps one decimal, any other quotient three significant digits; ``inexact`` marks a
    quotient by a rate or a multiple, which the article itself has rounded.
    """
    quotient = "÷" in formula
    if quotient and unit == "%":
        rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    elif quotient:
        rounded = value.normalize(Context(prec=3, rounding=ROUND_HALF_UP))
    else:
        rounded = value
    shown = _show(rounded, unit, operands)
    bound = bound_of(operands)
    if bound == "exact" and (inexact or rounded != value):
        bound = "about"
    return Finding(
        short=f"{_PREFIXES[bound]}{shown}",
        answer_span=None,
        support=tuple(dict.fromkeys(part for scored in figures for part in scored.support)),
        confidence=min(scored.confidence for scored in figures),
        formula=f"{formula} {_SIGNS[bound]} {shown}",
    )


def _show(value: Decimal, unit: str, operands: Sequence[Operand]) -> str:
    """The value in 万 or 亿 where the article writes the largest operand so: 5.1亿元 − 4.4亿元 = 0.7亿元."""
    same = [operand.quantity for operand in operands if operand.quantity.unit == unit]
    if not same:
        return format_quantity(value, unit)
    written = _SCALE.search(max(same, key=lambda quantity: quantity.value).text)
    scale, name = next(((s, n) for s, n in _SCALES if written and n == written.group()), (Decimal(1), ""))
    if abs(value / scale) < _LEAST_IN_SCALE:
        return format_quantity(value, unit)
    plain = value / scale
    number = plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain.normalize()
    return f"{number:f}{name}{unit}"
