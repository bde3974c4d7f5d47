"""Whether another thing of the same kind stands where the asked one should.

News sets things side by side: one hospital, then the other; medical income, then drug income. A candidate takes
what it does not say itself from the words before it, and from the *nearest* that say it. These checks walk back
from the candidate, clause by clause, and look whom or what the text speaks of there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.rank_wording import named_ranks
from rag.answer.spans.typed_spans import people_in
from rag.question.focus import LEVELS, Focus
from rag.question.terms import Term, is_measured
from rag.text.numbers import Quantity, find_quantities, same_quantity
from rag.text.sentences import split_clauses
from rag.text.tokens import Token, tokenize

_WHOLE_COUNTRY = ("全国", "我国", "中国", "全球", "世界", "全世界", "海外", "国内", "国外")
_OWN_PLACE = re.compile(r"全市|全省|全区|全县|全州|本市|本省|当地|该市|该省|这座城市")
_LEVEL_BEFORE = re.compile(r"(?<![全本该])[市省县区]$")
_PART_OF_BUSINESS = re.compile(r"(?:海外|国内|国外|全球)的?(?=收入|市场|销|业务|客户|订单|用户|工厂|品牌)")
_RANKED_IN = re.compile(r"[居占列排为在属]$")
_PART_OF_COUNTRY = re.compile(r"[东西南北中]部|东南|东北|西南|西北|沿海|内陆")
_ASKS = re.compile(r"(?:[又再便就]|接着|好奇地?|笑着)?(?:追|反|发|提|询)?问(?![题世卷])")
_LONGEST_NAME = 4
_LEVELS = "省市县区镇村州"
_MODIFIERS = ("n", "b", "j", "vn", "s", "eng", "zg", "l")
_PLAIN_VERBS = frozenset(
    "完成 实现 达到 累计 新增 建成 增加 增长 收购 举办 公布 发布 计划 提供 推出 签约 拥有 包括 组织 开展 接待 服务 "
    "带动 支持 利用 生产 销售 出口 进口 投入 下降 减少 使用 获得 取得 参与 覆盖 突破 超过 供应 共有 现有 总计 合计 "
    "平均 发展 建设 改造 惠及 涉及 力争 争取 预计 举行 招聘 安排 启用 开放 培训 修建 修复 整治 承担 其中".split()
)
_TOTALS = frozenset(
    "全部 总 整体 全年 累计 全市 全省 全国 全馆 全县 全区 公司 集团 今年 去年 本届 上半年 下半年".split()
)


def clauses_back(sentence: Sentence, offset: int) -> Iterator[str]:
    """The folded clauses from the one that holds ``offset`` back to the beginning of the paragraph."""
    for clause in reversed([clause for clause in sentence.clauses if clause.start <= offset]):
        yield sentence.folded[clause.start : clause.end]
    for clause in reversed(split_clauses(sentence.before)):
        yield sentence.before[clause.start : clause.end]


def another_modifier(focus: Focus, pieces: Sequence[str]) -> bool:
    """Whether the nearest of ``pieces`` that holds a word of the question has another word before it.

    车载镜头出货量 is no answer for 安防镜头, nor 北宁工厂 for 苏州工厂.
    """
    return any(_modified_otherwise(focus, first, second, pieces) for first, second in _pairs(focus))


def a_part_only(focus: Focus, own: str) -> bool:
    """Whether ``own`` has a word more before the measured thing: 新能源汽车产量 is but a part of 汽车产量."""
    measured = _measured(focus)
    if measured is None:
        return False
    first = [measured, *_modifiers_of(measured, focus)][-1]
    at = own.rfind(first.text)
    token = _token_before(own, at) if at > 0 else None
    if (
        token is None
        or token.text.startswith("全")
        or not token.tag.startswith(("n", "vn", "j", "l", "s", "f"))
        or token.tag in ("ns", "nr")
    ):
        return False
    return not any(found(term, token.text) or token.text in term.text for term in focus.terms)


def the_whole(focus: Focus, own: str, others: str) -> bool:
    """Whether ``own`` is a total and ``others``, beside it, the asked part: 总销售额 is no answer for 夏茶销售额."""
    measured = _measured(focus)
    if measured is None or not re.search(rf"(?:总|合计|累计|一共){re.escape(measured.text)}|总[量额值数]", own):
        return False
    return any(not found(term, own) and found(term, others) for term in _modifiers_of(measured, focus))


def _measured(focus: Focus) -> Term | None:
    return next((term for term in reversed(focus.terms) if is_measured(term.text)), None)


def _modifiers_of(measured: Term, focus: Focus) -> list[Term]:
    """The words right before what is measured, the nearest first: 汽车 and 新能源 of 新能源汽车产量."""
    modifiers: list[Term] = []
    start = measured.start
    for term in reversed([term for term in focus.terms if term.start < measured.start]):
        if term.start + len(term.text) != start or term.is_name:
            break
        modifiers.append(term)
        start = term.start
    return modifiers


def another_name(focus: Focus, pieces: Sequence[str], answer: str = "") -> bool:
    """Whether the nearest of ``pieces`` that names a person, or a place, names only another than the asked one.

    An ``answer`` that is a name says of whom it is by the others.
    """
    people = {
        name for piece in (focus.wording, *pieces) for name in _people(piece, focus.people) if name in focus.wording
    }
    if people and _another_person(people, pieces, focus.people, answer):
        return True
    places = [term for term in focus.terms if (term.tag == "ns" and term.is_name) or term.text in _WHOLE_COUNTRY]
    return bool(places) and _nearest_lacks(places, pieces, _places_like(places))


def another_number(focus: Focus, pieces: Sequence[str]) -> bool:
    """Whether a number that tells things apart (四级手术, 第五届, 2号线) is another in the nearest of ``pieces``."""
    for asked in focus.qualifiers:
        if asked.unit not in LEVELS and not asked.ordinal:
            continue
        for piece in pieces:
            near = [q for q in find_quantities(piece) if q.unit == asked.unit and q.ordinal == asked.ordinal]
            if _in_a_range(asked, piece):
                break
            ranks = set(named_ranks(piece)) if asked.ordinal and asked.unit == "名" else set()
            if ranks and not near:
                if asked.value not in ranks:
                    return True
                break
            if near:
                if not any(same_quantity(asked, quantity) for quantity in near):
                    return True
                break
        else:
            return True
    return False


def _in_a_range(asked: Quantity, piece: str) -> bool:
    """Whether ``piece`` speaks of several numbers, the asked one among them: 1至6号楼."""
    ranges = re.finditer(rf"(\d{{1,3}})(?:{asked.unit})?[至到~-](\d{{1,3}}){asked.unit}", piece) if asked.unit else ()
    return any(int(match[1]) <= asked.value <= int(match[2]) for match in ranges)


def _pairs(focus: Focus) -> list[tuple[Term, Term]]:
    """Words of the question that stand side by side, the second perhaps after 的."""
    pairs = []
    for first, second in zip(focus.terms, focus.terms[1:], strict=False):
        between = focus.wording[first.start + len(first.text) : second.start]
        if between in ("", "的") and second.is_noun and not second.is_measure and second.text not in _PLAIN_VERBS:
            pairs.append((first, second))
    return pairs


def _modified_otherwise(focus: Focus, first: Term, second: Term, pieces: Sequence[str]) -> bool:
    for piece in pieces:
        at = piece.rfind(second.text)
        if at < 0:
            if found(first, piece):
                return False  # 启原光电为22.8%: what it has is told before, whose it is stands here
            continue
        if first.tag == "b" and len(first.text) == 1 and not found(first, piece):
            return True  # 女医生 asked, 医生 counted
        token = _token_before(piece, at)
        other = token.text if token else ""
        known = len(other) < 2 or any(found(term, other) or other in term.text for term in focus.terms)
        if found(first, piece):
            return not known and bool(re.search(rf"{re.escape(first.text)}[、和与及]{re.escape(other)}", piece))
        if token is None:
            level = _LEVEL_BEFORE.search(piece[:at])
            return first.tag == "ns" and level is not None and not first.text.endswith(level.group())
        if first.tag == "ns" and (_OWN_PLACE.search(other) or not token.tag.startswith(("ns", "nr", "nz", "nt", "j"))):
            return False
        return not known
    return False


def _token_before(piece: str, at: int) -> Token | None:
    """The word that modifies what begins at ``at``, or None where a verb, a break or a plain total stands there."""
    for token in _tokens(piece):
        if token.start < at < token.end:
            return Token(piece[token.start : at], token.start, at, token.tag)
        if token.end == at:
            is_modifier = token.tag.startswith((*_MODIFIERS, "v", "a")) and len(token.text) > 1
            return token if is_modifier and token.text not in _PLAIN_VERBS | _TOTALS else None
    return None


def _another_person(asked: set[str], pieces: Sequence[str], known: frozenset[str], answer: str) -> bool:
    for piece in pieces:
        named = {name for name in _people(piece, known) if not (len(answer) <= _LONGEST_NAME and name in answer)}
        if named & asked or any(_stands_for_itself(name, piece, named) for name in asked):
            return False
        if any(not _only_asks(name, piece) for name in named):
            return True
    return False


def _stands_for_itself(name: str, piece: str, others: Collection[str]) -> bool:
    """Whether ``piece`` has ``name`` where the tagger sees none, and not as the beginning of a longer one."""
    return name in piece and not any(name in other for other in others)


def _only_asks(name: str, piece: str) -> bool:
    """Whether ``piece`` says of ``name`` that he asks: what is told then is told by or of another."""
    return any(_ASKS.match(piece, match.end()) for match in re.finditer(re.escape(name), piece))


def _nearest_lacks(asked: Sequence[Term], pieces: Sequence[str], named: Callable[[str], object]) -> bool:
    for piece in pieces:
        if any(found(term, piece) for term in asked):
            return False
        if named(piece):
            return True
    return False


@lru_cache(maxsize=8192)
def _people(piece: str, known: frozenset[str]) -> tuple[str, ...]:
    return tuple(piece[span.start : span.end] for span in people_in(piece, _tokens(piece), known))


def _places_like(asked: Sequence[Term]) -> Callable[[str], bool]:
    """Whether a piece names a place of the kind of the asked ones: a county beside a county, not a river."""
    has_level = any(term.text[-1] in _LEVELS for term in asked)

    def named(piece: str) -> bool:
        wide = (
            match.start()
            for word in _WHOLE_COUNTRY
            for match in re.finditer(word, piece)
            if not _PART_OF_COUNTRY.match(piece, match.end())
        )
        parts = {match.start() for match in _PART_OF_BUSINESS.finditer(piece)}
        if any(at not in parts and not _RANKED_IN.search(piece[:at]) for at in wide):
            return True
        places = [
            token.text
            for token in _tokens(piece)
            if token.tag == "ns" and not (token.text in _WHOLE_COUNTRY and _PART_OF_COUNTRY.match(piece, token.end))
        ]
        return any((place[-1] in _LEVELS) == has_level for place in places)

    return named


@lru_cache(maxsize=8192)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(tokenize(text))
