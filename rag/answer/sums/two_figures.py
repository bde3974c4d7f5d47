"""Questions that set two figures against each other, and what each side of them asks for.

What is said once holds for both sides: the thing measured (玉米产量比大豆多多少), the year, the place.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.question.focus import Focus, find_focus
from rag.question.units import RATE_UNITS
from rag.text.dates import find_times


class Sum(StrEnum):
    """How two figures are set against each other."""

    SHARE = "share"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    DIFFERENCE = "difference"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Sides:
    """What is asked of two figures.

    ``first`` and ``second`` say what to look for: the part and the whole of a share, the larger and the smaller of
    a multiple or of a ratio (百分之几 of another); ``others`` are the further parts of a total. ``one_time`` is whether
    both must hold for the same time; ``only_times_differ`` whether the question sets one thing at two times apart;
    ``in_points`` whether it asks for percentage points.
    """

    sum: Sum
    first: Focus
    second: Focus
    one_time: bool
    only_times_differ: bool
    against_then: bool
    others: tuple[Focus, ...] = ()
    in_points: bool = False

    @property
    def first_in_full(self) -> Focus:
        """The first side with what the second says for both: 绿茶产量 in 绿茶占茶叶产量的比例."""
        known = {term.text for term in self.first.terms}
        lent = tuple(
            term
            for term in self.second.terms[1:]
            if not term.is_name
            and term.text not in known
            and (self.sum is not Sum.SHARE or _MEASURED.search(term.text))
        )
        return dataclasses.replace(self.first, terms=(*self.first.terms, *lent))

    @property
    def second_in_full(self) -> Focus:
        """The second side with all that the first says of what is measured: 城镇居民人均收入比农村居民."""
        known = {term.text for term in self.second.terms}
        lent = tuple(term for term in self.first.terms[1:] if not term.is_name and term.text not in known)
        return dataclasses.replace(self.second, terms=(*self.second.terms, *lent))

    @property
    def tell_apart(self) -> bool:
        """Whether the two sides ask for different things or times, so that two figures can be told apart."""
        words = [{term.text for term in side.terms} for side in (self.first, self.second)]
        numbers = [[q.text for q in side.qualifiers] for side in (self.first, self.second)]
        return words[0] != words[1] or numbers[0] != numbers[1] or not self.one_time


_RATIO = r"(?:的?(?:比例|比重|百分比)(?:是|为|有)?(?:多少|多大|几成)?|百分之几|百分之多少|几成|多少|多大)"
_PATTERNS: tuple[tuple[Sum, re.Pattern[str]], ...] = (
    (
        Sum.SHARE,
        re.compile(
            r"^(?P<b>.+?)(?:中|里|里面|当中|之中)[,，]?(?P<a>[^,，]+?)"
            rf"(?:大?约?占了?|占到|的?占比)(?:是|为)?(?:{_RATIO}|$)"
        ),
    ),
    (
        Sum.SHARE,
        re.compile(
            rf"^(?P<a>.+?)(?:大约|约)?(?:占了?(?!地(?!区|方)|有|用|领|据|比)|占到)(?P<b>(?!百分|几成).+?){_RATIO}$"
        ),
    ),
    (
        Sum.SHARE,
        re.compile(
            rf"^(?P<a>[^在]+?)在(?P<b>.+?)(?:中|里|里面|当中|之中)的?(?:大?约?占了?|占比|比重|比例)(?:是|为)?(?:{_RATIO}|$)"
        ),
    ),
    (Sum.MULTIPLE, re.compile(r"^(?P<a>.+?)(?:是|为|相当于|等于|达到?)了?(?P<b>.+?)的(?:几倍|多少倍)")),
    (
        Sum.RATIO,
        re.compile(r"^(?P<a>.+?)(?:是|为|相当于|等于|达到?)了?(?P<b>.+?)的(?:百分之几|百分之多少|几成)$"),
    ),
    (
        Sum.DIFFERENCE,
        re.compile(
            r"^(?P<a>.+?)(?:比(?![赛例重率分武如较])|较(?![大小多少高低快慢好为强差长短]))(?P<b>.+?)"
            r"(?:增加|减少|增长|提高|提升|降低|下降|上升|上涨|下跌|缩短|延长|节省|节约|扩大|缩小|便宜|"
            r"多|少|高|低|长|短|大|小|快|慢|贵|重|轻|深|浅|宽|窄|厚|薄|早|晚|远|近|强|省|涨|跌|降)"
            r"(?P<verb>(?!百分)[\u4e00-\u9fff]{0,4}?)(?P<asking>多少|几)(?![倍成])(?P<tail>.*)$"
        ),
    ),
    (
        Sum.DIFFERENCE,
        re.compile(
            r"^(?P<a>.+?)(?:和|与|跟|同)(?P<b>.+?)(?:(?:之间)?的?(?:相差|差了?|差[距额值别](?:是|有|为)?)|(?:两者|二者)相差)"
            r"(?:多少|多大|几)(?P<tail>.*)$"
        ),
    ),
    (
        Sum.TOTAL,
        re.compile(
            r"^(?P<a>.+?)(?:和|与|跟|及|加上|加|、)(?P<b>.+?)"
            r"(?:一共|总共|合计|总计|加起来|加在一起|合在一起|合起来|相加|共计|共|[之总]和)(?P<verb>.{0,8}?)(?:多少|几)(?P<tail>.*)$"
        ),
    ),
)
_OF_TWO_TIMES = (Sum.DIFFERENCE, Sum.RATIO)
_MEASURED = re.compile(r"(?:量|额|数|值|率|长|度|积|人次|收入|利润|规模|面积|金额|出资|投资|支出|余额|份额)$")
_PUT_IN = re.compile(r"(?:出资|投资|捐款|捐助|出资额|投资额)$")
_AVERAGE = re.compile(
    r"人均|户均|亩均|平均|日均|月均|年均|场均|次均|生均|亩产|单产|每(?:人|户|亩|吨|公斤|斤|股|平方|辆)"
)
_UNTIL = re.compile(r"^(?P<thing>.+?)到(?P<time>\d{4}年底?)(?:要|将|会)?$")
_THEN = re.compile(r"^(?:以前|过去|从前|原来|原先|之前|当年|此前|改造前)$")
_NOW = re.compile(r"^(?:要)?(?:现在|如今|目前|眼下|当前)$")
_WHEN = re.compile(r"[\u4e00-\u9fff]{2}(?:时|时候|之初|之前|那会儿)$")
_CAN = re.compile(r"(?:[能会可还要更又]|可以|能够)+$")
_WHOLE_YEAR = re.compile(r"(?<=年)全年")
_LEVEL = re.compile(r"^(?:的?(?:目标|计划|规划|水平|数量|总数|总量))+$")
_BATCH = re.compile(r"(?:首|第[\d一二三四五六七八九十]+)[批期轮]")
"""What tells a part of a plan from the plan: 首批 of what is planned until a year."""
_JOINT = re.compile(r"[、和与跟及]|加上|以及")
_PARTICLES = re.compile(r"^[出了过]+|[出了过]+$")


def read_sides(question: str, focus: Focus) -> Sides | None:
    """The two sides of a question that asks for a share, a multiple, a difference or a total; None for any other.

    Example:
        >>> sides = read_sides("玉米产量比大豆多多少?", find_focus("玉米产量比大豆多多少?"))
        >>> sides.sum, [term.text for term in sides.second.terms]
        (<Sum.DIFFERENCE: 'difference'>, ['大豆', '产量'])
    """
    text = _WHOLE_YEAR.sub("", re.sub(r"[?？。 呢吗啊]+$", "", question))
    for kind, pattern in _PATTERNS:
        match = pattern.search(text)
        if match is not None:
            return _read(kind, match.groupdict(), focus)
    return None


def _read(kind: Sum, groups: dict[str, str | None], focus: Focus) -> Sides:
    left, right = _UNTIL.sub(r"\g<time>\g<thing>", groups["a"] or ""), groups["b"] or ""
    verb = _PARTICLES.sub("", groups.get("verb") or "")
    tail = groups.get("tail") or ""
    ending = f"{verb}多少{tail}" if verb or tail else "是多少"
    against_then = bool(_THEN.match(right) or _NOW.match(right))
    anchor = next((time.period.first for time in focus.times if time.period), None)
    further: list[str] = []
    if kind is Sum.TOTAL:
        left, right, *further = _parts(left, right)
    right = _CAN.sub("", right)
    a = find_focus(_against(right) + left + ending, anchor)
    since_then = kind is Sum.DIFFERENCE and bool(_WHEN.search(right))
    aim = bool(kind is Sum.RATIO and _LEVEL.match(_undated(right, anchor)))
    only_times = against_then or since_then or aim or not find_focus(right, anchor).terms
    if against_then and _THEN.match(right):
        b = find_focus(right + left + ending, anchor)
    elif only_times:
        same = _undated(left, anchor)
        b = find_focus(right + (_BATCH.sub("", same) if aim else same) + ending, anchor)
    else:
        b = find_focus(right + ending, anchor)
    a, b = _share_terms(a, b, left, right, kind)
    units = a.units or b.units if kind in (Sum.DIFFERENCE, Sum.TOTAL) else frozenset()
    if kind in (Sum.DIFFERENCE, Sum.TOTAL):
        units = RATE_UNITS if "百分点" in tail else units or focus.units
    rates = kind is Sum.DIFFERENCE and (a.asks_change or b.asks_change)
    average = "".join(_AVERAGE.findall(focus.wording))

    def side(own: Focus, other: Focus) -> Focus:
        # 毛利率比去年高多少 sets now against last year: the time of one side is not that of the other.
        times = own.times or (() if kind in _OF_TWO_TIMES and only_times else other.times)
        return dataclasses.replace(
            own,
            times=times,
            claimed=(),
            units=units,
            asks_change=rates or own.asks_change,
            asks_change_amount=False,
            wording=own.wording + average,
        )

    first, second = side(a, b), side(b, a)
    others = tuple(
        side(_share_terms(find_focus(part + ending, anchor), b, part, right, kind)[0], a) for part in further
    )
    one_time = not (against_then or since_then) and [t.period for t in first.times] == [t.period for t in second.times]
    return Sides(kind, first, second, one_time, only_times, against_then, others, "百分点" in tail)


def _undated(words: str, anchor: date | None) -> str:
    """``words`` without the times in them: what 今年春茶 is set against for 去年 is 春茶."""
    for time in reversed(find_times(words, anchor)):
        words = words[: time.start] + words[time.end :]
    return words


def _parts(left: str, right: str) -> list[str]:
    """The things that a total is asked of: 讲座、展览和演出."""
    return [part for part in _JOINT.split(f"{left}、{right}") if part]


def _against(right: str) -> str:
    """What the other side of a comparison with earlier days speaks of."""
    return "现在" if _THEN.match(right) else ""


def _share_terms(a: Focus, b: Focus, left: str, right: str, kind: Sum) -> tuple[Focus, Focus]:
    if not b.terms:
        b = dataclasses.replace(b, terms=a.terms)
    if not a.terms:
        a = dataclasses.replace(a, terms=b.terms)
    if a.terms == b.terms:
        return a, b
    if kind is Sum.SHARE:
        # 首期出资中,甲公司占几成: the part is what 甲公司 put in.
        return (_lend_measure(a, b) if _PUT_IN.search(right) else a), b
    a, b = _lend_measure(a, b, borrows_last=True), _lend_measure(b, a, borrows_last=True)
    if not b.names and not _MEASURED.search(left):
        places = tuple(term for term in a.terms if term.tag == "ns" and term not in b.terms)
        b = dataclasses.replace(b, terms=(*b.terms, *places))
    return a, b


def _lend_measure(to: Focus, other: Focus, *, borrows_last: bool = False) -> Focus:
    """``to`` with the thing measured of ``other`` (玉米产量比大豆多多少), if it names none itself."""
    if any(_MEASURED.search(term.text) for term in to.terms):
        return to
    known = {term.text for term in to.terms}
    measured = tuple(term for term in other.terms if _MEASURED.search(term.text) and term.text not in known)
    last = other.terms[-1]
    if not measured and borrows_last and len(other.terms) > len(to.terms) and last.is_noun and last.text not in known:
        measured = (last,)
    return dataclasses.replace(to, terms=(*to.terms, *measured)) if measured else to
