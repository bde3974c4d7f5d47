"""The questions of an evaluation set as the chain reads them, before any probability is put on a candidate."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Case, load_cases
from eval.metrics import f1
from eval.sets import SETS
from rag.answer.confidence import ConfidenceModel
from rag.answer.coverage import TermWeights
from rag.answer.guards.span_guards import GUARDS
from rag.answer.reading import Material, Reading
from rag.answer.sentence_reader import SentenceReader
from rag.answer.trained_reader import Judged, TrainedReader
from rag.chain import AnswerSteps, Inquiry
from rag.index.index import Index
from rag.models.embedder import Embedder
from rag.models.span_model import SpanModel
from rag.settings import Settings

RIGHT_FROM = 0.6
"""A candidate is right from this F1 on: lists and reasons have no single right border."""


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A question, what the rules made of it, and the model's candidates with their signals."""

    case: Case
    material: Material
    ruled: Reading
    judged: tuple[Judged, ...]

    def is_right(self, judged: Judged) -> bool:
        """Whether a candidate answers the question."""
        return self.case.answerable and f1(judged.candidate.text, self.case.answers) >= RIGHT_FROM

    def rules_confidence(self) -> float:
        """How sure the rules are of what they found; 0 where they found nothing."""
        return self.ruled.best.confidence if self.ruled.best else 0.0

    def rules_are_right(self) -> bool:
        """Whether what the rules found answers the question."""
        best = self.ruled.best
        return best is not None and self.case.answerable and f1(best.short, self.case.answers) >= RIGHT_FROM


def judge_set(name: str, model: SpanModel, settings: Settings, guards: frozenset[str]) -> Iterator[JudgedCase]:
    """Every question of the evaluation set ``name`` that asks something of its articles."""
    chosen = SETS[name]
    yield from judge(load_cases(chosen.questions), chosen.corpus or settings.corpus_dir, model, settings, guards)


def judge(
    cases: Iterable[Case], corpus: Path, model: SpanModel, settings: Settings, guards: frozenset[str]
) -> Iterator[JudgedCase]:
    """Every one of ``cases`` that asks something of the articles in ``corpus``."""
    with _opened(corpus, settings) as (index, embedder):
        rules = SentenceReader(index.sentence_similarity, TermWeights(index.document_frequency, len(index.passages)))
        reader = TrainedReader(model, rules, ConfidenceModel.load(), guards)
        steps = AnswerSteps(index, reader, settings, embedder.embed_queries)
        for case in cases:
            material = steps.material(steps.retrieve(steps.understand(Inquiry(case.question, case.history))))
            if material is not None:
                ruled = rules.read(material)
                yield JudgedCase(case, material, ruled, tuple(reader.judge(material, ruled)))


def guard_names() -> frozenset[str]:
    """All guards."""
    return frozenset(GUARDS)


@contextmanager
def _opened(corpus: Path, settings: Settings) -> Iterator[tuple[Index, Embedder]]:
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"corpus_dir": corpus, "index_dir": Path(folder) / "index"})
        embedder = Embedder.load(own)
        yield Index.build_or_load(own, embedder), embedder
