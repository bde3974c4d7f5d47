"""The regular expressions behind :func:`rag.text.numbers.find_quantities`; all work on folded text.

Each is bounded in length or matches without trying again, so a scan is linear in the text.
"""

from __future__ import annotations

import re

from rag.text.chinese_numerals import NUMERAL_CHARACTERS
from rag.text.measure_words import CURRENCY_SIGNS, UNIT_PATTERN

_DIGITS = "〇零一二三四五六七八九"
# 千 and 百 belong to the unit in 千瓦, 千克, 百帕 and the like.
_UNIT_AFTER = "[瓦克米卡伏帕赫焦]"
_SCALE = rf"(?:百(?!分[点之])[万亿]?|千(?!{_UNIT_AFTER})[万亿]?|十[万亿]|万亿?|亿)"
_CHINESE = (
    rf"(?:(?![百千]{_UNIT_AFTER}|百分[点之])[{NUMERAL_CHARACTERS}]){{1,24}}(?:点[{_DIGITS}]{{1,9}}[万亿]{{0,2}})?"
)

# Behind other words - joins (歼-20, 成人票-50元) or is a code's; these are followed by a figure that may be negative.
_BEFORE_MINUS = r"(?:(?<![0-9a-z\u4e00-\u9fff)\]])|(?<=[为是到至达于约比速率润幅益额温])|(?<=温度)|(?<=增长))"
_FREEZING = r"(?<![0-9a-z℃°度~-])-(?=[0-9]{1,2}(?:\.[0-9])?(?:℃|°c|摄氏度))"
"""Degrees below zero behind any word: 城区-6.8℃."""

NUMBER = re.compile(
    rf"""
    # One look at the first character spares most places the long list of alternatives.
    (?=[0-9{NUMERAL_CHARACTERS}上下中凌清早晚傍半过负数几-])(?:
    (?P<day_part>上午|下午|中午|凌晨|清晨|早上|晚上|傍晚|晚|早)?
    (?<![0-9:.,{_DIGITS}十])(?P<hour>[0-9]{{1,2}}|[{_DIGITS}十]{{1,3}})(?:
        :(?P<minute>[0-5][0-9])(?![0-9:])
      | [点时](?:(?P<minutes>[0-9]{{1,2}}|[{_DIGITS}十]{{1,3}})分(?![钟之])|(?P<half_past>半)|整(?!理|个|体))
      | (?(day_part)[点时]|(?<=[0-9])时(?![代间装尚速长常期段尺分])))
  | (?P<per>[百千万])分之(?:(?P<per_arabic>[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)|(?P<per_chinese>{_CHINESE}))
  | (?P<denominator>[0-9]{{1,4}}|[二三四五六七八九十]{{1,3}})
    分之(?P<numerator>[0-9]{{1,4}}|[一二三四五六七八九十]{{1,3}})
  | (?P<half>一半|半数|过半(?![个年天月小]))
  | (?<![上下多大前后一])(?P<half_of>半)(?=年|个月|天|小时|分钟|个小时|公里|个世纪)
  | (?:(?P<negative>{_BEFORE_MINUS}-(?=[0-9])|{_FREEZING}|零下|负))?(?:
        (?P<arabic>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,6}}(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)
        (?:(?P<few>[多余几])(?=[万亿]))?
        (?:
            [ ]?(?P<scale>{_SCALE})
            (?:(?P<rest>[0-9]{{1,4}})(?P<rest_scale>[万千百])(?!{_UNIT_AFTER}|分[点之])
                |(?P<tail>[0-9](?:[0-9]{{3}})?)(?![0-9.,万千百十亿]))?
          | [ ]?(?P<english>thousand|million|billion|trillion)(?![a-z])
        )?
      | (?P<vague>[数几])?(?P<chinese>{_CHINESE})(?:(?P<chinese_few>[多余几])(?P<chinese_scale>[万亿]{{1,2}}))?
    )
    )
    """,
    re.VERBOSE,
)
"""One number: a time of day, a share (百分之…, 三分之…), a half, Arabic digits with 万 and 亿, or a Chinese numeral."""

SUFFIX = re.compile(
    rf"""
    (?P<plus>\+(?![0-9a-z]))?
    (?P<few>[多余几来](?![功样边维媒极自到下]|元[化素]|方[面式]|年来))?
    [ ]?(?P<unit>
        个(?P<few_inside>[多余])?(?P<half_inside>半)?(?P<of_these>月|小时|百分点|星期|钟头|工作日|世纪|学期|学年|季度)
      | (?P<measure>{UNIT_PATTERN})
    )?
    (?:(?P<few_after>多|余|有余)(?![功样边种维方媒极项位个次点元下]))?
    (?:(?P<half_after>半)(?![年个天数]|以(?![上下内])))?
    (?P<after>以上|以下|以内|之内|之多|左右|上下)?
    """,
    re.VERBOSE,
)
"""What follows a number: 余, 多, the unit, 多 again, 以上. Matches everywhere, nothing at least."""

OVER = "不少于 不低于 不下 超过 超出 高于 大于 多于 至少 最少 突破 超 逾".split()
UNDER = "不超过 不能超过 不得超过 不可超过 不多于 不高于 不足 不到 低于 少于 小于 至多 最多 接近 将近 近".split()
ABOUT = "大约 大概 约为 约".split()


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SIGNS = "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True))

PREFIX = re.compile(
    rf"""
    (?:
        (?P<over>{_any(OVER)})
      | (?P<under>(?<![附最靠临邻相])(?:{_any(UNDER)}))
      | (?P<about>(?<![节条公合签纽契预制])(?:{_any(ABOUT)}))
      | (?<![以网线路经通不])(?P<more_than>[上过破])
    )?
    [ ]?(?P<ordinal>第)?(?P<currency>(?<![a-z])(?:{_SIGNS}))?[ ]?$
    """,
    re.VERBOSE,
)
"""What stands right before a number: 超过, 近, 约, 第, ￥. Searched in the few characters before it; always matches."""

PREFIX_LENGTH = 8

RANGE = re.compile(r"[ ]?(?:[—–~-]{1,2}|至|到)[ ]?")
"""What joins the two ends of a range."""

TENTH = re.compile(rf"[1-9一二三四五六七八九](?![0-9{NUMERAL_CHARACTERS}]|[.,][0-9]|{UNIT_PATTERN})")
"""The second digit of 两成五."""

_ENDS_AMOUNT = rf"(?![.,][0-9])(?=[^\w]|$|[的起高宽长深厚每涨降跌到至]|左右|[以之][上下内]|一(?:{UNIT_PATTERN}))"
DECIMALS = {
    "块": re.compile(rf"(?P<digits>[1-9一二三四五六七八九])毛?钱?{_ENDS_AMOUNT}"),
    "米": re.compile(rf"(?P<digits>[1-9一二三四五六七八九]{{1,2}}){_ENDS_AMOUNT}"),
    "分": re.compile(rf"(?P<digits>[1-9一二三四五六七八九]){_ENDS_AMOUNT}"),
}
"""What is left of the point in 两块八, 一米七五, 3分5, by the unit before it: nothing but the end of the amount
follows, for 两块八仙桌 are two pieces."""

NEIGHBOURS = re.compile(
    r"(?P<ten>十)?(?P<low>[一二两三四五六七八])(?P<high>[两二三四五六七八九])(?P<scale>[十百千万亿]*)"
)
"""两三个, 七八百, 十五六: a range of two neighbouring digits."""

FIRST = re.compile(r"首(?P<unit>[届批个次家条位款台辆艘架部只项期轮季])(?!都|席|要)")
"""首届, 首批: an ordinal without a numeral."""

SCORE = re.compile(
    r"(?<![0-9.:])(?P<ours>[0-9]{1,3})比(?P<theirs>[0-9]{1,3})(?![0-9.,:万千百亿%年])"
    rf"|(?<![{NUMERAL_CHARACTERS}])(?P<our_numeral>[{_DIGITS}十]{{1,2}})比(?P<their_numeral>[{_DIGITS}十]{{1,2}})(?![{NUMERAL_CHARACTERS}])"
)
"""3比1, 七比三: the score of a match, or a ratio."""

_SCHOOL_YEAR = (
    rf"(?:(?<=初)(?<![年月]初)[一二三](?![{NUMERAL_CHARACTERS}])"
    rf"|(?:(?<=[年月]初)|(?<=^高)|(?<=[、,。;:和与及在的年届招收读到从 \n(]高))[一二三]"
    rf"(?!(?:{UNIT_PATTERN})(?![绩级])|[{NUMERAL_CHARACTERS}0-9点]))"
)
SCHOOL_YEAR = re.compile(_SCHOOL_YEAR)
"""The numeral of 初一, 高二, years at school, and of 初一, the first of a lunar month; 年初一场雨 and 高一倍 count."""

WORD = re.compile(
    r"十分(?!之|钟)|十字(?=路|形|架|花|军)|万分(?!之)|三角|五角|八角|三番|五台|三门|三台|九章|七匹|两面|四面|八面|八方|三位一体|五位一体"
    r"|三头|两头|三部曲|三级跳|一时|一分|一成不|一年一|一年四季|一年到头|一天到晚|一天天|万一|三农|三三两两|五花八门|四舍五入|[两三]点[一论]|两步走|[二三]次元|十里(?!路)|[二三四五六七]环"
    rf"|{_SCHOOL_YEAR}"
    r"|(?<=第)(?:一(?:时间|线|手|书记|产业|性|夫人|人称|桶金|资源|动力|要务|责任)|二(?:课堂|产业|曲线|春)|三(?:方|者|产业|人称))"
)
"""Words that open with a numeral and count nothing, tried where a number begins."""
