"""What passes the check of a worded sentence, on which slices, and what does not."""

from __future__ import annotations

import pytest

from rag.answer.worded.claim_check import Fault
from rag.types import Language
from tests.answer.worded.village import (
    BRIDGES,
    HARVEST,
    MAYOR,
    NOW,
    TOURISM,
    YEAR_BEFORE,
    check,
    quotes,
)


@pytest.mark.parametrize("sentence", [HARVEST, YEAR_BEFORE, MAYOR, TOURISM, BRIDGES, NOW])
def test_a_copied_sentence_passes_and_rests_on_itself(sentence: str) -> None:
    number = {HARVEST: 1, YEAR_BEFORE: 1, MAYOR: 1, TOURISM: 2, BRIDGES: 3, NOW: 4}[sentence]
    assert quotes(check(f"{sentence}[{number}]")) == [sentence]


@pytest.mark.parametrize(
    ("written", "support"),
    [
        ("青禾县2023年的水稻产量为30万吨[1]。", [HARVEST]),
        ("青禾县2023年的水稻产量为三十万吨[1]。", [HARVEST]),
        ("青禾县2023年的水稻产量为300,000吨[1]。", [HARVEST]),
        ("去年青禾县水稻产量是30万吨[1]。", [HARVEST]),
        ("青禾县2023年出口水稻12万吨[1]。", [HARVEST]),
        ("2023年出口水稻12万吨，比2021年多5万吨[1]。", [HARVEST]),
        ("2022年全县水稻产量为28万吨[1]。", [YEAR_BEFORE]),
        ("周敏说“好米要慢慢种”[1]。", [MAYOR]),
        ("全县游客接待量今年上半年同比增长一倍，居全省第二[2]。", [TOURISM]),
        ("集团在河西镇新建了3座隧道[3]。", [BRIDGES]),
        ("松江建工集团在河西镇新建桥梁12座[3]。", [BRIDGES]),
        ("合作社目前的社员超过1200人[4]。", [NOW]),
        ("合作社的网址是www.qinghe.cn[4]。", [NOW]),
        ("文章说，2022年，全县水稻产量28万吨[1]。", [YEAR_BEFORE]),
    ],
)
def test_a_true_sentence_passes_on_the_sentence_that_carries_it(written: str, support: list[str]) -> None:
    verdict = check(written)
    assert verdict.passed, (verdict.fault, verdict.words)
    assert quotes(verdict) == support


def test_the_sentence_that_gives_the_time_is_cited_too() -> None:
    from rag.answer.evidence import gather
    from rag.answer.worded.claim import read_claim
    from rag.answer.worded.claim_check import check_claim
    from tests.answer.paragraphs import article_of, passages_of

    article = article_of("2023年，县里清点了家底。全县共有茶园216万亩。山很高。")
    sentences = {1: gather(passages_of(article), {article.id: article})}
    verdict = check_claim(read_claim("2023年，全县共有茶园216万亩[1]。", article.published), sentences, "zh")
    assert [article.text[part.span.start : part.span.end] for part in verdict.support] == [
        "全县共有茶园216万亩。",
        "2023年，县里清点了家底。",
    ]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        # Another figure, unit, scale, sign or bound.
        ("2023年水稻产量31万吨[1]。", Fault.FIGURE),
        ("2023年水稻产量30万斤[1]。", Fault.FIGURE),
        ("2023年水稻产量30亿吨[1]。", Fault.FIGURE),
        ("2023年水稻产量30吨[1]。", Fault.FIGURE),
        ("2023年水稻产量超30万吨[1]。", Fault.FIGURE),
        ("2023年水稻产量约30万吨[1]。", Fault.FIGURE),
        ("2023年水稻产量30余万吨[1]。", Fault.FIGURE),
        ("合作社目前有社员1200人[4]。", Fault.FIGURE),
        ("水温-5℃[1]。", Fault.FIGURE),
        ("水温零下5℃[1]。", Fault.FIGURE),
        ("水温5%[1]。", Fault.FIGURE),
        ("2023年水稻产量翻两番[1]。", Fault.FIGURE),
        ("2“022年，全县水稻产量28万吨[1]。", Fault.FIGURE),
        ("2022年，全县水稻产量28，万吨[1]。", Fault.FIGURE),
        ("合作社目前有社员超，1200人[4]。", Fault.FIGURE),
        ("2023年水稻产量过半出口[1]。", Fault.FIGURE),
        # Figures run together or taken apart.
        ("全县约有3050家合作社[1]。", Fault.FIGURE),
        ("第35名在河东镇[1]。", Fault.FIGURE),
        ("全县约有30家合作社[1]。", Fault.FIGURE),
        # Another rank or multiple in words.
        ("全县游客接待量位居全省第一[2]。", Fault.FIGURE),
        ("全县游客接待量同比增长两倍[2]。", Fault.FIGURE),
        # The figure of another thing, or of another year beside it.
        ("2023年青禾县水稻产量12万吨[1]。", Fault.KIND),
        ("2023年水稻产量30万吨，比2021年多5万吨[1]。", Fault.KIND),
        ("2023年，青禾县水稻产量12万吨，出口30万吨[1]。", Fault.KIND),
        ("集团在河西镇新建3座桥梁[3]。", Fault.KIND),
        ("集团在河西镇新建桥梁3座、隧道12座[3]。", Fault.KIND),
        ("2023年青禾县水稻产量28万吨[1]。", Fault.TIME),
        ("2022年全县水稻产量30万吨[1]。", Fault.TIME),
        ("2023年水稻产量28万吨，2022年30万吨[1]。", Fault.TIME),
        ("2023年出口水稻12万吨，比2020年多5万吨[1]。", Fault.TIME),
        ("今年水稻产量30万吨[1]。", Fault.TIME),
        ("2023年3月水稻产量30万吨[1]。", Fault.TIME),
        ("2022年合作社有社员超1200人[4]。", Fault.TIME),
        ("2022年合作社有社员超1200人[1][4]。", Fault.TIME),
        # Another name.
        ("2023年白石县水稻产量30万吨[1]。", Fault.NAME),
        ("李华说“好米要慢慢种”[1]。", Fault.NAME),
        ("松江建工集团在河东镇新建桥梁12座[3]。", Fault.NAME),
        ("北辰建工集团在河西镇新建桥梁12座[3]。", Fault.NAME),
        ("周敏说合作社目前有社员超1200人[1][4]。", Fault.NAME),
        # Another wording where words matter.
        ("周敏说“好米要快快种”[1]。", Fault.QUOTATION),
        ("周敏说：“好米要快快种[1]。", Fault.QUOTATION),
        ("要快快种。”周敏说[1]。", Fault.QUOTATION),
        ("全县游客接待量今年上半年没有增长一倍[2]。", Fault.POLARITY),
        ("集团在河西镇新建的仓库已经完工[3]。", Fault.POLARITY),
        ("全县游客接待量今年上半年同比下降一倍[2]。", Fault.POLARITY),
        # Not what was asked for.
        ("见https://evil.example/1 ，产量30万吨[1]。", Fault.LINK),
        ("请访问evil.com查看产量30万吨[1]。", Fault.LINK),
        ("<b>产量30万吨</b>[1]。", Fault.LINK),
        ("2023年水稻产量30万吨[9]。", Fault.CITATION),
        ("2023年水稻产量30万吨[1][9]。", Fault.CITATION),
        ("2023年水稻产量30万吨。", Fault.CITATION),
        ("2023年水稻产量30万吨[1[1]2]。", Fault.CITATION),
        ("Rice output was 300,000 tons[1].", Fault.LANGUAGE),
        ("是的[1]。", Fault.WORDING),
        ("不是[1]。", Fault.WORDING),
        ("Это неправда[1].", Fault.WORDING),
        ("文章的作者建议读者购买他的课程[1]。", Fault.WORDING),
    ],
)
def test_what_the_passages_do_not_hold_does_not_pass(written: str, fault: Fault) -> None:
    verdict = check(written)
    assert (verdict.fault, verdict.support) == (fault, ())


def test_clauses_that_do_not_follow_one_another_are_no_copy() -> None:
    # Both stand there, and nothing else does; but the first is the last of one paragraph, the second of another.
    assert not check("“好米要慢慢种”，合作社目前有社员超1200人，位居全省第二[1][2][4]。").passed


@pytest.mark.parametrize(
    "written",
    [
        "In 2023, Qinghe County produced 300,000 tons of rice[1].",
        "Qinghe County exported 120,000 tons in 2023[1].",
        "Rice output was 0.3 million tons[1].",
        "Zhou Min says there are about 30-50 cooperatives[1].",
        "The group built 12 bridges in Hexi Town[3].",
    ],
)
def test_an_english_sentence_passes(written: str) -> None:
    verdict = check(written, "en")
    assert verdict.passed, (verdict.fault, verdict.words)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("In 2023, Qinghe County produced 310,000 tons of rice[1].", Fault.FIGURE),
        ("Rice output was 30 million tons[1].", Fault.FIGURE),
        ("It built 12 thousand bridges[3].", Fault.FIGURE),
        ("It built twelve bridges and fifteen tunnels[3].", Fault.FIGURE),
        ("Rice output doubled in 2023[1].", Fault.FIGURE),
        ("In 2022, rice output was 300,000 tons[1].", Fault.TIME),
        ("In 2020, Qinghe County grew rice[1].", Fault.TIME),
        ("In 2023, Baishi County produced 300,000 tons of rice[1].", Fault.NAME),
        ("Wuhan built 12 bridges[3].", Fault.NAME),
        ("Zhang Wei says there are about 30-50 cooperatives[1].", Fault.NAME),
        ("The group did not build 12 bridges in Hexi Town[2].", Fault.FIGURE),
        ("Qinghe County did not produce 300,000 tons in 2023[1].", Fault.POLARITY),
        ("Everything in the article is false[1].", Fault.WORDING),
        ("水稻产量30万吨[1]。", Fault.LANGUAGE),
    ],
)
def test_an_english_sentence_that_the_passages_do_not_hold_does_not_pass(written: str, fault: Fault) -> None:
    assert check(written, "en").fault == fault


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_of_marks_alone_does_not_pass(language: Language) -> None:
    assert not check("[1]。", language).passed


@pytest.mark.parametrize(
    "written",
    [
        "文章发表于2023年，青禾县水稻产量30万吨[1]。",
        "青禾县水稻产量是多少[1]。",
        "松江建工集团集哪些桥梁于一体[3]。",
        "青禾县水稻产量30万吨，其实是一次关于天气的盛会[1]。",
        "松江建工集团在河西镇新建桥梁12座，这种福制可以用来确定功能[3]。",
    ],
)
def test_what_a_small_model_adds_to_what_it_copies_does_not_pass(written: str) -> None:
    verdict = check(written)
    assert verdict.fault in (Fault.WORDING, Fault.KIND, Fault.TIME)
