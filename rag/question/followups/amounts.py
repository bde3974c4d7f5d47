"""Follow-ups that name another amount: 存三年呢？ after 存一年利息是多少."""

from __future__ import annotations

import re

_NUMERAL = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千半]+)"
_YEAR = re.compile(r"\d{4}年")
_FRAGMENT = re.compile(
    r"^(?:(?:那么?|而|要是|如果|换成)[,，]?)?(?P<lead>[\u4e00-\u9fff]{0,3}?)"
    rf"(?P<amount>{_NUMERAL})(?P<unit>(?:(?![呢呀的])[\u4e00-\u9fff%℃]){{1,2}})的?(?:呢|呀)?[?？。 ]*$"
)


_SPAN = re.compile(
    r"^(?:(?:那么?|而|要是|如果|换成)[,，]?)?(?P<text>(?:最[\u4e00-\u9fff]{1,2}的?)?"
    rf"{_NUMERAL}(?:天|周|个?小时|分钟|个月|个?学期|个?季度))的?(?:呢|呀)[?？。 ]*$"
)
_SPAN_IN_FRAME = re.compile(rf"{_NUMERAL}(?:天|周|个?小时|分钟|个月|个?学期|个?季度)(?!后|前|内|以)")


def complete_span(text: str, frame: str) -> str | None:
    """``frame`` with the length of time that ``text`` names in the place of its own one; None if it has none.

    Example:
        >>> complete_span("最忙的1个小时呢?", "码头1天装多少货?")
        '码头最忙的1个小时装多少货?'
    """
    match, own = _SPAN.match(text), list(_SPAN_IN_FRAME.finditer(frame))
    if match is None or len(own) != 1 or own[0].group() == match["text"]:
        return None
    return frame[: own[0].start()] + match["text"] + frame[own[0].end() :]


def complete_amount(text: str, frame: str) -> str | None:
    """``frame`` with the amount that ``text`` names in the place of the one amount of its kind; None if there is none.

    Args:
        text: a normalised question.
        frame: the previous standalone question.

    Example:
        >>> complete_amount("存3年呢?", "在信用社存1年利息是多少?")
        '在信用社存3年利息是多少?'
        >>> complete_amount("2023年呢?", "2022年利息是多少?") is None
        True
    """
    match = _FRAGMENT.match(text)
    if match is None or _YEAR.search(text):
        return None
    same = [
        found
        for found in re.finditer(rf"{re.escape(match['lead'])}(?P<amount>{_NUMERAL}){re.escape(match['unit'])}", frame)
        if not _YEAR.search(found.group()) and not frame[: found.start()].endswith("第")
    ]
    if len(same) != 1 or match["amount"] == same[0]["amount"]:
        return None
    return frame[: same[0].start("amount")] + match["amount"] + frame[same[0].end("amount") :]
