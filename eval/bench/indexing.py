"""How fast an index is built, beside the model's bare `encode` of the same texts and beside the plain recipe."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from eval.bench.measure import Job, milliseconds, rotated
from eval.bench.peer import PlainRecipe, read_texts
from rag.models.embedder import Embedder
from rag.progress import Progress

_WARM_UP_TEXTS = 64


class _Recording:
    """The embedder, keeping what it was given to embed."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        self.texts: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        self.texts = list(texts)
        return self._embedder.embed_passages(texts, progress)

    def as_langchain(self) -> Embeddings:
        return self._embedder.as_langchain()


def measure(job: Job) -> dict[str, Any]:
    """Builds the index from nothing, encodes the same texts bare, builds the plain recipe, several times in turn.

    ``share`` is the median over the rounds of bare time by build time: 1.0 is a build that costs nothing but `encode`.
    """
    from rag.index.index import Index
    from rag.models.loading import load_model

    settings = job.settings()
    encoder = _Recording(Embedder.load(settings))
    model, _ = load_model(settings)
    texts = read_texts(Path(job.corpus))

    def build() -> object:
        with tempfile.TemporaryDirectory() as folder:
            fresh = settings.model_copy(update={"index_dir": Path(folder) / "index"})
            return Index.build_or_load(fresh, encoder)

    works: dict[str, Callable[[], object]] = {
        "build": build,
        "bare": lambda: model.encode_document(encoder.texts, show_progress_bar=False),
        "peer": lambda: PlainRecipe.build(texts, model),
    }
    # Not counted: it tells the texts, and torch prepares its kernels for batches of these lengths.
    build()
    model.encode_document(encoder.texts[:_WARM_UP_TEXTS], show_progress_bar=False)
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(job.rounds):
        for name in rotated(list(works), turn):
            seconds[name].append(milliseconds(works[name]) / 1000)
    return {
        "articles": len(texts),
        "texts": len(encoder.texts),
        "build_s": statistics.median(seconds["build"]),
        "bare_s": statistics.median(seconds["bare"]),
        "peer_s": statistics.median(seconds["peer"]),
        "share": statistics.median(bare / built for bare, built in zip(seconds["bare"], seconds["build"], strict=True)),
    }
