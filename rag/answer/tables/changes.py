"""What a table tells of a change: by how much a row grew from one column to the next, or which row fell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from rag.answer.tables.asked_table import AskedTable
from rag.answer.tables.columns import Column, with_unit
from rag.answer.tables.row_names import is_part, is_total
from rag.question.units import MONEY, RATE_UNITS
from rag.text.normalise import fold

_LED_BY = r"(?:反而|反倒|却|倒|还|也|有所|变得?)*"
_UP = "多|高|贵|大|涨|涨价|上涨|增加|增长|上升|提高"
_DOWN = "少|低|便宜|小|跌|跌价|降|降价|下跌|下降|减少|降低"
_WHICH_ROSE = re.compile(rf"{_LED_BY}(?:(?:{_UP})了|涨价|上涨|增加|增长|上升|提高)的?")
_WHICH_FELL = re.compile(rf"{_LED_BY}(?:(?:{_DOWN})了|跌价|降价|下跌|下降|减少|降低)的?")
_WHICH_STAYED = re.compile(r"(?:完全|正好|保持)?(?:一样|相同|持平|没有?变化?|不变)(?:多|高|大|贵)?的?")
_BY_HOW_MUCH = re.compile(
    rf"[比较].{{0,30}}?(?P<way>{_UP}|{_DOWN})(?:出|卖|收)?了?(?:多少|几)(?:[千百万亿]*[元块]?钱?)?"
)
_MORE = re.compile(rf"(?:{_UP}|{_DOWN})(?:出|卖|收)?了?(?=多少|几)")
_IN_PER_CENT = re.compile(r"百分|%|几成|[增涨跌降]幅|率")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Change:
    """How the figure of ``row`` changed: ``formula`` and what it comes to, ``result``, from ``then`` to ``now``."""

    row: int
    now: Column
    then: Column
    result: str
    formula: str


def changed_row(asked: AskedTable) -> int | None:
    """The one row that rose, fell or stayed as the question says; None where it asks for none, or where more did."""
    if asked.named or "最" in asked.focus.wording:
        return None
    for pattern, sign in ((_WHICH_STAYED, 0), (_WHICH_FELL, -1), (_WHICH_ROSE, 1)):
        if not pattern.search(asked.words.rest):
            continue
        rows = {
            tuple(n for n in _plain_rows(asked) if _sign(now, then, n) == sign)
            for now, then in _pairs(asked)
            if _takes(asked, now, pattern, None)
        }
        found = rows.pop() if len(rows) == 1 else ()
        return found[0] if len(found) == 1 else None
    return None


def change_of_row(asked: AskedTable) -> Change | None:
    """By how much the named row rose or fell, where it did as the question says; shares are left to the text."""
    match = _BY_HOW_MUCH.search(asked.focus.wording)
    if match is None or asked.row is None or asked.is_blurred or _IN_PER_CENT.search(asked.focus.wording):
        return None
    rises = match["way"] in _UP.split("|")
    found = {
        change
        for now, then in _pairs(asked)
        if not now.units & RATE_UNITS and _takes(asked, now, _MORE, asked.row)
        for change in [_difference(asked, now, then, rises=rises)]
        if change is not None
    }
    return found.pop() if len(found) == 1 else None


def _pairs(asked: AskedTable) -> list[tuple[Column, Column]]:
    """The columns that tell one measure for a later and an earlier time, where no third does."""
    return [
        (now, then)
        for now, then in permutations(asked.columns, 2)
        if now.period is not None
        and then.period is not None
        and now.period.first > then.period.first
        and (now.measure, now.unit) == (then.measure, then.unit)
        and now.is_complete
        and then.is_complete
        and now.units == then.units
        and sum(one.measure == now.measure and one.period is not None for one in asked.columns) == 2
        and _times_fit(asked, (now, then))
    ]


def _times_fit(asked: AskedTable, pair: Sequence[Column]) -> bool:
    """Whether each time of the question is that of one of the two, or the year that holds it and not the other."""
    return all(
        sum(one.period is not None and time.period is not None and time.period.covers(one.period) for one in pair) == 1
        for time in asked.times
    )


def _takes(asked: AskedTable, column: Column, pattern: re.Pattern[str], row: int | None) -> bool:
    """Whether every word of the question is accounted for, the change (``pattern``) and the times aside."""
    if re.search("便宜|贵|价", asked.focus.wording) and not {one.split("/")[0] for one in column.units} & MONEY:
        return False
    taken = asked.takes(column, pattern, any_time=True)
    return taken is not None and not asked.unsaid(taken[0], column, row)


def _plain_rows(asked: AskedTable) -> list[int]:
    labels = [row.cells[asked.label.place] for row in asked.table.rows]
    return [n for n, label in enumerate(labels) if not is_total(label) and not is_part(label)]


def _sign(now: Column, then: Column, row: int) -> int | None:
    after, before = now.figures[row], then.figures[row]
    if after is None or before is None:
        return None
    return (after.value > before.value) - (after.value < before.value)


def _difference(asked: AskedTable, now: Column, then: Column, *, rises: bool) -> Change | None:
    if asked.row is None or _sign(now, then, asked.row) != (1 if rises else -1):
        return None
    cells = asked.table.rows[asked.row].cells
    texts = [fold(with_unit(cells[column.place], column)) for column in ((now, then) if rises else (then, now))]
    numbers = [_NUMBER.match(text) for text in texts]
    if numbers[0] is None or numbers[1] is None:
        return None
    units = {text[number.end() :] for text, number in zip(texts, numbers, strict=True) if number}
    if len(units) != 1:
        return None
    more, less = (Decimal(number.group().replace(",", "")) for number in numbers if number)
    result = f"{more - less}{units.pop()}"
    return Change(asked.row, now, then, result, f"{texts[0]} − {texts[1]} = {result}")
