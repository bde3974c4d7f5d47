"""The generator of paragraphs full of figures that look alike."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.examples import Example
from training.news.figures import generate
from training.news.figures.amounts import amount, chinese, in_fitting_unit
from training.news.figures.lexicon import WORDS, families
from training.news.figures.near_misses import near_misses
from training.news.figures.paragraphs import paragraph

ANSWERED = {
    *("news/total", "news/part", "news/growth", "news/increment", "news/share", "news/rank", "news/multiple"),
    *("news/target", "news/daily", "news/completion", "news/direction", "news/month-on-month", "news/time"),
    *("news/list-figures", "news/list-names", "news/place", "news/item"),
}
MISSED = {
    f"news/near-miss/{kind}"
    for kind in (
        *("year", "period", "place", "total", "part", "sibling", "quantity", "measure", "base", "target"),
        *("removed", "list", "figure", "ranking"),
    )
}
# Subjects and places that the texts on which the reader is judged are about.
KEPT_OUT = ("重庆", "智博", "新能源汽车", "智能网联", "长安", "两江", "低空", "具身", "赛力斯", "梁平", "广西", "万盛")


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return list(generate(6000, 1))


def test_the_same_seed_gives_the_same_examples() -> None:
    assert list(generate(60, 4)) == list(generate(60, 4))
    assert list(generate(60, 4)) != list(generate(60, 5))


@pytest.mark.parametrize("count", [0, 1, 7])
def test_it_makes_as_many_as_asked_for(count: int) -> None:
    assert len(list(generate(count, 3))) == count


def test_about_half_are_unanswerable(examples: list[Example]) -> None:
    assert 0.45 < sum(not example.answers for example in examples) / len(examples) < 0.55


def test_every_slot_and_every_near_miss_appears(examples: list[Example]) -> None:
    sources = Counter(example.source for example in examples)
    assert set(sources) == ANSWERED | MISSED
    assert min(sources[f"news/near-miss/{kind}"] for kind in ("year", "period", "place", "measure")) > 150


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_answers_are_figures_where_they_say(seed: int) -> None:
    for example in generate(40, seed):
        assert bool(example.answers) != example.source.startswith("news/near-miss/")
        assert not re.search(r"[{}]|\s\s", example.question + example.context)
        assert 40 <= len(example.context) <= 420
        for answer in example.answers:
            assert example.context[answer.start : answer.end] == answer.text
            assert not answer.text.startswith(("达", "为", "增至", "占"))
            if example.source not in ("news/list-names", "news/place", "news/item"):
                assert re.search("[0-9０-９一二两三四五六七八九十半首去今前]", answer.text)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_a_near_miss_is_no_fact_of_its_paragraph(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    scene, setting = paragraph(rng)
    said = [mark.fact for mark in scene.marks]
    assert len(set(said)) == len(said)
    for fact in said:
        for miss in near_misses(rng, scene, fact, setting.within):
            assert miss.fact not in said


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_every_figure_stands_in_the_text(seed: int) -> None:
    scene, _ = paragraph(Random(seed))  # noqa: S311
    for mark in scene.marks:
        assert 0 <= mark.verb <= mark.start < mark.end <= len(scene.text)


def test_no_question_is_both_answered_and_not_over_one_paragraph(examples: list[Example]) -> None:
    answered = {(example.context, example.question) for example in examples if example.answers}
    missed = {(example.context, example.question) for example in examples if not example.answers}
    assert not answered & missed


def test_answers_stand_in_every_part_of_the_paragraph(examples: list[Example]) -> None:
    quarters = Counter(
        min(3, 4 * example.answers[0].start // len(example.context)) for example in examples if example.answers
    )
    assert min(quarters.values()) > 0.12 * sum(quarters.values())


def test_questions_come_with_and_without_a_question_mark(examples: list[Example]) -> None:
    marked = sum(example.question.endswith(("？", "?")) for example in examples) / len(examples)
    assert 0.4 < marked < 0.9


def test_the_paragraphs_are_about_other_things_than_the_reader_is_judged_on(examples: list[Example]) -> None:
    words = "".join(path.read_text("utf-8") for path in (WORDS / name for name in ("quantities.txt", "places.txt")))
    text = "\n".join((words, *(f"{example.context}\n{example.question}" for example in examples)))
    assert not [word for word in KEPT_OUT if word in text]


def test_there_are_hundreds_of_quantities() -> None:
    items = [item for group in families().values() for family in group for item in family.items]
    assert len(items) > 500
    for family in (family for group in families().values() for family in group):
        assert all("{x}" in pattern for pattern in family.nouns + family.questions), family.name
        assert all("{x}" in pattern and "{v}" in pattern for pattern in family.clauses), family.name
        assert len(set(family.items)) == len(family.items), family.name


@pytest.mark.parametrize(
    ("number", "words"), [(7, "七"), (10, "十"), (12, "十二"), (105, "一百零五"), (230, "二百三十")]
)
def test_chinese_numerals(number: int, words: str) -> None:
    assert chinese(number) == words


def test_what_is_too_small_for_its_unit_is_told_in_a_smaller_one() -> None:
    assert in_fitting_unit(0.03, 1, "万吨") == (300, 0, "吨")
    assert in_fitting_unit(0.12, 2, "亿元") == (1200, 0, "万元")


@given(st.integers(0, 2**32), st.floats(0.01, 90000), st.sampled_from(["万吨", "家", "元", "%", "公里"]))
def test_an_amount_ends_in_its_unit_or_a_word_of_approximation(seed: int, number: float, unit: str) -> None:
    text = amount(Random(seed), number, 1 if unit in ("万吨", "%") else 0, unit)  # noqa: S311
    assert text.removesuffix("左右").removesuffix("以上").endswith(unit[-1])
