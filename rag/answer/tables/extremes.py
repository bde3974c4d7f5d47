"""The row of a table at an end of a scale: 哪个队积分最高, 第二贵的是什么."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.answer.tables.asked_table import AskedTable
from rag.answer.tables.columns import Column
from rag.answer.tables.row_names import REST, is_part, is_total
from rag.question.units import CLOCK, MONEY
from rag.text.normalise import fold

_DEGREE = "多|少|大|小|高|低|贵|便宜|长|短|重|轻|远|近|早|晚"
_EXTREME = re.compile(rf"(?:数)?(?:最|第(?P<rank>\d{{1,2}}))(?P<degree>{_DEGREE})(?:的|了)?")
_LEAST = frozenset("少 小 低 便宜 短 轻 近 早".split())
_LENGTHS = frozenset("公里 千米 米 厘米 毫米 里 海里".split())
_TIMES = frozenset("小时 分钟 分 秒 天 个月 年 周 个小时".split())
_WEIGHTS = frozenset("吨 公斤 千克 斤 克".split())
_UNITS = {
    "贵": MONEY,
    "便宜": MONEY,
    "长": _LENGTHS | _TIMES,
    "短": _LENGTHS | _TIMES,
    "重": _WEIGHTS,
    "轻": _WEIGHTS,
    "远": _LENGTHS,
    "近": _LENGTHS,
    "早": CLOCK,
    "晚": CLOCK,
}


@dataclass(frozen=True, slots=True)
class Extreme:
    """``rank`` places from the end of a scale that ``degree`` names."""

    degree: str
    rank: int

    @property
    def is_least(self) -> bool:
        """Whether the smallest is meant."""
        return self.degree in _LEAST


def find_extreme(asked: AskedTable) -> Extreme | None:
    """The one end of a scale that the question asks for; None where it asks for none, or for two."""
    found = list(_EXTREME.finditer(asked.words.rest))
    # 最大风速最小 has the first in the head of a column.
    if not found or len(found) > 2:
        return None
    found = found[-1:]
    return Extreme(found[0]["degree"], int(found[0]["rank"] or 1))


def extreme_row(asked: AskedTable, column: Column) -> tuple[int, int] | None:
    """The row at the asked end of ``column``, and how much of its head the question says.

    None where the column cannot be asked for, where a cell holds no figure, where two rows share the place, and where
    the row is only the rest of all others (其他). Totals and their parts (其中) are left out.
    """
    asked_end = find_extreme(asked)
    taken = None if column.numbers_rows or not column.is_complete else asked.takes(column, _EXTREME)
    if asked_end is None or taken is None:
        return None
    words, said = taken
    bases = {unit.split("/")[0] for unit in column.units}
    fitting = _UNITS.get(asked_end.degree)
    if (fitting is not None and not bases <= fitting) or (fitting is None and column.is_clock):
        return None
    if asked.unsaid(words, column, None):
        return None
    row = _row_at(asked, column, asked_end)
    return None if row is None else (row, said)


def _row_at(asked: AskedTable, column: Column, asked_end: Extreme) -> int | None:
    labels = [row.cells[asked.label.place] for row in asked.table.rows]
    end = next((n for n, label in enumerate(labels) if is_total(label) and n), len(labels))
    values: dict[int, Decimal] = {
        n: figure.value
        for n, (label, figure) in enumerate(zip(labels, column.figures, strict=True))
        if n < end and figure is not None and not is_total(label) and not is_part(label)
    }
    order = sorted(values, key=lambda n: values[n], reverse=not asked_end.is_least)
    if len(order) < 2 or len(order) < asked_end.rank:
        return None
    row = order[asked_end.rank - 1]
    alone = sum(value == values[row] for value in values.values()) == 1
    return row if alone and not REST.match(fold(labels[row].text)) else None
