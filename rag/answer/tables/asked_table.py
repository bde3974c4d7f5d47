"""A question laid on a table: the rows that it names, the times and figures it says, and the columns that fit it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rag.answer.tables.asked_words import AskedWords
from rag.answer.tables.columns import Column, columns_of, label_place
from rag.answer.tables.row_names import Named, named_cells
from rag.question.focus import Focus
from rag.question.terms import is_function_word
from rag.question.units import CLOCK, MONEY
from rag.text.dates import Period, TimeExpression, find_times
from rag.text.measure_words import MEASUREMENTS, UNIT_PATTERN, canonical_unit
from rag.text.normalise import fold
from rag.text.numbers import Quantity, find_quantities, same_quantity
from rag.text.tables import Table
from rag.types import Article, Span

_QUALIFIES = re.compile(
    r"最|新增|累计|计划|目标|预计|预算|同比|环比|增[长速幅]|涨跌?幅|[降跌]幅|变化|人均|平均|[亩户日月年]均|占比|比重|未|退|净|实际|其中"
)
"""What the head of a column says more than its measure: who does not ask for it gets no such figure."""
_EACH = re.compile(rf"每(?P<unit>{UNIT_PATTERN})|(?:[钱价元块]|价格)一(?P<of_one>{UNIT_PATTERN})")
_ONE = re.compile(rf"(?<=[钱价元块格])一(?:{UNIT_PATTERN})")
_MEANS = re.compile("平均|人均|[亩户]均")
_PRICE = re.compile("[价票费钱收售卖]")
_FOR_MONEY = frozenset("卖 收 交 付 花 要 买 值 收费 售 卖到 给 钱 块钱 价 票 费 坐 乘 搭".split())
_FOR_CLOCK = frozenset("发车 开车 出发 开 发 车 时间 钟 点钟 班 坐 乘 搭".split())
_FOR_ANY = frozenset("得 拿 拿到 得到 算 数 列 表 表格 表里 记录 显示 钟 日 号 份 月份 年份 呀".split())
_OF_NAMES = frozenset("站店村镇乡县市区省馆厂线路队校院部组桥岛山湖河楼园场港号类科系班社所局东南西北前后新老旧大小")
_HOURS = {"天": 24, "小时": 1, "个小时": 1, "昼夜": 24, "日": 24}


@dataclass(frozen=True)
class AskedTable:
    """``focus``, the focus of a question, and one ``table`` of ``article``."""

    article: Article
    table: Table
    focus: Focus

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        return columns_of(self.article, self.table)

    @cached_property
    def label(self) -> Column:
        """The column that names the rows."""
        return self.columns[label_place(self.columns)]

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """The figures that the question says, times aside."""
        times = self.focus.times
        return tuple(
            figure
            for figure in find_quantities(self.focus.wording)
            if not any(time.start <= figure.start and figure.end <= time.end for time in times)
            and not self.focus.wording[: figure.start].endswith("哪")
        )

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """The cells that the question names, by words or by their figures, without those that go without saying."""
        published = self.article.published
        found = named_cells(
            self.focus.wording,
            self.table,
            self.columns,
            self.focus.times,
            published.year if published else None,
        )
        found += [
            Named(row, column.place, Span(asked.start, asked.end), whole=True)
            for asked in self.figures
            for column in self.columns
            for row, figure in enumerate(column.figures)
            if figure is not None and _is_said(asked, figure, column)
        ]
        told = "\n".join((*self.around, self.title))
        needed = [one for one in found if self.focus.wording[one.span.start : one.span.end] not in told]
        return tuple(needed or found)

    @cached_property
    def row(self) -> int | None:
        """The one row in which all stands that the question names; None where it names none, or more than one."""
        rows = {
            one.row
            for one in self.named
            if all(any(o.row == one.row and o.span == span for o in self.named) for span in self._spans)
        }
        return next(iter(rows)) if len(rows) == 1 else None

    @property
    def _spans(self) -> set[Span]:
        return {one.span for one in self.named}

    @cached_property
    def keys(self) -> tuple[Named, ...]:
        """What names the row."""
        return tuple(one for one in self.named if one.row == self.row)

    @cached_property
    def times(self) -> tuple[TimeExpression, ...]:
        """The times of the question that name no row."""
        return tuple(
            time
            for time in self.focus.times
            if not any(one.span.start < time.end and time.start < one.span.end for one in self.named)
        )

    @cached_property
    def around(self) -> tuple[str, ...]:
        """The folded lines over the table."""
        captions = (self.article.text[span.start : span.end] for span in self.table.captions)
        return tuple(fold(text) for text in (self.table.section, *captions))

    @cached_property
    def title(self) -> str:
        """The folded title and subtitle."""
        return fold(f"{self.article.title} {self.article.subtitle} {self.article.publisher}")

    @cached_property
    def words(self) -> AskedWords:
        """The question without what names the row and without its times."""
        words = AskedWords(self.focus.wording)
        for span in (*self._spans, *(Span(time.start, time.end) for time in self.focus.times)):
            words.take(span)
        return words

    @cached_property
    def is_blurred(self) -> bool:
        """Whether something tells what the question names from the row: 南白沙, 白沙乡 for 白沙站."""
        return any(self.words.is_modified(one.span) for one in self.keys) or any(
            self._goes_on(one) for one in self.keys if not one.whole
        )

    def _goes_on(self, one: Named) -> bool:
        """Whether what names a cell in part goes on with a character that the cell does not go on with."""
        behind = self.words.rest[one.span.end : one.span.end + 1]
        before = self.words.rest[max(0, one.span.start - 1) : one.span.start]
        cell = fold(self.table.rows[one.row].cells[one.place].text)
        return _is_of_name(behind, cell) or _is_of_name(before, cell)

    def takes(
        self, column: Column, then: re.Pattern[str] | None = None, *, any_time: bool = False
    ) -> tuple[AskedWords, int] | None:
        """The words left of the question once ``column`` has taken its own, and how many it took.

        What ``then`` finds after that is taken too. None where the question asks for another unit or (but for
        ``any_time``) time, says another figure, or does not ask for what the head says more than its measure.
        """
        words = self.words.copy()
        if then is not None and any_time:
            # 降价 is one word, whatever is measured; 最大 may be of the head.
            words.take_matches(then)
        for place in {one.place for one in self.keys} | {self.label.place}:
            words.take_head(self.columns[place].measure)
        said = words.take_head(column.measure)
        if then is not None:
            words.take_matches(then)
        if not (any_time or self._times_fit(column)) or not self._qualified(column):
            return None
        for figure in self.figures:
            span = Span(figure.start, figure.end)
            if not words.rest[span.start : span.end].strip():
                continue
            if not (_is_in_head(figure, column) or _is_price_of_one(figure, column)):
                return None
            words.take(span)
        each = {match["unit"] or match["of_one"] for match in _EACH.finditer(self.focus.wording)}
        words.take_matches(_ONE)
        return (words, said) if all(_is_each(unit, column) for unit in each) else None

    def unsaid(self, words: AskedWords, column: Column, row: int | None) -> list[str]:
        """The words of the question that nothing in or over the table accounts for."""
        texts = [fold(cell.text) for cell in self.table.rows[row].cells] if row is not None else []
        heads = [self.columns[one.place].head for one in self.keys]
        near = [column.head, self.label.head, *heads, *texts]
        return words.unsaid(near, self.around, self.title, self._allowed([column, *self._key_columns]))

    def is_price(self, column: Column) -> bool:
        """Whether 多少钱 alone can ask for the figures of ``column``: for a price or takings, not for a deposit."""
        return any(_PRICE.search(text) for text in (column.head, *self.around))

    @property
    def _key_columns(self) -> list[Column]:
        return [self.columns[one.place] for one in self.keys]

    def _allowed(self, columns: Iterable[Column]) -> frozenset[str]:
        allowed = _FOR_ANY
        for column in columns:
            bases = {unit.split("/")[0] for unit in column.units}
            allowed = allowed | (_FOR_MONEY if bases & MONEY and self.is_price(column) else frozenset())
            allowed = allowed | (_FOR_CLOCK if bases & CLOCK else frozenset())
        return allowed

    def _qualified(self, column: Column) -> bool:
        asked = self.focus.wording
        if _MEANS.search(asked) and not _MEANS.search(column.head):
            return False
        return all(match.group() in asked for match in _QUALIFIES.finditer(column.head))

    def _times_fit(self, column: Column) -> bool:
        return all(time.period is not None and self._time_fits(time.period, column) for time in self.times)

    def _time_fits(self, asked: Period, column: Column) -> bool:
        if column.period is not None:
            return column.period == asked
        told = self.told_periods
        published = self.article.published
        holds_now = published is not None and asked.covers(Period.day(published.year, published.month, published.day))
        return asked in told or (holds_now and not told)

    @cached_property
    def told_periods(self) -> tuple[Period, ...]:
        """The times that the lines over the table name, or else the title."""
        published = self.article.published
        for texts in (self.around, (self.title,)):
            told = [time.period for text in texts for time in find_times(text, published) if time.period is not None]
            told = [period for period in told if not period.is_point]
            if told:
                return tuple(told)
        return ()


def _is_said(asked: Quantity, figure: Quantity, column: Column) -> bool:
    if asked.ordinal:
        return column.ranks and asked.value == figure.value
    return bool(asked.unit) and not column.numbers_rows and same_quantity(asked, figure) and asked.unit == figure.unit


def _is_in_head(figure: Quantity, column: Column) -> bool:
    hours = _HOURS.get(figure.unit)
    return any(
        same_quantity(figure, told)
        or (hours is not None and told.unit in _HOURS and figure.value * hours == told.value * _HOURS[told.unit])
        for told in find_quantities(column.head)
    )


def _is_price_of_one(figure: Quantity, column: Column) -> bool:
    return figure.value == 1 and figure.upper is None and not figure.ordinal and _is_each(figure.unit, column)


def _is_each(unit: str, column: Column) -> bool:
    """Whether the figures of ``column`` may be said of each ``unit``."""
    _, per, told = column.unit.partition("/")
    if not per:
        per_cells = {one.partition("/")[2] for one in column.units}
        told = next(iter(per_cells)) if len(per_cells) == 1 else ""
    if told:
        return canonical_unit(told) == canonical_unit(unit)
    return f"每{unit}" in column.head or unit not in MEASUREMENTS


def _is_of_name(character: str, cell: str) -> bool:
    """Whether a character beside a name could be of it, and the cell has none such."""
    is_word = bool(re.match(r"[\u4e00-\u9fffa-z0-9]", character))
    return is_word and character not in cell and not is_function_word(character) and character in _OF_NAMES
