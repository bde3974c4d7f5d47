"""What the columns of a table hold: what is measured, in which unit, at which time, and the figure of each cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rag.question.units import CLOCK
from rag.text.dates import Period, find_times
from rag.text.measure_words import UNIT_PATTERN
from rag.text.normalise import fold
from rag.text.numbers import Quantity, find_quantities
from rag.text.tables import Cell, Table
from rag.types import Article, Span

_UNIT = rf"(?:[十百千万亿]*(?:{UNIT_PATTERN})(?:/(?:{UNIT_PATTERN}))?|%)"
_IN_HEAD = re.compile(rf"[(\[](?:单位[:：]?)?\s*(?P<unit>{_UNIT})\s*[)\]]\s*$|/(?P<bare>{_UNIT})\s*$")
_IN_CAPTION = re.compile(rf"单位[:：]?\s*(?P<unit>{_UNIT})(?![/、,，和及]\s*{_UNIT})")
_BARE_FIGURE = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?")
_NOTHING = frozenset(("", "-", "–", "—", "——", "/", "无", "…", "不详", "暂无", "待定"))
_PLACE = re.compile(r"名次|排名|序号|编号|位次|排位|^no\.?$|^#$")
_RANK = re.compile(r"名次|排名|位次|排位")
_YEARS = re.compile(r"(?:19|20)\d\d年?")
_COUNTS_YEARS = re.compile(r"年份|年度|^年$|届")
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``measure`` is its folded head without unit and time; ``unit`` the unit that the head, or a line over the table,
    gives to bare figures ("" where the cells have their own), and ``unit_at`` where it stands if that is not the head.
    ``period`` is the time that the head names. ``figures`` are the values of its cells, None where a cell holds none;
    ``holds_figures`` says that every cell that holds anything holds one. ``numbers_rows`` marks a column that only
    counts the rows, ``ranks`` one that says their places.
    """

    place: int
    head: str
    measure: str
    unit: str
    unit_at: Span | None
    period: Period | None
    figures: tuple[Quantity | None, ...]
    holds_figures: bool
    numbers_rows: bool
    ranks: bool

    @property
    def units(self) -> frozenset[str]:
        """The units of its figures."""
        return frozenset(figure.unit for figure in self.figures if figure is not None)

    @property
    def is_complete(self) -> bool:
        """Whether every cell holds a figure, all of one unit, so that they can be compared."""
        return all(figure is not None for figure in self.figures) and len(self.units) == 1

    @property
    def is_clock(self) -> bool:
        """Whether it tells hours of the day."""
        return self.holds_figures and self.units <= CLOCK and bool(self.units)


@lru_cache(maxsize=256)
def columns_of(article: Article, table: Table) -> tuple[Column, ...]:
    """The columns of ``table``, a table of ``article``, from left to right."""
    captions = tuple((span, fold(article.text[span.start : span.end])) for span in table.captions)
    over = next(
        ((Span(span.start, span.end), match["unit"]) for span, text in captions if (match := _IN_CAPTION.search(text))),
        None,
    )
    return tuple(_column(table, place, article.published, over) for place in range(len(table.head.cells)))


def label_place(columns: tuple[Column, ...]) -> int:
    """The place of the column that names the rows: the first that neither counts them nor holds figures."""
    return next((column.place for column in columns if not column.numbers_rows and not column.holds_figures), 0)


def _column(table: Table, place: int, published: date | None, over: tuple[Span, str] | None) -> Column:
    head = fold(table.head.cells[place].text)
    cells = [row.cells[place] for row in table.rows]
    match = _IN_HEAD.search(head)
    unit = (match["unit"] or match["bare"]) if match else ""
    bare = head[: match.start()] if match else head
    is_time = bool(_COUNTS_YEARS.search(bare)) or all(_YEARS.fullmatch(cell.text) for cell in cells)
    numbers_rows = bool(_PLACE.search(bare)) or is_time
    unit_at = None
    if not unit and over is not None and not numbers_rows and place and not _is_share(bare):
        bare_figures = [cell for cell in cells if _BARE_FIGURE.fullmatch(fold(cell.text))]
        unit_at, unit = over if bare_figures else (None, "")
    times = find_times(_as_year(bare), published)
    measure = bare
    for time in reversed(times):
        measure = measure[: time.start] + measure[time.end :]
    figures = tuple(None if is_time else _figure(cell, unit) for cell in cells)
    filled = [figure for cell, figure in zip(cells, figures, strict=True) if cell.text not in _NOTHING]
    return Column(
        place=place,
        head=head,
        measure=_BRACKETS.sub("", measure).strip(),
        unit=unit,
        unit_at=unit_at,
        period=times[0].period if len(times) == 1 else None,
        figures=figures,
        holds_figures=bool(filled) and all(figure is not None for figure in filled),
        numbers_rows=numbers_rows,
        ranks=bool(_RANK.search(bare)),
    )


def with_unit(cell: Cell, column: Column) -> str:
    """The text of ``cell`` with the unit of its column, where it is a bare figure."""
    return cell.text + column.unit if column.unit and _BARE_FIGURE.fullmatch(fold(cell.text)) else cell.text


def _figure(cell: Cell, unit: str) -> Quantity | None:
    bare = _BARE_FIGURE.fullmatch(fold(cell.text))
    text = cell.text + unit if bare else cell.text
    found = find_quantities(text)
    whole = len(found) == 1 and found[0].start <= (text[:1] in "+-−") and found[0].end >= len(text.rstrip("。 "))
    if not whole:
        return None
    return replace(found[0], value=-found[0].value) if text[0] in "-−" and found[0].value > 0 else found[0]


def _is_share(head: str) -> bool:
    return bool(re.search(r"[率幅速]$|同比|环比|占比|比重|比例", head))


def _as_year(head: str) -> str:
    """A head that is a bare year, as a year."""
    return f"{head}年" if re.fullmatch(r"(?:19|20)\d\d", head.strip()) else head
