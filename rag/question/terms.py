"""The words of a question that must be found in the evidence, and what else counts as finding them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from rag.question.full_names import name_spans
from rag.question.surnames import looks_like_person
from rag.text.measure_words import COUNTERS
from rag.text.normalise import fold
from rag.text.number_patterns import SCHOOL_YEAR
from rag.text.tokens import Token, is_in_dictionary, tokenize, tokenize_apart

_SKIPPED_TAGS = ("x", "w", "u", "y", "e", "o", "p", "c", "r", "m", "q", "d", "f")
_NAME_TAGS = ("nr", "ns", "nt", "nz", "nrt", "nrfg", "eng")
_INTERROGATIVES = re.compile(
    r"(?:说|讲|谈|预测|表示|认为|介绍|指出)(?:了|过)?些?什么|谁说|"
    r"从?几(?:点钟?|时(?!间)|号)(?:[到至]几(?:点钟?|时|号))?|"
    r"[是为有在]?(?:什么时候|什么|谁|哪?几[个位家座条项所台辆只件名天年月场次秒分届成]|"
    r"哪一?[家个所位](?:公司|企业|单位|机构|部门|城市|国家|地方)|哪[些里儿个家位年天]?|多少[个位家座条项所台辆只件名册]?|"
    r"(?:排名?|名列|位居|位列)?第几|几|多长时间|多[大高长重远宽深快久])|怎么|怎样|如何|为什么|是不是|是否|有没有"
)
_COUNTS_PEOPLE = re.compile(r"(?:多少|几)个?(?P<counted>[人钱])")
_OF_THE_MOON = re.compile(r"月$|大年$|^年$")
"""Before 初一 it is the first of a lunar month: 正月初一, 年初一."""
_SHORTEST_STEM = 2
_ENDINGS = frozenset("奖费价票款网卡证")
_INSIDE = frozenset(f"{whose}里" for whose in "省市县区镇乡村厂店院馆校园社团队组局站所")
"""镇里 is the town; the tagger takes it for the name of a place."""
_COUNTED_TRIPS = re.compile(r"[架人班车场频户台件]次")
_TITLE = re.compile(r"[《「『]([^》」』]{1,40})[》」』]|“([^”]{1,12})”|\"([^\"]{1,12})\"")
_CODE = re.compile(r"[a-z]+[-+]?\d+[a-z\d]*|\d+[a-z]+")
_MEASURED = re.compile(r".(?:收入|支出|产能|利润|[量额率值])$|^(?:收入|营收|支出|产能|利润)$")
MEASURE_NOUNS = frozenset(
    "面积 金额 数量 人数 时长 长度 重量 高度 总量 总数 比例 比重 占比 百分比 次数 个数 年龄 岁数 价格 价钱 费用 钱 "
    "数字 规模 总额 "
    "时间 数目 总共 水平 宽度 深度 距离 资料 数据 情况 目标".split()
)


class Placed(Protocol):
    """Anything with a start and an end in the question."""

    @property
    def start(self) -> int:
        """First character."""
        ...

    @property
    def end(self) -> int:
        """One past the last character."""
        ...


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question at ``start``; ``words`` are the forms that count, the word itself first.

    A name (a place, a person, an organisation, a title, a Latin word) must stand in the evidence; another word
    may be paraphrased. A measure (面积, 金额) may be missing: the unit of a figure says it.
    """

    words: tuple[str, ...]
    tag: str
    start: int
    is_name: bool

    @property
    def text(self) -> str:
        """The word as the question has it."""
        return self.words[0]

    @property
    def is_noun(self) -> bool:
        """Whether the word names or tells apart a thing."""
        noun = self.tag.startswith(("n", "j", "l", "eng", "i", "b")) or self.tag in ("vn", "an", "zg", "s")
        return noun or is_measured(self.text)

    @property
    def is_measure(self) -> bool:
        """Whether the word only says in what a figure is measured."""
        return self.text in MEASURE_NOUNS or self.text.removeprefix("总") in MEASURE_NOUNS


def is_measured(word: str) -> bool:
    """Whether a word names what is measured (产量, 支出, 合同金额), whatever the tagger takes it for."""
    return bool(_MEASURED.search(word))


def find_terms(question: str, skipped: Sequence[Placed] = (), people: Collection[str] = ()) -> tuple[Term, ...]:
    """The content words of ``question``, left to right, each once; nothing inside ``skipped`` (its dates, figures).

    What stands in 《》 or in short quotation marks is one name, and so is each of ``people``, who are known by name.

    Example:
        >>> [term.text for term in find_terms("《海上盐路》接待了多少观众")]
        ['海上盐路', '接待', '观众']
    """
    folded = fold(question)
    terms: dict[str, Term] = {}
    titles = [*_TITLE.finditer(folded), *_CODE.finditer(folded)]
    for match in titles:
        word = next((group for group in match.groups() if group), match.group())
        terms.setdefault(word, Term((word,), "nz", match.start(), is_name=True))
    years = school_years(folded)
    for start, end in years:
        terms.setdefault(folded[start:end], Term(_school_year_forms(folded[start:end]), "j", start, is_name=True))
    for match in _COUNTED_TRIPS.finditer(folded):
        terms.setdefault(match.group(), Term((match.group(),), "n", match.start(), is_name=False))
    for token in _with_names_whole(_tokens_between_breaks(question, skipped, people)):
        word = folded[token.start : token.end].strip()
        if len(word) == 1 and folded[: token.start].endswith("多"):
            continue  # 有多高
        if not word or word in _function_words() or any(_holds(span, token) for span in skipped):
            continue
        if any(first <= token.start < last for first, last in (*(match.span() for match in titles), *years)):
            continue
        is_code = bool(re.search(r"[a-z0-9]", word))
        if token.tag.startswith(_SKIPPED_TAGS) and not is_code:
            continue
        behind_how_many = folded[: token.start].endswith(("多少", "几")) and word[0] in COUNTERS
        if behind_how_many and not is_in_dictionary(word):
            # 多少张|证: the tagger has joined the measure word to what is counted, and taken both for a name.
            term = Term(_forms(word[1:], "n"), "n", token.start + 1, is_name=False)
        else:
            term = Term(_forms(word, token.tag), token.tag, token.start, is_code or _is_name(word, token.tag))
        if term.text:
            terms.setdefault(term.text, term)
    return tuple(sorted(terms.values(), key=lambda term: term.start))


def _tokens_between_breaks(question: str, skipped: Sequence[Placed], people: Collection[str]) -> list[Token]:
    """The tokens of ``question`` without its interrogatives, cut at these, at its dates, figures and ``people``."""
    asking = [match.span() for match in _INTERROGATIVES.finditer(question)]
    named = name_spans(question, people)
    spans = [
        *asking,
        *counted_people(question),
        *school_years(fold(question)),
        *((span.start, span.end) for span in skipped),
        *((span.start, span.end) for span in named),
    ]
    whole = [Token(question[span.start : span.end], span.start, span.end, "nr") for span in named]
    asking += [(span.start, span.end) for span in named]
    cut = tokenize_apart(question, spans)
    rest = [token for token in cut if not any(first <= token.start and token.end <= last for first, last in asking)]
    return sorted([*rest, *whole], key=lambda token: token.start)


def school_years(folded: str) -> list[tuple[int, int]]:
    """Where years at school stand that are written short: 初一, 高三.

    Example:
        >>> school_years("去年初二收了几个")
        [(2, 4)]
    """
    found = [(match.start() - 1, match.end()) for match in SCHOOL_YEAR.finditer(folded)]
    return [(start, end) for start, end in found if not _OF_THE_MOON.search(folded[:start])]


def _school_year_forms(year: str) -> tuple[str, ...]:
    level = {"初": "初中", "高": "高中"}[year[0]]
    grade = (f"{'七八九'['一二三'.index(year[1])]}年级",) if year[0] == "初" else ()
    return (year, f"{level}{year[1]}年级", *grade)


def counted_people(question: str) -> list[tuple[int, int]]:
    """Where 人 or 钱 stands behind 多少 or 几 as a word of its own: 多少人|交, 多少钱|花 to the tagger's 人交, 钱花.

    Example:
        >>> counted_people("多少人交了费"), counted_people("多少人次")
        ([(2, 3)], [])
    """
    found = []
    for match in _COUNTS_PEOPLE.finditer(question):
        word = next(iter(tokenize(question[match.start("counted") :])))
        if len(word.text) == 1 or not is_in_dictionary(word.text):
            found.append(match.span("counted"))
    return found


def _is_name(word: str, tag: str) -> bool:
    """Whether a tagged word is a name; the tagger takes many a common word for one (农村居民, 满意度)."""
    if tag not in _NAME_TAGS or len(word) < 2 or _is_compound(word):
        return False
    if tag.startswith("nr"):
        return looks_like_person(word) or "·" in word
    return not (tag == "ns" and word[-1] in "度率性力化量里处者员")


def _is_compound(word: str) -> bool:
    """Whether a word taken for a name is a common one with a common ending: 亚军奖, 遮阳网; not 鲁迅奖."""
    stem = word[:-1]
    if len(stem) < _SHORTEST_STEM or word[-1] not in _ENDINGS or not is_in_dictionary(stem):
        return False
    return not next(iter(tokenize(stem))).tag.startswith(_NAME_TAGS)


def _with_names_whole(tokens: Sequence[Token]) -> list[Token]:
    """``tokens`` with the rare names joined that the tagger cuts behind the first character: 祝|安澜, 龙|桉镇."""
    whole: list[Token] = []
    for token in tokens:
        last = whole[-1] if whole else None
        cut = last is not None and len(last.text) == 1 and token.tag.startswith("nr")
        if last is not None and cut and looks_like_person(last.text + token.text):
            whole[-1] = Token(last.text + token.text, last.start, token.end, "nr")
        elif last is not None and last.end == token.start and _begins_place(last, token):
            whole[-1] = Token(last.text + token.text, last.start, token.end, "ns")
        else:
            whole.append(token)
    return whole


def _begins_place(first: Token, rest: Token) -> bool:
    """Whether a place of two characters in no dictionary lacks its beginning: 龙|桉镇; 泾县 is in it."""
    is_place = rest.tag in ("n", "ns") and len(rest.text) == 2 and rest.text[-1] in "省市县区镇乡村"
    may_begin = len(first.text) == 1 and not first.tag.startswith(_SKIPPED_TAGS) and first.tag != "v"
    return is_place and may_begin and not is_in_dictionary(rest.text)


def _forms(word: str, tag: str) -> tuple[str, ...]:
    forms = {word: None}
    if tag == "ns" and len(word) > 2 and word[-1] in "省市区县镇村":
        forms[word[:-1]] = None
    if len(word) > 2 and word[0] == "总":
        forms[word[1:]] = None
    if len(word) > 2 and word[-1] in "量率额数者员" and next(iter(tokenize(word[:-1]))).tag.startswith("v"):
        forms[word[:-1]] = None  # 收购量 and 收购, but not 门诊量 and 门诊
    if len(word) > 1 and word[-1] in "里中内上" and (not tag.startswith(_NAME_TAGS) or word in _INSIDE):
        forms[word[:-1]] = None
    if tag.startswith(_NAME_TAGS) and _is_compound(word):
        forms[word[:-1]] = None
    for form in tuple(forms):
        forms.update(dict.fromkeys(_synonyms().get(form, ())))
    return tuple(forms)


def is_function_word(word: str) -> bool:
    """Whether a folded word says nothing of what is asked for."""
    return word in _function_words()


def same_words(word: str) -> tuple[str, ...]:
    """The words that are used for a folded word, itself among them; none where there are no others."""
    return _synonyms().get(word, ())


def _holds(span: Placed, token: Token) -> bool:
    return span.start <= token.start and token.end <= span.end


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    """Words that say nothing of what is asked for."""
    return frozenset(word for line in _data_lines("function_words.txt") for word in line.split())


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    """For each word, all words that share a group with it."""
    groups: dict[str, dict[str, None]] = {}
    for line in _data_lines("synonyms.txt"):
        words = [fold(word) for word in line.split()]
        for word in words:
            groups.setdefault(word, {}).update(dict.fromkeys(words))
    return {word: tuple(others) for word, others in groups.items()}


def _data_lines(name: str) -> list[str]:
    text = files("rag.question").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
