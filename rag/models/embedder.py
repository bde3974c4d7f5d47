"""Texts to vectors, with the prompts that the model wants before questions and before passages."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.models.prompts import Prompts, choose_prompts
from rag.models.threads import usable_cores
from rag.progress import Progress, silent
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 16
CACHED_QUERIES = 1024
LABEL = "embedding"


class Embedder:
    """A sentence-transformers model with its prompts. Vectors are float32 rows of length 1.

    May be used from several threads at once; they take turns, since one call already uses all cores.

    Example:
        >>> embedder = Embedder.load(Settings())
        >>> embedder.embed_queries(["去年的产量是多少？"]).shape
        (1, 384)
    """

    def __init__(self, model: SentenceTransformer, prompts: Prompts, name: str) -> None:
        self.prompts = prompts
        self.name = name
        self._model = model
        self._turn = threading.Lock()
        self._queries: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    @classmethod
    def load(cls, settings: Settings, progress: Progress | None = None) -> Embedder:
        """The embedder that `settings` name; the default one is prepared on first use, which `progress` follows.

        Sets the number of threads of the whole process's torch to `settings.threads`.

        Raises:
            ModelError: the model is missing, damaged or of the wrong kind; the message says what to do.
        """
        from rag.models.loading import load_model

        model, digest = load_model(settings, progress or silent)

        import torch

        torch.set_num_threads(settings.threads or usable_cores())
        # Rounding float32 to bfloat16 inside matrix products would make vectors differ between machines.
        torch.set_float32_matmul_precision("highest")
        prompts = choose_prompts(settings, settings.embedder, model.prompts)
        return cls(model, prompts, _identify(settings.embedder, digest, prompts))

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of questions, shape ``(len(texts), dimensions)``. The latest 1024 are remembered."""
        with self._turn:
            known = {text: self._queries[text] for text in texts if text in self._queries}
            new = [text for text in dict.fromkeys(texts) if text not in known]
            known |= zip(new, self._embed(new, self.prompts.query, silent), strict=True)
            for text, vector in known.items():
                self._queries[text] = vector
                self._queries.move_to_end(text)
            while len(self._queries) > CACHED_QUERIES:
                self._queries.popitem(last=False)
        return np.array([known[text] for text in texts], np.float32).reshape(len(texts), self.dimensions)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """The vectors of passages, shape ``(len(texts), dimensions)``; `progress` is told after every batch."""
        with self._turn:
            return self._embed(list(texts), self.prompts.passage, progress or silent)

    def as_langchain(self) -> Embeddings:
        """This embedder as LangChain's `Embeddings`, prompts kept on both sides."""
        from rag.models.langchain_embeddings import LangChainEmbeddings

        return LangChainEmbeddings(self)

    def _embed(self, texts: list[str], prompt: str, progress: Progress) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        # Texts of like length share a batch, so that little is computed on padding.
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            vectors[batch] = self._model.encode(
                [texts[index] for index in batch],
                prompt=prompt,
                batch_size=BATCH_SIZE,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            progress(LABEL, start + len(batch), len(texts))
        return vectors


def _identify(model: str, digest: str, prompts: Prompts) -> str:
    content = json.dumps([digest, prompts.query, prompts.passage])
    return f"{Path(model).name}@{hashlib.sha256(content.encode()).hexdigest()[:16]}"
