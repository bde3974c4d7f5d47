"""By how much a thing has changed, where the article tells both ends: 从62%提高到90%, 以前要7天,现在缩短到2天."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.evidence import Sentence
from rag.answer.figures import Figure, find_figures
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.told_of import as_found, same_unit, speaks_of, the_one, unit_is_asked
from rag.question.focus import Focus, find_focus

_UP = r"增加|增长|提高|提升|上升|上涨|上调|扩大|延长|攀升|跃升|升|涨|增|扩|扩建|发展|拓展|壮大|多|高|长|大|贵|快"
_DOWN = r"减少|下降|降低|下滑|下跌|下调|缩短|缩减|缩小|压缩|压减|精简|节省|节约|减|降|跌|少|低|短|小|省|便宜|慢"
_ASKS = re.compile(
    rf"^(?P<thing>.+?)(?:一共|总共|共|累计|又|都)?(?<![全总身最])(?P<verb>{_UP}|{_DOWN})(?:加|少|出|下|掉|来)?了?(?:多少|几)(?P<tail>.*)$"
)
_COMPARES = re.compile(r"同比|环比|(?<![占同环百分对])比(?![例重率赛值分])|相比|较|平均每")
_THEN = (
    r"以前|过去|从前|原来|原先|之前|当年|此前|当初|最初|起初|刚?开始|刚[\u4e00-\u9fff]{1,4}时|"
    r"[\u4e00-\u9fff]{1,4}[前初]"
)
_COMPARED_WITH_THEN = re.compile(
    rf"^(?P<thing>.+?)(?:比|较|跟|和)(?P<base>(?:{_THEN})|.*?(?:年|月|时|前|初|期))(?:相比)?[,，]?"
    rf"(?:要|还|又)?(?P<verb>{_UP}|{_DOWN})(?:加|少|出|下|掉)?了?(?P<done>[\u4e00-\u9fff]{{0,3}}?)(?:多少|几)(?P<tail>.*)$"
)
_TO = re.compile(
    rf"^[\u4e00-\u9fff]{{0,2}}[,，、]?\s*(?:到|至)?(?P<time>[^,，;；。]{{0,12}}?)(?:[已又就则只仅逐步快速]{{0,3}})"
    rf"(?:{_UP}|{_DOWN}|变|改|增加|减)(?:到|至|为|成)了?(?:(?:[12]\d{{3}}年|现在|如今|目前|当前|今年|去年)底?的?)?[约近超]?$"
)
_NOW = re.compile(
    r"^[\u4e00-\u9fff]{0,2}[,，;；]\s*(?:而|但)?(?:到?(?:现在|如今|目前|眼下|当前|今天|今年))[^,，;；。\d]{0,4}?[只仅]?(?:要|需|用|有|是|剩|为|达)?[了到约]*$"
)
_FROM = re.compile(rf"从|由|自|{_THEN}")
_DATED = re.compile(r"\d年|去年|前年")
_YEARS = ("年", "个月")


@dataclass(frozen=True, slots=True)
class _Change:
    start: Figure
    end: Figure


def compute_change(question: str, focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """The difference of the two ends of a change; None where none is asked for or the article tells no such change."""
    asked = _read(question, focus)
    if asked is None:
        return None
    thing, verb = asked
    return the_one(_differences(focus, thing, verb, sentences))


def is_an_end(question: str, focus: Focus, figure: Figure) -> bool:
    """Whether a figure is one end of a change of which the question asks the size."""
    if _read(question, focus) is None:
        return False
    return any(figure.span in (change.start.span, change.end.span) for change in find_changes(figure.sentence))


def _read(question: str, focus: Focus) -> tuple[Focus, str] | None:
    """What changed, and the word for the change, if the question asks by how much."""
    text = re.sub(r"[?？。 呢吗啊]+$", "", question)
    match = None if _COMPARES.search(text) else _ASKS.match(text)
    match = match or _COMPARED_WITH_THEN.match(text)
    if match is None or match["tail"].startswith(("倍", "成", "番")) or re.search("百分之", text):
        return None
    anchor = next((time.period.first for time in focus.times if time.period), None)
    return find_focus(match["thing"] + "是多少", anchor), match["verb"]


def _differences(
    focus: Focus, thing: Focus, verb: str, sentences: Sequence[Sentence]
) -> Iterator[tuple[float, Finding]]:
    rises = bool(re.fullmatch(_UP, verb))
    for sentence in sentences:
        for change in find_changes(sentence):
            start, end = change.start.quantity, change.end.quantity
            unit = "个百分点" if end.unit == "%" else end.unit
            if rises != (end.value > start.value) or not unit_is_asked(focus, unit):
                continue
            score = speaks_of(_untimed(thing), change.end, change.start)
            if not score or not _times_agree(focus, sentence) or _is_stated(change):
                continue
            large, small = (end, start) if rises else (start, end)
            operands = (Operand(large), Operand(small, rising=False))
            formula = f"{large.text} − {small.text}"
            found = [as_found(change.end)]
            yield score, calculate(large.value - small.value, unit, formula, operands, found)


def find_changes(sentence: Sentence) -> list[_Change]:
    """The changes of which ``sentence`` tells both ends."""
    figures = [f for f in find_figures(sentence) if f.quantity.upper is None and not f.quantity.ordinal]
    changes = []
    for position, end in enumerate(figures):
        start = next((f for f in reversed(figures[:position]) if same_unit(f.quantity.unit, end.quantity.unit)), None)
        if start is None or start.is_change or end.is_change or not end.quantity.unit:
            continue
        between = sentence.folded[start.quantity.end : end.quantity.start]
        clause = next(c for c in sentence.clauses if c.start <= start.quantity.start < c.end)
        before = sentence.folded[clause.start : start.quantity.start]
        lead = sentence.folded[: start.quantity.start]
        if (_TO.match(between) and (_FROM.search(before) or _DATED.search(lead))) or (
            _NOW.match(between) and re.search(_THEN, lead)
        ):
            changes.append(_Change(start, end))
    return changes


def _untimed(focus: Focus) -> Focus:
    return dataclasses.replace(focus, times=(), claimed=())


def _times_agree(focus: Focus, sentence: Sentence) -> bool:
    """Whether the sentence tells of all times of the question, and of as many years as it names."""
    told = [time.period for time in sentence.times if time.period is not None]
    if not all(time.period is None or any(time.period == period for period in told) for time in focus.times):
        return False
    years = sorted(period.first.year for period in told)
    spans = [q for q in (*focus.claimed, *focus.qualifiers) if q.unit in _YEARS]
    others = [q for q in focus.claimed if q.unit not in _YEARS]
    return not others and all(q.unit == "年" and len(years) > 1 and years[-1] - years[0] == q.value for q in spans)


def _is_stated(change: _Change) -> bool:
    """Whether the sentence goes on to tell the difference itself (从62%提高到90%,提高28个百分点)."""
    behind = [f for f in find_figures(change.end.sentence) if f.quantity.start > change.end.quantity.start]
    unit = change.end.quantity.unit
    return (
        bool(behind)
        and behind[0].is_change
        and (same_unit(behind[0].quantity.unit, unit) or (unit == "%" and "百分点" in behind[0].quantity.unit))
    )
