"""The generator of news facts: answers stand where they say, misses are misses, everything asked for appears."""

from __future__ import annotations

from collections import Counter

import pytest

from training.examples import Example
from training.news.facts import generate
from training.news.facts.grammar import count_readings, readings, render
from training.news.facts.relations import RELATIONS

FORBIDDEN = (
    "重庆 渝 智博会 博览会在重庆 新能源汽车 长安 两江 低空 具身智能 飞行汽车 赛力斯 梁平 巫山 荣昌 万盛 西永 "
    "冰箱 镜柜 窗户 95万 254万 当代党员 陈骅 龙宣辰 王全超 张锦辉"
).split()


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return [example for seed in range(4) for example in generate(1000, seed)]


def test_it_is_deterministic() -> None:
    assert list(generate(200, 7)) == list(generate(200, 7))
    assert list(generate(200, 7)) != list(generate(200, 8))


def test_it_makes_as_many_as_asked() -> None:
    assert [len(list(generate(count, 3))) for count in (0, 1, 5, 333)] == [0, 1, 5, 333]


def test_about_half_have_no_answer(examples: list[Example]) -> None:
    without = sum(not example.answers for example in examples)
    assert 0.45 < without / len(examples) < 0.55


def test_answers_are_phrases_without_the_mark_that_ends_the_sentence(examples: list[Example]) -> None:
    for example in examples:
        for answer in example.answers:
            assert answer.text == answer.text.strip("，。；、：“ \n")
            assert answer.text


def test_contexts_are_news_paragraphs(examples: list[Example]) -> None:
    assert all(30 < len(example.context) <= 400 for example in examples)
    assert all(example.context == example.context.strip() for example in examples)


def test_nothing_of_the_template_language_is_left(examples: list[Example]) -> None:
    for example in examples:
        assert not set("[]{}<>|") & set(example.context + example.question), example


def test_every_slot_is_asked_both_ways(examples: list[Example]) -> None:
    answered = {example.source for example in examples if example.answers}
    missed = {example.source.split("/")[2] for example in examples if not example.answers}
    slots = {relation.slot for relation in RELATIONS.values()}
    assert answered == {f"facts/{slot}" for slot in slots}
    assert missed == slots


def test_every_way_to_miss_appears(examples: list[Example]) -> None:
    ways = Counter(example.source.split("/")[3].split("-")[0] for example in examples if not example.answers)
    assert set(ways) == {"other", "untold", "removed"}
    assert min(ways.values()) > len(examples) * 0.05


def test_a_question_is_not_both_answered_and_unanswered_in_one_context(examples: list[Example]) -> None:
    answered = {(example.context, example.question) for example in examples if example.answers}
    assert not answered & {(example.context, example.question) for example in examples if not example.answers}


def test_no_word_of_the_first_article(examples: list[Example]) -> None:
    for example in examples:
        assert not [word for word in FORBIDDEN if word in example.context + example.question], example


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_every_relation_is_asked_in_many_phrasings(name: str) -> None:
    assert count_readings(RELATIONS[name].questions) >= 15


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_every_question_names_what_it_is_about(name: str) -> None:
    relation = RELATIONS[name]
    for template in relation.questions:
        for reading in readings(template):
            assert all(f"{{{field}}}" in reading for field in relation.fields), reading


def test_marks_may_enclose_slots() -> None:
    text, marks = render("有<all>{a}和{b}</all>。", {"a": "甲", "b": "乙丙"})
    assert text == "有甲和乙丙。"
    assert {mark: text[start:end] for mark, (start, end) in marks.items()} == {
        "all": "甲和乙丙",
        "a": "甲",
        "b": "乙丙",
    }
