"""The chatbot's own chain with half of its reader: the rules without the model, or the model without the rules."""

from __future__ import annotations

from collections.abc import Sequence

from eval.cases import Case
from eval.evaluation import Reply
from eval.systems.best_span import ContextReader, best_reading
from eval.systems.juwen import timed_reply
from rag.answer.candidates import MOST_READ
from rag.answer.coverage import TermWeights
from rag.answer.reading import Finding, Material, Reader, Reading, Support
from rag.answer.sentence_reader import SentenceReader
from rag.chain import AnswerSteps, Inquiry, build_chain
from rag.index.index import Index
from rag.settings import Settings
from rag.types import Passage, Span

CLEAR = 0.5
"""Above this confidence an answer is given. The rules' confidence is no fitted probability, so the threshold that was
chosen for 据文 means nothing for it; the model alone says 1.0 or nothing."""


class OneReader:
    """Understanding and hybrid retrieval as in 据文, with one half of its reader. See `rules_alone`, `model_alone`."""

    def __init__(self, name: str, index: Index, reader: Reader, settings: Settings) -> None:
        self.name = name
        self._index = index
        own = settings.model_copy(update={"refusal_threshold": CLEAR})
        self._chain = build_chain(AnswerSteps(index, reader, own, index.encoder.embed_queries))

    def ask(self, case: Case) -> Reply:
        """Answer the question of ``case``, after its history."""
        return timed_reply(lambda: self._chain.invoke(Inquiry(case.question, case.history)), self._index)


def rules_alone(index: Index) -> Reader:
    """The rules for words, figures, times and places. Left out: the trained model and the fitted confidence."""
    return SentenceReader(index.sentence_similarity, TermWeights(index.document_frequency, len(index.passages)))


def model_alone(model: ContextReader) -> Reader:
    """The trained model, its best span taken as it is, nothing where its own "no answer" scores higher.

    Left out: the rules, so nothing is compared or computed, the guards, the trimming of a quantity to its figure, and
    the fitted confidence.
    """
    return _ModelReader(model)


class _ModelReader:
    def __init__(self, model: ContextReader) -> None:
        self._model = model

    def read(self, material: Material) -> Reading:
        """Read the passages that 据文 reads too; see `rag.answer.reading.Reader`."""
        finding = read_span(self._model, material.question, material.passages[:MOST_READ])
        return Reading((finding,) if finding else ())


def read_span(model: ContextReader, question: str, passages: Sequence[Passage]) -> Finding | None:
    """The model's best span over the passages, with the sentences that it touches as its support.

    None where no passage has a span at all, and where "no answer" scores higher.
    """
    best = best_reading(model, question, [passage.text for passage in passages])
    if best.candidate is None or best.margin <= 0:
        return None
    passage = passages[best.context]
    span = Span(passage.start + best.candidate.start, passage.start + best.candidate.end)
    touched = [sentence for sentence in passage.sentences if sentence.overlaps(span)] or [passage.span]
    return Finding(best.text, span, tuple(Support(passage.article_id, sentence) for sentence in touched), 1.0)
