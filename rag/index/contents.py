"""All that one index holds, in memory and as the files of one folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from langchain_core.embeddings import Embeddings

from rag.errors import IndexStoreError
from rag.index.article_json import article_from_json, article_to_json
from rag.index.context import sentence_vectors
from rag.index.documents import passage_of
from rag.index.keywords import KeywordIndex
from rag.index.manifest import Description
from rag.index.text_vectors import TextVectors
from rag.index.unit_vectors import Vectors
from rag.index.vectors import VectorStore
from rag.types import Article, Passage

ARTICLES_FILE = "articles.json"
KEYWORDS_FOLDER = "keywords"


@dataclass(frozen=True, slots=True)
class IndexContents:
    """The parts of an index; nothing in it changes once it is made.

    ``vectors`` holds the passages as documents, ``keywords`` their terms in the same order. ``texts`` are the
    vectors of all texts that were embedded, without context: from them a later index takes over what it can.
    """

    description: Description
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    vectors: VectorStore
    keywords: KeywordIndex
    texts: TextVectors

    def __post_init__(self) -> None:
        """Check that the parts belong together."""
        counts = {len(self.passages), self.keywords.size, len(self.vectors.documents)}
        if len(counts) != 1:
            raise ValueError(f"passages, their terms and their vectors are not as many: {sorted(counts)}")

    def sentence_vectors(self) -> Vectors:
        """The unit vectors of all sentences in their context, float32 ``(sentences, dimensions)``."""
        return sentence_vectors(self.passages, self.texts)

    def save(self, folder: Path) -> None:
        """Write all but the description into a folder that is there; nothing is pickled.

        Raises:
            OSError: a file cannot be written.
        """
        self.vectors.save(folder)
        self.keywords.save(folder / KEYWORDS_FOLDER)
        self.texts.save(folder)
        articles = [article_to_json(article) for article in self.articles]
        (folder / ARTICLES_FILE).write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, description: Description, embedding: Embeddings) -> IndexContents:
        """What `save` wrote into ``folder``.

        Raises:
            IndexStoreError: a file is missing or damaged.
        """
        vectors = VectorStore.load(folder, embedding)
        keywords = KeywordIndex.load(folder / KEYWORDS_FOLDER)
        texts = TextVectors.load(folder)
        try:
            articles = json.loads((folder / ARTICLES_FILE).read_text(encoding="utf-8"))
            return cls(
                description=description,
                articles=tuple(article_from_json(data) for data in articles),
                passages=tuple(passage_of(document) for document in vectors.documents),
                vectors=vectors,
                keywords=keywords,
                texts=texts,
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexStoreError(f"the index in {folder} cannot be read: {error}; index anew") from error
