"""All measures, one after the other."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from eval.metrics import f1 as overlap
from eval.public.library import settings_for, write_articles
from eval.public.sampling import sample
from eval.public.squad import Paragraph
from rag.progress import Progress, silent
from rag.settings import Settings
from training.measure.answerability import ReadExample, measure_answerability
from training.measure.calibration import calibration
from training.measure.held_out import HeldOut, from_facts, from_figures, from_trial
from training.measure.libraries import plain_recipe, product, split_passages
from training.measure.loading import THREADS, Loaded
from training.measure.open_retrieval import measure_open_retrieval
from training.measure.paragraph_given import measure_paragraph_given
from training.measure.processor import processor
from training.measure.reader import CalibratedReader
from training.measure.results import Measure, Results
from training.measure.speed import measure_noise, measure_times
from training.measure.trial import TrialQuestion, trial_questions

if TYPE_CHECKING:
    from rag.models.embedder import Embedder

RIGHT_OVERLAP = 0.5
"""From this F1 on a span counts as the right one; a figure must have the right value."""


class Run:
    """Measures one reader, and beside it, where there is one, the full model that it was quantised from.

    With a `limit` above 0, every measure sees at most so many questions.
    """

    def __init__(
        self, data: Path, shipped: Loaded, full: Loaded | None = None, limit: int = 0, progress: Progress = silent
    ) -> None:
        self._data = data
        self._readers = {"shipped": shipped.reader} | ({"full": full.reader} if full else {})
        self._reader = shipped.reader
        self._limit = limit
        self._progress = progress
        self._embedder: Embedder | None = None
        self._all = trial_questions(data)
        self._questions: list[TrialQuestion] = sample(self._all, limit)
        self._readings: list[ReadExample] | None = None
        self.results = Results(processor(), shipped.name, shipped.megabytes)
        self.results.load_seconds = {"shipped": shipped.seconds} | ({"full": full.seconds} if full else {})

    def measure(self, wanted: Collection[Measure]) -> Results:
        """The measures that are wanted, in their order.

        Raises:
            MeasureError: data is missing.
            ModelError: the embedder cannot be loaded.
        """
        steps = {
            Measure.PARAGRAPH: self._paragraph,
            Measure.NEAR_MISSES: self._near_misses,
            Measure.CALIBRATION: self._calibration,
            Measure.OPEN: self._open,
            Measure.TIME: self._time,
        }
        for measure in Measure:
            if measure in wanted:
                steps[measure]()
        return self.results

    def _paragraph(self) -> None:
        for name, reader in self._readers.items():
            label = f"paragraph given: {name}"
            self.results.paragraph[name] = measure_paragraph_given(reader, self._questions, self._progress, label)

    def _near_misses(self, *, with_cosine: bool = True) -> None:
        from training.measure.cosine import CosineBaseline

        cosine = CosineBaseline(self._load_embedder()) if with_cosine else None
        self._readings = []
        for data in self._held_out():
            compared, readings = measure_answerability(self._reader, data, cosine, self._progress)
            self._readings += readings
            if with_cosine:
                self.results.near_misses += compared

    def _calibration(self) -> None:
        if not isinstance(self._reader, CalibratedReader):
            return
        if self._readings is None:
            self._near_misses(with_cosine=False)
        readings = self._readings or []
        probabilities = [each.score for each in readings]
        self.results.calibration = {
            "answerable": calibration(probabilities, [bool(each.example.answers) for each in readings]),
            "right": calibration(probabilities, [_right(each) for each in readings]),
        }

    def _open(self) -> None:
        embedder = self._load_embedder()
        with tempfile.TemporaryDirectory(prefix="juwen-measure-") as folder:
            settings = settings_for(Path(folder), Settings())
            write_articles(settings.corpus_dir, self._paragraphs())
            for library in (product(settings, embedder, self._progress), plain_recipe(settings, embedder)):
                self.results.open_retrieval.append(
                    measure_open_retrieval(self._reader, self._questions, library, progress=self._progress)
                )

    def _time(self) -> None:
        with tempfile.TemporaryDirectory(prefix="juwen-measure-") as folder:
            settings = settings_for(Path(folder), Settings())
            write_articles(settings.corpus_dir, self._paragraphs())
            passages = split_passages(settings)
        asked = [question.question for question in self._all]
        self.results.noise = measure_noise()
        for name, reader in self._readers.items():
            self.results.times[name] = measure_times(
                reader, asked, passages, progress=self._progress, label=f"time: {name}"
            )

    def _held_out(self) -> list[HeldOut]:
        return [from_trial(self._data, self._limit), from_figures(self._limit), from_facts(self._limit)]

    def _paragraphs(self) -> list[Paragraph]:
        return list(dict.fromkeys(question.paragraph for question in self._all))

    def _load_embedder(self) -> Embedder:
        if self._embedder is None:
            from rag.models.embedder import Embedder
            from rag.settings import load_settings

            self._embedder = Embedder.load(load_settings().model_copy(update={"threads": THREADS}))
        return self._embedder


def _right(read: ReadExample) -> bool:
    return overlap(read.reading.text, [answer.text for answer in read.example.answers]) >= RIGHT_OVERLAP
