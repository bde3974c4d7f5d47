"""An embedder in the shape LangChain wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

if TYPE_CHECKING:
    from rag.models.embedder import Embedder


class LangChainEmbeddings(Embeddings):
    """LangChain's `Embeddings` over an `Embedder`: documents get the passage prompt, queries the query prompt."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages."""
        vectors: list[list[float]] = self.embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self.embedder.embed_queries([text])[0].tolist()
        return vector
