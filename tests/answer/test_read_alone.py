"""The second look: each candidate's sentence read by itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.answer.candidates import find_candidates, under_title
from rag.answer.coverage import TermWeights
from rag.answer.read_alone import MOST_READ_ALONE, NOT_FOUND, margins_alone
from rag.answer.reading import Material
from rag.answer.sentence_reader import SentenceReader
from rag.chain import AnswerSteps, Inquiry
from rag.index.index import Index
from rag.models.embedder import Embedder
from rag.models.span_model import CANDIDATES, SpanCandidate, SpanModel
from rag.settings import Settings

MILL = """---
title: 青禾磨坊开放日
published: 2024-05-06
---

青禾磨坊始建于1912年，2019年重修，水轮直径6.4米。守磨人叫汪守田，每天磨面280斤。

磨坊周一闭馆，其余各天9时开门。参观券每张15元，学生半价。
"""


class Recorded(SpanModel):
    """The reader, with the contexts that it was given."""

    contexts: list[str]

    def read(self, question: str, contexts: Sequence[str], count: int = CANDIDATES) -> list[list[SpanCandidate]]:
        self.contexts += contexts
        return super().read(question, contexts, count)


@pytest.fixture(scope="module")
def asked(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> AnswerSteps:
    folder = tmp_path_factory.mktemp("mill")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "mill.md").write_text(MILL, encoding="utf-8")
    settings = Settings(corpus_dir=folder / "corpus", index_dir=folder / "index")
    index = Index.build_or_load(settings, embedder)
    rules = SentenceReader(index.sentence_similarity, TermWeights(index.document_frequency, len(index.passages)))
    return AnswerSteps(index, rules, settings, embedder.embed_queries)


@pytest.fixture
def model() -> Recorded:
    recorded = Recorded.load()
    assert isinstance(recorded, Recorded)
    recorded.contexts = []
    return recorded


def material_of(asked: AnswerSteps, question: str) -> Material:
    material = asked.material(asked.retrieve(asked.understand(Inquiry(question))))
    assert material is not None
    return material


@pytest.mark.parametrize("question", ["守磨人叫什么名字？", "参观券多少钱一张？", "水轮直径是多少？"])
def test_the_margin_is_that_of_the_span_in_its_sentence_under_the_title(
    asked: AnswerSteps, model: Recorded, question: str
) -> None:
    material = material_of(asked, question)
    first, *_ = candidates = find_candidates(material, model)
    margins = margins_alone(material, candidates, [False] * len(candidates), model)
    context, offset = under_title("青禾磨坊开放日", first.sentence.text)
    (spans,) = model.read(first.asked, [context])
    best = next(span for span in spans if context[span.start : span.end] in first.text or span.start >= offset)
    assert margins[0] == pytest.approx(best.margin, abs=1e-4)
    assert margins[0] == max(margins)


def test_only_the_first_that_stand_are_read_and_a_sentence_once(asked: AnswerSteps, model: Recorded) -> None:
    material = material_of(asked, "磨坊是哪年建的？")
    candidates = find_candidates(material, model)
    assert len(candidates) > MOST_READ_ALONE
    model.contexts.clear()
    margins = margins_alone(material, candidates, [True, *[False] * (len(candidates) - 1)], model)
    assert len(model.contexts) == len(set(model.contexts)) <= MOST_READ_ALONE
    read = {candidate.sentence.text.strip() for candidate in candidates[1 : MOST_READ_ALONE + 1]}
    assert {context.split("\n", 1)[-1].strip() for context in model.contexts} <= read
    model.contexts.clear()
    assert margins_alone(material, candidates, [True] * len(candidates), model) == [NOT_FOUND] * len(candidates)
    assert model.contexts == []
    assert len(margins) == len(candidates)


def test_nothing_found_is_nothing_read(asked: AnswerSteps, model: Recorded) -> None:
    assert margins_alone(material_of(asked, "水轮有多大？"), [], [], model) == []
    assert model.contexts == []
