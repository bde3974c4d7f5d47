"""Whole enumerations around a part of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.evidence import Sentence, gather
from rag.answer.spans.enumeration import asked_count, enclosing
from rag.text.normalise import fold
from rag.types import Span
from tests.answer.paragraphs import article_of, passages_of

RULES = "馆里给义工定了三条规矩：来了先签到；走的时候把书放回原处；手机调成静音。今年义工有42人。"
SERIES = "厂里亏钱有几个缘故。一是棉价涨了两成。二是旧机器费电，每月多花3万元。三是订单少了。明年会好些。"
ONE_SENTENCE = "下半年他要做两件事，一方面把老渡口修好，另一方面给船工办保险。"
WORDS = "合作社种植茶叶、核桃、板栗和油桐，去年卖了80万元，其中茶叶、核桃占六成。"


def sentences_of(text: str) -> list[Sentence]:
    article = article_of(text, date(2024, 5, 1))
    return gather(passages_of(article), {article.id: article})


def found(text: str, part: str, count: int | None = None) -> str | None:
    start = text.index(part)
    enumeration = enclosing(Span(start, start + len(part)), sentences_of(text), count)
    return text[enumeration.span.start : enumeration.span.end] if enumeration else None


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        (RULES, "来了先签到", "来了先签到；走的时候把书放回原处；手机调成静音"),
        (RULES, "手机调成静音", "来了先签到；走的时候把书放回原处；手机调成静音"),
        (RULES, "42人", None),
        (SERIES, "棉价涨了两成", "一是棉价涨了两成。二是旧机器费电，每月多花3万元。三是订单少了"),
        (SERIES, "订单少了", "一是棉价涨了两成。二是旧机器费电，每月多花3万元。三是订单少了"),
        (SERIES, "明年", None),
        (ONE_SENTENCE, "给船工办保险", "一方面把老渡口修好，另一方面给船工办保险"),
        (WORDS, "核桃、板栗", "茶叶、核桃、板栗和油桐"),
        (WORDS, "茶叶、核桃、板栗", "茶叶、核桃、板栗和油桐"),
        (WORDS, "80万元", None),
        ("她请来木匠老周、瓦匠老吴、漆匠老郑三人。", "瓦匠老吴、漆匠老郑三人", "木匠老周、瓦匠老吴、漆匠老郑三人"),
    ],
)
def test_a_part_grows_to_the_whole(text: str, part: str, whole: str | None) -> None:
    assert found(text, part) == whole


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("首先感谢大家。镇上有三家茶馆。最后一班船晚上8点开。", "三家茶馆"),
        ("星期一是厨师休息，星期二是老师来。", "厨师"),
        ("周末上午8:30开馆；周一闭馆；晚上有讲座。", "周一闭馆"),
        ("一是早起，三是跑步。", "早起"),
    ],
)
def test_what_is_not_counted_off_is_no_series(text: str, part: str) -> None:
    assert found(text, part) is None


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("一是早起和喝水，二是读书。", "早起和喝水", "一是早起和喝水，二是读书"),
        ("她定了规矩：一是“早起”，二是“喝水”。", "早起", "一是“早起”，二是“喝水”"),
        ("步骤有三。首先，洗净。其次，切块。最后，下锅。", "切块", "首先，洗净。其次，切块。最后，下锅"),
        ("第一，要快。第二，要稳。", "要稳", "第一，要快。第二，要稳"),
    ],
)
def test_a_series_is_given_whole(text: str, part: str, whole: str) -> None:
    assert found(text, part) == whole


def test_the_count_that_is_asked_for_chooses() -> None:
    assert found(WORDS, "油桐", 4) == "茶叶、核桃、板栗和油桐"
    assert found(WORDS, "油桐", 3) is None
    assert found(SERIES, "二是旧机器费电", 3) == found(SERIES, "棉价涨了两成")


def test_a_series_that_begins_anew_is_another() -> None:
    text = "开头有两点。一是早起，二是喝水。后来又添了两点。一是跑步，二是读书。"
    assert found(text, "读书") == "一是跑步，二是读书"
    assert found(text, "早起") == "一是早起，二是喝水"


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("他定的三条规矩是什么？", 3),
        ("推出了哪五个特展？", 5),
        ("12个项目有哪些", 12),
        ("他说的2026年下半年“三张清单”是什么？", 3),
        ("第三条规矩是什么？", None),
        ("有哪些规矩？", None),
        ("一条规矩是什么？", None),
        ("三十个人去了哪里？", None),
        ("第12条规矩是什么？", None),
        ("第十二条规矩是什么？", None),
        ("为什么三家店关了？", None),
        ("为什么2023年产量下降？", None),
        ("9月5日有哪些活动？", None),
        ("四五个人是谁？", None),
    ],
)
def test_how_many_things_are_asked_for(question: str, count: int | None) -> None:
    assert asked_count(fold(question)) == count


@given(
    st.lists(st.sampled_from("茶叶 核桃 板栗 油桐 香菇 木耳 花椒".split()), min_size=2, max_size=6, unique=True),
    st.data(),
)
def test_any_item_finds_all_items(items: list[str], data: st.DataObject) -> None:
    text = f"他带回来的有：{'；'.join(items)}。路上走了3天。"
    assert found(text, data.draw(st.sampled_from(items)), len(items)) == "；".join(items)
