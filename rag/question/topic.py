"""What a question is about, less what it asks."""

from __future__ import annotations

import re

MEASURE = (
    "个(?![人体])|家(?![庭长具])|辆|项(?!目)|座(?!位)|件|条(?!件)|种(?!类)|台|套|张|场(?![馆地次所])"
    "|位(?!置)|名(?![人单额称])|次(?!数)|款|所|支"
    "|只|艘|架(?!次)|部(?![门分队])|份(?!额)|批|间|处|栋|棵|头|本(?!地)|届"
)
"""Measure words, as alternatives of a pattern: 项 in 多少项, not in 项目."""
_QUESTION_PART = re.compile(
    r"有?多(?:长|大|高|远|久|深|宽|重|快|厚)|"
    r"[是在]?(?:什么时候|何时|哪一?[年天])|为什么|为何|(?:分别|一共|总共|共|大概|大约)*(?:了|有|是|为|达|达到|达到了"
    r"|等于|占)*(?:多少|几)(?:(?:"
    rf"{MEASURE}|万|亿|元|吨|米|公里|小时|天|分钟|个月)+)?"
    rf"|(?:分别|一共|总共|共)*(?:了|是|为|叫|有)?(?:什么样的|什么|哪些|哪一?(?:{MEASURE})|怎么样|怎样|如何"
    r"|谁|啥)|在?(?:哪里|哪儿)"
    r"|(?:吗|呢|吧)(?=[？?。]*$)|(?:请问|请|告诉我|介绍一下|介绍|你知道)|有没有|是不是|是否"
)
_ASKED_OF: tuple[tuple[tuple[str, ...], str], ...] = (
    (("时间", "日期"), "是什么时候"),
    (("地点", "位置", "地址"), "是哪里"),
    (("作者",), "是谁"),
    (
        tuple(
            "原因 理由 意义 目的 作用 影响 结果 特点 优势 功能 内容 主题 名称 名字 背景 进展 现状 情况 用途 "
            "来源 类型 种类 标准 目标 措施".split()
        ),
        "是什么",
    ),
)


def topic_of(question: str) -> str:
    """What a question is about: the question less its interrogative part.

    Example:
        >>> topic_of("故宫有多少个展馆?")
        '故宫展馆'
    """
    return re.sub(r"^(?:那么|那)(?![曲达坡])|^到(?=\d)|(?<=[\u4e00-\u9fff])了$", "", without_question(question))


def without_question(text: str) -> str:
    """Any stretch of a question less its interrogative words."""
    return _QUESTION_PART.sub("", text).strip(" ？?。！!，,、的")


def asked_of(attribute: str) -> str:
    """How one asks for an attribute: 产量 is 是多少, 原因 is 是什么, 地点 is 是哪里."""
    for words, asked in _ASKED_OF:
        if attribute.endswith(words):
            return asked
    return "是多少"
