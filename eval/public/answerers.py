"""What is held against a public benchmark: 据文's reading, the bare model, and the plain recipe with that model."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.systems.best_span import ContextReader, best_reading
from eval.systems.juwen import RETRIEVED
from eval.systems.plain_recipe import PlainRecipe
from rag.chain import AnswerSteps, Inquiry
from rag.errors import QuestionError
from rag.index.index import Index
from rag.settings import Settings
from rag.types import ScoredPassage

MOST_QUESTION_CHARS = 10_000


@dataclass(frozen=True, slots=True)
class Given:
    """A paragraph that a question comes with, and the article of the corpus that it was made into."""

    text: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Said:
    """The short answer (None: refused; "" where the answer had no short form), and the texts that were looked at."""

    short: str | None
    shown: tuple[str, ...]


class Answerer(Protocol):
    """Answers a question from the paragraphs given with it, or, without them, from the whole corpus."""

    name: str

    def answer(self, question: str, given: Sequence[Given] | None) -> Said:
        """What it says to ``question``."""
        ...


class JuwenReading:
    """The steps of 据文: understanding, model, rules, guards, and the refusal by its fitted confidence.

    With paragraphs given, only the search is left out: their passages are read, the nearest to the question first. A
    question that 据文 does not accept counts as refused.
    """

    name = "据文"

    def __init__(self, index: Index, steps: AnswerSteps, settings: Settings) -> None:
        self._index = index
        self._steps = steps
        self._most = settings.retrieve_k

    def answer(self, question: str, given: Sequence[Given] | None) -> Said:
        """The short answer, where the confidence is high enough."""
        steps = self._steps
        try:
            inquiry = steps.understand(Inquiry(question))
        except QuestionError:
            return Said(None, ())
        if given is None:
            inquiry = steps.retrieve(inquiry)
        elif inquiry.question is not None:
            passages = self._passages_of({each.article_id for each in given}, inquiry.question.standalone)
            inquiry = dataclasses.replace(inquiry, passages=passages)
        shown = tuple(scored.passage.text for scored in inquiry.passages)
        answer = steps.answer(steps.read(inquiry)).answer
        if answer is None or answer.status not in ("answered", "computed"):
            return Said(None, shown)
        return Said(answer.short or "", shown)

    def _passages_of(self, articles: Collection[str], question: str) -> tuple[ScoredPassage, ...]:
        ranked = self._index.retrieve(question, len(self._index.passages))
        return tuple(scored for scored in ranked if scored.passage.article_id in articles)[: self._most]


class ModelAlone:
    """The trained model's best span, always: it never refuses, as sets without unanswerable questions score it.

    Left out: the understanding of the question, rules, guards and confidence. Paragraphs that are given are read as
    they are; otherwise the first five passages of 据文's search are.
    """

    name = "model alone"

    def __init__(self, index: Index, model: ContextReader) -> None:
        self._index = index
        self._model = model

    def answer(self, question: str, given: Sequence[Given] | None) -> Said:
        """The best span, "" where nothing can be read."""
        if given is None:
            contexts = [scored.passage.text for scored in self._index.retrieve(question, RETRIEVED)]
        else:
            contexts = [each.text for each in given]
        return Said(best_reading(self._model, question, contexts).text, tuple(contexts))


class RecipeAndModel:
    """The plain recipe's four chunks, read by the model alone; it never refuses and has no use for given paragraphs."""

    name = "plain recipe + model"

    def __init__(self, recipe: PlainRecipe, model: ContextReader) -> None:
        self._recipe = recipe
        self._model = model

    def answer(self, question: str, given: Sequence[Given] | None) -> Said:
        """The best span over the four chunks."""
        contexts = [chunk.text for chunk in self._recipe.retrieve(question)]
        return Said(best_reading(self._model, question, contexts).text, tuple(contexts))
