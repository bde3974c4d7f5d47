"""How fast an index is built, beside the model's bare `encode` of the same texts and beside the plain recipe."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from eval.bench.measure import Job, milliseconds
from eval.bench.peer import PlainRecipe, read_texts
from rag.models.embedder import Embedder
from rag.progress import Progress


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
    model.encode(texts[:1])
    builds, bare, peers = [], [], []
    for _ in range(job.rounds):
        with tempfile.TemporaryDirectory() as folder:
            fresh = settings.model_copy(update={"index_dir": Path(folder) / "index"})
            builds.append(milliseconds(lambda fresh=fresh: Index.build_or_load(fresh, encoder)) / 1000)  # type: ignore[misc]
        bare.append(milliseconds(lambda: model.encode_document(encoder.texts, show_progress_bar=False)) / 1000)
        peers.append(milliseconds(lambda: PlainRecipe.build(texts, model)) / 1000)
    return {
        "articles": len(texts),
        "texts": len(encoder.texts),
        "build_s": statistics.median(builds),
        "bare_s": statistics.median(bare),
        "peer_s": statistics.median(peers),
        "share": statistics.median(raw / built for raw, built in zip(bare, builds, strict=True)),
    }
