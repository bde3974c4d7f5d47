"""The reader that ships over one short article: what the model finds, what guards refuse, what the rules add."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from rag.answer.confidence import ConfidenceModel, Signals
from rag.answer.coverage import TermWeights
from rag.answer.guards.span_guards import DECISIVE, GUARDS
from rag.answer.reading import Finding, Material, Reading
from rag.answer.sentence_reader import MOST_CLOSEST, SentenceReader
from rag.answer.trained_reader import RULED_FROM, SURE_MARGIN, Judged, TrainedReader, is_sure_figure, sees_it_too
from rag.chain import AnswerSteps, Inquiry
from rag.index.index import Index
from rag.models.embedder import Embedder
from rag.models.span_model import SpanModel
from rag.settings import Settings
from rag.types import Span

BRIDGE = """---
title: 石门镇的新桥
publisher: 山水周报
published: 2024-03-10
---

石门镇的新桥

石门大桥由铁路工程局建成，2023年10月1日通车，全长1670米，是当地最长的桥。设计者是梅长风，他为画图纸跑了三十多趟工地。

2023年，石门镇柑橘产量4.2万吨，2022年柑橘产量3.5万吨。全镇果园面积12万亩，果农6000人。

老渡口在通车那天停航，摆渡四十年的船工周大河把木船捐给了县博物馆。他说，船老了，人也该歇歇了。

柳溪大桥由水利工程局建成，全长820米。
"""

SHIPPED = ConfidenceModel.load()
NO_WEIGHTS = dict.fromkeys((field.name for field in dataclasses.fields(Signals)), 0.0)
ANSWERED = [
    ("石门大桥的图纸是谁画的？", "梅长风"),
    ("石门大桥的设计师是谁？", "梅长风"),
    ("周大河摆渡了多少年？", "四十年"),
    ("果农有多少人？", "6000人"),
    ("2022年柑橘产量是多少？", "3.5万吨"),
    ("2023年柑橘产量是多少？", "4.2万吨"),
]
NEAR_MISSES = [
    ("柳溪大桥哪天通车？", "2023年10月1日"),
    ("柳溪大桥的设计者是谁？", "梅长风"),
    ("青山大桥由谁建成？", "铁路工程局"),
    ("2021年柑橘产量是多少？", "3.5万吨"),
]
"""Questions that the article does not answer, with what looks like an answer."""


class Bridge:
    """The article, searched and read."""

    def __init__(self, index: Index, embedder: Embedder, settings: Settings, model: SpanModel) -> None:
        self.rules = SentenceReader(
            index.sentence_similarity, TermWeights(index.document_frequency, len(index.passages))
        )
        self.model = model
        self.settings = settings
        self._steps = AnswerSteps(index, self.reader(), settings, embedder.embed_queries)

    def reader(self, confidence: ConfidenceModel = SHIPPED, guards: tuple[str, ...] = tuple(GUARDS)) -> TrainedReader:
        return TrainedReader(self.model, self.rules, confidence, guards)

    def material(self, question: str) -> Material:
        material = self._steps.material(self._steps.retrieve(self._steps.understand(Inquiry(question, ()))))
        assert material is not None
        return material

    def read(self, question: str) -> Reading:
        return self.reader().read(self.material(question))


@pytest.fixture(scope="module")
def bridge(embedder: Embedder, span_model: SpanModel, tmp_path_factory: pytest.TempPathFactory) -> Bridge:
    folder: Path = tmp_path_factory.mktemp("bridge")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    settings = Settings(corpus_dir=folder / "corpus", index_dir=folder / "index")
    return Bridge(Index.build_or_load(settings, embedder), embedder, settings, span_model)


@pytest.mark.parametrize(("question", "short"), ANSWERED)
def test_what_is_told_in_other_words_is_found(bridge: Bridge, question: str, short: str) -> None:
    best = bridge.read(question).best
    assert best is not None
    assert best.short == short
    assert best.confidence >= bridge.settings.refusal_threshold


@pytest.mark.parametrize("question", [question for question, _ in ANSWERED + NEAR_MISSES])
def test_every_finding_is_an_exact_slice_of_the_article(bridge: Bridge, question: str) -> None:
    material = bridge.material(question)
    findings = bridge.reader(guards=()).read(material).findings
    assert findings
    for finding in findings:
        article = material.articles[finding.support[0].article_id]
        span = finding.answer_span
        assert span is not None
        assert article.text[span.start : span.end] == finding.short
        assert finding.support[0].span.overlaps(span)
        assert 0 <= finding.confidence <= 1


@pytest.mark.parametrize(("question", "tempting"), NEAR_MISSES)
def test_a_near_miss_is_no_finding(bridge: Bridge, question: str, tempting: str) -> None:
    material = bridge.material(question)
    judged = bridge.reader().judge(material, bridge.rules.read(material))
    # The model alone would have given it: the guards refuse it.
    assert tempting in [one.candidate.text for one in judged if one.ruled_out]
    best = bridge.read(question).best
    assert best is None or best.confidence < bridge.settings.refusal_threshold


@pytest.mark.parametrize("question", [question for question, _ in ANSWERED + NEAR_MISSES])
def test_what_a_decisive_guard_speaks_against_is_never_a_finding(bridge: Bridge, question: str) -> None:
    material = bridge.material(question)
    ruled = bridge.rules.read(material)
    sure_of_all = bridge.reader(ConfidenceModel(50.0, NO_WEIGHTS, 0.0))
    judged = sure_of_all.judge(material, ruled)
    out = {one.candidate.span for one in judged if one.ruled_out}
    kept = {one.candidate.span for one in judged if not one.ruled_out}
    assert all(one.obstacle for one in judged if one.ruled_out)
    found = {finding.answer_span for finding in sure_of_all.read(material).findings if finding.confidence > 0}
    assert found <= kept
    assert not found & (out - kept)


def test_with_no_guards_the_model_alone_decides(bridge: Bridge) -> None:
    material = bridge.material("柳溪大桥哪天通车？")
    best = bridge.reader(guards=()).read(material).best
    assert best is not None
    assert best.short == "2023年10月1日"
    assert bridge.reader().read(material).findings == ()
    undecided = tuple(GUARDS.keys() - DECISIVE)
    judged = bridge.reader(guards=undecided).judge(material, bridge.rules.read(material))
    assert not any(one.ruled_out for one in judged)


def test_a_sure_figure_of_the_rules_wins_over_a_doubtful_candidate(bridge: Bridge) -> None:
    material = bridge.material("2023年柑橘产量是多少？")
    ruled = bridge.rules.read(material).best
    assert ruled is not None
    assert is_sure_figure(ruled)
    doubtful = bridge.reader(ConfidenceModel(-2.0, NO_WEIGHTS, 0.9)).read(material).best
    assert doubtful is not None
    assert (doubtful.short, doubtful.answer_span, doubtful.confidence) == ("4.2万吨", ruled.answer_span, 0.9)


def test_a_candidate_surer_than_the_rules_comes_first(bridge: Bridge) -> None:
    material = bridge.material("2022年柑橘产量是多少？")
    first, *others = bridge.reader(ConfidenceModel(3.0, NO_WEIGHTS, 0.5)).read(material).findings
    assert first.short == "3.5万吨"
    assert first.confidence > 0.9
    assert [other.confidence for other in others] == sorted((other.confidence for other in others), reverse=True)


def test_what_is_computed_comes_first(bridge: Bridge) -> None:
    best = bridge.read("2023年柑橘产量比2022年多多少？").best
    assert best is not None
    assert best.short == "0.7万吨"
    assert best.answer_span is None
    assert best.formula is not None
    assert {"4.2万吨", "3.5万吨"} <= set(best.formula.replace("−", " ").split())


@pytest.mark.parametrize(
    ("question", "note"), [("石门镇果园面积是12万亩吗？", "confirmed"), ("石门镇果园面积是15万亩吗？", "contradicted")]
)
def test_a_claim_is_left_to_the_rules(bridge: Bridge, question: str, note: str) -> None:
    material = bridge.material(question)
    reading = bridge.reader().read(material)
    assert reading == bridge.rules.read(material)
    assert reading.best is not None
    assert (reading.best.note, reading.best.short) == (note, "12万亩")


def test_what_the_model_holds_likeliest_is_shown_first_where_nothing_answers(bridge: Bridge) -> None:
    material = bridge.material("船工把木船送给谁了？")
    unsure = ConfidenceModel(-20.0, NO_WEIGHTS, 0.0)
    reading = bridge.reader(unsure).read(material)
    ruled = bridge.rules.read(material)
    likeliest = bridge.reader(unsure).judge(material, ruled)[0].candidate.sentence
    assert "博物馆" in likeliest.text
    assert reading.closest[0].span == likeliest.span
    assert len(set(reading.closest)) == len(reading.closest) == MOST_CLOSEST


def test_the_signals_tell_what_the_rules_made_of_the_question(bridge: Bridge) -> None:
    material = bridge.material("果农有多少人？")
    ruled = bridge.rules.read(material)
    first, *others = bridge.reader().judge(material, ruled)
    assert (first.candidate.text, first.obstacle) == ("6000人", "")
    assert (first.signals.agreed, first.signals.contradicted, first.signals.unanswered) == (1, 0, 0)
    assert first.signals.lead == first.signals.margin - max(other.signals.margin for other in others)
    assert {(other.signals.agreed, other.signals.contradicted) for other in others} == {(0, 1)}
    for one in bridge.reader().judge(material, Reading()):
        assert (one.signals.agreed, one.signals.contradicted, one.signals.unanswered) == (0, 0, 1)
        assert one.signals.doubted == bool(one.obstacle)


@pytest.mark.parametrize(
    ("short", "span", "confidence", "sure"),
    [
        ("12万亩", Span(3, 7), RULED_FROM, True),
        ("12万亩", Span(3, 7), RULED_FROM - 0.01, False),
        ("12万亩", None, 1.0, False),
        ("梅长风", Span(3, 6), 1.0, False),
        ("果园因此有12万亩。", Span(3, 13), 1.0, False),
        ("12万亩和6000人", Span(3, 13), 1.0, False),
        (None, None, 1.0, False),
    ],
)
def test_a_sure_figure_is_one_stated_figure(
    short: str | None, span: Span | None, confidence: float, sure: bool
) -> None:
    assert is_sure_figure(Finding(short, span, (), confidence)) is sure


def test_a_sure_reader_need_not_find_the_words_of_the_question(bridge: Bridge) -> None:
    material = bridge.material("柳溪大桥有多长？")
    (best, *_) = bridge.reader().judge(material, bridge.rules.read(material))
    assert best.candidate.text == "820米"
    assert best.candidate.scored.margin >= SURE_MARGIN
    assert GUARDS["figure-worded"].speaks_against(material.focus, best.candidate)
    assert best.obstacle == ""


@pytest.mark.parametrize("question", ["石门大桥长1670米有什么用？", "梅长风跑了三十多趟图个啥", "摆渡四十年怎么样"])
def test_a_figure_beside_an_interrogative_is_no_claim_to_be_confirmed(bridge: Bridge, question: str) -> None:
    best = bridge.read(question).best
    assert best is None or best.note is None
    assert best is None or best.short not in ("1670米", "三十多趟", "四十年")


@pytest.mark.parametrize("statement", ["石门大桥全长1670米", "石门大桥全长1670米吗？"])
def test_a_figure_without_an_interrogative_is_a_claim(bridge: Bridge, statement: str) -> None:
    best = bridge.read(statement).best
    assert best is not None
    assert (best.note, best.short) == ("confirmed", "1670米")


def test_a_figure_that_the_model_holds_for_far_worse_than_another_is_not_sure(bridge: Bridge) -> None:
    material = bridge.material("2023年柑橘产量是多少？")
    judged = bridge.reader().judge(material, bridge.rules.read(material))
    right = next(one for one in judged if one.candidate.text == "4.2万吨")
    focus, undated = material.focus, dataclasses.replace(material.focus, times=())
    assert sees_it_too(focus, [right])

    def of_margin(margin: float, *, agreed: float) -> Judged:
        scored = dataclasses.replace(right.candidate.scored, score=margin, null_score=0.0)
        candidate = dataclasses.replace(right.candidate, scored=scored)
        return Judged(candidate, dataclasses.replace(right.signals, agreed=agreed), "", ruled_out=False)

    assert sees_it_too(focus, [of_margin(1.0, agreed=1.0), of_margin(6.5, agreed=0.0)])
    assert not sees_it_too(focus, [of_margin(-3.0, agreed=1.0), of_margin(6.5, agreed=0.0)])
    assert sees_it_too(undated, [of_margin(4.0, agreed=1.0), of_margin(6.5, agreed=0.0)])
    assert not sees_it_too(undated, [of_margin(1.0, agreed=1.0), of_margin(6.5, agreed=0.0)])
    assert sees_it_too(undated, [of_margin(-2.0, agreed=1.0), of_margin(-1.0, agreed=0.0)])
    assert not sees_it_too(undated, [of_margin(-7.0, agreed=1.0), of_margin(-6.5, agreed=0.0)])
    assert sees_it_too(focus, [of_margin(-7.0, agreed=1.0), of_margin(-6.5, agreed=0.0)])
    assert not sees_it_too(undated, [of_margin(6.5, agreed=0.0)])
