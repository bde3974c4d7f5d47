"""Who says what: statements in their forms, and questions for them, over an observatory and its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.statements import find_statements
from rag.chatbot import Chatbot
from rag.question.asked_statement import AskedStatement, asked_statement
from rag.types import Turn
from tests.conftest import OpenArticles

OBSERVATORY = """---
title: 山顶上的望远镜
publisher: 山水周报
published: 2024-11-20
---

云岭天文台的新望远镜11月15日开始观测。正如国家天文学会理事长傅听泉11月15日在致天文台的贺信中所言：“大口径镜片的国产化走完了最难的一程，观测成本会一年比一年低。天文台要把门打开，让山下的孩子也能看见星星。”

“五年内，我们有望看清银河系边缘的暗星。到2030年，巡天数据将超过40万条。”11月16日，在巡天研讨会上，云岭天文台副台长祝晚亭预测，这会改写教科书。

对于光污染，天文台台长何守拙的看法更直接。他说：“山下的霓虹灯每亮一盏，我们就少看一千颗星。”谈到经费，何守拙表示，明年的预算还差一半。

“以前上山要走四个小时，现在缆车二十分钟就到。”护林员向阿根一边巡山一边说，“我家孙子也想学天文。”

天文台食堂的厨师童小楼告诉记者，冬天的饭菜要用保温箱背上山。镜片厂董事长鲁一鸣指出，缺的不是订单，而是会磨镜片的工人。

天文台今年签下6个合作项目，金额达1.2亿元。业内人士认为，这是小天文台走向大合作的标志，也给山区带来了游客。

“云岭愿同各地天文台一道，共享巡天数据。”11月17日，在闭幕式上，云岭县向与会嘉宾发出邀约。
"""


@pytest.fixture(scope="module")
def observatory(open_articles: OpenArticles) -> Chatbot:
    return open_articles(observatory=OBSERVATORY)


LETTER = "大口径镜片的国产化走完了最难的一程，观测成本会一年比一年低"
FORECAST = "五年内，我们有望看清银河系边缘的暗星。到2030年，巡天数据将超过40万条"
LIGHTS = "山下的霓虹灯每亮一盏，我们就少看一千颗星"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("祝晚亭说了什么？", FORECAST),
        ("祝晚亭预测了什么？", FORECAST),
        ("祝晚亭在研讨会上说了些什么？", FORECAST),
        ("11月16日祝晚亭说了什么？", FORECAST),
        ("副台长祝晚亭怎么看巡天数据？", "到2030年，巡天数据将超过40万条"),
        ("祝晚亭怎么看2030年的巡天数据？", "到2030年，巡天数据将超过40万条"),
        ("傅听泉在贺信里怎么说大口径镜片？", LETTER),
        ("傅听泉说了什么？", LETTER + "。天文台要把门打开，让山下的孩子也能看见星星"),
        ("何守拙怎么评价光污染？", LIGHTS),
        ("何守拙对经费有什么看法？", "明年的预算还差一半"),
        ("谈到经费时，台长何守拙怎么说？", "明年的预算还差一半"),
        ("护林员向阿根怎么说他的孙子？", "我家孙子也想学天文"),
        ("童小楼告诉记者什么？", "冬天的饭菜要用保温箱背上山"),
        ("镜片厂董事长说了什么？", "缺的不是订单，而是会磨镜片的工人"),
        ("业内人士怎么评价合作项目？", "这是小天文台走向大合作的标志，也给山区带来了游客"),
        ("云岭县在闭幕式上说了什么？", "云岭愿同各地天文台一道，共享巡天数据"),
    ],
)
def test_what_somebody_said_is_given_word_for_word(observatory: Chatbot, question: str, short: str) -> None:
    answer = observatory.ask(question)
    assert (answer.status, answer.short) == ("answered", short)
    assert any(short[:8] in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "祝晚亭怎么看光污染？",
        "傅听泉怎么评价经费？",
        "鲁一鸣预测了什么？",
        "鲁一鸣怎么看缆车？",
        "校长何守拙怎么说光污染？",
        "镜片厂董事长祝晚亭说了什么？",
        "11月17日祝晚亭说了什么？",
        "祝晚亭在闭幕式上说了什么？",
        "祝晚亭怎么看2040年的巡天数据？",
        "业内人士怎么评价光污染？",
        "云岭县在研讨会上说了什么？",
        "李建国说了什么？",
        "他怎么看缆车票价？",
    ],
)
def test_another_speaker_topic_day_or_occasion_is_refused(observatory: Chatbot, question: str) -> None:
    assert observatory.ask(question).status == "refused"


def test_a_conversation_goes_on_with_the_next_speaker(observatory: Chatbot) -> None:
    history = [Turn("user", "祝晚亭是谁？"), Turn("assistant", "云岭天文台副台长[1]。")]
    assert observatory.ask("她说了什么？", history=history).short == FORECAST
    history += [Turn("user", "她怎么看光污染？"), Turn("assistant", "抱歉，文章没有提到。")]
    assert observatory.ask("那何守拙呢？", history=history).short == LIGHTS


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("馆长说了什么?", AskedStatement("馆长", verb="说")),
        ("馆长在开幕式上预测了什么?", AskedStatement("馆长", where="开幕式", verb="预测")),
        ("馆长对票价怎么看?", AskedStatement("馆长", "票价")),
        ("馆长对记者说了什么?", AskedStatement("馆长", verb="说")),
        ("馆长怎么回应停电?", AskedStatement("馆长", "停电", verb="回应")),
        ("谈到票价时馆长怎么说?", AskedStatement("馆长", "票价", verb="说")),
        ("馆长就票价有什么看法?", AskedStatement("馆长", "票价")),
        ("馆长的原话是什么?", AskedStatement("馆长", verb="原话")),
        ("What did 何守拙 say?", AskedStatement("何守拙", verb="say")),
        ("展览展出了什么?", None),
        ("他说了什么?", None),
        ("他怎么看票价?", AskedStatement("", "票价", verb="看")),
        ("谁说了什么?", None),
        ("馆长说过票价吗?", None),
        ("怎么评价馆长?", None),
    ],
)
def test_questions_for_a_statement_are_told_from_others(question: str, asked: AskedStatement | None) -> None:
    assert asked_statement(question) == asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("李明说：“雪停了。”", [("李明", "雪停了", True)]),
        ("“雪停了，”李明说，“路也通了。”", [("李明", "雪停了", True), ("李明", "路也通了", True)]),
        ("“雪停了”，李明说。", [("李明", "雪停了", True)]),
        ("“雪停了。”李明说。王芳表示，路通了。", [("李明", "雪停了", True), ("王芳", "路通了", False)]),
        ("他说：“雪停了。”谈到路，王芳说，路通了。", [("他", "雪停了", True), ("谈到路，王芳", "路通了", False)]),
        ("名为“星空课堂”的讲座据说很满，它被称为“山里的灯”。", []),
        ("这本小说可以说写得好，名称叫“山”。", []),
        ("“走吧！”“等等。”", []),
    ],
)
def test_statements_are_found_with_their_speakers(text: str, said: list[tuple[str, str, bool]]) -> None:
    found = find_statements(text)
    assert [(one.speaker, text[one.said.start : one.said.end], one.direct) for one in found] == said


@given(st.text(alphabet='李明说，。“”：表示雪停了！ \n"', max_size=60), st.integers(0, 1000))
def test_every_statement_is_a_slice_of_the_text(text: str, offset: int) -> None:
    for one in find_statements(text, offset):
        assert offset <= one.said.start < one.said.end <= offset + len(text)
        assert text[one.at - offset :].startswith(one.verb)
