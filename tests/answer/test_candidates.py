"""Candidates of the real reader: where they stand, in which sentence, and with which figure."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answer.candidates import MOST_READ, Candidate, find_candidates, under_title
from rag.answer.reading import Material
from rag.models.span_model import SpanModel
from rag.question.focus import find_focus
from rag.types import Article, Block, BlockKind
from tests.answer.paragraphs import article_of, passages_of

PUBLISHED = date(2025, 9, 8)
TOWN = (
    "石门大桥由铁路工程局建成，2023年10月1日通车，全长1670米。设计者是梅长风，他跑了三十多趟工地。\n"
    "去年，石门镇柑橘产量达到4.2万吨，果园面积12万亩。果农6000人，大多在河的南岸。\n"
    "老渡口停航以后，船工周大河把木船捐给了县博物馆。他说，船老了，人也该歇歇了。"
)


def material_of(question: str, article: Article) -> Material:
    return Material(question, find_focus(question, article.published), passages_of(article), {article.id: article})


def candidates_of(question: str, text: str, model: SpanModel) -> list[Candidate]:
    return find_candidates(material_of(question, article_of(text, PUBLISHED)), model)


def assert_slices(candidate: Candidate, text: str) -> None:
    span, first = candidate.span, candidate.sentence
    assert candidate.text == text[span.start : span.end]
    assert candidate.text
    assert first.start <= span.start < first.start + len(first.text)
    assert candidate.within.start == span.start - first.start
    inside = first.text[candidate.within.start : candidate.within.end]
    assert candidate.text.startswith(inside)
    assert inside
    if len(candidate.sentences) == 1:
        assert inside == candidate.text
    for sentence in candidate.sentences:
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        assert sentence.span.overlaps(span)
    if candidate.figure is not None:
        assert candidate.figure.span.overlaps(span)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("石门大桥是谁设计的？", "梅长风"),
        ("石门大桥哪一天通车？", "2023年10月1日"),
        ("果农有多少人？", "6000人"),
        ("周大河把木船捐给了哪里？", "县博物馆"),
    ],
)
def test_the_first_is_what_is_asked_for(span_model: SpanModel, question: str, words: str) -> None:
    assert candidates_of(question, TOWN, span_model)[0].text == words


PHRASES = st.sampled_from(["石门大桥", "柑橘产量", "多少", "是谁", "哪里", "2024年", "周大河", "为什么", "？", "有"])
PARAGRAPHS = st.lists(
    st.sampled_from([*TOWN.split("\n"), "𠮷野村有3家店。", "“好！”他说。", "……"]), min_size=1, max_size=4
)


@settings(max_examples=20, deadline=None)
@given(question=st.lists(PHRASES, min_size=1, max_size=5).map("".join), paragraphs=PARAGRAPHS)
def test_all_are_exact_slices_the_widest_margin_first(
    span_model: SpanModel, question: str, paragraphs: list[str]
) -> None:
    text = "\n".join(paragraphs)
    found = candidates_of(question, text, span_model)
    margins = [candidate.scored.margin for candidate in found]
    assert margins == sorted(margins, reverse=True)
    for candidate in found:
        assert_slices(candidate, text)


@pytest.mark.parametrize(
    ("question", "figure"),
    [("去年柑橘产量是多少？", "4.2万吨"), ("果园面积是多少亩？", "12万亩"), ("石门大桥全长多少米？", "1670米")],
)
def test_of_a_quantity_the_span_is_the_figure_alone(span_model: SpanModel, question: str, figure: str) -> None:
    found = candidates_of(question, TOWN, span_model)
    assert figure in [candidate.text for candidate in found]
    for candidate in found:
        assert_slices(candidate, TOWN)
        if candidate.figure is not None:
            assert candidate.span == candidate.figure.span
            assert candidate.sentences == (candidate.figure.sentence,)


def test_of_something_else_the_span_is_what_the_model_found(span_model: SpanModel) -> None:
    question = "石门大桥哪一天通车？"
    article = article_of(TOWN, PUBLISHED)
    first = passages_of(article)[0]
    context, begins = under_title(article.title, first.text)
    [scored] = span_model.read(question, [context], 3)
    found = find_candidates(dataclasses.replace(material_of(question, article), passages=[first]), span_model)
    assert [(candidate.span.start, candidate.span.end) for candidate in found] == [
        (span.start - begins, span.end - begins) for span in scored if span.start >= begins
    ]
    assert [candidate.scored.margin for candidate in found] == [s.margin for s in scored if s.start >= begins]


def test_the_title_is_read_with_a_passage_and_is_no_answer_itself(span_model: SpanModel) -> None:
    article = article_of("全县今年种下油茶3000亩。", PUBLISHED, title="云岭县油茶丰收")
    question = "云岭县种了多少亩油茶？"
    titled = find_candidates(material_of(question, article), span_model)
    bare = find_candidates(material_of(question, dataclasses.replace(article, title="消息")), span_model)
    assert (titled[0].text, bare[0].text) == ("3000亩", "3000亩")
    assert titled[0].scored.margin > bare[0].scored.margin
    for candidate in find_candidates(material_of("哪个县油茶丰收了？", article), span_model):
        assert_slices(candidate, article.text)


def test_a_title_is_read_as_it_is(span_model: SpanModel) -> None:
    article = article_of("云岭县油茶丰收", PUBLISHED, title="云岭县油茶丰收")
    titled = dataclasses.replace(article, blocks=(Block(BlockKind.TITLE, 0, len(article.text), ""),))
    question = "哪个县油茶丰收？"
    [scored] = span_model.read(question, [article.text], 3)
    assert [candidate.scored for candidate in find_candidates(material_of(question, titled), span_model)] == scored


@pytest.mark.parametrize("question", ["2024年柑橘产量是多少？", "去年柑橘产量是多少？"])
def test_a_passage_is_read_with_its_own_words_for_the_time(span_model: SpanModel, question: str) -> None:
    text = TOWN.split("\n")[1]
    article = article_of(text, PUBLISHED)
    [scored] = span_model.read("去年柑橘产量是多少？", [under_title(article.title, text)[0]], 3)
    found = candidates_of(question, text, span_model)
    assert {candidate.scored.margin for candidate in found} <= {span.margin for span in scored}


def test_only_the_first_passages_are_read(span_model: SpanModel) -> None:
    filler = [f"第{number}段说的是天气，风从北边来。" for number in range(MOST_READ - 1)]
    last = "馆长是高明远。"
    read = candidates_of("谁是馆长？", "\n".join([*filler, last]), span_model)
    assert read[0].text == "高明远"
    unread = candidates_of("谁是馆长？", "\n".join([*filler, "今天有雨。", last]), span_model)
    assert "高明远" not in [candidate.text for candidate in unread]


def test_who_took_a_picture_is_read_in_captions_alone(span_model: SpanModel) -> None:
    lines = ["梅长风拍的照片挂在墙上。", "渡口的清晨。图/周小舟"]
    article = article_of("\n".join(lines), PUBLISHED)
    paragraph, caption = article.blocks
    captioned = dataclasses.replace(
        article, blocks=(paragraph, Block(BlockKind.CAPTION, caption.start, caption.end, ""))
    )
    question = "渡口的照片是谁拍的？"
    assert min(c.span.start for c in find_candidates(material_of(question, article), span_model)) < caption.start
    found = find_candidates(material_of(question, captioned), span_model)
    assert found
    assert all(candidate.span.start >= caption.start for candidate in found)


def test_without_passages_there_is_nothing(span_model: SpanModel) -> None:
    article = article_of(TOWN, PUBLISHED)
    nothing = dataclasses.replace(material_of("谁是馆长？", article), passages=[])
    assert find_candidates(nothing, span_model) == []
