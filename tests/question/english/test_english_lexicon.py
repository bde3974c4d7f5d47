"""Which Chinese word an English one is: of several the one that the article uses where the question leads."""

from __future__ import annotations

import pytest

from rag.question.english.lexicon import Lexicon
from rag.question.english.words import UntranslatableError, forms_of, superlative_of

HARBOUR = (
    "雾岬港昨夜起大火，烧毁三艘渔船，两名水手遇难。港务局长卢岱说，这次火灾由电线老化引起。"
    "岬口镇有四家旅馆，最大的旅馆有五十间客房。渔民老秦去年捕了九吨鱼。"
)


def lexicon(question: str, text: str = HARBOUR) -> Lexicon:
    return Lexicon.about(question, lambda letters: "卢岱" if letters.lower() == "ludai" else "", [text])


def chinese(words: str, question: str = "") -> str:
    return "".join(word.text for word in lexicon(question or words).translate(words.split()))


def test_the_words_of_the_article_come_before_those_of_the_list() -> None:
    assert chinese("hotel") == "旅馆"


def test_a_thing_that_no_article_names_is_not_asked_of_it() -> None:
    with pytest.raises(UntranslatableError):
        chinese("airport")


def test_what_is_done_may_be_told_in_other_words() -> None:
    assert chinese("donate") == "捐赠"


def test_what_is_asked_for_need_not_be_named() -> None:
    [word] = lexicon("country").translate(["country"], asked=True)
    assert word.text == "国家"


def test_the_sentence_that_holds_most_of_the_question_decides() -> None:
    assert chinese("died", "How many sailors died in the big fire") == "遇难"


@pytest.mark.parametrize("word", ["submarine", "although", "without", "Atlantis", "not"])
def test_what_is_not_known_is_not_left_out(word: str) -> None:
    with pytest.raises(UntranslatableError):
        chinese(f"hotel {word}")


def test_names_are_found_however_they_are_written() -> None:
    assert chinese("Lu Dai") == "卢岱"
    assert chinese("lu dai sailor") == "卢岱水手"


def test_a_superlative_stays_one() -> None:
    assert chinese("largest hotel") == "最大旅馆"
    with pytest.raises(UntranslatableError):
        chinese("larger hotel")


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("fires", ("fires", "fire")),
        ("held", ("held", "hold")),
        ("bus stops", ("bus stops", "bus stop")),
        ("later", ("later",)),
        ("largest", ("largest",)),
    ],
)
def test_forms(phrase: str, forms: tuple[str, ...]) -> None:
    assert forms_of(phrase) == forms


def test_superlatives() -> None:
    assert superlative_of("highest") == "high"
    assert superlative_of("forest") == ""
