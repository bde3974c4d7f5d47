"""The days that a candidate names, to see whether another candidate only names some of them."""

from __future__ import annotations

from rag.answer.candidates import Candidate
from rag.text.period import Period


def stated_period(candidate: Candidate) -> Period | None:
    """The one period that the words of ``candidate`` name: 9月5日至8日; None where they name none, or several."""
    within = candidate.within
    inside = [time for time in candidate.sentence.times if within.start <= time.start and time.end <= within.end]
    return inside[0].period if len(inside) == 1 else None


def names_part_of(candidate: Candidate, whole: Candidate) -> bool:
    """Whether ``candidate`` names some of the days of ``whole``, as a day of a fair: it does not speak against it."""
    part, period = stated_period(candidate), stated_period(whole)
    return part is not None and period is not None and part != period and period.covers(part)
