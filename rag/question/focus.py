"""What a standalone question asks for: the kind of answer, its unit, its time, and the words to be found."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.question.kinds import AnswerKind, first_interrogative, kind_of
from rag.question.terms import Placed, Term, counted_people, find_terms
from rag.question.units import asked_units
from rag.text.dates import Period, TimeExpression, find_times
from rag.text.measure_words import UNIT_PATTERN
from rag.text.normalise import fold
from rag.text.numbers import Quantity, find_quantities
from rag.text.tokens import Token, is_in_dictionary, tokenize, tokenize_apart
from rag.types import Span

_CHANGE = re.compile(
    r"(?:增长|增加|上升|提高|下降|减少|降低|下滑|提升|涨|跌|降)了?(?:多少|几(?:成|倍)|百分之几|百分之多少)(?!个|辆|家|人|元|吨|万|亿|钱)|"
    r"增速|增幅|涨幅|降幅|增长率|下降率|同比|环比|growth|\bgrew\b|\bgrow\b|increase"
)
_CHANGE_AMOUNT = re.compile(
    r"(?<!最)(?:增长|增加|上升|提高|下降|减少|降低|下滑|提升|涨|跌|降|多|少|省|节省|节约|高|低)(?:出|下|了|打|挣|收)?(?:了)?(?:多少|几)"
)
_ASKS_AN_AMOUNT = re.compile(rf"(?:多少|几)[千万亿百]?(?!个?(?:百分)?点|倍|成|番|%){UNIT_PATTERN}")
"""A unit behind the interrogative that no rate has: 同比增加多少吨 asks for no growth."""
_ORDER = re.compile(r"第几|排名|名列|排行|排在?第?几|位居|\brank")
_CATEGORY = re.compile(
    r"(?:哪[一1]?[个座家种款位项所条支部]|哪|什么)(?!时候|时间|地方|日子|原因|样|人|情况|工作)([\u4e00-\u9fff]{2,6})"
)
_PERSONAL = frozenset("人 娃 月 点 字 钱".split())
"""What 个 before it does not make the thing that is counted: 几个人 may be 三名, 几个月 is a time."""
_HOW_MUCH = frozenset("钱 人 度 家 户 娃 球".split())
_MASS = frozenset("水 雨 雪 油 气 酒 奶 米 粮 盐 糖 肉 煤 土 沙 茶 菜 药 豆".split())
_BARE_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,年/\-])(?=\s|$|[\u4e00-\u9fff?])")
_ASKS_OF_A_VERB = re.compile(r"什么时候|啥时候|何时|哪[一1]?[年天]|多少|几")
_OPENING_QUOTES = frozenset('“‘"《「『')
_CLOSING_QUOTES = frozenset('”’"》」』')
_ASPECT = frozenset("了 过 到 着 得 出 有".split())
PLAIN_VERBS = frozenset(
    "有 是 达 达到 为 占 完成 实现 共有 拥有 包括 建成 新增 累计 增长 增加 下降 减少 提高 会 能 做 要 用 花 到 超过 "
    "突破 说 举办 举行 召开 开 办 成立 建立 建 需要 开始".split()
)
"""Verbs that an article often has other words for."""
LEVELS = frozenset("级 号 届 期 队 批 代 类 型 楼 层 轮 阶段 等 中 小".split())
_ASKS_HOW_LONG = re.compile(r"几点|几时|多久|多长时间")
"""Asks of what happens, not of what is counted: 几点关门."""
_LINE = re.compile(r"[夜快专](?:\d{1,4}|[一二三四五六七八九十]{1,3})路")
"""A bus line: the tagger joins 夜 to the word before it."""
_STRONG = re.compile(r"[\d万亿%]|百分之")
_NOUN_TAGS = ("n", "vn", "j", "l", "b", "eng")


@dataclass(frozen=True, slots=True)
class Focus:
    """What a question asks for.

    ``times`` are the periods it names; ``units`` the units that its answer may have (empty: any); ``claimed``
    the figures that it states itself; ``qualifiers`` the numbers that tell things apart (四级, 第五届); ``target``
    the words that say what is counted (智能工厂 in 多少个智能工厂), ``counted`` the one character that does (球 in
    多少球); ``category`` what the answer is one of (盐场 in 哪个盐场); ``asks_change`` whether it asks for a rate of
    growth or decline, ``asks_change_amount`` for the amount of a change, ``asks_order`` for a rank; ``verb`` what is
    done beside the interrogative (助攻 in 助攻几次); ``asking_at`` is where its interrogative begins, -1 if it has
    none; ``wording`` is the folded question; ``people`` are the full names that the articles have.
    """

    kind: AnswerKind
    terms: tuple[Term, ...]
    times: tuple[TimeExpression, ...] = ()
    units: frozenset[str] = frozenset()
    claimed: tuple[Quantity, ...] = ()
    qualifiers: tuple[Quantity, ...] = ()
    target: frozenset[str] = frozenset()
    counted: str = ""
    category: str = ""
    asks_change: bool = False
    asks_change_amount: bool = False
    asks_order: bool = False
    verb: str = ""
    asking_at: int = -1
    wording: str = ""
    people: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[Term, ...]:
        """The terms that are names."""
        return tuple(term for term in self.terms if term.is_name)

    @property
    def is_claim(self) -> bool:
        """Whether a figure is stated to be confirmed: in 桥长1670米 and 桥长1670米吗, not beside another interrogative.

        Example:
            >>> find_focus("桥长1670米吗").is_claim, find_focus("1670米的桥有什么用").is_claim
            (True, False)
        """
        states = self.kind is AnswerKind.DESCRIPTION and self.asking_at < 0
        return bool(self.claimed) and (states or self.kind is AnswerKind.YES_NO)


def find_focus(question: str, published: date | None = None, people: frozenset[str] = frozenset()) -> Focus:
    """What a standalone question asks for.

    ``question`` is normalised and has its relative time resolved; ``published`` anchors dates that name no year;
    ``people`` are known by these names, see `rag.question.full_names`.

    Example:
        >>> focus = find_focus("2024年新能源车产量是多少？")
        >>> focus.kind, [term.text for term in focus.terms]
        (<AnswerKind.QUANTITY: 'quantity'>, ['新能源', '车', '产量'])
    """
    folded = fold(question)
    kind = kind_of(folded)
    times = (*find_times(question, published), *_bare_years(question))
    figures = [q for q in find_quantities(question) if not _inside(q, times)]
    stated = [quantity for quantity in figures if not _asked(quantity, folded)]
    claimed = tuple(q for q in stated if q.unit and not q.ordinal and q.unit not in LEVELS and _STRONG.search(q.text))
    compares = bool(_CHANGE.search(folded))
    asks_amount = bool(_ASKS_AN_AMOUNT.search(folded))
    asks_change = compares and not asks_amount
    is_quantity = kind is AnswerKind.QUANTITY
    return Focus(
        kind=kind,
        terms=find_terms(
            question, (*times, *figures, *(Span(*match.span()) for match in _LINE.finditer(question))), people
        ),
        times=times,
        units=asked_units(folded, asks_change=asks_change) if is_quantity else frozenset(),
        claimed=claimed,
        qualifiers=tuple(quantity for quantity in stated if quantity not in claimed and quantity.unit != "次"),
        target=_target(question, folded, [*times, *figures])
        if is_quantity and not _ASKS_HOW_LONG.search(folded)
        else frozenset(),
        counted=_counted(question, folded) if is_quantity else "",
        category=_category(folded),
        asks_change=asks_change,
        asks_change_amount=bool(_CHANGE_AMOUNT.search(folded)) or (compares and asks_amount),
        asks_order=bool(_ORDER.search(folded)),
        verb=_asked_verb(question, folded),
        asking_at=first_interrogative(folded),
        wording=folded,
        people=people,
    )


def _target(question: str, folded: str, stated: Sequence[Placed]) -> frozenset[str]:
    """The nouns right behind 多少 or 几个, or right before 是多少, 有多少, or the end.

    No word runs across a time or figure, which are ``stated``.
    """
    asking = re.search(r"多少|几|多[大高长重远宽深快久]", folded)
    people = counted_people(question)
    apart = [*((one.start, one.end) for one in stated), *people]
    tokens = [token for token in tokenize_apart(question, apart) if token.text.strip()]
    if asking is None:
        return _noun_run([token for token in reversed(tokens) if token.tag != "x"])
    # Behind 多少人 and 多少钱 stands what is done, and nothing that is counted: 多少钱花在广告上.
    after = [token for token in tokens if token.start >= asking.end() and not people]
    while after and (after[0].tag.startswith(("q", "m")) or len(after[0].text) == 1):
        after = after[1:]
    if after and after[0].text.startswith("个") and not is_in_dictionary(after[0].text):
        after[0] = dataclasses.replace(after[0], text=after[0].text[1:], start=after[0].start + 1)
        after = after[1:] if len(after[0].text) == 1 else after
    behind = _noun_run(after) or _noun_run(_behind_a_title(after))
    if behind:
        return behind
    before = [token for token in reversed(tokens) if token.end <= asking.start()]
    while before and before[0].tag.startswith(("v", "u", "d", "p", "x", "zg")) and not _is_thing(before[0]):
        before = before[1:]
    return _noun_run(before)


def _behind_a_title(tokens: Sequence[Token]) -> Sequence[Token]:
    """What follows the first thing in quotation marks, where that only tells apart what is counted: 共建“…”国家."""
    closing = next((place for place, token in enumerate(tokens) if token.text in _CLOSING_QUOTES), None)
    if closing is None or not any(token.text in _OPENING_QUOTES for token in tokens[:2]):
        return ()
    return tokens[closing + 1 :]


def _counted(question: str, folded: str) -> str:
    """The single character right behind 多少 or 几 that names what is counted and is no measure word: 球, 票."""
    asking = re.search(r"(?:多少|几)个?", folded)
    if asking is None:
        return ""
    behind = [token for token in tokenize(question[asking.end() :]) if token.tag != "x"]
    if len(behind) != 1 or len(behind[0].text) != 1 or not behind[0].tag.startswith("n"):
        return ""
    word = fold(behind[0].text)
    if asking.group().endswith("个") and word not in _PERSONAL:
        return word
    return "" if word in _HOW_MUCH or word in _MASS or re.fullmatch(UNIT_PATTERN, word) else word


def _noun_run(tokens: Sequence[Token]) -> frozenset[str]:
    words = []
    for token in tokens:
        if not _is_thing(token):
            break
        words.append(fold(token.text))
    return frozenset(words)


def _is_thing(token: Token) -> bool:
    """Whether a word can be what is counted: a noun, or a measured thing that the tagger takes for a verb (支出)."""
    if token.tag in ("nr", "ns"):
        return False
    return token.tag.startswith(_NOUN_TAGS) or Term((token.text,), token.tag, token.start, is_name=False).is_noun


def _bare_years(question: str) -> tuple[TimeExpression, ...]:
    """Years written without 年, as in keywords: 门诊量 2022."""
    return tuple(
        TimeExpression(match.start(), match.end(), match.group(), Period.year(int(match.group())), relative=False)
        for match in _BARE_YEAR.finditer(question)
    )


def _asked_verb(question: str, folded: str) -> str:
    """The verb right before 多少, 几 or 什么时候, or right behind 什么时候; "" where none says much."""
    match = _ASKS_OF_A_VERB.search(folded)
    if match is None:
        return ""
    tokens = [token for token in tokenize(question) if token.text.strip()]
    before = [token for token in tokens if token.end <= match.start()]
    while before and (before[-1].tag.startswith(("u", "d", "p")) or before[-1].text in _ASPECT):
        before.pop()
    behind = [token for token in tokens if token.start >= match.end()]
    while behind and behind[0].tag.startswith(("u", "d", "p")):
        behind = behind[1:]
    when = "时" in match.group()
    near = [*(behind[:1] if when else []), *before[-1:]]
    for token in near:
        if token.tag.startswith("v") and token.tag != "vn" and token.text not in PLAIN_VERBS:
            return fold(token.text)
    return ""


def _category(folded: str) -> str:
    match = _CATEGORY.search(folded)
    if match is None:
        return ""
    nouns: list[str] = []
    for token in tokenize(match.group(1)):
        if not token.tag.startswith(("n", "s", "vn", "l")):
            break
        nouns.append(token.text)
    return "".join(nouns)


def _asked(quantity: Quantity, folded: str) -> bool:
    """Whether a number belongs to the asking (哪3项, 多少万吨), not to a claim."""
    return folded[: quantity.start].endswith(("哪", "这", "那", "多少", "几"))


def _inside(quantity: Quantity, times: tuple[TimeExpression, ...]) -> bool:
    return any(time.start <= quantity.start and quantity.end <= time.end for time in times)
