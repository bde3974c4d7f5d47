"""What a sentence takes from around it: its time, its paragraph, its headings."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.checks import event_time_fits
from rag.answer.evidence import Sentence, gather
from rag.text.dates import Period, find_times
from rag.types import Article, Block, BlockKind, Passage, Span
from tests.answer.paragraphs import article_of, passages_of, sentence_of, sentences_of


def time_of(sentence: Sentence, words: str) -> str | None:
    """The label of the time that governs ``words`` of a sentence."""
    time = sentence.time_at(sentence.text.index(words))
    return time.period.label if time is not None and time.period is not None else None


def test_the_time_before_a_figure_governs_it() -> None:
    sentence = sentence_of("2023年增长5%,2024年增长8%。")
    assert time_of(sentence, "5%") == "2023年"
    assert time_of(sentence, "8%") == "2024年"


def test_the_year_comes_from_the_sentence_before() -> None:
    _, sentence = sentences_of("2024年,全市汽车产量达到254万辆。其中新能源汽车产量95万辆。")
    assert time_of(sentence, "95万辆") == "2024年"
    assert [time.text for time in sentence.times_before] == ["2024年"]


def test_a_paragraph_does_not_inherit_from_the_one_before() -> None:
    sentences = sentences_of("2023年,全市建成3座桥。\n公园有5个。")
    assert time_of(sentences[-1], "5个") is None


def test_a_paragraph_that_leans_on_the_one_before_inherits() -> None:
    sentences = sentences_of("2023年,全市建成3座桥。\n该市还修了5个公园。")
    assert time_of(sentences[-1], "5个") == "2023年"


def test_other_places_do_not_refer_back() -> None:
    sentences = sentences_of("2023年,全市建成3座桥。\n其他城市有5个公园。")
    assert time_of(sentences[-1], "5个") is None


@pytest.mark.parametrize(
    ("text", "figure", "label"),
    [
        ("2024年产量95万辆,是2021年的6倍。", "6倍", "2024年"),
        ("2024年产量95万辆,比2023年多出10万辆。", "10万辆", "2024年"),
        ("自2018年首届以来,2024年观众最多,有35万人次。", "35万人次", "2024年"),
        ("2024年产量创近7年新高,达到254万辆。", "254万辆", "2024年"),
    ],
)
def test_a_compared_time_does_not_govern(text: str, figure: str, label: str) -> None:
    assert time_of(sentence_of(text), figure) == label


def test_from_last_year_to_now() -> None:
    sentence = sentence_of("今年,试验点从去年的23个增加到35个。")
    assert time_of(sentence, "23个") == "2024年"
    assert time_of(sentence, "35个") == "2025年"


def test_a_time_behind_the_figure_holds_for_its_clause_alone() -> None:
    assert time_of(sentence_of("建成12座桥是在2022年。"), "12座") == "2022年"
    assert time_of(sentence_of("投资90亿元,2022年完工。"), "90亿元") is None


@pytest.mark.parametrize(
    ("text", "figure", "label"),
    [
        ("票价成人50元（去年为40元），学生20元。", "50元", None),
        ("票价成人50元（去年为40元），学生20元。", "40元", "2024年"),
        ("票价成人50元（去年为40元），学生20元。", "20元", None),
        ("第一届（2019年）有20家参展。", "20家", "2019年"),
    ],
)
def test_a_time_in_brackets_with_a_figure_holds_for_that_alone(text: str, figure: str, label: str | None) -> None:
    assert time_of(sentence_of(text), figure) == label


def test_relative_times_need_the_date_of_the_article() -> None:
    text = "去年建成3座桥。"
    assert time_of(sentence_of(text, date(2019, 3, 1)), "3座") == "2018年"
    assert time_of(sentence_of(text, None), "3座") is None


def test_offsets_point_into_the_article() -> None:
    article = article_of("第一句话说完了。第二句话有5座桥!\n另一段。")
    for sentence in sentences_of(article.text):
        assert article.text[sentence.span.start : sentence.span.end] == sentence.text


def test_a_sentence_in_two_passages_comes_once() -> None:
    article = article_of("只有一句话。")
    passages = [Passage(name, "invented", "", "", BlockKind.PARAGRAPH, "", 0, 6, (Span(0, 6),)) for name in "ab"]
    assert len(gather(passages, {"invented": article})) == 1


def test_a_caption_is_read_as_one() -> None:
    text = "观众在参观。展品很多。图/王五"
    article = Article("invented", "题", text, (Block(BlockKind.CAPTION, 0, len(text)),))
    passage = Passage(
        "p", "invented", "题", "", BlockKind.CAPTION, text, 0, len(text), (Span(0, 6), Span(6, 11), Span(11, len(text)))
    )
    (sentence,) = gather([passage], {"invented": article})
    assert sentence.text == text


def test_a_diary_has_its_days_in_the_headings() -> None:
    article = article_of("到23时30分，三个片区撤出1876人。", date(2022, 8, 1), section="7月20日，21时10分")
    (sentence,) = gather(passages_of(article), {article.id: article})
    time = sentence.time_at(len(sentence.text) - 3)
    assert time is not None
    assert time.period == Period.day(2022, 7, 20)
    for day, fits in (("20日", True), ("7月20日", True), ("7月21日", False)):
        asked = find_times(f"{day}夜里撤了多少人？", article.published)
        assert event_time_fits(asked, time, sentence) is fits


def test_a_heading_gives_no_time_to_a_paragraph_that_has_its_own() -> None:
    article = article_of("2024年3月场馆完工。随后装了灯。", date(2025, 1, 1), section="2023年：筹备")
    *_, sentence = gather(passages_of(article), {article.id: article})
    asked = find_times("2023年装了什么？", article.published)
    assert not event_time_fits(asked, sentence.time_at(3), sentence)
