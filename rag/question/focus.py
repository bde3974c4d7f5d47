"""What a standalone question asks for: the kind of answer, its unit, and the words that must be found.

The kinds follow the answer types of factoid question answering (Li and Roth, "Learning Question Classifiers",
COLING 2002), cut down to those that Chinese interrogatives tell apart without a trained model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from rag.question.units import asked_units
from rag.text.dates import TimeExpression, find_times
from rag.text.normalise import fold
from rag.text.numbers import Quantity, find_quantities
from rag.text.tokens import Token, tokenize


class AnswerKind(StrEnum):
    """The kind of thing that would answer a question."""

    QUANTITY = "quantity"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    LIST = "list"
    REASON = "reason"
    MANNER = "manner"
    YES_NO = "yes_no"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question. ``words`` are the forms that count as found, the word itself first.

    A name (place, person, organisation, product, Latin word) must stand in the evidence; another word may
    be paraphrased.
    """

    words: tuple[str, ...]
    tag: str
    is_name: bool

    @property
    def text(self) -> str:
        """The word as the question has it."""
        return self.words[0]

    @property
    def is_noun(self) -> bool:
        """Whether the word names a thing."""
        return self.tag.startswith(("n", "j", "l", "eng", "i")) or self.tag in ("vn", "an", "zg")


@dataclass(frozen=True, slots=True)
class Focus:
    """What a question asks for.

    ``times`` are the periods it names; ``units`` the units that its answer may have (empty: any); ``claimed``
    the figures that it states itself; ``asks_change`` whether it asks for a rate of growth or decline, and
    ``asks_order`` whether for a rank.
    """

    kind: AnswerKind
    terms: tuple[Term, ...]
    times: tuple[TimeExpression, ...] = ()
    units: frozenset[str] = frozenset()
    claimed: tuple[Quantity, ...] = ()
    asks_change: bool = False
    asks_order: bool = False

    @property
    def names(self) -> tuple[Term, ...]:
        """The terms that are names."""
        return tuple(term for term in self.terms if term.is_name)


_MEASURE = "[个家辆项座处件所条款种批间台套张场届位名人次天年月日周岁吨米元里亩栋幅只艘架部份层块倍成号期趟顿瓶棵头对]"
_KINDS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (
        AnswerKind.REASON,
        re.compile(r"为什么|为何|为啥|何以|怎么会|什么原因|原因(?:是|有|在)|\bwhy\b"),
    ),
    (
        AnswerKind.PERSON,
        re.compile(
            r"(?<!无)谁|哪一?位|哪个人|什么人|何人|何许人|叫什么名字|(?:作者|记者|摄影师?|拍摄者)(?:是|叫|有)|"
            r"(?:作者|摄影师?|拍摄者)[?？]?$|\bwho(?:se)?\b"
        ),
    ),
    (
        AnswerKind.DATE,
        re.compile(
            r"什么时候|啥时候|何时|何年|何日|哪一?年|哪一?天|哪一?月|哪几天|几月|几号|几时|什么时间|什么日子|哪个月|"
            r"(?:时间|日期|日子)(?:是|为)?(?:什么|啥)?[?？]?$|\bwhen\b|\b(?:what|which) (?:year|day|date|month)\b"
        ),
    ),
    (
        AnswerKind.PLACE,
        re.compile(
            r"哪里|哪儿|在哪(?![些个位家种款项])|何处|何地|什么地方|哪个(?:城市|省|区|县|市|国家|国|地方|地区|镇|村|馆|展区)|"
            r"(?:地点|地址)(?:是|在|为)?(?:哪|什么)?[?？]?$|\bwhere\b|\b(?:what|which) (?:city|place|country)\b"
        ),
    ),
    (
        AnswerKind.LIST,
        re.compile(
            r"哪些|有哪几|都有什么|有些什么|分别(?:能|可以|做|是什么|为什么|有什么|指)|各(?:自)?(?:能|有|是|指|做)|列举|"
            r"包括(?:什么|啥)|包含什么|\b(?:what|which) are\b|\blist\b"
        ),
    ),
    (
        AnswerKind.ORGANISATION,
        re.compile(
            r"哪一?(?:家|所)|(?:哪个|什么|哪一个)(?:公司|企业|单位|机构|部门|集团|大学|学校|组织|协会|媒体|报社|杂志社)|"
            r"\b(?:what|which) (?:company|organi[sz]ation|firm|team)\b"
        ),
    ),
    (
        AnswerKind.QUANTITY,
        re.compile(
            rf"多少|几{_MEASURE}|几(?:多|千|万|亿|百)|第几|多大|多高|多长|多久|多快|多重|多远|百分之几|排(?:名|位|行)?第|"
            r"\bhow (?:many|much|long|large|big|far|high|fast)\b|\bwhat (?:share|percentage|percent|proportion)\b|"
            r"\bby what\b|\bwhat (?:was|is|were) .{0,60}\b(?:output|growth|number|value|amount|total|rate|volume)\b"
        ),
    ),
    (
        AnswerKind.YES_NO,
        re.compile(
            r"吗[?？]?$|是不是|是否|有没有|能不能|会不会|对不对|对吧[?？]?$|没错吧[?？]?$|吧[?？]$|"
            r"^(?:is|are|was|were|did|does|do|has|have|can|will)\b"
        ),
    ),
    (AnswerKind.MANNER, re.compile(r"怎么|怎样|如何|咋|\bhow\b")),
)
_MEASURED_NOUN = re.compile(
    r"(?:产量|销量|产值|规模|金额|总额|数量|人数|人次|增速|增幅|涨幅|降幅|增长率|占比|比例|比重|面积|长度|时长|收入|利润|"
    r"价格|票价|单价|总量|容量|吞吐量|数|率|额|量)(?:是|为|有|达|达到)?(?:什么|啥)?(?:水平)?[呢?？。]*$"
)
_CHANGE = re.compile(
    r"(?:增长|增加|上升|提高|下降|减少|降低|下滑|提升|涨|跌|降)了?(?:多少|几(?:成|倍)|百分之几)(?!个|辆|家|人|元|吨|万|亿|钱)|"
    r"增速|增幅|涨幅|降幅|增长率|下降率|同比|环比|growth|\bgrew\b|\bgrow\b|increase"
)
_ORDER = re.compile(r"第几|排名|名列|排行|排在?第?几|位居|\brank")
_SKIPPED_TAGS = ("x", "w", "u", "y", "e", "o", "p", "c", "r", "m", "q", "d", "uj", "ul", "f")
_NAME_TAGS = ("nr", "ns", "nt", "nz", "nrt", "nrfg", "eng")
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{1,30})[”\"」』》]")


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    """Words that say nothing of what is asked for."""
    return frozenset(word for line in _data_lines("function_words.txt") for word in line.split())


def _data_lines(name: str) -> list[str]:
    text = files("rag.question").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@lru_cache(maxsize=1)
def _synonym_groups() -> dict[str, tuple[str, ...]]:
    """For each word, all words that share a group with it."""
    groups: dict[str, dict[str, None]] = {}
    for line in _data_lines("synonyms.txt"):
        words = [fold(word) for word in line.split()]
        for word in words:
            groups.setdefault(word, {}).update(dict.fromkeys(words))
    return {word: tuple(others) for word, others in groups.items()}


def find_focus(question: str, published: date | None = None) -> Focus:
    """What a standalone question asks for.

    ``question`` is normalised and has its relative time resolved; ``published`` anchors dates that name no year.

    Example:
        >>> focus = find_focus("2024年新能源车产量是多少？")
        >>> focus.kind, [term.text for term in focus.terms]
        (<AnswerKind.QUANTITY: 'quantity'>, ['新能源', '车', '产量'])
    """
    folded = fold(question)
    times = tuple(find_times(question, published))
    kind = _kind(folded)
    claimed = tuple(q for q in find_quantities(question) if not _inside(q.start, q.end, times) and q.unit)
    asks_change = bool(_CHANGE.search(folded))
    return Focus(
        kind=kind,
        terms=_terms(question, folded, times, claimed),
        times=times,
        units=asked_units(folded, asks_change=asks_change) if kind is AnswerKind.QUANTITY else frozenset(),
        claimed=claimed,
        asks_change=asks_change,
        asks_order=bool(_ORDER.search(folded)),
    )


def _kind(folded: str) -> AnswerKind:
    found = [(match.start(), rank, kind) for rank, (kind, p) in enumerate(_KINDS) if (match := p.search(folded))]
    kinds = {kind for _, _, kind in found}
    if AnswerKind.YES_NO in kinds and len(kinds) > 1:
        # 是不是有多少… asks the figure; the yes-no particle alone decides only when nothing else is asked.
        found = [entry for entry in found if entry[2] is not AnswerKind.YES_NO]
    if not found:
        return AnswerKind.QUANTITY if _MEASURED_NOUN.search(folded) else AnswerKind.DESCRIPTION
    return min(found, key=lambda entry: entry[1])[2]


def _terms(
    question: str, folded: str, times: tuple[TimeExpression, ...], claimed: tuple[Quantity, ...]
) -> tuple[Term, ...]:
    quoted = [match.span(1) for match in _QUOTED.finditer(folded)]
    terms: dict[str, Term] = {}
    for token in tokenize(question):
        word = fold(token.text).strip()
        if not word or word in _function_words() or _inside(token.start, token.end, (*times, *claimed)):
            continue
        in_quotes = any(start <= token.start and token.end <= end for start, end in quoted)
        is_code = bool(re.search(r"[a-z0-9]", word))
        if token.tag.startswith(_SKIPPED_TAGS) and not in_quotes and not is_code:
            continue
        is_name = token.tag in _NAME_TAGS or is_code
        terms.setdefault(word, Term(_forms(word, token), token.tag, is_name))
    return tuple(terms.values())


def _forms(word: str, token: Token) -> tuple[str, ...]:
    forms = {word: None}
    if token.tag == "ns" and len(word) > 2 and word[-1] in "省市区县镇村":
        forms[word[:-1]] = None
    forms.update(dict.fromkeys(_synonym_groups().get(word, ())))
    return tuple(forms)


def _inside(start: int, end: int, spans: tuple[TimeExpression | Quantity, ...]) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)
