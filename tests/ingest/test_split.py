from __future__ import annotations

import pytest

from rag.ingest.split import split_article
from rag.types import Article
from tests.ingest.texts import repair_text

SENTENCE = "春天的风从山谷里吹过来，吹绿了田野。"  # 18 characters


def article(text: str) -> Article:
    repaired = repair_text(text)
    return Article(id="a", title="题", text=repaired.text, blocks=repaired.blocks)


def texts(text: str, low: int, high: int) -> list[str]:
    return [passage.text for passage in split_article(article(text), low, high)]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    assert texts(SENTENCE * 7, 50, 80) == [SENTENCE * 3, SENTENCE * 4]


def test_short_neighbours_of_one_section_share_a_passage() -> None:
    assert texts(f"{SENTENCE}\n{SENTENCE}\n{SENTENCE * 4}", 30, 80) == [f"{SENTENCE}\n\n{SENTENCE}", SENTENCE * 4]


def test_no_passage_reaches_across_a_heading_or_a_caption() -> None:
    found = texts(f"题\n{SENTENCE}\n图为山谷。张三 摄\n{SENTENCE}\n田野之上\n{SENTENCE * 2}", 100, 300)
    assert found == ["题", SENTENCE, "图为山谷。张三 摄", SENTENCE, "田野之上", SENTENCE * 2]


def test_title_with_subtitle_and_heading_with_dek_are_one_passage_each() -> None:
    passages = split_article(article(f"题\n——写给春天\n王小明\n{SENTENCE}\n田野\n——一片绿色\n{SENTENCE * 3}"), 50, 200)
    assert passages[0].text == "题\n\n——写给春天"
    assert [passage.text for passage in passages if passage.kind.value == "heading"] == ["田野\n\n——一片绿色"]
    assert passages[-1].section == "田野"


def test_a_long_sentence_stays_whole_up_to_twice_the_limit() -> None:
    sentence = "春" * 30 + "，" + "夏" * 30 + "。"
    assert texts(sentence, 10, 40) == [sentence]


def test_a_longer_one_is_cut_after_clauses_and_then_anywhere() -> None:
    assert texts("春" * 30 + "，" + "夏" * 60 + "。", 10, 40) == ["春" * 30 + "，", "夏" * 40, "夏" * 20 + "。"]


def test_ids_are_the_place_in_the_article() -> None:
    passages = split_article(article(SENTENCE * 7), 50, 80)
    assert [passage.id for passage in passages] == ["a:0-54", "a:54-126"]


@pytest.mark.parametrize(("low", "high"), [(0, 10), (-1, 10), (11, 10)])
def test_limits_out_of_order_are_refused(low: int, high: int) -> None:
    with pytest.raises(ValueError, match=f"min_chars .{low}. .* max_chars .{high}."):
        split_article(article(SENTENCE), low, high)
