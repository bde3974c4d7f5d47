"""What an index needs of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from langchain_core.embeddings import Embeddings

from rag.index.unit_vectors import Vectors
from rag.progress import Progress


class Encoder(Protocol):
    """Turns texts into unit vectors; `rag.models.embedder.Embedder` is one."""

    @property
    def name(self) -> str:
        """Weights and prompts; two encoders of one name give the same vectors, so vectors can be taken over."""
        ...

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions: float32 ``(len(texts), dimensions)``."""
        ...

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors of what is searched: float32 ``(len(texts), dimensions)``."""
        ...

    def as_langchain(self) -> Embeddings:
        """The same as LangChain embeddings."""
        ...
