"""Answers from tables by rule: the cell under the asked head in the named row, or the row that a cell tells of.

Every word of the question must be accounted for by the row, the head or the lines over the table: a question that says
more asks for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer.reading import Finding, Material, Reading, Support
from rag.answer.tables.asked_table import AskedTable
from rag.answer.tables.changes import change_of_row, changed_row
from rag.answer.tables.columns import Column, with_unit
from rag.answer.tables.extremes import extreme_row, find_extreme
from rag.answer.tables.row_names import is_total, label_span
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.question.units import CLOCK, MONEY
from rag.text.dates import Period, find_times
from rag.text.tables import tables_of
from rag.text.tokens import tokenize
from rag.types import Span

SURE = 0.92
"""A cell that every word of the question leads to."""
_ELSE = re.compile(
    r"除|不含|不包括|不算|以外|之外|为什么|为何|为啥|怎么|如何|是不是|是否|有没有|吗|超过|高于|低于|多于|少于|不到|不足|以上|以下|"
    r"相差|差多少|(?:(?<![同环占分对])比|[跟和与]|同(?![比期时])).{1,12}(?:[多少高低贵大小长短早晚]|便宜|一样|相同|差)|分别|各[个是有]|哪些|不[是用会能]|没|未"
)
"""Asks for no single cell."""
_WHICH = re.compile(r"哪|谁|什么|啥")
_HOW_MUCH = re.compile(r"多少|几(?![号线])|多[大高长重远久]")
_WHICH_THING = re.compile(r"(?:哪[一1]?[个条种类家所座款支位项名只样趟班]?|什么|啥)(?P<thing>[\u4e00-\u9fff]{1,4})")
_WHO = re.compile("谁|哪位|什么人")
_WHERE = re.compile("哪[里儿]|什么地方|何处|何地")
_WHEN = re.compile("什么时候|哪[一1]?[年天月日]|何时|几[月号]")
_OF_PEOPLE = re.compile("姓名|名字|选手|球员|得主|人员|人选|学生|老师|教师|作者|[员手者长师]$|人$")
_OF_PLACES = re.compile("站|地|点|区|县|市|省|村|镇|乡|城|国|馆|校|处|位置|港|园|院|方向")
_UNSAID = frozenset({AnswerKind.REASON, AnswerKind.SPEECH, AnswerKind.YES_NO, AnswerKind.MANNER})
_TOTAL = re.compile("一共|总共|合计|总计|共计|全部|加起来|总")
_FROM, _TO = re.compile(r"从$|自$"), re.compile(r"(?:去|到|往|开往)$")
_STARTS, _ENDS = re.compile("起点|始发|出发|发站"), re.compile("终点|到达|到站|目的")
_ARRIVES = re.compile(r"几点(?:钟)?[能可会]?以?[到抵]|到[站达]|抵达|[到抵]$")
_FIRST_OR_LAST = re.compile("[首头末尾]班")
_A_MONTH = 27


@dataclass(frozen=True, slots=True)
class _Fit:
    """A column that the question may ask for, with the row; ``said`` is how much of its head the question says."""

    column: Column
    row: int
    said: int


def read_tables(material: Material) -> Reading | None:
    """What a table among the passages of ``material`` says; None where none answers, or where they disagree."""
    if material.focus.kind in _UNSAID:
        return None
    asks_else = bool(_ELSE.search(material.focus.wording))
    findings = [
        finding
        for asked in _asked_tables(material)
        for finding in (_read_change(asked) or ([] if asks_else else _read(asked)))
    ]
    answers = {finding.short for finding in findings}
    return Reading((findings[0],)) if len(answers) == 1 else None


def _asked_tables(material: Material) -> Iterator[AskedTable]:
    """The tables that the passages touch."""
    for id_ in dict.fromkeys(passage.article_id for passage in material.passages):
        article = material.articles[id_]
        for table in tables_of(article):
            if any(one.article_id == id_ and one.span.overlaps(table.span) for one in material.passages):
                yield AskedTable(article, table, material.focus)


def _read_change(asked: AskedTable) -> list[Finding]:
    row = changed_row(asked) if _WHICH.search(asked.focus.wording) else None
    if row is not None:
        return _label_finding(asked, row)
    change = change_of_row(asked)
    if change is None:
        return []
    support = _support(asked, change.row, change.now.unit_at)
    return [Finding(change.result, None, support, SURE, formula=change.formula, unit=change.now.unit)]


def _read(asked: AskedTable) -> list[Finding]:
    extreme = find_extreme(asked)
    if extreme is not None and asked.row is None and not asked.named:
        return _read_extreme(asked)
    row, as_total = asked.row, None
    if row is None and not asked.named and _TOTAL.search(asked.focus.wording):
        totals = [n for n, one in enumerate(asked.table.rows) if is_total(one.cells[asked.label.place])]
        row, as_total = (totals[0] if len(totals) == 1 else None), _TOTAL
    if row is None or asked.is_blurred or not _directions_fit(asked):
        return []
    fits = list(_fits(asked, row, as_total))
    fit = _chosen(asked, fits)
    if fit is not None:
        return [_cell_finding(asked, fit)]
    if fits or _HOW_MUCH.search(asked.focus.wording) or not _WHICH.search(asked.focus.wording):
        return []
    return _label_of(asked, row)


def _fits(asked: AskedTable, row: int, then: re.Pattern[str] | None) -> Iterator[_Fit]:
    """The columns that could be asked for in ``row``, what ``then`` finds in the question aside."""
    for column in asked.columns:
        if column.place == asked.label.place or any(one.place == column.place for one in asked.keys):
            continue
        taken = asked.takes(column, then)
        if taken is None or not asked.table.rows[row].cells[column.place].text:
            continue
        words, said = taken
        if _kind_fits(asked.focus, column, asked, row, said) and not asked.unsaid(words, column, row):
            yield _Fit(column, row, said)


def _kind_fits(focus: Focus, column: Column, asked: AskedTable, row: int, said: int) -> bool:
    """Whether the cells of ``column`` are of the kind that the question asks for."""
    if column.ranks:
        return focus.asks_order
    if focus.asks_order:
        return False
    cell = asked.table.rows[row].cells[column.place]
    if _WHEN.search(focus.wording) or focus.kind is AnswerKind.DATE:
        return bool(find_times(cell.text, None)) or column.is_clock
    if focus.units & CLOCK:
        arrives = bool(_ARRIVES.search(focus.wording)) and not _ARRIVES.search(column.head)
        return column.is_clock and not arrives and (said > 0 or not _FIRST_OR_LAST.search(column.head))
    if not column.holds_figures:
        return said > 0 and focus.kind is not AnswerKind.QUANTITY and not _asks_label(asked, column)
    if column.figures[row] is None or column.numbers_rows:
        return False
    if focus.kind is AnswerKind.QUANTITY:
        named = said > 0 or not focus.units & MONEY or asked.is_price(column)
        return named and _units_fit(focus, column, said)
    return not _WHICH.search(focus.wording)


def _asks_label(asked: AskedTable, column: Column) -> bool:
    """Whether the question asks for one of what the labels name (哪条线), not for a cell of ``column``."""
    match = _WHICH_THING.search(asked.focus.wording)
    thing = next((token.text for token in tokenize(match["thing"])), "") if match else ""
    return bool(thing) and thing in asked.label.head and thing not in column.head


def _units_fit(focus: Focus, column: Column, said: int) -> bool:
    """Whether the figures of ``column`` have a unit that is asked for; bare ones where the head says what they are."""
    if not focus.units:
        return not column.is_clock
    bases = {unit.split("/")[0] for unit in column.units}
    if bases == {""}:
        return said > 0 or any(unit and unit in column.head for unit in focus.units)
    return bool(bases) and bases <= focus.units


def _chosen(asked: AskedTable, fits: Sequence[_Fit]) -> _Fit | None:
    """The one of ``fits`` that is meant: of which most is said, at the time that is meant where none is said."""
    if not fits:
        return None
    most = max(fit.said for fit in fits)
    best = [fit for fit in fits if fit.said == most]
    if len(best) > 1:
        best = _of_time(asked, best)
    if len(best) > 1:
        best = [fit for fit in best if "最" not in fit.column.head] or best
    texts = {with_unit(asked.table.rows[fit.row].cells[fit.column.place], fit.column) for fit in best}
    return best[0] if len(texts) == 1 else None


def _of_time(asked: AskedTable, fits: list[_Fit]) -> list[_Fit]:
    """Those of ``fits`` of the time that is asked, of which the article tells, or else of the present."""
    if asked.times:
        return [fit for fit in fits if fit.column.period is not None] or fits
    periods = [fit.column.period for fit in fits]
    if any(period is None for period in periods) or len(set(periods)) < len(periods):
        return fits
    told = [fit for fit in fits if fit.column.period in asked.told_periods]
    if len(told) == 1:
        return told
    published = asked.article.published
    if published is None:
        return fits
    today = Period.day(published.year, published.month, published.day)
    past = [fit for fit in fits if fit.column.period is not None and fit.column.period.first <= today.first]
    return [max(past, key=lambda fit: _last(fit.column.period))] if past else fits


def _last(period: Period | None) -> int:
    return period.last.toordinal() if period is not None else 0


def _cell_finding(asked: AskedTable, fit: _Fit) -> Finding:
    cell = asked.table.rows[fit.row].cells[fit.column.place]
    short = with_unit(cell, fit.column)
    return Finding(
        short,
        cell.span,
        _support(asked, fit.row, fit.column.unit_at),
        SURE,
        period=_label_of_period(fit.column.period if not asked.times else None),
        unit=fit.column.unit if short != cell.text else "",
    )


def _label_of_period(period: Period | None) -> str | None:
    is_long = period is not None and (period.last - period.first).days >= _A_MONTH
    return period.label if period is not None and is_long else None


def _support(asked: AskedTable, row: int, unit_at: Span | None) -> tuple[Support, ...]:
    spans = [asked.table.rows[row].span, asked.table.head.span, *([unit_at] if unit_at else [])]
    return tuple(Support(asked.article.id, span) for span in spans)


def _read_extreme(asked: AskedTable) -> list[Finding]:
    """The row at an end of a scale, or its figure where that is asked."""
    asks_figure = bool(_HOW_MUCH.search(asked.focus.wording)) and not _WHICH.search(asked.focus.wording)
    fits = []
    for column in asked.columns:
        found = extreme_row(asked, column)
        if found is not None:
            fits.append(_Fit(column, *found))
    if not fits:
        return []
    most = max(fit.said for fit in fits)
    best = [fit for fit in fits if fit.said == most]
    if len(best) > 1:
        best = _of_time(asked, best)
    if len({fit.row for fit in best}) > 1:
        best = [fit for fit in best if "最" not in fit.column.head]
    if len({fit.row for fit in best}) != 1:
        return []
    if asks_figure:
        return [_cell_finding(asked, best[0])] if len(best) == 1 else []
    period = best[0].column.period if len(best) == 1 and not asked.times else None
    return [replace(one, period=_label_of_period(period)) for one in _label_finding(asked, best[0].row)]


def _label_of(asked: AskedTable, row: int) -> list[Finding]:
    """The label of the row that is told by another of its cells."""
    if any(one.place == asked.label.place for one in asked.keys):
        return []
    column = asked.columns[asked.keys[0].place] if asked.keys else asked.label
    taken = asked.takes(column)
    if taken is None or asked.unsaid(taken[0], column, row):
        return []
    return _label_finding(asked, row)


def _label_finding(asked: AskedTable, row: int) -> list[Finding]:
    cell = asked.table.rows[row].cells[asked.label.place]
    wording, head = asked.focus.wording, asked.label.head
    wrong_kind = (
        (_WHO.search(wording) and not _OF_PEOPLE.search(head))
        or (_WHERE.search(wording) and not _OF_PLACES.search(head))
        or (_WHEN.search(wording) and not find_times(cell.text, None))
    )
    if wrong_kind or is_total(cell):
        return []
    span = label_span(cell)
    short = asked.article.text[span.start : span.end]
    return [Finding(short, span, _support(asked, row, None), SURE)]


def _directions_fit(asked: AskedTable) -> bool:
    """Whether the words before the name of a place do not turn it about: 从 before a terminus, 去 before a start."""
    for one in asked.keys:
        before, head = asked.focus.wording[: one.span.start], asked.columns[one.place].head
        if (_FROM.search(before) and _ENDS.search(head)) or (_TO.search(before) and _STARTS.search(head)):
            return False
    return True
