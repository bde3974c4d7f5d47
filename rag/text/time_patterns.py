"""The regular expression behind :func:`rag.text.dates.find_times`: how Chinese text names a time."""

from __future__ import annotations

import re

from rag.text.measure_words import COMMON_UNIT_PATTERN

RELATIVE_YEARS = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "前一年": -1,
    "今年": 0, "本年": 0, "明年": 1, "后年": 2, "大后年": 3,
    "上上一届": -2, "上上届": -2, "上一届": -1, "上届": -1, "前一届": -1, "本届": 0, "这一届": 0, "这届": 0,
    "下一届": 1, "下届": 1, "last year": -1, "this year": 0, "next year": 1,
}  # fmt: skip
"""Years counted from that of the text. An event held every year has one edition (届) a year."""

RELATIVE_MONTHS = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "下个月": 1, "下月": 1}
RELATIVE_WEEKS = {"上周": -1, "本周": 0, "这周": 0, "下周": 1}
RELATIVE_DAYS = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}

_DIGIT = "0-9〇零一二三四五六七八九"
_YEAR = rf"(?:[12][0-9]{{3}}|[一二][{_DIGIT}]{{3}})"
_SMALL = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_COUNT = r"(?:[0-9]{1,3}|[一二两三四五六七八九十百]{1,4}|半)"
_TO = r"[—–\-~至到]{1,2}"
# Each alternative is bounded in length, so the scan is linear in the text.
_ALONE = rf"(?:(?<![{_DIGIT}十百千万亿两几数第])|(?<=[初高大][一二三四])(?=[0-9]))(?<![0-9][.,])"
"""No number goes on to the left; a year at school does (初二9月2日)."""


_ENDS_WORD_BEFORE = {
    "上年": "以之晚早网线史界身路场街天础论实加赶跟",
    "下": "以线",
    "今": "如当现",
    "前": "目当提此之以日午史生",
    "去": "过失",
    "后": "以之此最今先然背产落",
    "明": "说证表声透文光鲜发",
    "本": "资基日版成书样剧文根原哪几两每",
}
"""What joins the first character of a relative time to a word before it: 目前年产能, 如今年轻人, 网上年货节."""


def _any(words: dict[str, int]) -> str:
    return "|".join(_whole(word) for word in sorted(words, key=len, reverse=True))


def _whole(word: str) -> str:
    # 上周 and 上月 go without: 媒体上周 and 当地上月 are as common as 晚上.
    before = _ENDS_WORD_BEFORE.get(word) or _ENDS_WORD_BEFORE.get(word[0])
    return f"(?<![{before}]){word}" if before else word


def _part(prefix: str) -> str:
    """The part of a year: its group names start with ``prefix``, for a name may stand once in an expression."""
    return rf"""
    (?P<{prefix}half>[上下])半年
  | [前头](?P<{prefix}first_quarters>[二两三23])个?季度
  | 第?(?P<{prefix}quarter>[一二三四1-4])季度
  | [前头首](?P<{prefix}first_months>{_SMALL}|两)个?月
  | (?P<{prefix}month_from>{_SMALL})月?{_TO}(?P<{prefix}month_to>{_SMALL})月(?!{_SMALL}[日号])份?
  | (?P<{prefix}month>{_SMALL})月(?:份
      | (?P<{prefix}day>{_SMALL})(?:[日号]|(?={_TO}{_SMALL}[日号]))
        (?:{_TO}(?:(?P<{prefix}to_month>{_SMALL})月)?(?P<{prefix}to_day>{_SMALL})[日号])?
      | (?P<{prefix}third>[上中下])旬 | (?P<{prefix}month_edge>[底末初]) )?
    """


_BEGINNING = rf"初(?![赛审评试次步级恋稿选]|中(?![旬期])|[一二三](?!(?:{COMMON_UNIT_PATTERN})(?![绩级])))"
"""The beginning of a year: no 初一 (but 去年初一场雨), neither the year at school nor the day, nor 初中, 初赛."""

# One look at the first character spares most places the long list of alternatives.
_FIRST_CHARACTER = "0-9〇零一二三四五六七八九十百两半大前去上今本明后这下昨最过近未接第头首年ltn"

EXPRESSION = re.compile(
    rf"""
    (?=[{_FIRST_CHARACTER}])(?:
    (?<![0-9.])(?P<iso_year>[12][0-9]{{3}})(?P<separator>[-/.])(?P<iso_month>[0-9]{{1,2}})(?P=separator)(?P<iso_day>[0-9]{{1,2}})(?![0-9])
  | (?<![0-9.\-])(?P<bare_from>(?:19[5-9]|20[0-4])[0-9])[—–\-~](?P<bare_to>(?:19[5-9]|20[0-4])[0-9])(?![0-9年.\-])
  | (?<![0-9.])(?P<quarter_year>[12][0-9]{{3}})年?q(?P<year_quarter>[1-4])(?![0-9a-z])
  | {_ALONE}(?P<year_from>{_YEAR})年?{_TO}(?P<year_to>{_YEAR})年(?!{_SMALL}月|[上下]半年)
  | (?: {_ALONE}(?P<year>{_YEAR})年(?!历史)(?:度)?
      | (?P<year_word>{_any(RELATIVE_YEARS).replace(" ", "[ ]")})(?:度(?!假))?(?!级)
      | {_ALONE}(?P<short_year>[0-9]{{2}})年(?=[上下]半年|第?[一二三四1-4]季度|[0-9]{{1,2}}月)
      )(?:的?(?:{_part("")}|年?(?P<edge>[底末]|{_BEGINNING})))?
  | (?P<plan>十[一二三四五六七])五(?=["”’']|时期|期间|规划|末|以来)
  | {_ALONE}(?P<decade>
      (?:(?P<century>1[0-9]|2[01]|十[七八九]|二十一?|上)世纪)?(?P<tens>[1-9]0|[二三四五六七八九]十)年代
    )
  | {_ALONE}(?P<whole_century>1[0-9]|2[01]|十[七八九]|二十一?)世纪
  | (?:最近|过去|近|(?P<ahead>未来|今后|接下来))的?(?P<span_count>{_COUNT})(?P<span_unit>年|个月|天|日|周)(?!代|前|后)
  | {_ALONE}(?<![头第])(?P<since_count>{_COUNT})年(?:来(?!了|过|多少|几个?[人位])|间)(?!自)
  | {_ALONE}(?P<shift_count>{_COUNT})(?:个(?=[年天周]))?(?P<shift_unit>年|个月|天|周)(?:之|以)?(?P<shift>[前后])
  | (?P<month_word>{_any(RELATIVE_MONTHS)})
    (?:(?P<month_word_day>{_SMALL})[日号]|(?P<month_word_third>[上中下])旬|(?P<month_word_edge>[底末初]))?
  | (?P<day_word>{_any(RELATIVE_DAYS)})
  | (?P<week_word>{_any(RELATIVE_WEEKS)})
  | {_ALONE}(?:{_part("alone_")})
  | (?<![{_DIGIT}十百千几数多余两半上下每全])年(?P<alone_edge>[底末]|{_BEGINNING})
  | {_ALONE}(?P<day_from>{_SMALL})日?{_TO}(?P<day_to>{_SMALL})日(?![游均内])
  | {_ALONE}(?P<day_alone>[0-9]{{1,2}})日(?![游均内])
  | {_ALONE}(?<![a-z\-/:])(?P<name_year>(?:19[5-9]|20[0-4])[0-9])(?=[ ]?[\u4e00-\u9fff]|[、,/](?:19|20)[0-9]{{2}}年)
    (?![ ]?(?:[十百千万亿多余几年月日号]|{COMMON_UNIT_PATTERN}))
  | (?:(?<=\bin\ )|(?<=\bof\ )|(?<=\bby\ )|(?<=\bfor\ )|(?<=\bsince\ )|(?<=\bduring\ ))
    (?P<english_year>(?:19|20)[0-9]{{2}})\b(?![.,][0-9])
    )
    """,
    re.VERBOSE,
)
"""One time, on folded text. Which alternative matched is told by its groups."""
