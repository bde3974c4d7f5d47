"""The plain recipe that most tutorials give: a recursive splitter, an embedding model, a vector store, the top four.

It gets the same weights, with their prompts, and separators for Chinese; the rest is as LangChain ships it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore

from eval.plain_splitter import SHOWN, split_plainly

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def read_texts(corpus: Path) -> list[str]:
    """The articles of a folder as a text loader gives them, front matter taken off, layout as it is."""
    paths = sorted(path for path in corpus.iterdir() if path.suffix in (".md", ".txt"))
    return [_FRONT_MATTER.sub("", path.read_text(encoding="utf-8-sig"), count=1) for path in paths]


class _PromptedEmbeddings(Embeddings):
    def __init__(self, model: SentenceTransformer) -> None:
        self.model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.model.encode_document(
            texts, normalize_embeddings=True, show_progress_bar=False
        ).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.model.encode_query(text, normalize_embeddings=True, show_progress_bar=False).tolist()
        return vector


class PlainRecipe:
    """Chunks in a vector store."""

    def __init__(self, store: InMemoryVectorStore) -> None:
        self._store = store

    @classmethod
    def build(cls, texts: Sequence[str], model: SentenceTransformer) -> PlainRecipe:
        """Splits and embeds the texts.

        Raises:
            SplitterMissingError: the splitter is not installed.
        """
        store = InMemoryVectorStore(_PromptedEmbeddings(model))
        store.add_documents(split_plainly(texts))
        return cls(store)

    def retrieve(self, question: str) -> list[str]:
        """The four nearest chunks, best first."""
        return [document.page_content for document in self._store.similarity_search(question, k=SHOWN)]
