"""Relative time in a question, read against the date of the article: 去年 in an article of 2025 is 2024年."""

from __future__ import annotations

import re
from datetime import date

from rag.question.draft import Draft
from rag.question.english.relative_time import find_relative_english, replace_english
from rag.question.language import is_han
from rag.text.dates import Period, TimeExpression, find_times
from rag.text.period import shift_years
from rag.text.tokens import tokenize
from rag.types import Language, Question

_TITLE = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」")
_EDITION = re.compile(r"^(?:上上?一?届|前一届|[本这]一?届|下一?届)")
_SPAN = re.compile(r"^(?:最近|过去|近|未来|今后|接下来)")
_DATED = re.compile(r"^\d")
_SHIFT = re.compile(r"^(?:\d+|[一二两三四五六七八九十百半]+)(?:年|个月|天|周)(?:之|以)?[前后]$")
_END_OF_YEAR = re.compile("年[末底]")
_PLANNED = re.compile(r"到(?:了)?年[末底]|将|要|计划|目标|预计|争取|力争|打算")
_LONGEST_NOTE_WORD = 12


def resolve_time(draft: Draft, published: date | None) -> Question:
    """The question with its relative times replaced by what they mean, and a note on each reading.

    Args:
        draft: the completed question.
        published: the date of the article that answers it; None where the article gives none, then relative
            time is left as it stands and a note says so.

    Example:
        >>> from datetime import date
        >>> from rag.question.draft import Draft
        >>> resolve_time(Draft("去年的产量", "去年的产量", "zh"), date(2025, 9, 8)).standalone
        '2024年的产量'
    """
    text, notes = draft.text, list(draft.notes)
    if any(is_han(character) for character in text):
        text, readings = _resolve_chinese(text, published, draft)
        notes.extend(readings)
    text, readings = _resolve_english(text, published, draft.language)
    notes.extend(readings)
    return Question(draft.original, text, draft.language, tuple(dict.fromkeys(notes)))


def _resolve_chinese(text: str, published: date | None, draft: Draft) -> tuple[str, list[str]]:
    titles = [match.span() for match in _TITLE.finditer(text)]
    notes: list[str] = []
    result = text
    for time in reversed(find_times(text, published)):
        if not time.relative or any(start <= time.start < end for start, end in titles) or not _is_read(text, time):
            continue
        word = _as_typed(time, draft.original, published)
        if published is None or time.period is None:
            notes.insert(0, _undated_note(word, draft.language))
            continue
        period = _latest_end(time, text, published)
        edition = bool(_EDITION.match(time.text))
        meaning = period.label
        named = meaning + "那一届" if edition else meaning
        if not _noun_follows(text, time.end):
            meaning = named
        notes.insert(0, _note(word, named, published, edition, draft.language))
        result = result[: time.start] + meaning + result[time.end :]
    return result, notes


def _latest_end(time: TimeExpression, text: str, published: date) -> Period:
    """The period of ``time``; of 年末 the latest that was over when the article came out, where no plan is asked."""
    if time.period is None:
        raise ValueError(f"{time.text!r} has no period")
    ahead = time.period.first > published and _END_OF_YEAR.fullmatch(time.text) and not _PLANNED.search(text)
    return shift_years(time.period, -1) if ahead else time.period


def _is_read(text: str, time: TimeExpression) -> bool:
    """Whether a relative time is replaced: not a plain date (7月31日 stands so in the article), nor a duration."""
    if _SPAN.match(time.text) or (_DATED.match(time.text) and not _SHIFT.match(time.text)):
        return False
    if _SHIFT.match(time.text):
        # 成立十年后 counts from another event than the article's date.
        before = [token for token in tokenize(text[: time.start]) if token.text.strip()]
        return (
            not before
            or not before[-1].tag.startswith("v")
            or before[-1].text in ("到", "在", "是", "比", "预计", "预测")
        )
    return True


def _noun_follows(text: str, end: int) -> bool:
    tokens = tokenize(text[end:])
    return bool(tokens) and tokens[0].tag.startswith(("n", "j", "l", "b", "vn", "eng", "zg", "a"))


def _as_typed(time: TimeExpression, original: str, published: date | None) -> str:
    """The expression as the visitor typed it (十年后), where normalising changed its form (10年后)."""
    if time.text in original:
        return time.text
    same = [other.text for other in find_times(original, published) if other.relative and other.period == time.period]
    return same[0] if published is not None and len(same) == 1 else time.text


def _note(word: str, meaning: str, published: date, edition: bool, language: Language) -> str:
    if language == "en":
        assumed = ", assuming one edition a year" if edition else ""
        return f"“{word}” is read as {meaning}: the article was published in {published.year}{assumed}."
    assumed = "，按每年举办一届推算" if edition and meaning[:4] != str(published.year) else ""
    return f"“{word}”指{meaning}，以文章发表的{published.year}年为准{assumed}。"


def _undated_note(word: str, language: Language) -> str:
    if language == "en":
        return f"The article has no date, so it is not known which time “{word}” means."
    return f"文章没有注明日期，无法确定“{word}”指什么时间。"


def _resolve_english(text: str, published: date | None, language: Language) -> tuple[str, list[str]]:
    notes: list[str] = []
    for time in reversed(find_relative_english(text, published)):
        if published is None:
            notes.insert(0, _undated_note(time.text, language))
            continue
        notes.insert(0, _note(time.text, time.meaning, published, time.edition, language))
        text = replace_english(text, time)
    return text, notes
