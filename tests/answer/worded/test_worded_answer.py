"""Whatever a model writes: the answer is held to the article, or it is the reader's."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answer.grounding import check_grounding
from rag.answer.worded.worded_answer import MOST_REPAIRS, MOST_SENTENCES, Progress, says_not_there, word
from rag.answer.wording import say
from rag.errors import LanguageModelError, LanguageModelFailure
from rag.llm.language_model import Deadline, Message, Usage
from rag.text.dates import find_times
from rag.types import Answer
from tests.answer.worded.village import (
    ARTICLE,
    BRIDGES,
    HARVEST,
    MAYOR,
    NOW,
    PASSAGES,
    PUBLISHED,
    TOURISM,
    YEAR_BEFORE,
    found,
    task,
)


class Scripted:
    """A model that writes the given texts in turn, the last one for ever, and fails where it is told to."""

    name = "scripted"

    def __init__(self, *texts: str, piece: int = 3, fails: LanguageModelFailure | None = None) -> None:
        self._texts = texts
        self._piece = piece
        self._fails = fails
        self.asked: list[Sequence[Message]] = []

    def write(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Usage]:
        self.asked.append(messages)
        text = self._texts[min(len(self.asked), len(self._texts)) - 1]
        for start in range(0, len(text), self._piece):
            yield text[start : start + self._piece]
        if self._fails is not None:
            raise LanguageModelError("failed", self._fails)
        return Usage(10, len(text))


def worded(model: Scripted, answer: Answer | None = None, seconds: float = 5.0) -> tuple[Answer, Progress]:
    """The answer of a model, whose pieces are checked against its text."""
    progress = Progress()
    writing = word(task(answer), model, Deadline.within(seconds), progress)
    pieces = []
    while True:
        try:
            pieces.append(next(writing))
        except StopIteration as end:
            result: Answer = end.value
            assert "".join(pieces) == result.text
            held_to_the_article(result)
            return result, progress


def held_to_the_article(answer: Answer) -> None:
    quotes = [citation.quote for citation in answer.citations]
    for citation in answer.citations:
        assert ARTICLE.text[citation.start : citation.end] == citation.quote
    assert {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)} <= {c.number for c in answer.citations}
    # A time is held by its text or by its meaning, read by the date of the article.
    times = [time for quote in quotes for time in find_times(quote, PUBLISHED)]
    said = find_times(re.sub(r"\[\d+\]", "", answer.text), PUBLISHED)
    meant = {
        time.text for time in said if any(time.period and o.period and time.period.covers(o.period) for o in times)
    }
    assert set(check_grounding(answer.text, quotes).ungrounded) <= meant


TRUE = "2023年青禾县水稻产量为30万吨[1]。"


def test_sentences_that_pass_are_the_answer() -> None:
    answer, progress = worded(Scripted(f"{TRUE}其中出口12万吨[1]。全县游客接待量今年上半年同比增长一倍[2]。"))
    assert (
        answer.text == "2023年青禾县水稻产量为30万吨[1]。其中出口12万吨[1]。全县游客接待量今年上半年同比增长一倍[2]。"
    )
    assert [citation.quote for citation in answer.citations] == [HARVEST, TOURISM]
    assert answer.mode == "llm"
    assert answer.short == "30万吨"
    assert answer.notes == ("“去年”指2023年", say("worded", "zh"))
    assert progress.usage.completion_tokens > 0


@pytest.mark.parametrize(
    "text",
    [
        "2023年青禾县水稻产量为30万吨。",
        "2023年青禾县水稻产量为30万吨[2]。",
        "2023年青禾县水稻产量为30万吨[9]。",
        "# 回答\n- **2023年**青禾县水稻产量为30万吨【1】",
        "1. 2023年青禾县水稻产量为30万吨[来源1]。",
        "2023年青禾县水稻产量为30万吨。[1]",
    ],
)
def test_marks_and_decoration_are_put_right(text: str) -> None:
    answer, _ = worded(Scripted(text))
    assert answer.text == TRUE
    assert [citation.quote for citation in answer.citations] == [HARVEST]


def test_a_wrong_sentence_is_repaired_with_the_reason() -> None:
    model = Scripted("2023年青禾县水稻产量为31万吨[1]。", TRUE)
    answer, progress = worded(model)
    assert (answer.text, progress.repaired) == (TRUE, 1)
    assert say("worded_repaired", "zh", count="1") in answer.notes[-1]
    asked = model.asked[1][-1].content
    assert "31万吨" in asked
    assert "没有这个数字" in asked


def test_a_sentence_that_stays_wrong_is_left_out() -> None:
    answer, progress = worded(Scripted(f"{TRUE}出口13万吨[1]。", "出口14万吨[1]。"))
    assert (answer.text, progress.dropped) == (TRUE, 1)
    assert say("worded_dropped", "zh", count="1") in answer.notes[-1]


def test_no_more_than_two_are_repaired() -> None:
    model = Scripted("产量31万吨[1]。产量32万吨[1]。产量33万吨[1]。产量34万吨[1]。")
    worded(model)
    assert len(model.asked) == 1 + MOST_REPAIRS


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("产量31万吨[1]。", "llm_rejected"),
        ("全县游客接待量今年上半年同比增长一倍[2]。", "llm_rejected"),
        ("2022年全县水稻产量28万吨[1]。", "llm_rejected"),
        ("文章没有提到。", "llm_unsure"),
        ("文章没有提到。全县游客接待量今年上半年同比增长一倍[2]。", "llm_unsure"),
        ("", "llm_rejected"),
        ("<think>只想不说", "llm_rejected"),
        ("Rice output was 300,000 tons[1].", "llm_rejected"),
        ("好的！", "llm_rejected"),
    ],
)
def test_without_a_sentence_that_states_the_finding_the_reader_answers(text: str, note: str) -> None:
    answer, _ = worded(Scripted(text))
    assert (answer.text, answer.mode) == ("30万吨[1]", "reader")
    assert answer.notes[-1] == say(note, "zh")


def test_nothing_is_shown_before_the_finding_is_stated() -> None:
    writing = word(
        task(), Scripted(f"2022年全县水稻产量28万吨[1]。{TRUE}完。", piece=1), Deadline.within(5), Progress()
    )
    assert [next(writing), next(writing)] == ["2022年全县水稻产量28万吨[1]。", "2023年青禾县水稻产量为30万吨[2]。"]


@pytest.mark.parametrize(("failure", "said"), [("timeout", "超时"), ("busy", "请求太多"), ("dropped", "服务出错")])
def test_a_failure_before_a_whole_sentence_gives_the_readers_answer(failure: str, said: str) -> None:
    answer, progress = worded(Scripted("2023年青禾县水稻", fails=LanguageModelFailure(failure)))
    assert (answer.text, answer.mode, progress.failure) == ("30万吨[1]", "reader", failure)
    assert said in answer.notes[-1]


def test_a_failure_after_a_whole_sentence_keeps_it() -> None:
    answer, _ = worded(Scripted(f"{TRUE}其中出口12万吨[1]。全县", fails=LanguageModelFailure.DROPPED))
    assert answer.text == TRUE + "其中出口12万吨[1]。"
    assert say("worded_cut", "zh") in answer.notes[-1]


def test_half_a_sentence_at_a_break_is_not_shown() -> None:
    answer, _ = worded(Scripted(f"{TRUE}其中出口12万吨，比2021年多", fails=LanguageModelFailure.DROPPED))
    assert answer.text == TRUE


def test_what_is_said_twice_is_shown_once() -> None:
    assert worded(Scripted(TRUE * 5))[0].text == TRUE


def test_an_answer_has_an_end() -> None:
    answer, _ = worded(Scripted("".join(f"{TRUE[:-4]}，第{'了' * number}[1]。" for number in range(40)) + TRUE))
    assert answer.text.count("[1]") <= MOST_SENTENCES


def test_a_name_and_a_long_finding() -> None:
    answer = found("周敏", MAYOR, "县长是谁？")
    assert worded(Scripted("青禾县的县长是周敏[1]。"), answer)[0].mode == "llm"
    assert worded(Scripted("全县约有30—50家合作社[1]。"), answer)[0].mode == "reader"
    long = found("松江建工集团在河西镇新建桥梁12座", BRIDGES, "集团做了什么？")
    assert worded(Scripted("集团在河西镇新建了12座桥梁、3座隧道[3]。"), long)[0].mode == "llm"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("文章没有提到。", True),
        ("文中未提及价格。", True),
        ("The article does not mention it.", True),
        ("文章没有写作者[1]。", False),
        ("项目没有完成。", False),
    ],
)
def test_saying_that_there_is_nothing(written: str, expected: bool) -> None:
    assert says_not_there(written) is expected


SENTENCES = [HARVEST, YEAR_BEFORE, MAYOR, TOURISM, BRIDGES, NOW]
noise = st.sampled_from(
    [
        "[1]",
        "[2]",
        "[9]",
        "[",
        "]",
        "**",
        "\n",
        "- ",
        "<b>",
        "“",
        "”",
        "约",
        "超",
        "不",
        "没有",
        "万",
        "亿",
        "0",
        "7",
        "-",
        "%",
        "、",
        "，",
        "。",
    ]
)


@st.composite
def corrupted(draw: st.DrawFn) -> str:
    """A sentence of the article, or a stretch of one, with something put in, taken out or changed."""
    text = draw(st.sampled_from([*SENTENCES, TRUE, ARTICLE.text]))
    for _ in range(draw(st.integers(0, 3))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 4))
        digits = st.integers(0, 3000).map(str)
        text = text[:at] + draw(st.one_of(st.just(""), noise, digits)) + text[at + length :]
    return text + f"[{draw(st.integers(1, len(PASSAGES)))}]。"


@settings(max_examples=150)
@given(st.lists(corrupted(), min_size=1, max_size=5), st.booleans())
def test_every_figure_and_year_of_any_answer_stands_in_what_it_cites(texts: list[str], begins_true: bool) -> None:
    worded(Scripted((TRUE if begins_true else "") + "".join(texts), texts[0], piece=7))


def test_a_sentence_that_adds_nothing_is_left_out() -> None:
    answer, progress = worded(Scripted("2023年青禾县水稻产量30万吨[1]。这就是30万吨[1]。其中出口12万吨[1]。"))
    assert answer.text == "2023年青禾县水稻产量30万吨[1]。其中出口12万吨[1]。"
    assert progress.dropped == 0


def test_words_of_the_rules_are_not_shown() -> None:
    answer, progress = worded(Scripted("2023年青禾县水稻产量30万吨，第一句要写出它[1]。", ""))
    assert answer.mode == "reader"
    assert progress.dropped == 1


def test_a_sentence_that_the_end_of_the_tokens_cuts_is_not_shown() -> None:
    answer, progress = worded(Scripted("2023年青禾县水稻产量30万吨[1]。其中出口12万"))
    assert answer.text == "2023年青禾县水稻产量30万吨[1]。"
    assert progress.dropped == 1
