"""Corrupted sentences, and that the check of worded answers catches them, alone and behind a real server."""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import date

import pytest

from eval.cases import Case
from eval.claims.__main__ import main
from eval.claims.corruption import KINDS, corrupted
from eval.claims.measure import LEAST_CAUGHT, corrupted_claims, measure, shortfalls
from eval.claims.true_claims import TrueClaim, as_statement, true_claims
from eval.sets import SETS
from rag.answer.citations import cite
from rag.answer.reading import Support
from rag.answer.worded.task import Task
from rag.answer.worded.worded_answers import WordedAnswers
from rag.llm.endpoint import Endpoint
from rag.settings import Settings
from rag.types import Answer, Article, Block, BlockKind, Passage, Question, Span
from tests.llm.scripted_server import scripted_server
from tests.llm.scripts import says

CHANCE = random.Random(1)  # noqa: S311 - the same sentences every time
SENTENCE = "2024年，临江市建成桥梁12座、隧道3座，市长陆远说还有3万人没有搬家。"
ARTICLE = Article("x", "桥", SENTENCE, (Block(BlockKind.PARAGRAPH, 0, len(SENTENCE)),), date(2025, 3, 1))
PASSAGE = Passage("x-0", "x", "桥", "", BlockKind.PARAGRAPH, SENTENCE, 0, len(SENTENCE), (Span(0, len(SENTENCE)),))


def made_up() -> TrueClaim:
    case = Case("a", "x", "fact", "多少座？", True, "answered", answers=("12座",), evidence=(SENTENCE,))
    return true_claims([case], {"x": ARTICLE}, [PASSAGE])[0]


@pytest.mark.parametrize("kind", KINDS)
def test_one_thing_is_changed(kind: str) -> None:
    claim = made_up()
    text = corrupted(claim, kind, [("周行", "nr"), ("上游市", "ns")], CHANCE)
    assert text is not None
    assert text != claim.written
    assert text.endswith("[1]")
    assert abs(len(text) - len(claim.written)) <= 4


def test_what_lacks_a_kind_is_left_out() -> None:
    text = "桥很长。"
    article = Article("x", "桥", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    passage = Passage("x-0", "x", "桥", "", BlockKind.PARAGRAPH, text, 0, len(text), (Span(0, len(text)),))
    case = Case("a", "x", "fact", "桥怎样？", True, "answered", answers=("很长",), evidence=(text,))
    claim = true_claims([case], {"x": article}, [passage])[0]
    assert [corrupted(claim, kind, [], CHANCE) for kind in ("figure", "year", "unit", "swap", "name")] == [None] * 5


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("建成了多少座桥？", "12座", "建成了12座桥。"),
        ("市长是谁？", "陆远", "市长是陆远。"),
        ("花了多少钱？", "3万元", "花了3万元。"),
        ("谁在哪里说的？", "陆远", ""),
    ],
)
def test_a_question_becomes_a_statement(question: str, answer: str, statement: str) -> None:
    case = Case("a", "x", "fact", question, True, "answered", answers=(answer,), evidence=("x",))
    assert as_statement(case) == statement


def test_the_thresholds_hold_for_the_gold_questions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert f"{60 * len(KINDS)} corrupted sentences" in " ".join(capsys.readouterr().out.split())


def test_a_figure_under_its_threshold_is_told() -> None:
    measured = measure(SETS["gold"], Settings(), per_kind=5)
    figure = measured.caught["figure"]
    worse = type(figure)(figure.asked, figure.asked - 1, ("x",))
    assert shortfalls(type(measured)({"figure": worse}, measured.true))[0].startswith("figure: ")


@pytest.mark.slow
def test_corrupted_answers_of_a_real_server_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """All of them, each as the whole answer of a model behind the protocol; the true ones are shown."""
    claims = corrupted_claims(SETS["gold"], Settings())
    current = ""
    asked, caught, true_shown = Counter[str](), Counter[str](), 0
    with (
        scripted_server(play=lambda _: says(current, piece=50)) as server,
        Endpoint.open(server.settings()) as endpoint,
    ):
        worded = WordedAnswers(endpoint, seconds=30, at_once=1)
        for number, (kind, claim, text) in enumerate(claims):
            current = text
            asked[kind] += 1
            caught[kind] += _drain(worded, _task(claim, f"问题{number}")).mode == "reader"
            current = claim.written
            true_shown += _drain(worded, _task(claim, f"问题{number}是什么")).mode == "llm"
    with capsys.disabled():
        sys.stdout.write(
            f"\ncaught behind a real server: {dict(caught)} of {dict(asked)}; true ones shown: {true_shown}\n"
        )
    assert asked == dict.fromkeys(KINDS, 60)
    assert all(caught[kind] / asked[kind] >= LEAST_CAUGHT[kind] for kind in asked)
    assert true_shown / len(claims) > 0.95


def _task(claim: TrueClaim, question: str) -> Task:
    """The task of wording what the true sentence says; any sentence of its passages would do as the finding."""
    articles = {claim.article.id: claim.article}
    places = [Support(claim.article.id, Span(passage.start, passage.end)) for passage in claim.numbered]
    found = Answer("原句", None, "answered", cite(places, articles, "", 1.0), question, confidence=0.9)
    return Task(Question(question, question), found, claim.numbered, articles, claim.article.published, "")


def _drain(worded: WordedAnswers, task: Task) -> Answer:
    pieces = worded.word(task, "v")
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            answer: Answer = end.value.answer
            return answer
