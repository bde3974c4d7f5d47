"""The trial paragraphs as a corpus of articles, searched the product's way and the plain recipe's way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eval.bench.peer import read_texts
from eval.plain_splitter import SHOWN, split_plainly
from rag.index.encoder import Encoder
from rag.index.index import Index
from rag.index.source import IndexSource
from rag.index.vectors import VectorStore
from rag.progress import Progress, silent
from rag.settings import Settings

PASSAGES = 5
"""Passages that the reader is given by the product's search."""


@dataclass(frozen=True, slots=True)
class Library:
    """A way to search the paragraphs: the contexts for a question, best first."""

    name: str
    retrieve: Callable[[str], list[str]]


def product(settings: Settings, encoder: Encoder, progress: Progress = silent) -> Library:
    """The product's index: passages of whole sentences, by meaning and by keyword, the first five."""
    index = Index.build_or_load(settings, encoder, progress)

    def retrieve(question: str) -> list[str]:
        return [scored.passage.text for scored in index.retrieve(question, PASSAGES)]

    return Library("据文", retrieve)


def plain_recipe(settings: Settings, encoder: Encoder) -> Library:
    """The recipe of most tutorials (see `eval.plain_splitter`): a recursive splitter, FAISS, the four nearest chunks.

    Raises:
        SplitterMissingError: the splitter is not installed.
    """
    chunks = [document.page_content for document in split_plainly(read_texts(settings.corpus_dir))]
    store = VectorStore.from_texts(chunks, encoder.as_langchain())

    def retrieve(question: str) -> list[str]:
        return [document.page_content for document in store.similarity_search(question, k=SHOWN)]

    return Library("plain recipe", retrieve)


def split_passages(settings: Settings) -> list[str]:
    """The texts of all passages of the corpus, split the product's way; nothing is embedded."""
    return [passage.text for passage in IndexSource.read(settings).passages]
