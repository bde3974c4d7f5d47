"""Where and when a picture was taken and who is in it, as short slices of its caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from rag.answer.credits.pictures import Picture
from rag.answer.evidence import Sentence, read_sentence
from rag.answer.spans.typed_spans import find_places, people_in
from rag.question.surnames import looks_like_person
from rag.text.dates import TimeExpression, find_times
from rag.text.folding import fold
from rag.text.tokens import Token, tokenize
from rag.types import Span

_CALENDAR = re.compile(r"[年月日号]|\d[-/.]\d")
_PART_OF_DAY = re.compile(
    r"(?:的)?(?:凌晨|清晨|早晨|早上|上午|中午|正午|下午|午后|傍晚|黄昏|晚上|晚间|夜间|夜里|深夜|当晚|晚|夜|\d{1,2}[时点:]\d{0,2}分?许?)+"
)
_CLAUSE = re.compile(r"[^，,；;。！!？?]+")
_TAKEN_AT = re.compile(r"(?:拍?摄|拍)于(?P<place>[^，,；;。）)]{2,24})")
_THROUGH = re.compile(r"(?:从|沿着?)(?P<place>[^，,；;。从]{2,12}?)(?:[飞驶走穿游流跑骑开]|经|掠)过")
_BESIDE = re.compile(r"(?:里|内|上|中|外|旁|边|畔|前|下|间|侧|处|现场|附近|一带|岸边|沿线|门口|路口|深处|一角)$")
_PLACE_END = re.compile(
    r"(?:[省市区县镇乡村州岛港湾湖河江海山岭峰谷沟园站馆场厂校院店室厅楼堂亭塔寺庙街路巷桥坝库渠房棚田地林口岸坡坪台线段组号库屋宅仓城窑坊所吧]|"
    r"码头|车间|中心|基地|工地|泊位|社区|小区|小学|中学|大学|公司|景区|校园|隧道|大厦|航站|展位|平台|大堤|灯塔|甲板|船上|病区|礼堂|宿舍)$"
)
_ANY_PLACE = re.compile(r"地方|位置|地点|场所|场合|处$")
_CITY = re.compile(r"(?<![夜超早集闹花菜都城门股])市(?![场民])")
_NO_PLACE = re.compile(
    r"正在|记者|(?:带领|指导|帮助|支持|努力|过程|活动期间|期间|同时|以来|陪同|见证)(?:之?下|中)?$|后$|时$"
)
_OPENING = frozenset("上 里 内 旁 边 外 畔".split())
_MOTION = re.compile(r"[进出到上下入离登返回抵][站场园馆岸山乡村城校库港厂店]")
_LEADS = re.compile(r"[\s,，]*(?:在|于|位于|地处)?\s*")
_LONGEST_PLACE = 24
_CONTIGUOUS = re.compile(r"(?:[（(][^（）()]*[）)]|[和与及、，,\s]|以及)*")
_NUMERALS = str.maketrans("一二三四五六七八九两", "1234567892")
_NICKNAME = re.compile(r"[老小][\u4e00-\u9fff]$")
_ALONE = re.compile(r"(?:^|[，,、。；;和与及）)])(?P<name>[\u4e00-\u9fff·]{2,5})$")
_ON_A_SIDE = re.compile(r"[（(](?P<side>[左右中前后])(?P<rest>[^（）()]*)[）)]")
_ASKED_SIDE = re.compile(r"(?P<side>[左右中前后])(?:排|边|侧|面|数|起|手边)*(?P<number>[1-9一二三四五]?)")


def time_in(picture: Picture, published: date | None, *, with_hour: bool) -> Span | None:
    """When a picture was taken, in the article; with the part of the day (12月27日清晨) where ``with_hour``."""
    times = times_of(picture, published)
    if times:
        offset, first = times[0]
        end = offset + first.end
        hour = _PART_OF_DAY.match(picture.article.text, end) if with_hour else None
        return Span(offset + first.start, min(hour.end(), picture.line.end) if hour else end)
    opening = _PART_OF_DAY.match(picture.text) if with_hour else None
    return Span(picture.shown.start, picture.shown.start + opening.end()) if opening else None


def times_of(picture: Picture, published: date | None) -> list[tuple[int, TimeExpression]]:
    """The calendar times of a picture, each with the offset that it counts from: what it shows, or else its line."""
    own = [(picture.shown.start, time) for time in find_times(picture.text, published) if _CALENDAR.search(time.text)]
    if own or picture.label:
        return own
    line = picture.article.text[picture.line.start : picture.line.end]
    return [(picture.line.start, time) for time in find_times(line, published) if _CALENDAR.search(time.text)]


def place_in(picture: Picture, published: date | None, category: str = "") -> Span | None:
    """Where a picture was taken, in the article; a place that is a ``category`` (站 in 哪个站) where one is asked."""
    found = [span for span in _places(picture, published) if span.length >= 2]
    text = picture.article.text
    if category and not _ANY_PLACE.search(category):
        kind = _CITY if category == "城市" else re.compile(re.escape(category[-1]))
        found = [span for span in found if kind.search(text[span.start : span.end])]
    return next(iter(found), None)


def _places(picture: Picture, published: date | None) -> list[Span]:
    line = fold(picture.article.text[picture.line.start : picture.line.end])
    taken = _TAKEN_AT.search(line)
    if taken and not find_times(taken["place"], published):
        return [Span(picture.line.start + taken.start("place"), picture.line.start + taken.end("place"))]
    text, start = picture.text, picture.shown.start
    times = find_times(text, published)
    found = [Span(start + span.start, start + span.end) for span in _leading_clauses(text, times)]
    found += [Span(start + span.start, start + span.end) for span in _behind_in(text)]
    through = _THROUGH.search(text)
    if through and not found:
        found = [Span(start + through.start("place"), start + through.end("place"))]
    if found:
        return found
    sentence = read_sentence(picture.article, picture.line.start, picture.line.end)
    named = (Span(sentence.start + span.start, sentence.start + span.end) for span in find_places(sentence))
    return [span for span in named if picture.shown.covers(span) and _is_name(sentence, span)]


def _is_name(sentence: Sentence, span: Span) -> bool:
    """Whether a place is named, and not only where something stands (罐中)."""
    start, end = span.start - sentence.start, span.end - sentence.start
    return any(token.tag == "ns" and start <= token.start and token.end <= end for token in sentence.tokens) or bool(
        _PLACE_END.search(sentence.text[start:end])
    )


def _leading_clauses(text: str, times: Sequence[TimeExpression]) -> list[Span]:
    """Clauses at the beginning that say nothing but a place: 颍河边的码头上, 一处烘干中心内."""
    clauses = list(_CLAUSE.finditer(text))
    found = []
    for clause in clauses[:3][: len(clauses) - 1]:
        start = clause.start()
        for time in times:
            if time.start <= start + 2 and time.end > start and time.start < clause.end():
                start = time.end
        hour = _PART_OF_DAY.match(text, start, clause.end())
        start = hour.end() if hour else start
        lead = _LEADS.match(text, start, clause.end())
        start = lead.end() if lead else start
        words = text[start : clause.end()].rstrip()
        if not words:
            continue
        if not _is_place(words):
            opening = _beside_what(words)
            found += [Span(start, start + opening)] if opening else []
            break
        found.append(Span(start, start + len(words)))
    return found


def _beside_what(words: str) -> int:
    """How long the place is that opens a clause (老街上 in 老街上挂起红灯笼); 0 where none does."""
    tokens = tokenize(words)
    for place, token in enumerate(tokens[:-1]):
        beside = token.text in _OPENING if token.tag == "f" else token.tag == "s" and token.text[-1] in _OPENING
        if beside and token.end >= len("街上"):
            follows = tokens[place + 1].tag.startswith(("v", "d"))
            return token.end if follows and token.end <= _LONGEST_PLACE else 0
        if not token.tag.startswith(("n", "s", "m", "q", "u", "j", "b", "a")):
            return 0
    return 0


def _is_place(words: str) -> bool:
    if not 2 <= len(words) <= _LONGEST_PLACE or _NO_PLACE.search(words) or "在" in words:
        return False
    if _BESIDE.search(words):
        before = [token for token in tokenize(_BESIDE.sub("", words)) if token.text.strip()]
        last = before[-1] if before else None
        acts = last is not None and last.tag.startswith(("v", "d", "a", "t", "m")) and not _PLACE_END.search(last.text)
        return last is not None and not acts
    tokens = [token for token in tokenize(words) if token.text.strip()]
    named = any(token.tag in ("ns", "s", "nt") for token in tokens)
    acts = any(token.tag in ("v", "d") for token in tokens)
    return bool(tokens) and (bool(_PLACE_END.search(words)) or (named and tokens[-1].tag.startswith("n") and not acts))


def _behind_in(text: str) -> list[Span]:
    """The place behind 在: up to the verb that tells what is done there."""
    tokens = tokenize(text)
    found = []
    for place, token in enumerate(tokens):
        if token.text != "在" or (place and tokens[place - 1].text in ("正", "还")):
            continue
        end = _end_of_place(text, tokens[place + 1 :], token.end)
        words = text[token.end : end]
        if 2 <= len(words) <= _LONGEST_PLACE and not _NO_PLACE.search(words) and not find_times(words, None):
            found.append(Span(token.end, end))
    return found


def _end_of_place(text: str, tokens: Sequence[Token], start: int) -> int:
    end = start
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        have = text[start:end]
        closed = bool(have) and bool(_BESIDE.search(have) or _PLACE_END.search(have))
        if token.text.strip() == "" or token.tag.startswith("x"):
            break
        if closed and token.text != "的" and not token.tag.startswith(("n", "s", "f", "j", "q")):
            break
        if closed and token.tag.startswith(("n", "j", "s")) and not _goes_on(tokens[place:], have):
            break
        if not closed and token.tag.startswith(("p", "c", "y")) and token.text not in ("与", "和"):
            break
        if token.text == "的" and after is not None and not have:
            break
        end = token.end
    words = text[start:end]
    while words and not (_BESIDE.search(words) or _PLACE_END.search(words)):
        last = tokenize(words)[-1]
        if not last.tag.startswith(("v", "d", "u", "x", "r", "m", "q")) or len(last.text) == len(words):
            break
        words = words[: last.start]
    has_place = _BESIDE.search(words) or _PLACE_END.search(words) or any(t.tag in ("ns", "s") for t in tokenize(words))
    return start + len(words) if has_place else start


def _goes_on(tokens: Sequence[Token], have: str) -> bool:
    """Whether a place that could end goes on with ``tokens``: 西湖区 with 文化广场, 柘州东站 not with 检票进站."""
    for token in tokens:
        if _MOTION.fullmatch(token.text) or not token.tag.startswith(("n", "s", "f", "j", "q", "m")):
            return False
        if _PLACE_END.search(token.text) or (_BESIDE.search(token.text) and not _BESIDE.search(have)):
            return True
    return False


def people_of(picture: Picture) -> Span | None:
    """The names of who is in a picture, where they stand side by side; None where none or more than those are named."""
    text = picture.text
    people = people_in(text, tokenize(text))
    if not people:
        return None
    between = (text[left.end : right.start] for left, right in pairwise(people))
    if not all(_CONTIGUOUS.fullmatch(words) for words in between):
        return None
    return Span(picture.shown.start + people[0].start, picture.shown.start + people[-1].end)


def person_on_side(picture: Picture, wording: str) -> Span | None:
    """Who stands on the asked side: the name before （左）, （右二）."""
    asked = _ASKED_SIDE.search(wording)
    if asked is None:
        return None
    number = asked["number"].translate(_NUMERALS)
    for match in _ON_A_SIDE.finditer(fold(picture.text)):
        told = re.search(r"[1-9一二三四五]", match["rest"])
        if match["side"] != asked["side"] or (number and (told is None or told.group().translate(_NUMERALS) != number)):
            continue
        name = _name_before(picture.text, match.start())
        if name is not None:
            return Span(picture.shown.start + name.start, picture.shown.start + name.end)
    return None


def _name_before(text: str, end: int) -> Span | None:
    people = [span for span in people_in(text, tokenize(text)) if span.end == end]
    if people:
        return people[0]
    if _NICKNAME.search(text[:end]):
        return Span(end - 2, end)
    lengths = [length for length in (4, 3, 2) if end >= length and looks_like_person(text[end - length : end])]
    if lengths:
        return Span(end - lengths[0], end)
    alone = _ALONE.search(text[:end])
    return Span(alone.start("name"), end) if alone else None
