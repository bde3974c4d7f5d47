"""Which units may answer a question: 多少辆 wants 辆, 多少钱 wants 元, 增长多少 wants a percentage."""

from __future__ import annotations

import re

from rag.text.measure_words import CURRENCIES, UNIT_PATTERN, reported_unit
from rag.text.tokens import tokenize

RATE_UNITS = frozenset({"%", "个百分点", "百分点", "成"})
MONEY = frozenset({*CURRENCIES, "角"})
_PEOPLE = frozenset({"人", "人次", "名", "位", "口", "户", "员", "户次", "个"})
_COUNT = frozenset(
    (
        "个 项 座 家 处 件 所 条 款 种 批 间 台 套 张 场 栋 幅 只 艘 架 部 份 层 块 对 类 大 组 支 门 篇 本 辆 期 届 "
        "册 棵 头 株 眼 道 根 枚 粒 盏 扇 口 名"
    ).split()
)
_AGE = frozenset({"岁", "周岁"})
_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "项 件 款 种 类",
        "家 所 座 处",
        "座 栋 处 幢",
        "台 辆 架",
        "场 次 届",
        "块 枚",
        "册 本 部",
        "间 套",
        "名 位",
        "艘 条 只",
    )
)
"""Measure words that are said of the same things, so that one may be asked and another written."""
_DURATION = frozenset(
    {"小时", "分钟", "秒", "秒钟", "天", "日", "周", "月", "个月", "年", "个小时", "分", "周年", "工作日", "个工作日"}
    | {"星期", "个星期", "学期", "个学期", "季度", "个季度", "钟头"}
)
_LENGTH = frozenset({"公里", "千米", "米", "厘米", "毫米", "里", "海里", "km", "m", "光年"})
_AREA = frozenset({"平方公里", "平方千米", "平方米", "公顷", "亩", "顷", "平方", "亩次"})
_WEIGHT = frozenset({"吨", "公斤", "千克", "斤", "克", "标准箱"})
_VOLUME = frozenset({"升", "毫升", "吨", "立方米", "方", "公斤", "斤", "桶", "瓶", "箱", "杯", "车"})
_CONTAINERS = frozenset({"箱", "标箱", "标准箱"})
_CHANGED_BY = re.compile(r"[涨跌降升增减多少高低超]\w{0,4}?(?:多少|几)个点")
"""Behind these 几个点 asks for percentage points, and not for places."""
_END = r"(?=$|[?？啊呢吗了呀,，。]|来着|才|就)"
_TIMES = frozenset({"次", "架次", "场", "趟", "人次", "班", "班次", "场次", "列"})
_VEHICLES = frozenset({"辆", "台", "架", "艘", "列", "个"})
_MULTIPLE = frozenset({"倍"})

_PEOPLE_COUNTED = re.compile(
    r"(?:名|个|位)?(?:娃|孩|婴|儿童|新生|学生|老师|教师|员工|职工|工人|农民|村民|居民|市民|乘客|旅客|读者|患者|病人|医生|护士|"
    r"司机|队员|选手|志愿者|观众|游客|老人|毕业生|干部|党员|专家)"
)
_KIN = re.compile(
    r"徒弟|学徒|兄弟|姐妹|儿子|女儿|孩子|子女|孙|朋友|亲戚|客人|伙计|帮手|护工|厨师|保安|工匠|人(?!工|民|均)"
)
CLOCK = frozenset({"点", "时"})
_TEMPERATURE = frozenset({"度", "℃", "摄氏度", "°c"})
_AFTER_HOW_MANY = re.compile(r"(?:多少|几)(?:千|万|亿|百|多)?([\u4e00-\u9fff]{0,4})")
_BY_MEASURE: tuple[tuple[str, frozenset[str]], ...] = (
    ("人次", frozenset({"人次", "人", "次"})),
    ("架次", frozenset({"架次", "次", ""})),
    ("钱", MONEY),
    ("个钱", MONEY),
    ("个人", _PEOPLE),
    ("块钱", MONEY),
    ("点", CLOCK),
    ("度", _TEMPERATURE | frozenset({"千瓦时"})),
    ("个小时", _DURATION),
    ("个钟头", _DURATION),
    ("个星期", _DURATION),
    ("号人", _PEOPLE),
    ("客", _PEOPLE),
    ("家人", frozenset({"家", "户"})),
    ("回", _TIMES | {"回"}),
    ("趟", _TIMES),
    ("路", _LENGTH),
    ("货", _WEIGHT | _CONTAINERS),
    ("个球", frozenset({"个", "球"})),
    ("元", MONEY),
    ("百分点", RATE_UNITS),
    ("个百分点", RATE_UNITS),
    ("平方公里", _AREA),
    ("平方米", _AREA),
    ("平方", _AREA),
    ("公顷", _AREA),
    ("亩", _AREA),
    ("公里", _LENGTH),
    ("千米", _LENGTH),
    ("米", _LENGTH),
    ("吨", _WEIGHT),
    ("公斤", _WEIGHT),
    ("小时", _DURATION),
    ("钟头", _DURATION),
    ("分钟", _DURATION),
    ("个月", _DURATION),
    ("天", _DURATION),
    ("年", _DURATION),
    ("倍", _MULTIPLE),
    ("成本", MONEY),
    ("本钱", MONEY),
    ("成", RATE_UNITS),
    ("箱", _CONTAINERS),
    ("标箱", _CONTAINERS),
    ("标准箱", _CONTAINERS),
    ("票", frozenset({"票", "张"})),
    ("辆", _VEHICLES),
    ("台", _VEHICLES),
    ("次", _TIMES),
    ("人", _PEOPLE),
    ("名", _PEOPLE),
    ("位", _PEOPLE),
    ("户", _PEOPLE),
)
_BY_WORDING: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"比分|比数|几比几"), frozenset({"比"})),
    (re.compile(r"多大(?:岁数|年纪|年龄)?了|岁数|年龄|年纪|几岁|多少岁|how old"), _AGE),
    (re.compile(r"(?:增|减|涨|跌|降|升)\w{0,2}幅度?有?多大"), RATE_UNITS),
    (re.compile(r"利息|基准(?:利率|收益率?)?是?多少|收益率?是?多少"), MONEY | RATE_UNITS),
    (
        re.compile(
            r"^(?!.*(?:比例|比重|份额|占|面积|规模|占地|力度|场地|误差|差距)).*(?<!有)多大(?!规模|力|程度|面积|个儿|压|电|功|声|雨|风|胆)"
        ),
        _AGE | _AREA | _LENGTH,
    ),
    (re.compile(r"几倍|多少倍|how many times"), _MULTIPLE),
    (
        re.compile(
            r"占比|比例|比重|百分之几|百分之多少|几成|百分比|占(?!地).{0,12}多少(?![钱元万亿块人个家亩吨辆户座]|平方|公里)|(?<![频汇功])率|份额|持股|percent|share"
        ),
        RATE_UNITS,
    ),
    (
        re.compile(
            r"(?:报销?|退还?|返还?|减免|抽成|提成|分成|优惠|打折|补|补贴)(?:了|到|给我)?多少(?![钱元万亿块人个家份天年条张票件本台套箱])"
        ),
        MONEY | RATE_UNITS | {"折"},
    ),
    (re.compile(r"多重|重量|how heavy"), _WEIGHT),
    (re.compile(r"多高|多宽|多深|多远|高度|how (?:tall|far)"), _LENGTH),
    (re.compile(r"多长时间|多久|时长|how long"), _DURATION),
    (re.compile(r"多长"), _LENGTH | _DURATION),
)
_BY_NOUN: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(
            r"金额|产值|总额|投资|营收|收入|利润|价格|票价|售价|造价|花了|花费|资金|赔款|费用|支出|预算|余额|债券|工资|月薪|年薪|"
            r"奖学金|奖金|津贴|(?<![免消收缴付])费(?!用人)|经费|消费|资本|市值|补贴|租金|货款|贷款|税|worth|\bmoney\b|revenue"
        ),
        MONEY,
    ),
    (re.compile(r"面积|占地"), _AREA),
    (re.compile(rf"多少[牛羊猪马驴鹿鸡鸭鹅鱼]{_END}"), frozenset({"头", "只", "匹", "条", "尾", "羽"})),
    (re.compile(r"[气水体地室]温|温度"), _TEMPERATURE),
    (re.compile(r"[降积](?:雪|雨|水)量?|雨量|雪量"), _LENGTH),
    (re.compile(r"人数|how many (?:people|visitors)"), _PEOPLE),
    (re.compile(rf"多少[雨雪]{_END}"), _LENGTH),
    (re.compile(rf"多少(?:水|油|汽油|柴油|气|酒|奶|牛奶|饮料){_END}"), _VOLUME),
    (re.compile(rf"多少(?:粮|盐|糖|肉|煤|土|沙|茶|菜|药|豆|面粉|果子){_END}"), _WEIGHT),
)

_KINDS = (
    MONEY,
    RATE_UNITS | _MULTIPLE | {"折"},
    _LENGTH,
    _AREA,
    _WEIGHT | _VOLUME | _CONTAINERS,
    _DURATION,
    _AGE,
    CLOCK,
    _TEMPERATURE,
)
_AMOUNT_OR_RATE = re.compile(
    r"^(?!.*(?:同比|环比|百分|率|[增涨降跌]幅|增速)).*(?:增加|减少|提高|降低|提升)了?(?:多少|几)"
)


def asked_units(question: str, *, asks_change: bool = False) -> frozenset[str]:
    """The units that an answer to ``question`` (folded text) may have; empty where any unit will do.

    Example:
        >>> sorted(asked_units("一共花了多少钱"))[:2]
        ['人民币', '元']
    """
    if asks_change and not re.search(r"几倍|多少倍", question):
        return frozenset() if _AMOUNT_OR_RATE.search(question) else RATE_UNITS | _MULTIPLE
    for pattern, units in _BY_WORDING:
        if pattern.search(question):
            return units
    if _CHANGED_BY.search(question):
        return RATE_UNITS
    for match in _AFTER_HOW_MANY.finditer(question):
        following = match.group(1)
        if following == "块":
            return MONEY | {"块", "个"}
        if _PEOPLE_COUNTED.match(following):
            return _PEOPLE
        for word, units in _BY_MEASURE:
            if following.startswith(word):
                return units
        if following[:1] == "个":
            bare = len(following) == 1 or not re.match(r"[\u4e00-\u9fff]", following[1:])
            return _COUNT | _TIMES | {"户"} | (_PEOPLE if bare or _KIN.match(following[1:]) else frozenset())
        if following[:1] in _COUNT:
            alike = next((group for group in _ALIKE if following[:1] in group), frozenset())
            return frozenset({following[:1], "个"}) | alike
        first = next((token.text for token in tokenize(following)), "")
        if re.fullmatch(UNIT_PATTERN, first):
            return frozenset({reported_unit(first)})
    for pattern, units in _BY_NOUN:
        if pattern.search(question):
            return units
    return frozenset()


def is_of_another_kind(unit: str, question: str, asked: frozenset[str]) -> bool:
    """Whether ``question`` (folded text) names the unit it asks for, and ``unit`` measures something else altogether.

    Example:
        >>> kinds = asked_units("办证要多少钱")
        >>> is_of_another_kind("折", "办证要多少钱", kinds), is_of_another_kind("美元", "办证要多少钱", kinds)
        (True, False)
    """
    match = _AFTER_HOW_MANY.search(question)
    if match is None or not asked:
        return False
    following = match.group(1)
    if _CHANGED_BY.search(question):
        return _kind_of(unit) not in {_kind_of(one) for one in asked}
    named = re.match(UNIT_PATTERN, following) or any(following.startswith(word) for word, _ in _BY_MEASURE)
    return bool(named) and _kind_of(unit) not in {_kind_of(one) for one in asked}


def _kind_of(unit: str) -> int:
    """Which of the kinds of measures ``unit`` belongs to; the last is that of what is counted."""
    return next((at for at, kind in enumerate(_KINDS) if unit in kind), len(_KINDS))


def unit_fits(unit: str, asked: frozenset[str], *, asks_rate: bool) -> bool:
    """Whether a figure with ``unit`` may answer a question that asked for ``asked``.

    Without an asked unit any amount fits, but a rate (%) only where a rate was asked.
    """
    if asked:
        return unit in asked
    return asks_rate or unit not in RATE_UNITS | _MULTIPLE
