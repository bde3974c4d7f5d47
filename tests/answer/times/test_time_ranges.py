"""From when to when: both ends, or the asked one."""

from __future__ import annotations

import pytest

from rag.answer.times.time_ranges import asked_end
from rag.question.focus import find_focus
from rag.types import Span
from tests.answer.paragraphs import sentences_of


@pytest.mark.parametrize(
    ("question", "text", "found", "asked"),
    [
        ("最晚几点发车？", "发车时间6:50—21:40。", "6:50—21:40", "21:40"),
        ("首班几点？", "发车时间6:50—21:40。", "6:50—21:40", "6:50"),
        ("几点到几点有车？", "每天22:00至次日0:30运行。", "22:00", "22:00至次日0:30"),
        ("夜班车几点结束？", "每天22:00至次日0:30运行。", "22:00", "次日0:30"),
        ("几点开门几点关门？", "上午9点到下午5点半开门。", "上午9点", "上午9点到下午5点半"),
        ("报名什么时候截止？", "报名时间为6月8日9:00至6月14日17:00。", "6月8日9:00至6月14日17:00", "6月14日17:00"),
        ("报名什么时候开始？", "报名时间为6月8日至14日。", "6月8日至14日", "6月8日"),
        # 14日 alone would not say of which month.
        ("报名什么时候截止？", "报名时间为6月8日至14日。", "6月8日至14日", "6月8日至14日"),
        # The day is asked, not the hour.
        ("活动在星期几？", "每周六19:00至21:00举行。", "每周六19:00至21:00", "每周六19:00至21:00"),
        # One hour alone, and what is no time.
        ("几点开门？", "上午9点开门。", "上午9点", "上午9点"),
        ("一共开了多少天？", "9:00至17:00开放，共30天。", "30天", "30天"),
    ],
)
def test_the_asked_end(question: str, text: str, found: str, asked: str) -> None:
    sentence = sentences_of(text)[0]
    start = sentence.start + sentence.text.index(found)
    span = asked_end(find_focus(question), Span(start, start + len(found)), sentence)
    assert sentence.text[span.start - sentence.start : span.end - sentence.start] == asked
