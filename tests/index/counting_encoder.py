"""An encoder without a model, for tests of what an index does around its encoder."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from rag.index.unit_vectors import Vectors, as_unit_vectors
from rag.progress import Progress


class CountingEncoder(Embeddings):
    """Texts that share characters get like vectors; it remembers every text it was asked to embed."""

    dimensions = 64

    def __init__(self, name: str = "counting@1") -> None:
        self.name = name
        self.embedded: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimensions), 0.01, dtype=np.float32)
        for row, text in enumerate(texts):
            for character in text:
                vectors[row, zlib.crc32(character.encode()) % self.dimensions] += 1
        return as_unit_vectors(vectors)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.embedded.extend(texts)
        return self.embed_queries(texts)

    def as_langchain(self) -> Embeddings:
        return self

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self.embed_queries(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self.embed_queries([text])[0].tolist()
