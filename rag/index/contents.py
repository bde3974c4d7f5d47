"""All that one index holds, in memory and as the files of one folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from rag.errors import IndexStoreError
from rag.index.article_json import article_from_json, article_to_json
from rag.index.documents import passage_of
from rag.index.keywords import KeywordIndex
from rag.index.manifest import Description
from rag.index.unit_vectors import Vectors
from rag.index.vectors import VectorStore
from rag.types import Article, Passage

ARTICLES_FILE = "articles.json"
SENTENCES_FILE = "sentences.npy"
KEYS_FILE = "keys.json"
KEYWORDS_FOLDER = "keywords"


@dataclass(frozen=True, slots=True)
class IndexContents:
    """The parts of an index; nothing in it changes once it is made.

    ``vectors`` holds the passages as documents, ``keywords`` their terms in the same order. ``sentences`` are
    the unit vectors of all sentences, float32 ``(sentences, dimensions)``, passage by passage. ``keys`` are the
    hashes of the texts that were embedded, those of the passages first, then those of the sentences: by them a
    later index takes over the vectors of what has not changed.
    """

    description: Description
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    vectors: VectorStore
    keywords: KeywordIndex
    sentences: Vectors
    keys: tuple[str, ...]

    def __post_init__(self) -> None:
        """Check that the parts belong together."""
        counts = (len(self.passages), self.keywords.size, len(self.keys) - len(self.sentences))
        if set(counts) != {len(self.vectors.documents)}:
            raise ValueError(f"{len(self.vectors.documents)} vectors, but passages, terms and keys are {counts}")
        if len(self.sentences) != sum(len(passage.sentences) for passage in self.passages):
            raise ValueError(f"{len(self.sentences)} sentence vectors do not belong to the passages")

    def vectors_by_key(self) -> dict[str, Vectors]:
        """The vector of every text that was embedded, by the hash of the text."""
        return dict(zip(self.keys, np.concatenate([self.vectors.vectors, self.sentences]), strict=True))

    def save(self, folder: Path) -> None:
        """Write all but the description into a folder that is there; nothing is pickled.

        Raises:
            OSError: a file cannot be written.
        """
        self.vectors.save(folder)
        self.keywords.save(folder / KEYWORDS_FOLDER)
        with (folder / SENTENCES_FILE).open("wb") as file:
            np.save(file, self.sentences, allow_pickle=False)
        articles = [article_to_json(article) for article in self.articles]
        (folder / ARTICLES_FILE).write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")
        (folder / KEYS_FILE).write_text(json.dumps(self.keys), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, description: Description, embedding: Embeddings) -> IndexContents:
        """What `save` wrote into ``folder``.

        Raises:
            IndexStoreError: a file is missing or damaged.
        """
        vectors = VectorStore.load(folder, embedding)
        keywords = KeywordIndex.load(folder / KEYWORDS_FOLDER)
        try:
            with (folder / SENTENCES_FILE).open("rb") as file:
                sentences = np.load(file, allow_pickle=False)
            return cls(
                description=description,
                articles=tuple(
                    article_from_json(data) for data in json.loads((folder / ARTICLES_FILE).read_text(encoding="utf-8"))
                ),
                passages=tuple(passage_of(document) for document in vectors.documents),
                vectors=vectors,
                keywords=keywords,
                sentences=sentences,
                keys=tuple(json.loads((folder / KEYS_FILE).read_text(encoding="utf-8"))),
            )
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise IndexStoreError(f"the index in {folder} cannot be read: {error}; index anew") from error
