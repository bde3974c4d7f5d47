"""The regular expressions behind :func:`rag.text.numbers.find_quantities`; all work on folded text.

Each is bounded in length or matches without looking back, so a scan is linear in the text.
"""

from __future__ import annotations

import re

from rag.text.chinese_numerals import NUMERAL_CHARACTERS
from rag.text.measure_words import CURRENCY_SIGNS, UNIT_PATTERN

# 千 and 百 belong to the unit in 千瓦, 千克, 百帕 and the like.
_NOT_A_UNIT = r"(?![瓦克米卡伏帕赫焦])"
_SCALE = rf"(?:[百千]{_NOT_A_UNIT}[万亿]?|十[万亿]|万亿?|亿)"
_ENGLISH_SCALE = r"(?:[ ]?(?:thousand|million|billion|trillion)(?![a-z]))"

NUMBER = re.compile(
    rf"""
    (?P<per>[百千万])分之(?P<per_arabic>[0-9]+(?:\.[0-9]+)?)
  | (?P<per_chinese>[百千万])分之(?P<per_numeral>[{NUMERAL_CHARACTERS}]{{1,8}}(?:点[〇零一二三四五六七八九]{{1,6}})?)
  | (?P<denominator>[0-9]{{1,4}}|[二三四五六七八九十]{{1,3}})分之(?P<numerator>[0-9]{{1,4}}|[一二三四五六七八九十]{{1,3}})
  | (?P<negative>(?<![0-9a-z\u4e00-\u9fff)\]])-|零下|负)?
    (?P<arabic>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,6}}(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)
    (?:(?P<few>[多余几])(?=[万亿]))?
    (?:[ ]?(?P<scale>{_SCALE})(?P<rest>[0-9]{{1,4}}(?:[万千]{_NOT_A_UNIT})?(?![0-9.,]))?|(?P<english>{_ENGLISH_SCALE}))?
  | (?P<vague>[数几])?(?P<chinese>(?:(?![百千][瓦克米卡伏帕赫焦])[{NUMERAL_CHARACTERS}]){{1,24}}(?:点[〇零一二三四五六七八九]{{1,9}}[万亿]{{0,2}})?)
    (?:(?P<chinese_few>[多余几])(?P<chinese_scale>[万亿]{{1,2}}))?
    """,
    re.VERBOSE,
)
"""One number: a share (百分之…, 三分之…), Arabic digits with 万 and 亿, or a Chinese numeral."""

SUFFIX = re.compile(
    rf"""
    (?P<plus>\+(?![0-9a-z]))?
    (?P<few>[多余几来](?![功样边维媒极自到]|元[化素]|方[面式]|年来))?
    [ ]?(?P<unit>个(?P<few_inside>[多余])?(?P<of_these>月|小时|百分点|星期|钟头|工作日|世纪|学期|学年|季度)|(?P<measure>{UNIT_PATTERN}))?
    (?P<few_after>(?:多|有余)(?![功样边种维方媒极项位个次点元]))?
    (?P<after>以上|以下|以内|之内|之多|左右|上下)?
    """,
    re.VERBOSE,
)
"""What follows a number: 余, 多, the unit, 多 again, 以上."""

OVER = "不少于 不低于 不下 超过 超出 高于 大于 多于 至少 最少 突破 超 逾".split()
UNDER = "不超过 不多于 不高于 不足 不到 低于 少于 小于 至多 最多 接近 将近 近".split()
ABOUT = "大约 大概 约为 约".split()


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SIGNS = "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True))
PREFIX = re.compile(
    rf"""
    (?:(?P<over>{_any(OVER)})|(?P<under>(?<![附最靠临邻相])(?:{_any(UNDER)}))|(?P<about>{_any(ABOUT)})|(?P<more_than>[上过破]))?
    [ ]?(?P<ordinal>第)?(?P<currency>{_SIGNS})?[ ]?$
    """,
    re.VERBOSE,
)
"""What stands right before a number: 超过, 近, 约, 第, ￥. Searched in the few characters before it."""

PREFIX_LENGTH = 8

RANGE = re.compile(r"[ ]?(?:[—–~-]{1,2}|至|到)[ ]?")
"""What joins the two ends of a range."""

FIRST = re.compile(r"首(?P<unit>[届批个次家条位名座款台辆艘架部只项期轮季])(?![都席要先])")
"""首届, 首批: an ordinal without a numeral."""

NOT_A_NUMBER = re.compile(
    r"十分(?!之|钟)|万分(?!之)|千万(?=别|不|要|注意)|万一|三农|一时|一分|三番|百分(?!之|点)|两岸|两会|两江|两地|千家万户|万家|四面八方|"
    r"五花八门|一五一十|三三两两|一家|三峡|三角|第一时间|第一线|第一手|第一书记|第二课堂|第三方|第三者|千里|万里|百年|千年|万年|八路军|九龙|"
    r"四川|六安|五台|三亚|三门|三明|九江|十堰|一带一路|四舍五入|三位一体|七夕|二维|三维|百家|百度|千方百计|万水千山|万人空巷|二手|二线|"
    r"一线|三线|五一|十一黄金|六一|八一|七一|双十一|三国|两国|两者|两手|百姓|百货|百科|万物|万象|万事|万千|千兆|千百万|亿万|万科"
)
"""Words that begin with a numeral and count nothing."""
