"""Relative times in English questions (last year, the first half of this year, ten years from now)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        1,
    )
} | {"a": 1, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBER = r"\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True))
_MONTHS = "January February March April May June July August September October November December".split()
_EDITION = r"(?:previous|last|current|next|latest) edition"
_SHIFT = (
    rf"(?:in (?P<ahead>{_NUMBER}) years?(?:['’]s?)?(?: time)?(?=\s*(?:[?.!,;]|$))|(?P<hence>{_NUMBER}) "
    rf"years? (?:from now|later|hence)|(?P<ago>{_NUMBER}) years? ago)"
)
_RELATIVE = re.compile(
    rf"(?<![\w'’])(?:(?P<before_last>the year before last)|(?P<after_next>the year after next)|(?P<previous>(?:the "
    rf")?(?:previous|past) year(?! of))"
    rf"|(?P<year>(?:last|this|next) year)|(?P<month>(?:last|this|next) month)|(?P<edition>(?:the )?{_EDITION}"
    rf"|this edition)|{_SHIFT})(?P<owner>['’]s)?(?![\w])",
    re.IGNORECASE,
)
_SHIFT_PLAIN = re.sub(r"\?P<\w+>", "?:", _SHIFT)
ENGLISH_TIME = (
    r"(?:(?:the )?(?:first|second) half(?: of|,)? (?:last year|this year|next year|\d{4})|(?:the )?(?:first"
    r"|second|third|fourth) quarter(?: of|,)? (?:last year|this year|next year|\d{4})"
    rf"|(?:{'|'.join(_MONTHS)})(?: \d{{1,2}},?)? \d{{4}}|the year before last|the year after next|(?:last"
    rf"|this|next) (?:year|month)|the (?:previous|past) year|(?:the )?{_EDITION}"
    rf"|{_SHIFT_PLAIN}|(?<!\d)(?:19|20|21)\d{{2}}(?![\d,]))"
)
"""A pattern for the times, absolute or relative, that an English follow-up may name."""
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:in|of|for|by|from|since|during|until|till|than|over|to|and|between|with|before|after|the"
    r"|versus|vs\.?|at)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EnglishTime:
    """A relative time at ``[start:end]``: ``text`` as written, ``meaning`` the year or month ("" without a date)."""

    start: int
    end: int
    text: str
    meaning: str
    edition: bool = False


def find_relative_english(text: str, published: date | None) -> list[EnglishTime]:
    """The relative times of an English text, read against the date the article was published.

    Example:
        >>> [t.meaning for t in find_relative_english("Output last year?", date(2025, 9, 8))]
        ['2024']
    """
    times = []
    for match in _RELATIVE.finditer(text):
        owner = match["owner"] or ""
        meaning = _meaning(match, published) if published else ""
        words = match.group().removesuffix(owner)
        times.append(EnglishTime(match.start(), match.end(), words, meaning, bool(match["edition"])))
    return times


def replace_english(text: str, time: EnglishTime) -> str:
    """``text`` with one relative time in absolute terms: last year is "in 2024", of last year "of 2024"."""
    before, after = text[: time.start], text[time.end :]
    if text[time.end - 2 : time.end].lower() in ("'s", "’s"):
        return f"{before}{time.meaning}'s{after}"
    if time.edition:
        return f"{before}the {time.meaning} edition{after}"
    preposition = "" if _PREPOSITION_BEFORE.search(before) else "In " if not before.strip() else "in "
    return f"{before}{preposition}{time.meaning}{after}"


def _meaning(match: re.Match[str], published: date) -> str:
    words = match.group().lower()
    if match["month"]:
        index = published.year * 12 + published.month - 1 + _step(words)
        return f"{_MONTHS[index % 12]} {index // 12}"
    if match["before_last"]:
        return str(published.year - 2)
    if match["after_next"]:
        return str(published.year + 2)
    if match["ago"]:
        return str(published.year - _number(match["ago"]))
    if ahead := match["ahead"] or match["hence"]:
        return str(published.year + _number(ahead))
    return str(published.year + _step(words))


def _step(words: str) -> int:
    if words.startswith("next") or " next" in words:
        return 1
    return -1 if re.search(r"\b(?:last|previous|past)\b", words) else 0


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word.lower()]
