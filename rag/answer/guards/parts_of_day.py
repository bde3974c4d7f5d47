"""Hours of another part of the day: 14点开门 tells not when it closes in the evening."""

from __future__ import annotations

import re

from rag.answer.candidates import Candidate
from rag.question.focus import Focus
from rag.question.units import CLOCK

_PART = re.compile(r"早[上晨]?|清[早晨]|上午|中午|下午|傍晚|晚[上间]?|夜[里间]?|凌晨")
_ASKED = re.compile(rf"(?P<part>{_PART.pattern})[^,，。;；]{{0,5}}(?:几点|几时|什么时[候间]|啥时候|多晚)")
_SPANS = {
    "早": (4, 12),
    "清": (4, 12),
    "上": (5, 13),
    "中": (11, 15),
    "下": (12, 18),
    "傍": (16, 20),
    "晚": (18, 24),
    "夜": (18, 24),
    "凌": (0, 7),
}
"""From which hour to which each part may last, by its first character; the night goes on to the small hours."""
_TWELVE = 12
_EARLIER = 2
_NEAR = 3


def is_of_another_part_of_day(focus: Focus, candidate: Candidate) -> bool:
    """Whether the question names a part of the day, and the hour of ``candidate`` lies in another."""
    asked = _ASKED.search(focus.wording)
    figure = candidate.figure
    if asked is None or figure is None or figure.quantity.unit not in CLOCK:
        return False
    quantity = figure.quantity
    told = _PART.search(figure.sentence.folded, max(0, quantity.start - _NEAR), quantity.end)
    first, last = _SPANS[asked["part"][0]]
    if told is not None:
        from_hour, to_hour = _SPANS[told.group()[0]]
        goes_on = {asked["part"][0], told.group()[0]} <= set("晚夜凌")
        return not goes_on and (to_hour <= first or last <= from_hour)
    hours = [float(hour) for hour in (quantity.value, quantity.upper) if hour is not None]
    by_night = asked["part"][0] in "晚夜" and hours[0] <= _SPANS["凌"][1]
    return not by_night and not any(first - _EARLIER <= one <= last for hour in hours for one in (hour, hour + _TWELVE))
