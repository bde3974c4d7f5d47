"""Figures of public benchmarks, worked out by hand, and what reads what."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from eval.public.answerers import Given, JuwenReading, ModelAlone, Said
from eval.public.rgb import NoisyQuestion
from eval.public.sampling import sample
from eval.public.scores import score_rgb, score_squad
from eval.public.squad import Paragraph, PublicQuestion
from eval.public.table import rgb_table, squad_table
from rag.chain import AnswerSteps, reader_for
from rag.models.span_model import SpanCandidate, SpanModel
from tests.conftest import OpenArticles

PARAGRAPH = Paragraph("林溪小学", "林溪小学建于1921年，校舍由木匠何守田设计。")


def question(*answers: str) -> PublicQuestion:
    return PublicQuestion("1", "？", PARAGRAPH, answers)


def said(short: str | None) -> Said:
    return Said(short, (PARAGRAPH.text,))


def test_answerable_questions_alone_have_no_precision_of_refusals() -> None:
    scored = score_squad("a", [question("何守田"), question("1921年", "一九二一年")], [said("木匠何守田"), said(None)])
    assert (scored.questions, scored.answerable) == (2, 2)
    assert scored.exact_match == 0.0
    assert scored.f1 == pytest.approx(0.75 / 2)
    assert scored.answered == 0.5
    assert scored.shown == 1.0
    assert (scored.answered_precision, scored.refused_recall) == (None, None)


def test_unanswerable_questions_are_for_the_refusals() -> None:
    questions = [question("何守田"), question("1921年"), question(), question()]
    scored = score_squad("a", questions, [said("何守田"), said(None), said(None), said("1921年")])
    assert (scored.questions, scored.answerable) == (4, 2)
    assert (scored.exact_match, scored.f1) == (0.5, 0.5)
    assert (scored.answered_precision, scored.answered_recall) == (0.5, 0.5)
    assert (scored.refused_precision, scored.refused_recall) == (0.5, 0.5)
    assert [answer.exact for answer in scored.answers] == [1.0, 0.0, None, None]


def test_an_answer_without_a_short_form_is_an_answer_that_scores_nothing() -> None:
    scored = score_squad("a", [question("何守田"), question()], [said(""), said(None)])
    assert (scored.exact_match, scored.f1, scored.answered_recall) == (0.0, 0.0, 1.0)


def test_rgb_counts_short_answers_that_hold_the_gold() -> None:
    questions = [NoisyQuestion(str(number), "？", (("何守田",),), (), ()) for number in range(4)]
    mixed = [Said("木匠何守田", ()), Said("王大锤", ()), Said(None, ()), Said("何守田", ())]
    negatives = [Said(None, ()), Said("王大锤", ()), Said(None, ()), Said(None, ())]
    scored = score_rgb("a", questions, mixed, negatives)
    assert (scored.accuracy, scored.refused, scored.rejection) == (0.5, 0.25, 0.75)


def test_one_reply_for_each_question() -> None:
    with pytest.raises(ValueError, match="zip"):
        score_squad("a", [question("何守田")], [])


def test_tables_leave_out_what_nothing_was_measured_on() -> None:
    plain = squad_table("t", [score_squad("a", [question("何守田")], [said("何守田")])])
    assert [column.header for column in plain.columns] == ["system", "EM", "F1", "shown", "answered"]
    mixed = squad_table("t", [score_squad("a", [question("何守田"), question()], [said("何守田"), said(None)])])
    assert [column.header for column in mixed.columns][-2:] == ["refP", "refR"]
    noisy = rgb_table("t", [score_rgb("a", [NoisyQuestion("1", "？", (("甲",),), (), ())], [said("甲")], [said(None)])])
    assert [list(column.cells) for column in noisy.columns] == [["a"], ["100"], ["0.0"], ["100"]]


def test_a_sample_is_always_the_same() -> None:
    assert sample(range(100), 5) == sample(range(100), 5) == sorted(sample(range(100), 5))
    assert sample([1, 2], 0) == sample([1, 2], 2) == sample([1, 2], 9) == [1, 2]


class Recording:
    """A reader that remembers what it was given, and never is surer than its "no answer"."""

    def __init__(self) -> None:
        self.contexts: list[str] = []

    def read(self, question: str, contexts: Sequence[str]) -> list[list[SpanCandidate]]:
        self.contexts = list(contexts)
        return [[SpanCandidate(0, 2, -9.0, 0.0, -9.0)] for _ in contexts]


def test_a_given_paragraph_is_all_that_is_read(open_articles: OpenArticles, span_model: SpanModel) -> None:
    chatbot = open_articles(
        school="林溪小学\n\n林溪小学建于1921年，校舍由木匠何守田设计。学校有学生四百人。",
        bridge="枫林桥\n\n枫林桥建于1957年，桥由石匠罗松年设计。桥长一百二十米。",
    )
    model = Recording()
    alone = ModelAlone(chatbot.index, model)
    given = [Given(PARAGRAPH.text, "school")]
    assert alone.answer("校舍由谁设计？", given) == Said("林溪", (PARAGRAPH.text,))
    assert model.contexts == [PARAGRAPH.text]
    assert {"何守田" in text for text in alone.answer("校舍由谁设计？", None).shown} == {True, False}

    steps = AnswerSteps(chatbot.index, reader_for(chatbot.index, span_model), chatbot.settings, None)
    juwen = JuwenReading(chatbot.index, steps, chatbot.settings)
    school, bridge = (juwen.answer("林溪小学的校舍由谁设计？", [Given("", name)]) for name in ("school", "bridge"))
    assert "何守田" in (school.short or "")
    assert all("枫林" not in text for text in school.shown)
    assert bridge.short is None
    assert juwen.answer("   ", given) == Said(None, ())
    assert "何守田" in (juwen.answer("林溪小学的校舍由谁设计？", None).short or "")
