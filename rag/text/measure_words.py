"""Measure words and units: what a number in Chinese text counts or measures. Data, and how two units compare."""

from __future__ import annotations

import re


def _table(pairs: str) -> dict[str, str]:
    """Read "km:公里 per_cent:%" as a table; an underscore stands for a space."""
    return {key.replace("_", " "): value for key, _, value in (pair.partition(":") for pair in pairs.split())}


CURRENCY_SIGNS = {
    "¥": "元",
    "rmb": "元",
    "cny": "元",
    "us$": "美元",
    "usd": "美元",
    "$": "美元",
    "hk$": "港元",
    "€": "欧元",
    "£": "英镑",
}
"""A sign before an amount (folded), and the unit it means."""

RATES = frozenset("百分点 % ‰ ‱ 倍 成 番".split())
"""Units of a ratio; a plain number never stands for one of these."""

PERSONS = frozenset("名 人 位".split())
"""Measure words for people, which mean the same."""

COUNTERS = frozenset(
    """
    个 家 项 辆 台 架 座 条 件 款 种 类 批 次 届 场 套 艘 部 只 头 匹 株 棵 朵 颗 粒 枚 支 枝 把 张 幅 本 册 篇 首
    份 封 页 行 句 字 户 口 对 双 组 队 班 排 栋 幢 间 层 楼 处 所 站 趟 列 节 段 期 轮 局 遍 回 门 课 道 题 步 根
    片 块 顶 床 扇 盏 盘 碗 杯 瓶 桶 袋 箱 包 盒 罐 股 笔 单 桩 宗 起 例 则 章 档 级 代 号 岁 室 席 票 发 团 群 集
    环 分 轴 缸 核 孔 系列 航班 车次 班次 场次 批次 频次 人次 架次 辆次 艘次 户次 台次 件次 人份 台套 标箱 标准箱
    杆 窝 球 捆 筐 篮 串 副 卷 针 剂 桌 坛 壶 盆 滴 折
    部分 车位 床位 席位 泊位 机位 字节 比特 像素 大
    """.split()
)

_TIME = "年 个月 周 星期 天 日 小时 钟头 刻钟 分钟 秒 秒钟 毫秒 微秒 纳秒 学年 学期 季度 工作日 世纪 周年 昼夜 周岁"
_LENGTH = "公里 千米 米 分米 厘米 毫米 微米 纳米 英里 英尺 英寸 海里 光年 里 尺 寸 丈 车公里 人公里 吨公里"
_AREA = "平方公里 平方千米 平方米 平方厘米 平方毫米 平方英里 平方英尺 平米 公顷 亩次 亩"
_VOLUME = "标准立方米 立方米 立方厘米 立方 升 毫升 加仑"
_MASS = "吨 公斤 千克 克 毫克 微克 斤 两 盎司 磅 吨标准煤 克拉"
_ENERGY = """
    千瓦时 瓦时 兆瓦时 吉瓦时 千瓦 兆瓦 吉瓦 瓦 焦耳 焦 千焦 大卡 千卡 卡 马力 伏 伏特 千伏 安 安培 安时 毫安时 毫安
    千伏安 欧姆 度电
"""
_OTHER = "摄氏度 华氏度 度 ℃ °c °f 赫兹 赫 千赫 兆赫 吉赫 帕 千帕 兆帕 分贝 牛 牛米 转 流明 点 时"
CURRENCIES = frozenset(
    "元 元人民币 人民币 美元 欧元 日元 港元 港币 英镑 韩元 卢布 卢比 澳元 加元 新元 瑞郎 泰铢 块钱 美金 "
    "克朗 第纳尔 里拉 比索 法郎 福林 兹罗提 先令 林吉特 坚戈 迪拉姆 兰特 图格里克 谢克尔 雷亚尔 里亚尔 越南盾".split()
)
MEASUREMENTS = frozenset(f"{_TIME} {_LENGTH} {_AREA} {_VOLUME} {_MASS} {_ENERGY} {_OTHER} 角".split()) | CURRENCIES

MEASURED_BY_ONE = frozenset(
    "倍 成 百分点 年 个月 周 天 小时 分钟 秒 世纪 元 美元 公里 米 厘米 平方米 平方公里 亩 公顷 吨 公斤 千瓦时".split()
)
"""Units before which 一 is the number one; before others (一个, 一条) it is the indefinite article."""

HALVED = frozenset("年 个月 天 小时 分钟 公里 倍 世纪 周 斤 亩 成".split())
"""Units that take 半, before them (半年) or after them (三年半)."""

_ALIASES = _table(
    """
    km:公里 m:米 cm:厘米 mm:毫米 μm:微米 um:微米 nm:纳米 ㎞:公里 km2:平方公里 km²:平方公里 ㎡:平方米 m²:平方米
    m2:平方米 ha:公顷 m³:立方米 m3:立方米 l:升 ml:毫升 t:吨 kg:公斤 ㎏:公斤 g:克 mg:毫克 h:小时 min:分钟 s:秒
    ms:毫秒 hour:小时 hours:小时 minutes:分钟 seconds:秒 day:天 days:天 year:年 years:年 kwh:千瓦时 mwh:兆瓦时
    gwh:吉瓦时 w:瓦 kw:千瓦 mw:兆瓦 gw:吉瓦 v:伏 kv:千伏 mah:毫安时 db:分贝 pa:帕 kpa:千帕 mpa:兆帕 hz:赫兹
    khz:千赫 mhz:兆赫 ghz:吉赫 bit:比特 byte:字节 kb:KB mb:MB gb:GB tb:TB pb:PB eb:EB bps:bps kbps:Kbps mbps:Mbps
    gbps:Gbps tops:TOPS flops:FLOPS tflops:TFLOPS pflops:PFLOPS eflops:EFLOPS percent:% per_cent:% pct:%
    percentage_points:百分点 teu:标箱 yuan:元 rmb:元 cny:元 dollars:美元 usd:美元 people:人
    元人民币:元 人民币:元
    """
)
"""Units that are reported under another name, most of them in Latin letters (folded)."""

LOWER_CASE_ONLY = frozenset("g m s h t".split())
"""Latin units that mean something else in capitals: 5G is no weight."""

_SAME = _table(
    """
    千米:公里 平方千米:平方公里 平米:平方米 立方:立方米 千克:公斤 标准箱:标箱 ℃:摄氏度 °c:摄氏度 °f:华氏度
    度电:千瓦时 大卡:千卡 赫:赫兹 块钱:元 美金:美元 港币:港元 钟头:小时 秒钟:秒 星期:周
    周岁:岁 日:天 周年:年 伏特:伏 安培:安 焦耳:焦
    """
)
"""Units of one size under two names: reported as they stand, compared as one."""

# A measure word is not one where the character after it makes it the head of another word: 3代表 is no 3代. In good
# style a measure word does follow the number (12名义工, 3种业务), so only words that do stand after numbers count.
_HEADS = _table(
    """
    人:工民机均才类 家:庭 名:称单额 位:置于 成:为功立员长本交熟就 台:湾 条:例件 类:似 部:门署 头:部脑条 份:额
    组:织 班:子 排:名 处:理于置 站:在 节:能日 局:面部 回:来应 门:户 课:程 道:路 题:材 步:入 包:括含 股:份
    单:位 起:到来着 章:程 档:案 级:别 代:表理 号:召称 室:内外 席:卷 发:展布电改达 团:队结 群:众体 集:群中团成聚
    环:境保球节 分:别析布之子享为会支 核:心 间:接 年:轻青 天:然空津 周:边 秒:杀 米:兰其 里:程面 升:级至 斤:斤
    两:岸江湖地会 度:过假 卡:车 安:全装徽 转:型化变为 牛:奶肉 元:旦宇素 角:度色 时:代间装尚速长 克:服
    点:燃击亮赞 轮:驱胎船 列:入为 幅:度 面:向对积 例:如 球:队员场馆迷衣星赛鞋门技类
    针:对织 副:局市县主书院处总 卷:烟入 串:联 窝:点 杆:菌 桌:面椅 折:叠扣射旧腾返线合 盆:地栽景
    滴:灌 篮:球板 剂:量 壶:口 大:连庆量概约型小 里拉:伤开长动 比索:要赔
    """
)


def _pattern(unit: str) -> str:
    following = _HEADS.get(unit, "")
    return f"{re.escape(unit)}(?![{following}])" if following else re.escape(unit)


def _alias_pattern(unit: str) -> str:
    return rf"{re.escape(unit)}(?![a-z0-9])" if unit[-1].isascii() else re.escape(unit)


def _longest_first(units: frozenset[str] | dict[str, str]) -> list[str]:
    return sorted(units, key=lambda unit: (-len(unit), unit))


_ONE = "|".join(
    [_pattern(unit) for unit in _longest_first(COUNTERS | PERSONS | RATES | MEASUREMENTS)]
    + [_alias_pattern(unit) for unit in _longest_first(_ALIASES)]
)

UNIT_PATTERN = rf"(?:(?:{_ONE})(?:/(?:{_ONE}))?)"
"""Matches one unit, the longest there is, on folded text; a rate such as 公里/小时 is one unit."""

_COMMON = """
    个 家 项 辆 台 名 人 位 元 件 套 座 户 次 架 条 批 份 只 头 艘 株 亩 吨 倍 米 公里 小时 平方米 平方公里 立方米 公斤
    美元 港元 欧元 日元 英镑 人次 架次 千瓦时 千瓦 兆瓦 公顷 天 % 岁 册 页 所 栋 款 场 枚
"""
COMMON_UNIT_PATTERN = "(?:" + "|".join(_pattern(unit) for unit in _longest_first(frozenset(_COMMON.split()))) + ")"
"""The units that large numbers are mostly followed by: they tell 2025家 from the year in 2025世界."""


def reported_unit(unit: str) -> str:
    """A unit found by UNIT_PATTERN as a quantity names it: km as 公里, gb as GB, 人民币 as 元."""
    return "/".join(_ALIASES.get(part, part) for part in unit.split("/"))


def canonical_unit(unit: str) -> str:
    """The unit under its one name, for comparing: 千米 and km are 公里, ℃ is 摄氏度.

    >>> canonical_unit("km/h"), canonical_unit("平米"), canonical_unit("辆")
    ('公里/小时', '平方米', '辆')
    """
    return "/".join(_SAME.get(named, named) for named in reported_unit(unit.lower()).split("/"))


def compatible_units(a: str, b: str) -> bool:
    """Whether two numbers with these units may count the same thing.

    A plain number ("") goes with any unit but a ratio's, 个 with any measure word, 名 with 人 and 位, 台 with 辆.

    >>> compatible_units("个", "家"), compatible_units("", "架次"), compatible_units("", "%")
    (True, True, False)
    """
    a, b = canonical_unit(a), canonical_unit(b)
    if a == b:
        return True
    if a in RATES or b in RATES:
        return False
    if not a or not b:
        return True
    if a in PERSONS and b in PERSONS:
        return True
    counted = COUNTERS | PERSONS
    return ("个" in (a, b) and a in counted and b in counted) or {a, b} == {"辆", "台"}
