"""Unanswerable examples: what each kind must hold, on small paragraphs as encyclopedias and newspapers write them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from rag.text.sentences import split_sentences
from training.examples import Answer, Example
from training.unanswerable import make_unanswerable
from training.unanswerable.__main__ import main
from training.unanswerable.contrasts import contrasts
from training.unanswerable.mentions import mentions
from training.unanswerable.paragraphs import Paragraph, Paragraphs, plain
from training.unanswerable.places import same_rank
from training.unanswerable.removal import without_the_answer
from training.unanswerable.siblings import another_paragraph
from training.unanswerable.swaps import swapped_question

PARAGRAPHS = {
    "lake": "青海湖（蒙古语意为青色的海）位于中国青海省东北部，是中国最大的咸水湖。湖面海拔3196米，环湖有油菜花田。"
    "1975年，湖边建立了鸟岛自然保护区。每年夏天，有环湖自行车赛在此举行，吸引了来自德国和英国的选手。",
    "bird": "青海湖鸟岛位于湖的西北角，因岛上栖息数以万计的候鸟而得名。"
    "春天，斑头雁从南方飞来筑巢。岛上禁止游客登陆，只能从观景台远眺。",
    "opera": "《茶馆》是老舍于1956年创作的话剧。该剧由焦菊隐导演，在北京首次上演，观众反响热烈。"
    "老舍的另一部小说《骆驼祥子》写的是人力车夫的一生。剧中共有七十多个人物，时间跨度近五十年。",
    "novel": "《边城》是沈从文创作的中篇小说，写的是湘西小镇上的爱情故事。作品于1934年完成，"
    "后来被多次改编。作者本人是湖南凤凰人。",
    "school": "复旦大学创建于1905年，原名复旦公学，创办人为马相伯。"
    "校名取自《尚书大传》。学校本部设在杨浦区邯郸路，附属医院有十余所。",
    "other": "南开大学创建于1919年，创办人为严修和张伯苓。校址在天津市八里台，校园里有一片荷塘，学生来自全国各地。",
}
QUESTIONS = (
    ("lake", "湖边的鸟岛自然保护区是哪一年建立的？", "1975年"),
    ("lake", "中国最大的咸水湖海拔多少米？", "3196米"),
    ("lake", "青海湖位于哪个省？", "青海省"),
    ("bird", "斑头雁在什么季节飞来？", "春天"),
    ("opera", "《茶馆》的导演是哪位？", "焦菊隐"),
    ("opera", "《茶馆》创作于哪一年？", "1956年"),
    ("novel", "《边城》于1934年完成，作者是哪里人？", "湖南凤凰"),
    ("school", "复旦大学的创办人是哪位？", "马相伯"),
    ("school", "复旦大学创建于1905年，当时叫什么名字？", "复旦公学"),
    ("other", "南开大学的校园里有一片什么？", "荷塘"),
)


def example(name: str, question: str, *answers: str) -> Example:
    context = PARAGRAPHS.get(name, name)
    found = tuple(Answer(answer, context.index(answer)) for answer in answers)
    return Example(question, context, found, "test", "lakes" if name in ("lake", "bird") else name)


EXAMPLES = [example(*question) for question in QUESTIONS]
QUESTION_WORDS = {made.question for made in EXAMPLES}


def chance(seed: int = 7) -> random.Random:
    return random.Random(seed)  # noqa: S311


def originals(made: Example) -> list[Example]:
    """The examples that ``made`` may come from."""
    if made.source.startswith("swapped"):
        return [each for each in EXAMPLES if each.context == made.context]
    return [each for each in EXAMPLES if each.question == made.question]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_kind_holds_what_it_promises(seed: int) -> None:
    made = make_unanswerable(EXAMPLES, seed)
    assert made
    for each in made:
        kind = each.source.split("/")[0]
        assert each.answers == ()
        assert each.source.endswith("/test")
        assert originals(each)
        if kind == "swapped":
            assert each.question not in QUESTION_WORDS
            assert each.context in PARAGRAPHS.values()
            continue
        (origin,) = originals(each)
        assert each.context != origin.context
        assert all(plain(answer.text) not in plain(each.context) for answer in origin.answers)
        if kind == "removed":
            assert len(each.context) >= 40
            assert each.group == origin.group
            kept = {origin.context[span.start : span.end] for span in split_sentences(origin.context)}
            assert all(each.context[span.start : span.end] in kept for span in split_sentences(each.context))
        else:
            assert kind == "sibling"
            assert each.context in PARAGRAPHS.values()


def test_all_kinds_are_made() -> None:
    made = [each for seed in range(20) for each in make_unanswerable(EXAMPLES, seed)]
    assert {each.source.split("/")[0] for each in made} == {"sibling", "swapped", "removed"}
    assert {"title", "topic", "year", "contrast"} <= {
        each.source.split("/")[1] for each in made if each.source.startswith("swapped")
    }


def test_the_same_seed_makes_the_same_and_another_does_not() -> None:
    assert make_unanswerable(EXAMPLES, 1) == make_unanswerable(EXAMPLES, 1)
    assert make_unanswerable(EXAMPLES, 1) != make_unanswerable(EXAMPLES, 2)


def test_at_most_two_are_made_from_one() -> None:
    for seed in range(20):
        assert len(make_unanswerable(EXAMPLES, seed)) <= 2 * len(EXAMPLES)
        assert len(make_unanswerable([*EXAMPLES[:1], *EXAMPLES[4:5]], seed)) <= 4


def test_what_has_no_answer_is_passed_over() -> None:
    assert make_unanswerable([example("lake", "湖里有什么鱼？")], 1) == []
    assert make_unanswerable([], 1) == []


def test_the_sibling_is_of_the_same_article_where_there_is_one() -> None:
    made = another_paragraph(EXAMPLES[1], Paragraphs(EXAMPLES), chance())
    assert made is not None
    assert (made.context, made.group) == (PARAGRAPHS["bird"], "lakes")


def test_a_sibling_that_holds_the_answer_is_not_taken() -> None:
    paragraphs = Paragraphs(EXAMPLES)
    made = another_paragraph(example("lake", "蒙古语意为青色的海的湖叫什么？", "青海湖"), paragraphs, chance())
    assert made is None or made.context != PARAGRAPHS["bird"]


def test_a_paragraph_copies_another_that_overlaps_it() -> None:
    text = PARAGRAPHS["lake"]
    own = Paragraph(0, text, "a")
    assert own.copies(Paragraph(1, text[40:] + PARAGRAPHS["novel"], "b"))
    assert not own.copies(Paragraph(1, PARAGRAPHS["bird"], "a"))


def test_removal_takes_every_sentence_with_the_answer() -> None:
    asked = example("opera", "《茶馆》的导演是哪位？", "焦菊隐")
    made = without_the_answer(asked, Paragraphs([asked]), chance())
    assert made is not None
    assert made.context.startswith("《茶馆》是老舍于1956年创作的话剧。老舍的另一部")


@pytest.mark.parametrize(
    ("context", "question", "answer"),
    [
        # The rest says it again, in part.
        (
            "杨廷艺于931年起兵，攻占了大罗城，自称节度使。六年之后，廷艺被部将所害，交州从此陷入了长久的混乱之中，直到吴权称王方才平定下来。",
            "931年攻占大罗城的节度使叫什么名字？",
            "杨廷艺",
        ),
        # Another sentence tells of the same.
        (
            "东非狒狒主要分布在马里、坦桑尼亚北部。在非洲，数量颇多，分布也很广泛，常常成群活动，会吃农作物，所以当地的农民非常厌恶它们。",
            "东非狒狒主要分布在哪里？",
            "马里、坦桑尼亚北部",
        ),
        # Too little is left.
        ("《茶馆》由焦菊隐导演。共有三幕。", "《茶馆》的导演是哪位？", "焦菊隐"),
        # Reasons are given all over a paragraph.
        (PARAGRAPHS["opera"], "为什么观众反响热烈？", "由焦菊隐导演"),
    ],
)
def test_nothing_is_removed_where_the_rest_may_answer(context: str, question: str, answer: str) -> None:
    asked = example(context, question, answer)
    assert without_the_answer(asked, Paragraphs([asked]), chance()) is None


def test_a_swap_changes_one_place_of_the_question() -> None:
    asked = EXAMPLES[8]
    paragraphs = Paragraphs(EXAMPLES)
    years = {
        made.question
        for seed in range(30)
        if (made := swapped_question(asked, paragraphs, chance(seed))) and "/year/" in made.source
    }
    assert years
    for question in years:
        assert question.startswith("复旦大学创建于")
        assert question.endswith("年，当时叫什么名字？")
        assert "1905" not in question


def test_a_year_inside_a_range_is_not_swapped() -> None:
    asked = example(
        "1990年至1995年，他在北方的一所大学教书，住在校园里的一座小楼。", "1990年他住在什么样的房子里？", "小楼"
    )
    assert swapped_question(asked, Paragraphs([asked]), chance()) is None


def test_a_name_that_the_paragraph_tells_the_same_of_is_not_swapped_in() -> None:
    context = "1998年，该队在巴西夺得了联赛奖杯。2001年，该队又在秘鲁夺得联赛奖杯。1987年，球场翻修，增加了看台和灯光。"
    asked = example(context, "1998年该队在哪个国家夺得联赛奖杯？", "巴西")
    questions = {
        made.question
        for seed in range(60)
        if (made := swapped_question(asked, Paragraphs([asked]), chance(seed))) is not None
    }
    assert questions
    assert "2001年该队在哪个国家夺得联赛奖杯？" not in questions


def test_only_what_the_paragraph_names_too_is_a_mention() -> None:
    own = Paragraph(0, PARAGRAPHS["opera"], "opera")
    found = {(mention.kind, mention.text) for mention in mentions("1956年在北京和伦敦上演的《茶馆》是谁写的？", own)}
    assert {("year", "1956"), ("place", "北京"), ("title", "《茶馆》")} <= found
    assert ("place", "伦敦") not in found


def test_contrasts_are_words_the_paragraph_does_not_speak_of() -> None:
    assert contrasts("他的父亲叫什么？", "他的父亲是木匠。") == [(2, 4, "母亲")]
    assert contrasts("他的父亲叫什么？", "父母都是木匠，父亲早逝，母亲改嫁。") == []
    assert contrasts("《父亲》是谁画的？", "《父亲》是一幅油画。") == []
    assert contrasts("他在哪里出生？", "他（1881年－1936年）在城里出生。") == []


@given(place=st.sampled_from("东京 法国 韩国 湖北 湖北省 伦敦 唐朝 太平洋".split()))
def test_places_are_swapped_for_their_like(place: str) -> None:
    others = same_rank(place)
    assert others
    assert all(place in same_rank(other) for other in others)
    assert all(place not in other and other not in place for other in others)


def test_the_command_shows_the_original_of_each(tmp_path: Path) -> None:
    data = [
        {
            "paragraphs": [
                {
                    "context": context,
                    "qas": [
                        {"question": asked, "answers": [{"text": answer, "answer_start": context.index(answer)}]}
                        for name, asked, answer in QUESTIONS
                        if name == where
                    ],
                }
            ]
        }
        for where, context in PARAGRAPHS.items()
    ]
    path = tmp_path / "small.json"
    path.write_text(json.dumps({"data": data}, ensure_ascii=False), encoding="utf-8")

    app = typer.Typer()
    app.command()(main)
    result = CliRunner().invoke(app, [str(path), "--sample", "3", "--seed", "2"])

    assert result.exit_code == 0, result.output
    assert result.output.startswith("10 answerable, ")
    assert result.output.count("originally: ") == 3
    assert "\n4. [" not in result.output
