"""What a question names that can be swapped: its topic, year, day, place, person, organisation, title or number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.question.surnames import looks_like_person
from rag.text.dates import find_times
from rag.text.numbers import find_quantities
from rag.text.tokens import Token, tokenize
from training.unanswerable.paragraphs import Paragraph
from training.unanswerable.places import is_place

Kind = Literal["year", "day", "place", "person", "organisation", "title", "number", "topic"]

_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20[0-3]\d)(?=年)")
_DAY = re.compile(r"(?<!\d)\d{1,2}月(?:\d{1,2}[日号])?")
_TITLE = re.compile(r"《[^《》]{1,30}》")
_FOREIGN_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·・][\u4e00-\u9fff]{1,8})+")
_ARABIC = re.compile(r"(?<![\d.,])\d{1,7}(?![\d.,])")
_OPEN_ENDED = re.compile(r"以上|以下|以内|以来|以后|之后|之前|以前|至今|起|至|到|-|~|—|～|∼|前|后|内|间|代|初|末|底")
_NO_PERSON = frozenset("界区派院队会部国人家者城县镇村山河站湖路街镇团党军族文语学")
_LASTING = re.compile(r"担任|任职|在任|就任|在位|现任|出任")
_COMMON_ENDING = re.compile(
    r"(?:大学|学院|中学|小学|公司|集团|银行|医院|协会|委员会|出版社|研究所|博物馆|图书馆|电视台|铁路|车站|站|队|党|寺|庙|教堂|机场|大桥|公园|市场|广场|酒店|剧院|乐团|舰队|军|师)$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named in a text: the slice ``[start:end]`` is ``text``."""

    start: int
    end: int
    text: str
    kind: Kind


def mentions(question: str, paragraph: Paragraph) -> list[Mention]:
    """What ``question`` names, in order of kind; only what ``paragraph`` names too, in the same form.

    A time, place or number that the paragraph does not give is no condition that another could break.
    """
    tokens = tokenize(question)
    found = [*_times(question), *_topic(question, paragraph), *_titles(question), *_numbers(question)]
    found += _names(question, tokens)
    return [mention for mention in found if mention.text in paragraph.text]


def names_of(paragraph: Paragraph, kind: Kind) -> list[str]:
    """The names of one kind that a paragraph holds, each once, in the order of the text."""
    if kind == "title":
        names = _TITLE.findall(paragraph.text)
    elif kind == "year":
        names = _YEAR.findall(paragraph.text)
    elif kind == "day":
        names = _DAY.findall(paragraph.text)
    elif kind == "topic":
        names = [paragraph.topic] if paragraph.topic else []
    else:
        names = [mention.text for mention in _names(paragraph.text, paragraph.tokens) if mention.kind == kind]
    return list(dict.fromkeys(names))


def ending(name: str) -> str:
    """What kind of organisation or place a name ends in (大学, 站); "" where it says nothing."""
    match = _COMMON_ENDING.search(name)
    return match[0] if match else ""


def _times(question: str) -> Iterator[Mention]:
    times = find_times(question, None)
    # Who held a post in one year often did so in the next.
    if len(times) != 1 or _LASTING.search(question):
        return
    time = times[0]
    if _OPEN_ENDED.match(question, time.end) or re.search(r"[至到\-~—～自从截]|之间", question[: time.end]):
        return
    if time.period is not None and time.period.first.year != time.period.last.year:
        return
    for pattern, kind in ((_YEAR, "year"), (_DAY, "day")):
        for match in pattern.finditer(question, time.start, time.end):
            yield Mention(*match.span(), match[0], "year" if kind == "year" else "day")


def _topic(question: str, paragraph: Paragraph) -> Iterator[Mention]:
    topic = paragraph.topic
    at = question.find(topic) if topic else -1
    if at >= 0:
        yield Mention(at, at + len(topic), topic, "topic")


def _titles(question: str) -> Iterator[Mention]:
    for match in _TITLE.finditer(question):
        yield Mention(*match.span(), match[0], "title")


def _numbers(question: str) -> Iterator[Mention]:
    for quantity in find_quantities(question):
        number = _ARABIC.search(question, quantity.start, quantity.end)
        if number is None or quantity.bound != "exact" or quantity.upper is not None:
            continue
        if _OPEN_ENDED.match(question, quantity.end) or question[: quantity.start].endswith(
            ("哪", "这", "那", "前", "的")
        ):
            continue
        if question[number.end() :].lstrip().startswith(("年", "月", "/")):
            continue
        # 三个儿子的名字 is answered by the names of two as well; the 20th year or the third match is another one.
        if quantity.ordinal or quantity.value >= 10 or quantity.unit == "岁":
            yield Mention(*number.span(), number[0], "number")


def _names(text: str, tokens: list[Token]) -> Iterator[Mention]:
    foreign = [match.span() for match in _FOREIGN_NAME.finditer(text)]
    for token in tokens:
        if any(start < token.end and token.start < end for start, end in foreign):
            continue
        if is_place(token.text):
            yield Mention(token.start, token.end, token.text, "place")
        elif token.tag.startswith("nr") and len(token.text) == 3 and _is_person(token.text):
            yield Mention(token.start, token.end, token.text, "person")
        elif len(token.text) >= 4 and token.tag in ("nt", "nz") and ending(token.text):
            yield Mention(token.start, token.end, token.text, "organisation")


def _is_person(name: str) -> bool:
    return looks_like_person(name) and name[-1] not in _NO_PERSON
