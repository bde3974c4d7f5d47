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

from rag.question.surnames import looks_like_person
from rag.text.dates import find_times
from rag.text.tokens import Token, tokenize


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


ATTRIBUTE_WORDS = (
    "产量|销量|产值|产能|数量|总量|总数|总额|总产值|金额|合同金额|数额|面积|占地面积|建筑面积|价格|票价|单价|售价|人数|次数|天数|规模|时长|时间|日期"
    "|长度|高度|宽度|深度|速度|重量|体积|容量|流量|水位|径流量|水量|流速|降水量|降雨量|温度|气温|湿度|距离|里程|年龄|身高|体重|收入|营业收入|营收|利润"
    "|净利润|成本|投资|投资额|总投资|市值|市场份额|份额|增速|增幅|增长率|涨幅|降幅|占比|比例|比重|比率|排名|名次|得分|比分|成绩|票房|客流量|客流"
    "|架次|班次|人次|产出|出口|进口|出口额|进口额|交易额|成交额|销售额|预算|经费|效率|浓度|含量|密度|强度|功率|电压|海拔|寿命|用户数"
    "|原因|理由|意义|目的|作用|影响|结果|特点|优势|功能|内容|主题|地点|位置|地址|名称|名字|作者|背景|进展|现状|情况|用途|来源|类型|种类|标准|目标|措施"
)
_ATTRIBUTE = re.compile(rf"(?:总|平均|最高|最低|最大|最小|年均|人均|日均)?(?:{ATTRIBUTE_WORDS})")
_ATTRIBUTE_AT_END = re.compile(rf"(?:{ATTRIBUTE_WORDS})$")

_ORGANISATION = re.compile(
    r"(?:公司|集团|企业|银行|大学|学院|医院|博物馆|博物院|美术馆|图书馆|科技馆|纪念馆|展览馆|俱乐部|委员会|研究院|研究所|研究会|协会|学会|联合会|商会"
    r"|事业部|总局|出版社|杂志社|报社|通讯社|电视台|基金会|法院|检察院|政府|学校|中学|小学|幼儿园|球队|车队|乐队|剧团|工作室|事务所|水文局|气象局"
    r"|管理局|电视台|航空|科技|汽车|机床|速运|快递|证券|保险|国家队|队|馆|局|部|厅)$"
)
_PLACE = re.compile(r"(?:[省市县区镇乡村州旗盟江河湖海岛港湾]|半岛|水库|机场|站|大桥|山脉|高原|盆地|平原|地区|自治区|新区)$")
_GENERIC_HEADS = frozenset(
    "公司 集团 企业 银行 大学 学院 医院 博物馆 俱乐部 委员会 政府 学校 球队 城市 地区 国家 地方 省份 区县 省 市 县 区 镇 村 江 河 湖 岛 汽车 科技 航空 部 局 馆 队 机构 单位".split()
)
_NOMINAL = ("n", "j", "l", "i", "eng", "b", "an", "vn", "zg", "s", "h", "k", "g")
_NEVER_NOMINAL = frozenset(
    "是 有 在 为 的 了 着 过 地 得 和 与 或 及 跟 同 比 把 被 将 从 到 由 对 向 给 让 使 来 去 会 能 要 想 说 做 吗 呢 吧 啊 么 请 请问 问 告诉 知道 介绍 就 都 也 还 又 再 只 才"
    " 分别 多少 几 哪 谁 什么 怎么 怎样 如何 为什么 为何 何时 哪些 哪个 哪里 哪儿 多久 多大 多长 多高 多远 那 那么 这 该 此 各 每 其 其中 其他 之 以及 建成 完成 达到 举办"
    " 发布 接待 成立 举行 签约 开幕 闭幕 预测 增长 增加 减少 下降 上升 占 约 超过 超 共 一共 总共 共有 拥有 具有 包括 属于 位于 来自 叫 获得 获 推出 上线 表示 认为 指出 称 参加"
    " 参展 展示 展出 带来 生产 进行 实现 提出 计划 没有 具体 主要 目前 如今 现在 当前 已 已经 共同 首次 关于 根据 按照 截至 截止 通过 随着 作为 钱 同比 环比 时候 上 下 中 里 内 外 前 后 间 时".split()
)
_COMPOUND_TAIL = re.compile(
    r"(?:中心|公司|馆|院|所|站|局|部|处|厅|平台|系统|网络|体系|基地|园|区|港|场|项目|方案|计划|工程|会议|大会|论坛|政策|措施|能力|服务|产业|行业|技术|产品|设备|设施|"
    r"人员|机构|企业|标准|方式|模式|业务|市场|成果|时长|架次|收入|额|量|率|权|费|品)$"
)
_FUSED_VERB = re.compile(r"(?<![只没还具拥所现共享但就都也这那不可于便总存正好自实])[是有在叫]$")
_FUSED_AFTER_NAME = re.compile(r"[是有在叫说称将为]$")
_FUSED_ENDINGS = frozenset(place + "有" for place in "省市区县镇乡村州江河湖海岛馆站厂院队")
_LONGEST_NAME = 6  # words in the name of an organisation; the bound keeps the search linear
_SEASON = re.compile(r"(?:本|这个?|上一?个?|下一?个?|新)(?:赛季|学期|学年)|\d{4}(?:[-—/至]\d{2,4})?赛季")
_CLOSED_TEXT = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|\"[^\"]*\"")


def is_attribute(text: str) -> bool:
    """Whether the whole of ``text`` names a measurable side of something: 销量, 平均气温."""
    return _ATTRIBUTE.fullmatch(text) is not None


def question_words(text: str) -> list[Token]:
    """The words of a question, two slips of the tagger mended: 王琦是 is a name and a verb, 崔 康熙 one name."""
    words: list[Token] = []
    for token in tokenize(text):
        last = words[-1] if words else None
        if last and last.end == token.start and len(last.text) == 1 and last.tag.startswith("nr") and token.tag.startswith("nr"):
            words[-1] = Token(last.text + token.text, last.start, token.end, "nr")
            continue
        fused = _FUSED_AFTER_NAME if token.tag.startswith("nr") else _FUSED_VERB
        if len(token.text) > 2 and token.tag.startswith(("n", "v")) and fused.search(token.text):
            cut = token.end - 1
            words.append(Token(token.text[:-1], token.start, cut, token.tag))
            words.append(Token(token.text[-1], cut, token.end, "v"))
        elif token.tag == "v" and last and token.text in _FUSED_ENDINGS:
            # 梁平区有: the tagger knows 区有 as a verb.
            words.append(Token(token.text[0], token.start, token.start + 1, "n"))
            words.append(Token("有", token.start + 1, token.end, "v"))
        else:
            words.append(token)
    return words


@lru_cache(maxsize=1024)
def find_phrases(text: str) -> tuple[Phrase, ...]:
    """The times and noun phrases of ``text``, left to right, without overlap.

    Example:
        >>> [(p.text, p.kind.value) for p in find_phrases("2024年武汉的降水量是多少？")]
        [('2024年', 'time'), ('武汉', 'place'), ('降水量', 'attribute')]
    """
    taken = [(time.start, time.end) for time in find_times(text, None)]
    taken.extend(
        match.span() for match in _SEASON.finditer(text) if not _overlaps(match.span(), taken)
    )
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
        if not any(blocked[token.start : token.end]) and _is_nominal(token, run, after):
            run.append(token)
            continue
        phrases.extend(_split_run(text, run))
        run = []
    phrases.extend(_split_run(text, run))
    phrases.sort(key=lambda phrase: phrase.start)
    return tuple(_join(text, phrases))


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _is_nominal(token: Token, run: list[Token], after: Token | None) -> bool:
    if token.text in _NEVER_NOMINAL or not token.text.strip():
        return False
    if token.tag.startswith(_NOMINAL) or _ATTRIBUTE.fullmatch(token.text):
        return True
    follows_nominal = after is not None and after.text not in _NEVER_NOMINAL and after.start == token.end
    if after is not None and follows_nominal and token.tag.startswith("a") and after.text in ("级", "型", "化", "性"):
        return True
    if after is not None and follows_nominal and (after.tag.startswith(("n", "j", "v", "l", "zg")) or is_attribute(after.text)):
        if token.tag.startswith("a"):
            return True
        if token.tag.startswith("v") and len(token.text) > 1:
            return bool(_COMPOUND_TAIL.search(after.text)) or is_attribute(after.text)
        # A code such as the 5 of 5号线 or the 33618 of a named cluster is part of a name, a counted number is not.
        if token.tag == "m" and token.text.isascii():
            return bool(run)
    # 宜昌站: a one-character ending that the tagger takes for a verb.
    return bool(run) and run[-1].end == token.start and len(token.text) == 1 and token.text in "省市区县镇乡村州江河湖海岛站馆院局队化级园型号系"


def _split_run(text: str, run: list[Token]) -> list[Phrase]:
    """Cuts the organisation or places at the head of a run (武汉 in 武汉新能源车产量), and the person at its end, off."""
    if not run:
        return []
    start, end = run[0].start, run[-1].end
    whole = _phrase(text, start, end)
    if len(run) == 1 or whole.kind in (PhraseKind.PLACE, PhraseKind.PERSON, PhraseKind.ORGANISATION):
        return [whole]
    if _kind(run[-1].text, run[-1].tag) is PhraseKind.PERSON:
        return [*_split_run(text, run[:-1]), _phrase(text, run[-1].start, end)]
    for cut in range(min(len(run) - 1, _LONGEST_NAME), 0, -1):
        head = _phrase(text, start, run[cut - 1].end)
        if head.kind is PhraseKind.ORGANISATION or (head.kind is PhraseKind.PLACE and cut == 1):
            return [head, *_split_run(text, run[cut:])]
    return [whole]


def _phrase(text: str, start: int, end: int) -> Phrase:
    content = text[start:end]
    tokens = tokenize(content)
    kind = _kind(content, tokens[0].tag if len(tokens) == 1 else "")
    match = _ATTRIBUTE_AT_END.search(content)
    attribute = start + match.start() if match and kind in (PhraseKind.THING, PhraseKind.ATTRIBUTE) else end
    return Phrase(start, end, content, kind, attribute)


def _kind(content: str, tag: str) -> PhraseKind:
    if content[:1] in "《“「\"":
        return PhraseKind.THING
    if is_attribute(content):
        return PhraseKind.ATTRIBUTE
    if content in _GENERIC_HEADS:
        return PhraseKind.THING
    if tag == "nt" or _ORGANISATION.search(content) and tag != "nr" and not content.endswith(("全部", "内部", "军队")):
        return PhraseKind.ORGANISATION if _is_named(content) else PhraseKind.THING
    if tag == "ns" or _PLACE.search(content) and len(content) <= 8 and _is_named(content):
        return PhraseKind.PLACE
    if looks_like_person(content) and tag.startswith("nr") or "·" in content:
        return PhraseKind.PERSON
    if tag in ("nr", "nrt", "nz", "eng", "nrfg") or content.isascii():
        return PhraseKind.NAME
    return PhraseKind.THING


def _is_named(content: str) -> bool:
    """Whether something that ends like a place or an organisation is one in particular: 故宫博物院, not 工业园区."""
    first = tokenize(content)[0]
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
