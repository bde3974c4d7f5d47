from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.normalise import arabic_numerals, fold, normalise_question

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "二〇零一两十百千万亿年月日届个%第几数半点分之上下 　，,。？?!！…—車產業後ＡＩ１２ａ\u200b\ufeff\t去今"
        ),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("二〇二四年", "2024年"),
        ("二零二四年重慶新能源車產量是多少？？", "2024年重庆新能源车产量是多少?"),
        ("連續承辦七屆", "连续承办7届"),
        ("十二个国家", "12个国家"),
        ("增长百分之二十五", "增长25%"),
        ("百分之五点三", "5.3%"),
        ("去年　 上半年 AI  产业规模 ?", "去年上半年AI产业规模?"),
        ("ＡＩ产业 ２０２４年", "AI产业2024年"),
        ("a\u200bb\ufeff c\x00d", "ab cd"),
        ("第四名是谁", "第4名是谁"),
        ("九月五日至八日", "9月5日至8日"),
        ("三百二十五万辆", "325万辆"),
        ("一万二千亿元", "1.2万亿元"),
        ("十年后", "10年后"),
        ("前三季度", "前3季度"),
        ("上午九点三十分", "上午9点30分"),
        ("what   is  new ?", "what is new ?"),
        ("真的吗？？？！！", "真的吗?!"),
        ("", ""),
    ],
)
def test_normalises(text: str, normalised: str) -> None:
    assert normalise_question(text) == normalised


@pytest.mark.parametrize(
    "text",
    "一样 一般 十分重要 三农 万一 第一时间 一个 上一届 几十个 十几个 数百家 两三个 三大产业 十四五 二十大 "
    "千万不要 百姓 一带一路 三分之一 一半 二十几个 长三角 500万千瓦时 二手车 一分为二".split(),
)
def test_leaves_words_alone(text: str) -> None:
    assert normalise_question(text) == text


@given(MIXED)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_question(text)
    assert normalise_question(once) == once


@given(MIXED)
def test_arabic_numerals_leave_other_text_alone(text: str) -> None:
    without_numerals = "".join(
        character for character in text if not character.isnumeric() and character not in "百千万亿两"
    )
    assert arabic_numerals(without_numerals) == without_numerals


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ＡＩ產業，２０２４年", "ai产业,2024年"), ("「Ａ」　İß", "「a」 İß"), ("\ud800", "\ud800"), ("後來", "后来")],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet=st.one_of(st.characters(), st.characters(categories=["Cs"])), max_size=40))
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert "".join(fold(character) for character in text) == folded


def test_opencc_is_loaded_on_first_use_only() -> None:
    code = "import sys, rag.text.normalise, rag.text.numbers; sys.exit('opencc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


@pytest.mark.parametrize("piece", ["3 ", "一", "百分之", "？", " ", "。", "9月"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    normalise_question(text)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("“盐工的一天”全程多久？", "“盐工的一天”全程多久?"),
        ("《三生三世》印了三千册吗", "《三生三世》印了3000册吗"),
        ("是哪一年建的", "是哪一年建的"),
        ("每一届都来吗", "每一届都来吗"),
    ],
)
def test_what_is_quoted_or_asked_keeps_its_numerals(question: str, expected: str) -> None:
    assert normalise_question(question) == expected
