"""What the words of an article mean in English, by CC-CEDICT: only whole words, only whole meanings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.question.english.dictionary import article_words, bare_meaning

ARTICLE = "潜水队昨天从沉船里捞起三百只瓷碗。馆员把瓷碗擦干，放进木箱。守塔人点亮了灯塔。"


def meanings(english: str, text: str = ARTICLE) -> list[str]:
    [words] = article_words([text])
    return [sense.chinese for sense in words.senses.get(english, ())]


def test_a_word_of_the_article_is_found_by_its_meaning() -> None:
    assert meanings("lighthouse") == ["灯塔"]
    assert meanings("shipwreck") == ["沉船"]


def test_what_stands_in_no_article_is_not_found() -> None:
    assert meanings("submarine") == []


def test_a_part_of_a_meaning_is_none() -> None:
    assert meanings("house") == []


def test_no_word_is_found_across_two_others() -> None:
    # 了灯 ends in the middle of 灯塔, 员把 in none.
    [words] = article_words([ARTICLE])
    assert "了灯" not in words.words
    assert "灯塔" in words.words


def test_verbs_are_known_by_their_to() -> None:
    [words] = article_words(["昨夜一座旧仓倒塌。"])
    assert [(sense.chinese, sense.is_verb) for sense in words.senses["collapse"]] == [("倒塌", True)]


def test_each_article_has_its_own_words() -> None:
    lighthouse, other = article_words([ARTICLE, "渔民在海滩晒网。"])
    assert "lighthouse" in lighthouse.senses
    assert "lighthouse" not in other.senses
    assert "beach" in other.senses


def test_traditional_characters_are_found() -> None:
    assert meanings("lighthouse", "那座燈塔很舊。") == ["灯塔"]


@given(st.text(max_size=60))
def test_a_bare_meaning_stays_as_it_is(english: str) -> None:
    bare = bare_meaning(english)
    assert "-" not in bare
    assert bare == bare.strip()
