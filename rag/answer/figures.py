"""The figures of a sentence, each with the words that say what it counts.

News sets figures of one kind side by side (a total, 其中 a part of it, the year before, the growth). What tells
them apart is the stretch of the sentence that belongs to each: 飞行时长19万小时、同比增长109%,飞行架次达116万 holds
three figures, and 109% is the growth of the first.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.coverage import Region
from rag.answer.evidence import Sentence
from rag.question.units import RATE_UNITS
from rag.text.dates import TimeExpression
from rag.text.measure_words import compatible_units
from rag.text.normalise import fold
from rag.text.numbers import Quantity
from rag.text.tokens import Token
from rag.types import Span

OWN, PARENT, REST, BEFORE, HEADING, SIBLING = 1.0, 0.95, 0.85, 0.65, 0.55, 0.35
"""What a word of the question counts where it stands: with the figure, with the figure that this one is the
growth or multiple of, elsewhere in the sentence, earlier in the paragraph, in the heading, with another figure."""

_DEPENDENT = re.compile(
    r"^[,，、;；\s]*(?:同比|环比|比|较|增长|增幅|增速|下降|降幅|占|约占|是|为|位居|位列|排名|居|较上年)"
)
_CHANGE_BEFORE = re.compile(
    r"(?:增长|增加|上升|提高|下降|减少|降低|下滑|提升|上涨|下跌|增幅|增速|降幅|同比|环比|多出|高出|省下|节省|节约|"
    r"(?:比|较)[^,，。;；]{1,20}(?:多|少|高|低|快|慢|长|短|大|小))[了约近超达为]*$"
)
_ITEM = re.compile(r"[^,，、;；:：和与及]+")
_COUNTED = ("n", "vn", "b", "j", "l", "a")
_SAYS_ONLY_WHEN = re.compile(r"^[,，、;；\s]*(?:年?同期)?[而则只仅就也已为是有达到至约近超\s]*$")
_STRONG = re.compile(r"[\d万亿%]|百分之")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of a sentence, with the stretch of the sentence that is its own.

    ``parent`` is the figure that this one says something of (its growth, its multiple, its rank), if any. ``item``
    is what it belongs to where 分别 deals several figures out (2020年和2021年分别为74亿元和80亿元), ``other_items``
    what the others belong to.
    """

    sentence: Sentence
    quantity: Quantity
    own: Span
    parent: Figure | None
    siblings: tuple[Span, ...]
    item: Span | None = None
    other_items: tuple[Span, ...] = ()

    @property
    def siblings_after(self) -> str:
        """The folded words that belong to figures behind this one."""
        folded = self.sentence.folded
        after = [span for span in self.siblings if span.start >= self.own.end]
        return " ".join((*(folded[span.start : span.end] for span in after), self.dealt_elsewhere))

    @property
    def dealt_elsewhere(self) -> str:
        """The folded words of the items that 分别 gives to other figures."""
        return " ".join(self.sentence.folded[item.start : item.end] for item in self.other_items)

    @property
    def span(self) -> Span:
        """Where the figure stands in the article."""
        return Span(self.sentence.start + self.quantity.start, self.sentence.start + self.quantity.end)

    @property
    def is_rate(self) -> bool:
        """Whether the figure is a rate (25%, 三成), not an amount."""
        return self.quantity.unit in RATE_UNITS

    @property
    def is_strong(self) -> bool:
        """Whether it is written as a figure (30个, 25%, 三万人), not as a small number in words (两个)."""
        return bool(_STRONG.search(self.quantity.text))

    @property
    def is_change(self) -> bool:
        """Whether it says by how much something changed (增加37万吨, 同比增长25%), not how much there is."""
        return bool(_CHANGE_BEFORE.search(self.sentence.folded[self.own.start : self.quantity.start]))

    @property
    def own_text(self) -> str:
        """The folded words of the figure's own stretch."""
        folded = _without(self.sentence.folded, self._others())
        item = folded[self.item.start : self.item.end] if self.item else ""
        return item + folded[self.own.start : self.own.end]

    def _others(self) -> list[Span]:
        """What 分别 deals to the other figures: their items, or where these differ only in time, the times alone."""
        times = [Span(time.start, time.end) for time in self.sentence.times]
        return [part for item in self.other_items for part in ([time for time in times if item.covers(time)] or [item])]

    @property
    def time(self) -> TimeExpression | None:
        """When the figure holds: the time that governs it."""
        if self.item is not None and self.other_items:
            inside = [t for t in self.sentence.times if self.item.start <= t.start and t.end <= self.item.end]
            if inside:
                return inside[0]
        return self.sentence.time_at(self.quantity.start)

    @property
    def own_tokens(self) -> tuple[Token, ...]:
        """The words of the figure's own stretch, without the figure."""
        return tuple(
            token
            for token in self.sentence.tokens
            if self.own.start <= token.start < self.own.end
            and not (self.quantity.start <= token.start < self.quantity.end)
        )

    @property
    def head(self) -> str:
        """The folded words of what it counts, "" where its own stretch does not say."""
        span = _head(self.sentence, self.quantity, self.own)
        folded = self.sentence.folded
        words = folded[span.start : self.quantity.start] + folded[self.quantity.end : span.end]
        return re.sub(r"[^\w]+", "", words)

    def regions(self) -> tuple[Region, ...]:
        """The text around the figure, weighted by how surely it speaks of this figure."""
        folded = self.sentence.folded
        parent = folded[self.parent.own.start : self.parent.own.end] if self.parent else ""
        parent_own = (self.parent.own,) if self.parent else ()
        item = (self.item,) if self.item else ()
        rest = _without(folded, (self.own, *item, *self.other_items, *self.siblings, *parent_own))
        siblings = " ".join(folded[span.start : span.end] for span in (*self.siblings, *self.other_items))
        return (
            Region(self.own_text, OWN),
            Region(parent, PARENT),
            Region(rest, REST),
            Region(self.sentence.before, BEFORE),
            Region(self.sentence.heading, HEADING),
            Region(siblings, SIBLING),
        )


def find_figures(sentence: Sentence) -> list[Figure]:
    """The figures of ``sentence`` in order; calendar times are no figures."""
    quantities = [q for q in sentence.quantities if not _is_time(q, sentence.times)]
    strong = [q for q in quantities if _STRONG.search(q.text)]
    stretches = _stretches(sentence, strong)
    figures: list[Figure] = []
    last_amount: Figure | None = None
    for quantity in quantities:
        own = stretches.get(quantity) or _clause_of(sentence, quantity)
        dependent = quantity in stretches and _depends(sentence, quantity, own)
        parent = last_amount if dependent else None
        siblings = tuple(
            _head(sentence, other, span) if span.start < own.start else span
            for other, span in stretches.items()
            if other != quantity and not (parent and span == parent.own)
        )
        figure = Figure(sentence, quantity, own, parent, siblings)
        alike = (f for f in reversed(figures) if f.is_strong and compatible_units(f.quantity.unit, quantity.unit))
        before = next(alike, None)
        figures.append(_of_another_time(figure, before) if before and quantity in stretches else figure)
        if quantity in stretches and parent is None and not figure.is_rate:
            last_amount = figure
    return _dealt_out(sentence, figures)


def _of_another_time(figure: Figure, before: Figure) -> Figure:
    """``figure`` with what it counts taken from one before, where only its time is new: 2022年产5万辆,2023年为8万辆."""
    sentence, own = figure.sentence, figure.own
    inside = [time for time in sentence.times if own.start <= time.start and time.end <= figure.quantity.start]
    folded = sentence.folded[own.start : figure.quantity.start]
    for time in inside:
        folded = folded.replace(fold(time.text), "", 1)
    if not inside or not _SAYS_ONLY_WHEN.match(folded):
        return figure
    head = before.item or _head(sentence, before.quantity, before.own)
    item = Span(head.start, before.quantity.start) if head.start < before.quantity.start else head
    others = tuple(span for span in figure.siblings if span.end <= head.start or head.end <= span.start)
    return dataclasses.replace(figure, parent=before.parent, siblings=others, item=item)


def _dealt_out(sentence: Sentence, figures: list[Figure]) -> list[Figure]:
    """``figures`` with those behind 分别 given their items, first to first, where the numbers agree.

    Those are all behind it, or those of its clause, where the next tells of something else.
    """
    at = sentence.folded.find("分别")
    behind = [figure for figure in figures if figure.quantity.start > at >= 0]
    clause = next((span for span in sentence.clauses if span.start <= at < span.end), None)
    of_its_clause = [figure for figure in behind if clause and figure.quantity.start < clause.end]
    for dealt in (behind, of_its_clause):
        items = _items_before(sentence, at, len(dealt)) if len(dealt) > 1 else []
        if items and len(items) == len(dealt):
            break
    else:
        return figures
    given = {
        figure: dataclasses.replace(figure, item=item, other_items=tuple(other for other in items if other != item))
        for figure, item in zip(dealt, items, strict=True)
    }
    return [given.get(figure, figure) for figure in figures]


def _items_before(sentence: Sentence, at: int, count: int) -> list[Span]:
    """The ``count`` things named before 分别: joined by 和 and 、 in its clause, or told in the clauses before."""
    clauses = [clause for clause in sentence.clauses if clause.start <= at]
    for clause in reversed(clauses):
        end = min(at, clause.end)
        pieces = [match.span() for match in _ITEM.finditer(sentence.folded, clause.start, end)]
        if len(pieces) == count:
            return [Span(*piece) for piece in pieces]
    told = clauses[:-1]
    return [Span(clause.start, clause.end) for clause in told[-count:]] if len(told) >= count else []


def _stretches(sentence: Sentence, strong: Sequence[Quantity]) -> dict[Quantity, Span]:
    """For each figure, the part of its clause that is its own: split at 、 between figures, else after a figure."""
    stretches: dict[Quantity, Span] = {}
    for clause in sentence.clauses:
        inside = [q for q in strong if clause.start <= q.start < clause.end]
        start = clause.start
        for position, quantity in enumerate(inside):
            if position + 1 < len(inside):
                gap = sentence.text[quantity.end : inside[position + 1].start]
                comma = gap.find("、")
                if gap.endswith("的"):
                    end = quantity.end + len(gap)  # 12个国家的234名学生: 国家 goes with the 12
                else:
                    end = quantity.end + comma + 1 if comma >= 0 else _nouns_end(sentence, quantity.end)
            else:
                end = clause.end
            stretches[quantity] = Span(start, end)
            start = end
    return stretches


def _nouns_end(sentence: Sentence, start: int) -> int:
    """Where the nouns that follow ``start`` without a break end: 在20个县建设500万亩 keeps 县 with the 20."""
    end = start
    for token in sentence.tokens:
        if token.start == end and token.tag.startswith(("n", "b", "j")):
            end = token.end
    return end


def _head(sentence: Sentence, quantity: Quantity, stretch: Span) -> Span:
    """What a figure counts: the words behind it, or else the nouns right before it.

    The rest of its stretch (who, where, did what) is shared with the figures that follow.
    """
    inside = [token for token in sentence.tokens if stretch.start <= token.start < stretch.end]
    behind = [token for token in inside if token.start >= quantity.end]
    if any(token.tag.startswith(_COUNTED) for token in behind):
        return Span(quantity.start, stretch.end)
    start = quantity.start
    before = [token for token in inside if token.end <= quantity.start]
    while before and before[-1].tag.startswith(("v", "u", "d", "p", "x", "m", "zg")) and before[-1].tag != "vn":
        before.pop()
    while before and before[-1].tag.startswith(_COUNTED) and before[-1].tag not in ("nr", "ns", "nt"):
        start = before.pop().start
    return Span(start, stretch.end)


def _depends(sentence: Sentence, quantity: Quantity, own: Span) -> bool:
    if quantity.unit in RATE_UNITS or quantity.unit == "倍" or quantity.ordinal:
        return True
    return bool(_DEPENDENT.match(sentence.folded[own.start : own.end]))


def _clause_of(sentence: Sentence, quantity: Quantity) -> Span:
    whole = Span(0, len(sentence.text))
    return next((span for span in sentence.clauses if span.start <= quantity.start < span.end), whole)


def _is_time(quantity: Quantity, times: Sequence[TimeExpression]) -> bool:
    return any(time.start <= quantity.start and quantity.end <= time.end for time in times)


def _without(text: str, spans: Sequence[Span]) -> str:
    kept = list(text)
    for span in spans:
        kept[span.start : span.end] = " " * span.length
    return "".join(kept)
