"""How many days something lasted, where the article tells the first and the last: 5月3日至6日举行 is four days.

Both ends count, as they do whenever something is held, shown or shut from one day to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.reading import Finding, Support
from rag.answer.sums.told_of import the_one
from rag.question.focus import Focus, find_focus
from rag.question.terms import Term
from rag.text.dates import TimeExpression
from rag.text.normalise import arabic_numerals
from rag.text.numbers import format_quantity

_ALL = r"(?:一共|总共|总计|前后|连续|共|要|将)*"
_HOLDING = r"举办|举行|召开|开展|进行|展出|持续|历时|为期|会期|展期|赛期|办|开|演|展"
_HOW_LONG = rf"了?{_ALL}[了是有为]?(?:(?:几|多少)天|多久|多长时间)(?:时间)?$"
_ASKS = (
    re.compile(rf"^(?P<event>.+?)(?:的?(?:时间|时长))?{_ALL}(?P<verb>{_HOLDING}){_HOW_LONG}"),
    re.compile(rf"^(?P<event>.+?){_ALL}(?P<verb>[\u4e00-\u9fff]{{2}}){_HOW_LONG}"),
)
_ASKS_OTHERWISE = re.compile(
    r"离|距|提前|推迟|延|比(?!赛)|每|平均|至少|最|超过|还[有剩要差]|[前后内]几天|已经|了多久了|至今"
)
_HELD = re.compile(r"举办|举行|召开|开幕|启幕|开展|展出|登场|亮相|上演|进行|办")
_DAYS = re.compile(r"\d{1,2}[日号]?(?:到|至|-|—|–|~)+(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日号]$")
_BREAKS = re.compile(r"休|除|停|闭|不含|逢|周[一二三四五六日末]")
_EDITION = re.compile(r"第[\d一二三四五六七八九十百]+[届次期]|首届")
_MOST_DAYS = 92
_TOLD = 0.9
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{3,5}")
_OF_A_NAME = r"[\u4e00-\u9fff\d]"


def compute_days_held(question: str, sentences: Sequence[Sentence]) -> Finding | None:
    """The days from the first to the last that is told; None where it is not asked how long something lasted."""
    text = re.sub(r"[?？。 呢吗啊]+$", "", question)
    match = next((match for pattern in _ASKS if (match := pattern.match(text))), None)
    if match is None or _ASKS_OTHERWISE.search(question):
        return None
    return the_one(_spans(match["event"], match["verb"], sentences))


def _spans(event: str, verb: str, sentences: Sequence[Sentence]) -> Iterator[tuple[float, Finding]]:
    is_held = re.fullmatch(_HOLDING, verb) is not None
    editions = _EDITION.findall(arabic_numerals(event))
    for sentence in sentences:
        days = [time for time in sentence.times if _is_range_of_days(time)]
        published = sentence.published.first if sentence.published else None
        focus = find_focus(event, published)
        if len(days) != 1 or not _tells_of(focus, sentence, sentences) or not _fits(focus, days[0]):
            continue
        told = _HELD.search(sentence.folded) if is_held else verb in sentence.folded
        breaks = [found_break for found_break in _BREAKS.findall(sentence.folded) if found_break not in event + verb]
        counted = any(quantity.unit in ("天", "日") for quantity in sentence.quantities)
        around = arabic_numerals(f"{sentence.folded}\n{sentence.before}\n{sentence.heading}")
        if not told or breaks or counted or not all(edition in around for edition in editions):
            continue
        shown = format_quantity(Decimal(days[0].period.days if days[0].period else 0), "天")
        support = (Support(sentence.article_id, sentence.span),)
        formula = f"{days[0].text}，首尾都算 = {shown}"
        yield 1.0, Finding(short=shown, answer_span=None, support=support, confidence=_TOLD, formula=formula)


def _is_range_of_days(time: TimeExpression) -> bool:
    if time.period is None or not 1 < time.period.days <= _MOST_DAYS:
        return False
    return _DAYS.search(time.text) is not None


def _fits(focus: Focus, days: TimeExpression) -> bool:
    """Whether the days lie in every time that the question names (本届, 今年, 5月)."""
    return all(
        asked.period is None or (days.period is not None and asked.period.covers(days.period)) for asked in focus.times
    )


def _tells_of(focus: Focus, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether ``sentence`` names all that the question does, in full where the question has the short name."""
    terms = [term for term in focus.terms if term.is_noun or term.is_name]
    wide = f"{sentence.folded}\n{sentence.before}\n{sentence.heading}"
    told = [term for term in terms if found(term, sentence.folded)]
    lacking = [term for term in terms if term not in told and not (term.is_name and found(term, wide))]
    if not lacking:
        return bool(told)
    short = _stretch(focus, lacking)
    return any(short in other.folded for other in sentences) and _in_full(short, sentence.folded)


def _stretch(focus: Focus, lacking: Sequence[Term]) -> str:
    """The word that holds all terms that are ``lacking``: the tagger cuts a short name it does not know (纸|博会)."""
    start, end = lacking[0].start, lacking[-1].start + len(lacking[-1].text)
    for term in reversed(focus.terms):
        if term.start + len(term.text) == start and not (term.is_name and len(term.text) > 1):
            start = term.start
    return focus.wording[start:end]


def _in_full(short: str, folded: str) -> bool:
    """Whether ``folded`` has a name of which ``short`` may be the short form: 造纸工业博览会 of 纸博会.

    The characters of the short form come in the order of the full one, which ends with the last of them.
    """
    if not _SHORT_NAME.fullmatch(short):
        return False
    name = f"{_OF_A_NAME}{{0,7}}?".join(short)
    return re.search(rf"{name}(?=在|将|于|开|举|[^\u4e00-\u9fff]|$)", folded) is not None
