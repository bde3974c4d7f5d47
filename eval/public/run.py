"""Runs over public benchmarks: the paragraphs become a corpus, and every system is asked the same questions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from eval.public.answerers import MOST_QUESTION_CHARS, Answerer, Given, JuwenReading, ModelAlone, RecipeAndModel, Said
from eval.public.library import settings_for, write_articles
from eval.public.rgb import NoisyQuestion, mixed_passages, read_rgb
from eval.public.sampling import sample
from eval.public.scores import RgbScores, SquadScores, score_rgb, score_squad
from eval.public.squad import Paragraph, PublicQuestion, read_squad
from eval.systems.plain_recipe import PlainRecipe
from rag.chain import AnswerSteps, reader_for
from rag.progress import Progress, silent
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.index.index import Index
    from rag.models.span_model import SpanModel

ALL_NEGATIVE = 1.0


class Bench:
    """A corpus made of paragraphs, with the systems that answer from it."""

    def __init__(self, index: Index, model: SpanModel, settings: Settings, articles: dict[Paragraph, str]) -> None:
        self._index = index
        self._model = model
        self._settings = settings
        self._articles = articles

    def given(self, paragraphs: Sequence[Paragraph]) -> list[Given]:
        """The paragraphs as they are given with a question."""
        return [Given(paragraph.text, self._articles[paragraph]) for paragraph in paragraphs]

    def answerers(self, *, with_recipe: bool) -> list[Answerer]:
        """据文, the model alone and, where asked for, the plain recipe with the model, which embeds its chunks here."""
        reader = reader_for(self._index, self._model)
        embed = self._index.encoder.embed_queries
        steps = AnswerSteps(self._index, reader, self._settings, embed)
        systems: list[Answerer] = [
            JuwenReading(self._index, steps, self._settings),
            ModelAlone(self._index, self._model),
        ]
        if with_recipe:
            recipe = PlainRecipe.build(self._index.articles, self._index.encoder.as_langchain())
            systems.append(RecipeAndModel(recipe, self._model))
        return systems


@contextmanager
def open_bench(paragraphs: Sequence[Paragraph], settings: Settings, progress: Progress = silent) -> Iterator[Bench]:
    """A bench over the paragraphs, each once; its corpus and index go away with it.

    A paragraph that cannot be read as an article is told to ``progress``; questions on it find nothing.

    Raises:
        ModelError: a model cannot be loaded.
        ArticleError: not one paragraph can be read as an article.
    """
    from rag.index.index import Index
    from rag.models.embedder import Embedder
    from rag.models.span_model import SpanModel

    with tempfile.TemporaryDirectory(prefix="juwen-public-") as folder:
        own = settings_for(Path(folder), settings).model_copy(update={"max_question_chars": MOST_QUESTION_CHARS})
        different = list(dict.fromkeys(paragraphs))
        names = write_articles(own.corpus_dir, different)
        model = SpanModel.load(own.reader_dir, own.threads)
        index = Index.build_or_load(own, Embedder.load(own, progress), progress)
        for problem in index.problems:
            progress(f"left out: {problem}", 1, 1)
        yield Bench(index, model, own, dict(zip(different, names, strict=True)))


def run_squad(
    path: Path, settings: Settings, *, over_all: bool = False, limit: int = 0, progress: Progress = silent
) -> list[SquadScores]:
    """The figures of each system over a SQuAD-style file, or over ``limit`` of its questions, always the same ones.

    Each question comes with its paragraph; with ``over_all`` it does not: all paragraphs of the file are the corpus,
    and the plain recipe is asked too.

    Raises:
        BenchmarkError: the file cannot be used.
        JuwenError: a model cannot be loaded, or the paragraphs cannot be indexed.
    """
    everything = read_squad(path)
    questions = sample(everything, limit)
    paragraphs = [question.paragraph for question in (everything if over_all else questions)]
    with open_bench(paragraphs, settings, progress) as bench:
        results = []
        for system in bench.answerers(with_recipe=over_all):
            said = _ask_squad(system, questions, None if over_all else bench, progress)
            results.append(score_squad(system.name, questions, said))
        return results


def run_rgb(
    path: Path, settings: Settings, *, noise: float, limit: int = 0, progress: Progress = silent
) -> list[RgbScores]:
    """The figures of each system over RGB's file, or over ``limit`` of its questions, always the same ones.

    ``noise`` is the share of negative passages, 0–1, beside the questions of the accuracy.

    Raises:
        BenchmarkError: the file cannot be used.
        JuwenError: a model cannot be loaded, or the passages cannot be indexed.
    """
    questions = sample(read_rgb(path), limit)
    sets = {share: [_paragraphs(question, share) for question in questions] for share in (noise, ALL_NEGATIVE)}
    everything = [each for given in sets.values() for paragraphs in given for each in paragraphs]
    with open_bench(everything, settings, progress) as bench:
        results = []
        for system in bench.answerers(with_recipe=False):
            said = {share: _ask_rgb(system, questions, given, bench, progress) for share, given in sets.items()}
            results.append(score_rgb(system.name, questions, said[noise], said[ALL_NEGATIVE]))
        return results


def _paragraphs(question: NoisyQuestion, noise: float) -> list[Paragraph]:
    return [Paragraph("", text) for text in mixed_passages(question, noise)]


def _ask_squad(
    system: Answerer, questions: Sequence[PublicQuestion], bench: Bench | None, progress: Progress
) -> list[Said]:
    said = []
    for number, question in enumerate(questions, 1):
        given = bench.given([question.paragraph]) if bench else None
        said.append(system.answer(question.question, given))
        progress(system.name, number, len(questions))
    return said


def _ask_rgb(
    system: Answerer,
    questions: Sequence[NoisyQuestion],
    passages: Sequence[Sequence[Paragraph]],
    bench: Bench,
    progress: Progress,
) -> list[Said]:
    said = []
    for number, (question, given) in enumerate(zip(questions, passages, strict=True), 1):
        said.append(system.answer(question.question, bench.given(given)))
        progress(system.name, number, len(questions))
    return said
