"""Words that refer back (他, 它, 这家公司, 那里, 当年) replaced by what they refer to earlier in the conversation.

The antecedent is the most recent mention of a fitting kind: the answer's before the question's, the last
exchange's before the one before it (recency and agreement, as in Lappin and Leass, "An Algorithm for Pronominal
Anaphora Resolution", 1994). Two people who fit equally well leave the question as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.question.followups.antecedents import Exchange
from rag.question.phrases import PhraseKind, find_phrases
from rag.question.words import question_words

_REACH = 5  # exchanges back that a pronoun can refer to
_SEVERAL = re.compile("[和与、及]")
_MOST_PRONOUNS = 6
_SINGULAR_PERSON = frozenset({"他", "她", "此人", "这人", "那人", "这个人", "那个人", "这位", "那位"})
_PLURAL_PERSON = frozenset({"他们", "她们"})
_THING = frozenset({"它", "它们"})
_PLACE = frozenset({"那里", "那儿", "当地", "该地", "那边", "这里", "这儿"})
_TIME = frozenset({"当年", "那年", "那一年", "那时", "当时", "同年", "那个时候", "那时候"})
_PRONOUN = re.compile(
    r"(?<![其吉排维利])(?:他们(?!球队|公司|单位|学校|国家|集团|企业)|她们|它们|他(?!们)|她(?!们)|它(?!们))(?![人国乡山方杀日加])"
    r"|这个人|那个人|此人|那里(?!面|边)|那儿|当地|该地|那个时候|那时候|那时|那一年|那年|当年|同年"
    r"|(?:^|(?<=[，,在]))(?:这里(?!面|边)|这儿|那边)"
)
_MEASURES = "家个座项款位次届种条所支只件场部名类套台栋片处本份批"
_DEMONSTRATIVE = re.compile(
    rf"(?:(?:这|那)(?:些|\d+[{_MEASURES}]|[两二三四五六七八九十几]?[{_MEASURES}])|该|上述(?:这)?[{_MEASURES}]?|此(?=[项次类])[{_MEASURES}]|本(?=(?:公司"
    rf"|中心|项目)))(?P<head>[\u4e00-\u9fff]{{1,6}})"
)
_POSSESSIVE_START = re.compile(r"^(?:那么|那)?其(?![中他它实余次间后一二三]|所)")
_PERSON_HEADS = frozenset(
    "人 专家 负责人 记者 先生 女士 球员 教练 主教练 馆长 院长 校长 经理 总经理 董事长 教授 总监 作者 "
    "作家 画家 科学家 学者 嘉宾 市长 书记 主任 局长 部长 总裁 演员 导演 运动员 队长 工程师 摄影师".split()
)
_ORGANISATION_HEADS = frozenset(
    "公司 企业 集团 机构 单位 银行 大学 学校 医院 俱乐部 球队 博物馆 部门 组织 车企 厂商 厂家 品牌 "
    "馆 队 协会 研究所 研究院 基金会 杂志社 报社".split()
)
_PLACE_HEADS = frozenset("城市 地方 地区 国家 省份 省 市 区 县 镇 村 区县 河流 河 湖 地 江 岛 流域 城 国".split())
_QUOTES = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class _Reference:
    start: int
    end: int
    text: str
    kind: PhraseKind
    head: str
    plural: bool = False


def resolve_pronouns(text: str, exchanges: Sequence[Exchange]) -> str:
    """``text`` with each word that refers back replaced by what it refers to; unchanged where that is unclear.

    Args:
        text: a normalised question in Chinese.
        exchanges: the conversation so far, oldest first.
    """
    result = text
    for reference in reversed(list(_references(text))):
        antecedent = _antecedent(reference, exchanges)
        if antecedent and antecedent != reference.text:
            result = result[: reference.start] + antecedent + result[reference.end :]
    return result


def refers_back(text: str) -> bool:
    """Whether a word of ``text`` refers to something that it doesn't name itself."""
    return next(_references(text), None) is not None


def _references(text: str) -> Iterator[_Reference]:
    quoted = [match.span() for match in _QUOTES.finditer(text)]
    if match := _POSSESSIVE_START.match(text):
        yield _Reference(match.end() - 1, match.end(), "其", PhraseKind.THING, "")
    taken: list[tuple[int, int]] = []
    for match in _DEMONSTRATIVE.finditer(text):
        head = _head(match["head"])
        start, end = match.start(), match.start("head") + len(head)
        if head and not _inside(start, quoted) and not _head_before(text, start, head):
            taken.append((start, end))
            yield _Reference(start, end, text[start:end], _kind_of_head(head), head)
    for match in islice(_PRONOUN.finditer(text), _MOST_PRONOUNS):
        word, start, end = match.group(), match.start(), match.end()
        if _inside(start, quoted) or _inside(start, taken) or not _is_word(text, start, end):
            continue
        kind = _kind_of_pronoun(word)
        # 当地 may point ahead as well: 当地居民对长江大桥的看法.
        horizon = len(text) if word in ("当地", "该地") else start
        if not _named_before(text, horizon, kind):
            yield _Reference(start, end, word, kind, "", plural=word.endswith("们"))


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether the characters are a pronoun of their own, not part of a longer word (吉他, 其他, 当地人 is fine)."""
    for word in question_words(text):
        if word.start <= start < word.end:
            return word.start == start or word.tag.startswith(("r", "v", "c"))
    return False


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _kind_of_pronoun(word: str) -> PhraseKind:
    if word in _SINGULAR_PERSON or word in _PLURAL_PERSON:
        return PhraseKind.PERSON
    if word in _PLACE:
        return PhraseKind.PLACE
    return PhraseKind.TIME if word in _TIME else PhraseKind.THING


def _kind_of_head(head: str) -> PhraseKind:
    if head in _PERSON_HEADS:
        return PhraseKind.PERSON
    if head in _ORGANISATION_HEADS:
        return PhraseKind.ORGANISATION
    return PhraseKind.PLACE if head in _PLACE_HEADS else PhraseKind.THING


def _head(following: str) -> str:
    """The noun at the start of ``following``: 公司 in 公司成立于, 中心 in 中心是谁建的."""
    known = _PERSON_HEADS | _ORGANISATION_HEADS | _PLACE_HEADS
    for length in range(min(3, len(following)), 0, -1):
        if following[:length] in known and (length > 1 or following[:length] in "市省区县镇村河湖江岛馆队国人"):
            return following[:length]
    words = question_words(following)
    is_noun = bool(words) and words[0].tag.startswith(("n", "vn", "j", "l"))
    return words[0].text if is_noun and (len(words[0].text) > 1 or words[0].tag == "n") else ""


def _head_before(text: str, start: int, head: str) -> bool:
    """Whether the question itself names the thing first: 海星电器这家公司, 这次大会…该大会."""
    before = text[:start]
    return head in before or any(
        phrase.kind is _kind_of_head(head) and phrase.kind is not PhraseKind.THING for phrase in find_phrases(before)
    )


def _named_before(text: str, start: int, kind: PhraseKind) -> bool:
    phrases = find_phrases(text[:start])
    if kind is PhraseKind.PERSON:
        return any(
            phrase.kind in (PhraseKind.PERSON, PhraseKind.NAME)
            or any(phrase.text.endswith(head) for head in _PERSON_HEADS)
            for phrase in phrases
        )
    if kind is PhraseKind.THING:
        return any(phrase.kind not in (PhraseKind.TIME, PhraseKind.ATTRIBUTE) for phrase in phrases)
    if kind is PhraseKind.PLACE:
        return any(phrase.kind in (PhraseKind.PLACE, PhraseKind.ORGANISATION) for phrase in phrases)
    return any(phrase.kind is kind for phrase in phrases)


def _antecedent(reference: _Reference, exchanges: Sequence[Exchange]) -> str | None:
    recent = list(reversed(exchanges[-_REACH:]))
    for exchange in recent:
        found = _fitting(reference, exchange)
        if found:
            return found
    for exchange in recent[:1]:
        strict = (reference.kind, PhraseKind.THING)
        quoted = list(
            dict.fromkeys(text for kind, text in exchange.quoted() if kind in strict and _fits(reference, kind, text))
        )
        if reference.kind is PhraseKind.PLACE or (reference.kind is PhraseKind.THING and not reference.head):
            return None
        if len(quoted) == 1 or (quoted and reference.head and reference.kind is PhraseKind.THING):
            return quoted[0]
    return None


def _fitting(reference: _Reference, exchange: Exchange) -> str | None:
    mentions = list(exchange.mentions())
    fitting = list(dict.fromkeys(text for kind, text in mentions if _fits(reference, kind, text)))
    if not fitting:
        if reference.plural and reference.kind is PhraseKind.PERSON:
            # 他们 after a question on a club are its people.
            clubs = list(dict.fromkeys(text for kind, text in mentions if kind is PhraseKind.ORGANISATION))
            return clubs[0] if len(clubs) == 1 else None
        return None
    if reference.plural:
        several = len(fitting) > 1 or _SEVERAL.search(fitting[0])
        return "和".join(fitting[:3]) if several or reference.kind is not PhraseKind.PERSON else None
    if reference.kind is PhraseKind.PERSON and not reference.head and _SEVERAL.search(fitting[0]):
        return None
    answered = exchange.asked_kind is reference.kind and exchange.named
    if reference.kind is PhraseKind.PERSON and not reference.head and len(fitting) > 1:
        in_answer = [text for text in fitting if text in exchange.short] if answered else []
        return in_answer[0] if len(in_answer) == 1 else None
    if reference.kind is PhraseKind.THING and not reference.head and not (exchange.named and exchange.asks_which):
        order = (PhraseKind.ORGANISATION, PhraseKind.NAME, PhraseKind.THING, PhraseKind.PLACE)
        ranks = {(kind, text): order.index(kind) for kind, text in mentions if kind in order}
        fitting.sort(key=lambda text: min(rank for (_, named), rank in ranks.items() if named == text))
        return _owner(fitting[0])
    return fitting[0]


def _owner(text: str) -> str:
    """展厅 for 展厅面积: 它 stands for a thing, not for a side of it."""
    phrase = find_phrases(text)[:1]
    if phrase and phrase[0].start < phrase[0].attribute < phrase[0].end == len(text):
        return text[: phrase[0].attribute].removesuffix("的")
    return text


def _fits(reference: _Reference, kind: PhraseKind, text: str) -> bool:
    head = reference.head
    if head and len(text) > len(head) and (text.rstrip('”」"').endswith(head) or (head == "集团" and head in text)):
        return True
    if reference.kind is PhraseKind.PERSON:
        return kind is PhraseKind.PERSON
    if reference.kind is PhraseKind.ORGANISATION:
        return kind in (PhraseKind.ORGANISATION, PhraseKind.NAME) and text != head
    if reference.kind is PhraseKind.PLACE:
        return kind is PhraseKind.PLACE or (
            reference.text in ("那里", "那儿", "这里", "这儿") and kind is PhraseKind.ORGANISATION
        )
    if reference.kind is PhraseKind.TIME:
        return kind is PhraseKind.TIME and "年" in text
    if head:
        return False
    return kind in (PhraseKind.THING, PhraseKind.ORGANISATION, PhraseKind.NAME, PhraseKind.PLACE)
