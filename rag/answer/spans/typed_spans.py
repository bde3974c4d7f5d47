"""Spans of a sentence that could answer who, when, where, which organisation, or which things."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from rag.answer.evidence import Sentence
from rag.question.full_names import name_spans
from rag.question.kinds import SPEECH_VERBS, AnswerKind
from rag.question.surnames import looks_like_person
from rag.text.guessed_names import joined
from rag.text.tokens import Token
from rag.types import BlockKind, Span

_ORGANISATION_END = tuple(
    "公司 集团 大学 学院 中学 小学 医院 银行 研究院 研究所 委员会 管委会 办公室 政府 法院 协会 学会 联合会 基金会 "
    "杂志社 报社 出版社 电视台 事务所 合作社 俱乐部 博物馆 图书馆 美术馆 剧院 乐团 工厂 实验室 总局 公安局 交通局 "
    "中心 科技 汽车 股份".split()
)
_ORGANISATION_TAGS = ("n", "ns", "nt", "nz", "nr", "vn", "b", "j", "s", "f", "eng", "a", "v", "zg", "l")
_BREAKS_ORGANISATION = frozenset(
    "是 有 由 与 和 及 向 在 将 被 把 来自 称 说 表示 预测 联合 携手 签约 共同 参观 展示 举办".split()
)
_PLACE = re.compile(
    r"(?:(?!的)[\u4e00-\u9fff]){2,8}?(?:自治区|自治州|开发区|高新区|新区|省|市|区|县|镇|乡|村|州|岛|港|广场|机场|车站|公园|会展中心|体育馆|博物馆|展馆|码头)"
)
_FACILITIES = tuple("会展中心 体育馆 体育场 博物馆 图书馆 美术馆 展馆 剧院 机场 车站 公园 广场 码头".split())
_CREDIT = re.compile(
    r"(?:图|文|摄影|摄|照片|图片|作者|记者|通讯员|撰文|撰稿|供图|编辑|photo|by)\s*[/|／｜丨:：]?\s*([^,，。;；()（）:：/|]*)|"
    r"([\u4e00-\u9fff·]{2,4})\s*[/／]?\s*(?:摄影|摄|供图|图)",
    re.IGNORECASE,
)
_OFFICE = re.compile(r".*(?:记者|通讯员|杂志社|报社|通讯社|新华社|摄影|供图|作者|本报|日报|晚报|撰稿|编辑|特约)")
_CREDIT_VERBS = frozenset("摄 图 文 摄影 供图".split())
# 甘青, 杭甬: two places in short, which look like a name.
_BEHIND_A_REGION = re.compile("地区|经济[区圈]|城市群|都市圈|两地|一带|高铁|铁路|高速|公路|大桥|机场|盆地|平原|半岛")
_CREDIT_PIECE = re.compile(r"[^\s、,，/]+")
_COUNT_BEHIND_LIST = re.compile(
    r"[两三四五六七八九十]+[个大项种家市县省国方地位名款座类样者所条]|[\d]+(?:个|大|项|种)(?=[^,，。;；])"
)
# Not the colon of a clock time.
_COLON = re.compile(r"(?<!\d)[:：]|[:：](?!\d)")
_LIST_ITEMS = re.compile(r"[^,，。;；:：、!?！？]+(?:(?:、|》《|”“)[^,，。;；:：、!?！？]+)+")
_NUMBERED_HEAD = re.compile(r"[一二三四五六七八九十]{1,3}、[^、]*$")
"""五、下一步工作 is a heading and no list."""
_LEADS_IN = re.compile(r"(?:包括|包含|涵盖|分为|分别是|主要有|推出|设有)了?")
_FORMED_BY = re.compile(r"以(?P<items>[^以]{1,40}?、[^以]{1,60}?)为(?:主|代表|核心|重点|支撑|依托|特色|龙头|基础)")
_ALL_IN_ONE = re.compile(r"集(?P<items>[^,，。;；]{1,60}?、[^,，。;；]{1,60}?)[于为]一[体身]")
_AND = re.compile(r"[^,，。;；:：、!?！？]{2,12}(?:和|与|及|以及)[^,，。;；:：、!?！？]{2,12}")
_BEFORE_SPEECH = re.compile(rf"([\u4e00-\u9fff]{{2,4}})(?:{SPEECH_VERBS})")
_CALENDAR = re.compile(r"[年月日季周]|\byear\b")
_EDITION = re.compile(r"届|今天|目前|近\d")
_IN_A_PLACE = re.compile(r"(?:在|于|到|至|赴|落户|来自|位于|落地|走进|地点[为是]?)$")
_OFFICE_END = re.compile(
    r"(?:长|员|师|主任|经理|书记|总监|教授|专家|者|总裁|主席|代表|农户|大户|司机|馆长|局长|作家|导演)$"
)
_POSITION_END = re.compile(
    r"(?:长|员|师|主任|经理|书记|总监|教授|专家|人|者|总裁|助理|干事|顾问|编辑|记者|导演|主席|代表|户|手|工)$"
)
_COMMON_WORDS_BEFORE = re.compile(r"^(?:在|于|到|从|位于|落户|来自|前往|以及|和|与|将|由|为|是|对|向)+")


def spans_of_kind(sentence: Sentence, kind: AnswerKind) -> list[Span]:
    """Candidate answer spans of ``kind`` in ``sentence`` (offsets in the sentence), left to right."""
    finder = _FINDERS.get(kind)
    return finder(sentence) if finder else []


def find_people(sentence: Sentence) -> list[Span]:
    """Names of people: those in the text, or, of captions and bylines that have any, the credits."""
    credited = find_credits(sentence) if sentence.kind in (BlockKind.CAPTION, BlockKind.BYLINE) else []
    return credited or people_in(sentence.text, sentence.tokens, sentence.people)


def people_in(text: str, tokens: Sequence[Token], names: Collection[str] = ()) -> list[Span]:
    """Names of people in ``text``: words tagged so that begin with a surname, and what stands where a name does.

    A rare name is often cut short by the tagger or not tagged at all; whoever says something, or follows an office,
    is a person, and so is whoever has one of ``names``.
    """
    people = [
        Span(token.start, token.end)
        for token in tokens
        if token.tag.startswith("nr")
        and (looks_like_person(token.text) or "·" in token.text)
        and not _BEHIND_A_REGION.match(text, token.end)
    ]
    ends = {token.end for token in tokens}
    starts = {token.start for token in tokens}
    spoken = [match.end(1) for match in _BEFORE_SPEECH.finditer(text)]
    people += [span for end in spoken if (span := _name_between(text, starts, end=end))]
    offices = [token.end for token in tokens if _OFFICE_END.search(token.text)]
    people += [span for start in offices if (span := _name_between(text, ends, start=start))]
    return _longest([*people, *name_spans(text, names)])


def _name_between(text: str, borders: set[int], start: int | None = None, end: int | None = None) -> Span | None:
    """A full name of three or two characters that begins at ``start`` or stops at ``end`` and fits the word borders."""
    for length in (3, 2):
        begin, stop = (start, start + length) if start is not None else ((end or 0) - length, end or 0)
        other = stop if start is not None else begin
        if begin >= 0 and other in borders and looks_like_person(text[begin:stop]):
            return Span(begin, stop - joined(text[begin:stop], "nr", text[:begin], text[stop:])[1])
    return None


def find_credits(sentence: Sentence) -> list[Span]:
    """The names in a credit: 图/王五, 王五 摄, 文 | 本刊记者 陈 骅 龙宣辰. Several names make one span."""
    spans = []
    for match in _CREDIT.finditer(sentence.text):
        start, end = match.span(1 if match.group(1) is not None else 2)
        names = []
        for piece in _CREDIT_PIECE.finditer(sentence.text, start, end):
            office = _OFFICE.match(piece.group())
            begin = piece.start() + (office.end() if office else 0)
            if piece.group() not in _CREDIT_VERBS and begin < piece.end() and piece.end() - begin <= 12:
                names.append((begin, piece.end()))
        if names:
            spans.append(Span(names[0][0], names[-1][1]))
    return spans


def find_dates(sentence: Sentence) -> list[Span]:
    """Calendar times that can be placed."""
    return [
        Span(time.start, time.end)
        for time in sentence.times
        if time.period is not None and _CALENDAR.search(time.text) and not _EDITION.search(time.text)
    ]


def find_places(sentence: Sentence) -> list[Span]:
    """Names of places: words tagged so, with a following 省, 市, 区 …, and words that end as a place does."""
    spans = [Span(token.start, token.end) for token in sentence.tokens if token.tag in ("ns", "s")]
    for match in _PLACE.finditer(sentence.text):
        lead = _COMMON_WORDS_BEFORE.match(match.group())
        inside = max(match.group().rfind("在"), match.group().rfind("于")) + 1
        start = match.start() + max(lead.end() if lead else 0, inside)
        start = max([start, *(token.end for token in sentence.tokens if _leads_in(token, Span(start, match.end())))])
        spans.append(Span(start, match.end()))
    return [_with_facility(sentence, span) for span in _joined(_longest(spans))]


def _leads_in(token: Token, place: Span) -> bool:
    """Whether ``token`` is a verb of two characters before the name in ``place``: 拿下 in 司拿下望江港."""
    is_verb = token.tag.startswith("v") and token.tag != "vn" and len(token.text) > 1
    return is_verb and place.start <= token.start and token.end < place.end - 1


def _joined(spans: Sequence[Span]) -> list[Span]:
    """``spans`` with those that follow one another without a break as one: 河口市 and 石桥区."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            span = Span(joined.pop().start, span.end)
        joined.append(span)
    return joined


def _with_facility(sentence: Sentence, span: Span) -> Span:
    """``span`` with the hall, the station or the like behind it that it tells the place of: 羊山新区会展中心."""
    end = span.end
    for token in sentence.tokens:
        if token.start == end and token.tag.startswith(("n", "j", "vn")):
            end = token.end
            if sentence.text[span.end : end].endswith(_FACILITIES):
                return Span(span.start, end)
    return span


def is_where(sentence: Sentence, span: Span) -> bool:
    """Whether the words at ``span`` stand where a place is told: behind 在, 于, 位于 …"""
    return bool(_IN_A_PLACE.search(sentence.text[: span.start]))


def find_organisations(sentence: Sentence) -> list[Span]:
    """Names of organisations: words tagged so, and runs of nouns that end in 公司, 大学, 委员会 …"""
    tokens = sentence.tokens
    spans = [Span(token.start, token.end) for token in tokens if token.tag == "nt" or token.tag == "nz"]
    for position, token in enumerate(tokens):
        if not token.text.endswith(_ORGANISATION_END):
            continue
        first = position
        while (
            first > 0
            and tokens[first - 1].tag.startswith(_ORGANISATION_TAGS)
            and tokens[first - 1].text not in _BREAKS_ORGANISATION
            and position - first < 8
        ):
            first -= 1
        if first < position or token.tag == "nt":
            spans.append(Span(tokens[first].start, token.end))
    return _longest(spans)


def find_lists(sentence: Sentence) -> list[Span]:
    """Enumerations: items joined by 、 or set side by side in 《》, without the words that lead in and out."""
    items = [match for match in _LIST_ITEMS.finditer(sentence.text) if not _NUMBERED_HEAD.match(match.group())]
    spans = [_trim_list(sentence, Span(*match.span())) for match in items]
    if not spans:
        spans = [_trim_list(sentence, Span(*match.span())) for match in _AND.finditer(sentence.text)]
    colons = list(_COLON.finditer(sentence.text))
    if not spans and colons and colons[0].start():
        spans.append(Span(colons[0].end(), len(sentence.text.rstrip("。.!！…”"))))
    if sentence.text.count(";") + sentence.text.count("；") >= 1:
        spans.append(Span(0, len(sentence.text.rstrip("。.!！…"))))
    return spans


def formed_list(sentence: Sentence, span: Span) -> Span | None:
    """The items inside ``span`` of ``sentence`` that words around them set apart: 以…为主, 集…于一体."""
    match = _FORMED_BY.search(sentence.text, span.start, span.end) or _ALL_IN_ONE.search(
        sentence.text, span.start, span.end
    )
    return Span(*match.span("items")) if match else None


def find_category(sentence: Sentence, category: str) -> list[Span]:
    """Names that end in the asked category (山腰盐场 for 盐场), longest first reading."""
    spans = []
    tokens = sentence.tokens
    for match in re.finditer(re.escape(category), sentence.text):
        position = next((i for i, token in enumerate(tokens) if token.end >= match.end()), None)
        if position is None:
            continue
        first = position
        while (
            first > 0
            and tokens[first - 1].tag.startswith(("n", "j", "b", "eng", "m", "zg", "l"))
            and position - first < 5
        ):
            first -= 1
        if tokens[first].start < match.start():
            spans.append(Span(tokens[first].start, match.end()))
    return spans


def find_positions(sentence: Sentence, person: str) -> list[Span]:
    """What ``person`` is: the words of office right before the name (市文旅局局长 in 市文旅局局长李某)."""
    at = sentence.text.find(person)
    if at < 0:
        return []
    clause = next((span for span in sentence.clauses if span.start <= at < span.end), Span(0, len(sentence.text)))
    start = at
    for token in reversed([token for token in sentence.tokens if clause.start <= token.start and token.end <= at]):
        if not token.tag.startswith((*_ORGANISATION_TAGS, "m", "q")) or token.text in _BREAKS_ORGANISATION:
            break
        start = token.start
    span = Span(start, at)
    return [span] if span.length and _POSITION_END.search(sentence.text[start:at]) else []


def _trim_list(sentence: Sentence, span: Span) -> Span:
    """Without the verb that leads in to the first item, and the count that follows the last (安溪、永春三县)."""
    text = sentence.text
    formed = formed_list(sentence, span)
    if formed is not None:
        return formed
    first_end = min(
        (i for i in (text.find(mark, span.start) for mark in ("、", "》《", "和", "与")) if i >= 0), default=span.end
    )
    last_start = max(text.rfind(mark, span.start, span.end) for mark in ("、", "《", "和", "与")) + 1
    leads_in = _LEADS_IN.search(text, span.start, first_end)
    if leads_in is not None:
        span = Span(leads_in.end(), span.end)
    leading = [time.end for time in sentence.times if span.start <= time.start and time.end < first_end]
    start, end = max([span.start, *leading]), span.end
    opening = re.search("[“《]", text[span.start : first_end])
    if opening is not None:
        start = span.start + opening.start()
    for token in sentence.tokens:
        inside_first = opening is None and leads_in is None and span.start <= token.start and token.end <= first_end
        if (
            inside_first
            and token.end < first_end
            and token.tag.startswith(("v", "p", "u", "d", "c"))
            and token.tag != "vn"
        ):
            start = token.end
    count = _COUNT_BEHIND_LIST.search(text, last_start + 1, span.end)
    if count is not None and "“" not in text[last_start : count.start()].rpartition("”")[2]:
        end = count.start()
    end = start + len(text[start:end].rstrip("的等了"))
    return Span(start, end) if start < end else span


def _longest(spans: list[Span]) -> list[Span]:
    """Without the spans that lie inside another, left to right."""
    unique = sorted(set(spans), key=lambda span: (span.start, -span.end))
    return [span for span in unique if not any(other != span and other.covers(span) for other in unique)]


_FINDERS: dict[AnswerKind, Callable[[Sentence], list[Span]]] = {
    AnswerKind.PERSON: find_people,
    AnswerKind.DATE: find_dates,
    AnswerKind.PLACE: find_places,
    AnswerKind.ORGANISATION: find_organisations,
    AnswerKind.LIST: find_lists,
}
