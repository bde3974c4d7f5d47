"""The phrases a Chinese question is made of: its times, and its noun phrases with the kind of thing each names.

A noun phrase is a run of nominal words between function words (chunking by closed word classes, after Abney,
"Parsing by Chunks", 1991). Endings tell the kinds apart (公司, 博物馆, 市, 江 …); the tagger's word decides where
no ending does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rag.question.phrase_words import (
    AGENTS,
    ATTRIBUTE_WORDS,
    COMPOUND_TAIL,
    GENERIC_HEADS,
    NEVER_NOMINAL,
    ORGANISATION_ENDING,
    PLACE_ENDING,
    WIDE_PLACE,
    cities,
)
from rag.question.surnames import addressed_politely, looks_like_person
from rag.question.words import question_words
from rag.text.dates import find_times
from rag.text.measure_words import COUNTERS
from rag.text.tokens import Token, is_in_dictionary


class PhraseKind(StrEnum):
    """What a phrase names. NAME is a proper name of unknown kind, ATTRIBUTE a measurable side of something."""

    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    NAME = "name"
    THING = "thing"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a question; offsets count characters of the question.

    ``attribute`` is the offset at which a closing attribute word starts (产量 in 新能源车产量), ``end`` where
    there is none.
    """

    start: int
    end: int
    text: str
    kind: PhraseKind
    attribute: int


_QUALIFIER = "(?:总|平均|最高|最低|最大|最小|最多|最少|最长|年均|人均|日均)?"
_ATTRIBUTE = re.compile(rf"{_QUALIFIER}(?:{ATTRIBUTE_WORDS})")
_ATTRIBUTE_AT_END = re.compile(rf"{_QUALIFIER}(?:{ATTRIBUTE_WORDS})$")

_NOMINAL = ("n", "j", "l", "i", "eng", "b", "an", "vn", "zg", "s", "h", "k", "g")
_LONGEST_NAME = 6  # words in the name of an organisation; the bound keeps the search linear
_SEASON = re.compile(r"(?:本|这个?|上一?个?|下一?个?|新)(?:赛季|学期|学年)|\d{4}(?:[-—/至]\d{2,4})?赛季")
_HOW_MANY = re.compile("(?:多少|几)$")
_CLOSED_TEXT = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|\"[^\"]*\"")


def is_attribute(text: str) -> bool:
    """Whether the whole of ``text`` names a measurable side of something: 销量, 平均气温."""
    return _ATTRIBUTE.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def find_phrases(text: str) -> tuple[Phrase, ...]:
    """The times and noun phrases of ``text``, left to right, without overlap.

    Example:
        >>> [(p.text, p.kind.value) for p in find_phrases("2024年武汉的降水量是多少？")]
        [('2024年', 'time'), ('武汉', 'place'), ('降水量', 'attribute')]
    """
    taken = [_whole_time(text, time.start, time.end) for time in find_times(text, None)]
    taken.extend(match.span() for match in _SEASON.finditer(text) if not _overlaps(match.span(), taken))
    phrases = [Phrase(start, end, text[start:end], PhraseKind.TIME, end) for start, end in taken]
    for match in _CLOSED_TEXT.finditer(text):
        if not _overlaps(match.span(), taken):
            phrases.append(_phrase(text, match.start(), match.end()))
            taken.append(match.span())
    blocked = bytearray(len(text))
    for start, end in taken:
        blocked[start:end] = b"\x01" * (end - start)
    run: list[Token] = []
    words = question_words(text)
    for index, token in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else None
        counts = index > 0 and words[index - 1].tag == "m" and len(token.text) == 1 and not token.tag.startswith("n")
        if not counts and not any(blocked[token.start : token.end]) and _is_nominal(token, run, after):
            run.append(token)
            continue
        phrases.extend(_split_run(text, run))
        run = []
    phrases.extend(_split_run(text, run))
    phrases.sort(key=lambda phrase: phrase.start)
    return tuple(_join(text, phrases))


def _whole_time(text: str, start: int, end: int) -> tuple[int, int]:
    """The time with the 全年, 同期 or, of a year, 一年 that may follow it."""
    whole = ("全年", "同期", "一年", "1年") if text[:end].endswith("年") else ("全年", "同期")
    return start, end + 2 if text[end : end + 2] in whole else end


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _is_nominal(token: Token, run: list[Token], after: Token | None) -> bool:
    if token.text in NEVER_NOMINAL or not token.text.strip():
        return False
    if token.tag.startswith(_NOMINAL) or _ATTRIBUTE.fullmatch(token.text):
        return True
    follows_nominal = after is not None and after.text not in NEVER_NOMINAL and after.start == token.end
    if after is not None and follows_nominal and token.tag.startswith(("a", "v")) and after.text in "级型化性类式":
        return True
    if (
        after is not None
        and follows_nominal
        and (after.tag.startswith(("n", "j", "v", "l", "zg")) or is_attribute(after.text))
    ):
        if token.tag.startswith("a"):
            return True
        if token.tag.startswith("v") and len(token.text) > 1:
            return bool(COMPOUND_TAIL.search(after.text)) or is_attribute(after.text)
        # A code such as the 5 of 5号线 is part of a name, a counted number is not.
        if token.tag == "m" and token.text.isascii():
            return bool(run)
    # 宜昌站: a one-character ending that the tagger takes for a verb.
    return (
        bool(run)
        and run[-1].end == token.start
        and len(token.text) == 1
        and token.text in "省市区县镇乡村州江河湖海岛站馆院局队化级园型号系体类式性点"
    )


def _split_run(text: str, run: list[Token]) -> list[Phrase]:
    """Cuts off the organisation or place at the head of a run (武汉 in 武汉新能源车产量) and the person at its end."""
    if not run:
        return []
    start, end = run[0].start, run[-1].end
    if _HOW_MANY.search(text[:start]) and end - start > 2 and text[start] in COUNTERS:
        # 多少|条|建议, 多少|张证: the tagger has taken the measure word for a noun, or for a part of one.
        if len(run[0].text) == 1:
            return _split_run(text, run[1:])
        if not is_in_dictionary(run[0].text):
            return _split_run(text, [Token(run[0].text[1:], start + 1, run[0].end, "n"), *run[1:]])
    whole = _phrase(text, start, end)
    if len(run) == 1 or whole.kind in (PhraseKind.PLACE, PhraseKind.PERSON, PhraseKind.ORGANISATION):
        return [whole]
    if _kind(run[-1].text, run[-1].tag) is PhraseKind.PERSON:
        return [*_split_run(text, run[:-1]), _phrase(text, run[-1].start, end)]
    for cut in range(min(len(run) - 1, _LONGEST_NAME), 0, -1):
        head = _phrase(text, start, run[cut - 1].end)
        if head.kind is PhraseKind.ORGANISATION or (
            head.kind is PhraseKind.PLACE and (cut == 1 or PLACE_ENDING.search(head.text))
        ):
            return [head, *_split_run(text, run[cut:])]
    return [whole]


def _phrase(text: str, start: int, end: int) -> Phrase:
    content = text[start:end]
    words = question_words(content)
    # 秦 守义: the tagger knows the surname, and takes the rest for a word.
    is_name = len(words) == 2 and len(words[0].text) == 1 and words[0].tag.startswith("nr")
    kind = _kind(content, words[0].tag if len(words) == 1 or is_name else "")
    match = _ATTRIBUTE_AT_END.search(content)
    attribute = start + match.start() if match and kind in (PhraseKind.THING, PhraseKind.ATTRIBUTE) else end
    return Phrase(start, end, content, kind, attribute)


def _kind(content: str, tag: str) -> PhraseKind:
    if content[:1] in '《“「"':
        return PhraseKind.THING
    if content in AGENTS:
        return PhraseKind.ORGANISATION
    if addressed_politely(content):
        return PhraseKind.PERSON
    if is_attribute(content):
        return PhraseKind.ATTRIBUTE
    if content in GENERIC_HEADS:
        return PhraseKind.THING
    ends_like_one = ORGANISATION_ENDING.search(content) and not content.endswith(("全部", "内部", "军队"))
    if tag == "nt" or (ends_like_one and tag != "nr"):
        return PhraseKind.ORGANISATION if _is_named(content) else PhraseKind.THING
    if WIDE_PLACE.fullmatch(content):
        return PhraseKind.PLACE
    if (
        tag == "ns"
        or content in cities()
        or (PLACE_ENDING.search(content) and len(content) <= 8 and _is_named(content))
    ):
        return PhraseKind.PLACE
    if (looks_like_person(content) and tag.startswith("nr")) or "·" in content:
        return PhraseKind.PERSON
    if tag in ("nr", "nrt", "nz", "eng", "nrfg") or content.isascii():
        return PhraseKind.NAME
    return PhraseKind.THING


def _is_named(content: str) -> bool:
    """Whether something that ends like a place or an organisation is one in particular: 故宫博物院, not 工业园区."""
    first = question_words(content)[0]
    return first.tag.startswith(("ns", "nr", "nz", "nt", "j", "eng")) or (
        len(content) > len(first.text) and first.tag in ("zg", "x")
    )


def _join(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Joins A的B of two things, and A和B of one kind, into one phrase."""
    joined: list[Phrase] = []
    things = (PhraseKind.THING, PhraseKind.ATTRIBUTE, PhraseKind.NAME)
    for phrase in phrases:
        if joined:
            last, between = joined[-1], text[joined[-1].end : phrase.start]
            possessive = between == "的" and last.kind is PhraseKind.THING and phrase.kind in things
            coordinated = between in ("和", "与", "、", "及", "以及", "跟") and (
                last.kind is phrase.kind or (last.kind in things and phrase.kind in things)
            )
            named = between == "" and last.text[-1] in "”」" and phrase.kind in things
            if named:
                cut = phrase.attribute if phrase.kind is not PhraseKind.ATTRIBUTE else phrase.start
                joined[-1] = Phrase(last.start, phrase.end, text[last.start : phrase.end], PhraseKind.THING, cut)
                continue
            if (possessive or coordinated) and phrase.kind is not PhraseKind.TIME:
                kind = PhraseKind.THING if phrase.kind in things and last.kind in things else phrase.kind
                if last.kind is phrase.kind:
                    kind = phrase.kind
                cut = phrase.attribute if possessive else phrase.end
                if possessive and phrase.kind is PhraseKind.ATTRIBUTE:
                    cut = phrase.start
                joined[-1] = Phrase(last.start, phrase.end, text[last.start : phrase.end], kind, cut)
                continue
        joined.append(phrase)
    return joined
