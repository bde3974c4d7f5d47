"""Measure words and units: what a number in Chinese text counts or measures. Data, and how units compare."""

from __future__ import annotations

import re

CURRENCY_SIGNS = {
    "¥": "元",
    "rmb": "元",
    "cny": "元",
    "us$": "美元",
    "usd": "美元",
    "hk$": "港元",
    "$": "美元",
    "€": "欧元",
    "£": "英镑",
}
"""A sign before an amount (folded), and the unit it means."""

_RATES = "百分点 % ‰ 倍 成 番"
_PERSONS = "名 人 位"
_COUNTERS = """
    个 家 项 辆 台 架 座 条 件 款 种 类 批 次 届 场 套 艘 部 只 头 匹 株 棵 朵 颗 粒 枚 支 枝 把 张 幅 本 册 篇 首 份 封 页 行 句 字
    户 口 对 双 组 队 班 排 栋 幢 间 层 楼 处 所 站 趟 列 节 段 期 轮 局 届 遍 回 门 课 道 题 步 根 片 块 顶 床 扇 盏 盘 碗 杯 瓶 桶 袋 箱 包
    盒 罐 股 笔 单 桩 宗 起 例 则 章 档 级 代 号 岁 室 席 票 票次 发 枪 拳 脚 声 眼 面 团 群 伙 帮 派 系列 大 航班 车次 班次 场次 批次 频次 款次
    人次 架次 辆次 艘次 户次 台次 件次 人份 台套 台件 人天 标箱 标准箱 集 季 字节 比特 像素 万像素 关 环 分 胎 尾 羽 棒 孔 梯
"""
_TIME = (
    "年 个月 周 星期 天 日 小时 钟头 刻钟 分钟 秒 秒钟 毫秒 微秒 纳秒 学年 学期 季度 工作日 世纪 周年 昼夜 夜 晚 周岁"
)
_LENGTH = "公里 千米 米 分米 厘米 毫米 微米 纳米 英里 英尺 英寸 海里 光年 里 尺 寸 丈 车公里 人公里 吨公里"
_AREA = "平方公里 平方千米 平方米 平方厘米 平方毫米 平米 公顷 亩 顷 平方英里 平方英尺"
_VOLUME = "立方米 立方厘米 立方 升 毫升 加仑 桶 标准立方米"
_MASS = "吨 公斤 千克 克 毫克 微克 斤 两 盎司 磅 标准煤 吨标准煤"
_ENERGY = "千瓦时 瓦时 兆瓦时 吉瓦时 千瓦 兆瓦 吉瓦 瓦 焦耳 焦 千焦 卡路里 大卡 千卡 卡 马力 伏 伏特 千伏 安 安培 安时 毫安时 毫安 千伏安 欧姆"
_OTHER = (
    "摄氏度 华氏度 度 度电 ℃ °c °f 赫兹 赫 兆赫 千兆赫 吉赫 帕 千帕 兆帕 分贝 牛 牛米 转 克拉 流明 元/吨 核 万核 卡时"
    " 票房 浮点 次浮点运算 位数 股数 车位 床位 席位 泊位 机位 点 时"
)
_MONEY = (
    "元 人民币 美元 欧元 日元 港元 港币 英镑 韩元 卢布 卢比 澳元 加元 新元 瑞郎 泰铢 块钱 块 毛 角 美金 元人民币 美分"
)
_LATIN = {
    "km": "公里", "m": "米", "cm": "厘米", "mm": "毫米", "μm": "微米", "um": "微米", "nm": "纳米", "kg": "公斤", "g": "克",
    "mg": "毫克", "t": "吨", "l": "升", "ml": "毫升", "h": "小时", "min": "分钟", "s": "秒", "ms": "毫秒",
    "kwh": "千瓦时", "mwh": "兆瓦时", "gwh": "吉瓦时", "kw": "千瓦", "mw": "兆瓦", "gw": "吉瓦", "w": "瓦", "v": "伏", "kv": "千伏",
    "mah": "毫安时", "hz": "赫兹", "khz": "千赫", "mhz": "兆赫", "ghz": "吉赫", "pa": "帕", "kpa": "千帕", "mpa": "兆帕", "db": "分贝",
    "bit": "比特", "byte": "字节", "kb": "KB", "mb": "MB", "gb": "GB", "tb": "TB", "pb": "PB", "eb": "EB", "bps": "bps", "kbps": "Kbps",
    "mbps": "Mbps", "gbps": "Gbps", "tops": "TOPS", "flops": "FLOPS", "tflops": "TFLOPS", "pflops": "PFLOPS", "eflops": "EFLOPS",
    "percent": "%", "per cent": "%", "pct": "%", "teu": "标箱", "ha": "公顷", "km2": "平方公里", "km²": "平方公里", "㎡": "平方米",
    "m²": "平方米", "m2": "平方米", "m³": "立方米", "m3": "立方米", "㎞": "公里", "㎏": "公斤", "hours": "小时", "hour": "小时",
    "years": "年", "year": "年", "days": "天", "day": "天", "yuan": "元", "dollars": "美元", "usd": "美元", "rmb": "元", "cny": "元",
    "people": "人", "times": "倍", "vehicles": "辆", "companies": "家", "seconds": "秒", "minutes": "分钟",
}  # fmt: skip
"""Units in Latin letters (folded) and the unit they are reported as."""

_SAME = {
    "千米": "公里", "平方千米": "平方公里", "千克": "公斤", "平米": "平方米", "立方": "立方米", "℃": "摄氏度", "°c": "摄氏度", "°f": "华氏度",
    "人民币": "元", "元人民币": "元", "块钱": "元", "美金": "美元", "港币": "港元", "钟头": "小时", "秒钟": "秒", "星期": "周",
    "周岁": "岁", "度电": "千瓦时", "标准箱": "标箱", "百分比": "%", "大卡": "千卡", "赫": "赫兹", "伏特": "伏", "安培": "安", "焦耳": "焦",
    "日": "天", "吨标准煤": "标准煤",
}  # fmt: skip
"""Units of one size under two names: reported as they stand, compared as one."""

COUNTERS = frozenset(_COUNTERS.split())
PERSONS = frozenset(_PERSONS.split())
RATES = frozenset(_RATES.split())
MEASUREMENTS = frozenset(f"{_TIME} {_LENGTH} {_AREA} {_VOLUME} {_MASS} {_ENERGY} {_OTHER} {_MONEY}".split()) - {
    "点",
    "时",
    "度",
    "两",
}
UNITS = COUNTERS | PERSONS | RATES | MEASUREMENTS | {"点", "时", "度", "两"}

# A measure word is not one where it begins one of these words.
_NOT_BEFORE = {
    "人": "工民机均才口力物类文际体生", "家": "庭", "成": "都为功立果员长本交熟渝就品份", "名": "称义", "位": "置于", "天": "然空津",
    "本": "届次次报地土市省国区", "大": "连庆量概约家多", "年": "轻青代产度", "号": "召称", "面": "向对积", "分": "别析布之子享为",
    "点": "[零一二三四五六七八九0-9燃击亮]", "级": "别", "行": "业动", "集": "群中团", "季": "节", "关": "于系键注", "部": "分署",
    "起": "到来着", "包": "括含", "组": "织成", "对": "于外接应", "节": "能日", "发": "展布", "环": "境保", "双": "方向", "升": "级至", "段": "落",
    "期": "间", "道": "路", "回": "来应", "卡": "车", "安": "全装", "转": "型化", "单": "位", "所": "有以谓", "时": "代间", "口": "岸", "周": "边",
    "里": "程面", "度": "过假", "牛": "奶肉", "元": "旦宇素", "系列": "", "两": "[岸江湖地会]", "站": "在", "伏": "击", "章": "程", "份": "额",
    "角": "度色", "夜": "间", "晚": "上间", "股": "份", "代": "表理", "张": "[家三]", "秒": "杀", "核": "心", "类": "似", "户": "外", "派": "出",
}  # fmt: skip


def _pattern(unit: str) -> str:
    following = _NOT_BEFORE.get(unit, "")
    escaped = re.escape(unit)
    if not following:
        return escaped
    return f"{escaped}(?!{following if following.startswith('[') else '[' + following + ']'})"


def _latin_pattern(unit: str) -> str:
    return rf"{re.escape(unit)}(?![a-z0-9])" if unit[-1].isascii() else re.escape(unit)


_by_length = sorted(UNITS, key=lambda unit: (-len(unit), unit))
_SIMPLE = "|".join([_pattern(unit) for unit in _by_length])
_LATIN_PATTERN = "|".join(_latin_pattern(unit) for unit in sorted(_LATIN, key=lambda unit: (-len(unit), unit)))
UNIT_PATTERN = rf"(?:(?:{_SIMPLE}|{_LATIN_PATTERN})(?:/(?:{_SIMPLE}|{_LATIN_PATTERN}))?)"
"""Matches one unit, longest first, on folded text; a rate such as 公里/小时 is one unit."""


def canonical_unit(unit: str) -> str:
    """The unit under its one name, for comparing: 千米 and km are 公里, ℃ is 摄氏度.

    >>> canonical_unit("km/h"), canonical_unit("平米"), canonical_unit("辆")
    ('公里/小时', '平方米', '辆')
    """
    return "/".join(_SAME.get(named, named) for named in (_LATIN.get(part, part) for part in unit.lower().split("/")))


def reported_unit(unit: str) -> str:
    """The unit as :class:`Quantity` names it: Latin units in their usual case or Chinese name, others as they stand."""
    return "/".join(_LATIN.get(part, part) for part in unit.split("/"))
