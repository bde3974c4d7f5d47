from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.question.understand import check_question, complete
from rag.types import Turn


@pytest.mark.parametrize("raw", ["", "   ", "\n\t", "？？？", "…！。", "😀", "\u200b\u200b", b"", b"  "])
def test_an_empty_question_is_refused_in_one_line(raw: object) -> None:
    with pytest.raises(QuestionError, match="type what you want to know") as caught:
        check_question(raw, 500)
    assert "\n" not in str(caught.value)


def test_a_long_question_is_refused_with_both_numbers() -> None:
    with pytest.raises(QuestionError) as caught:
        check_question("问" * 100_000, 500)
    assert "100000" in str(caught.value)
    assert "500" in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_question_at_the_limit_is_accepted() -> None:
    assert check_question("问" * 500, 500) == "问" * 500
    with pytest.raises(QuestionError):
        check_question("问" * 501, 500)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        ("问题".encode("gb18030"), "UTF-8"),
        (None, "NoneType"),
        (12, "int"),
        (["问"], "list"),
        ("馆长\0是谁", "U\\+0000"),
        ("馆长\ud800是谁", "U\\+D800"),
        (b"a" * 100_000, "100000"),
    ],
)
def test_what_is_no_text_is_named(raw: object, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        check_question(raw, 500)


def test_utf8_bytes_are_text() -> None:
    assert check_question("馆长是谁？".encode(), 500) == "馆长是谁？"


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_checking_gives_text_or_one_clear_line(raw: str | bytes) -> None:
    message, text = "", ""
    try:
        text = check_question(raw, 200)
    except QuestionError as error:
        message = str(error)
    assert len((message or text).strip()) > 0
    assert len(message.splitlines()) == (0 if text else 1)
    assert text == text.strip()
    assert len(text) <= 200


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("２０２４年的降水量是多少？？", "2024年的降水量是多少?"),
        ("二〇二四年的降水量是多少", "2024年的降水量是多少"),
        ("  故宫  有多少件藏品 ", "故宫有多少件藏品"),
        ("故宮博物院在哪裡", "故宫博物院在哪里"),
    ],
)
def test_the_question_is_normalised_and_the_original_kept(raw: str, text: str) -> None:
    draft = complete(raw)
    assert (draft.original, draft.text, draft.language) == (raw, text, "zh")


_FRAGMENTS = [
    "那上海呢？",
    "他说了什么？",
    "2023年的呢？",
    "为什么？",
    "这家公司",
    "其他的呢",
    "第二个呢",
    "故宫有多少件藏品",
    "Who?",
    "What about 2023?",
    "it",
]
_TEXT = st.one_of(
    st.sampled_from(_FRAGMENTS),
    st.text(
        alphabet="他她它那这呢的是谁什么多少年去今上下半届第一二三王北京故宫公司中心0123?？，。“”《》 abWhat",
        max_size=30,
    ),
    st.text(max_size=80),
)
_HISTORY = st.lists(
    st.builds(Turn, role=st.sampled_from(["user", "assistant", "system"]), content=_TEXT),
    max_size=8,
)


@given(_TEXT, _HISTORY)
def test_completing_never_fails_and_is_idempotent(raw: str, history: list[Turn]) -> None:
    draft = complete(raw, history)
    assert complete(draft.text, history).text == draft.text


@given(_TEXT)
def test_without_history_nothing_is_added(raw: str) -> None:
    assert complete(raw).text == complete(raw, [Turn("assistant", "北京故宫[1]"), Turn("user", "你好")]).text
