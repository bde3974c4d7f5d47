from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.chitchat import CHITCHAT_KINDS, chitchat_kind, chitchat_reply
from rag.question.understand import complete


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你好", "greeting"),
        ("您好！", "greeting"),
        ("早上好啊~", "greeting"),
        ("hello", "greeting"),
        ("Hi there!", "greeting"),
        ("Good morning", "greeting"),
        ("你好，在吗？", "greeting"),
        ("谢谢", "thanks"),
        ("非常感谢您的帮助！", "thanks"),
        ("Thanks a lot!", "thanks"),
        ("thank you", "thanks"),
        ("好的", "thanks"),
        ("再见", "goodbye"),
        ("拜拜~", "goodbye"),
        ("谢谢，再见！", "goodbye"),
        ("谢谢，帮大忙了", "thanks"),
        ("好的谢谢", "thanks"),
        ("辛苦了", "thanks"),
        ("太棒了谢谢", "thanks"),
        ("谢谢你，帮了我大忙！", "thanks"),
        ("非常有用，谢谢", "thanks"),
        ("谢谢，很有帮助", "thanks"),
        ("真的很感谢", "thanks"),
        ("麻烦你了", "thanks"),
        ("原来如此，谢谢", "thanks"),
        ("谢谢你，解释得很清楚", "praise"),
        ("thank you, very helpful", "thanks"),
        ("bye", "goodbye"),
        ("你是谁？", "identity"),
        ("你叫什么名字", "identity"),
        ("你能做什么？", "identity"),
        ("Who are you?", "identity"),
        ("真棒！", "praise"),
        ("你真聪明", "praise"),
        ("well done", "praise"),
        ("答非所问", "complaint"),
        ("你答错了", "complaint"),
        ("That's wrong!", "complaint"),
        ("测试", "test"),
        ("test", "test"),
        ("ping", "test"),
    ],
)
def test_whole_messages_of_small_talk(text: str, kind: str) -> None:
    assert chitchat_kind(text) == kind
    assert complete(text).chitchat == kind


@pytest.mark.parametrize(
    "text",
    [
        "谢谢，那2024年呢？",
        "你好，故宫有多少件藏品？",
        "再见是哪一年拍的？",
        "history of the museum",
        "hi-tech exports",
        "测试中心在哪里？",
        "不错的球员有哪些？",
        "好望角在哪里？",
        "Who are you going to sign?",
        "早稻产量是多少",
        "你是谁写的",
        "test results of 2024?",
        "谢谢你的花这首歌是谁唱的",
        "",
        "？",
        "馆长是谁？",
        "说详细",
        "讲清楚",
        "谢谢，那上海呢？",
        "帮助中心在哪里？",
        "很有帮助的政策有哪些？",
    ],
)
def test_questions_are_no_small_talk(text: str) -> None:
    assert chitchat_kind(text) is None


@pytest.mark.parametrize("kind", CHITCHAT_KINDS)
def test_every_kind_has_a_reply_in_both_languages(kind: str) -> None:
    chinese, english = chitchat_reply(kind, "zh"), chitchat_reply(kind, "en")  # type: ignore[arg-type]
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)
    assert english.isascii()
    assert "\n" not in chinese + english


@given(st.text(max_size=60))
def test_any_text_is_small_talk_of_a_known_kind_or_none(text: str) -> None:
    assert chitchat_kind(text) in {None, *CHITCHAT_KINDS}
