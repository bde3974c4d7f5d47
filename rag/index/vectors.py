"""A LangChain vector store on FAISS: exact cosine search in memory, kept on disk as a native FAISS file and JSON."""

# LangChain passes a filter under the name `filter`.
# ruff: noqa: A002

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore as LangChainVectorStore
from langchain_core.vectorstores.utils import maximal_marginal_relevance

from rag.errors import IndexStoreError
from rag.index.documents import Filter, as_documents, fits
from rag.index.unit_vectors import Vectors, as_unit_vectors

VECTORS_FILE = "vectors.faiss"
DOCUMENTS_FILE = "documents.json"


class VectorStore(LangChainVectorStore):
    """Documents with one vector each, searched by cosine similarity (1 is the same direction, higher is nearer).

    The search is exact (``IndexFlatIP`` over normalised vectors), which at the size of a publisher's corpus is
    both faster to build and as fast to ask as an approximate graph. Adding a document under an id that is there
    replaces it. Safe to use from several threads.

    Example:
        >>> from langchain_core.embeddings import DeterministicFakeEmbedding
        >>> store = VectorStore.empty(DeterministicFakeEmbedding(size=8), dimensions=8)
        >>> store.add_texts(["智能工厂", "低空经济"], ids=["1", "2"])
        ['1', '2']
        >>> store.similarity_search("低空经济", k=1)[0].id
        '2'
    """

    def __init__(self, embedding: Embeddings, index: Any, documents: Mapping[int, Document]) -> None:
        """Take a FAISS index over ids and the document of each id; `empty`, `from_texts` and `load` make them."""
        if set(faiss.vector_to_array(index.id_map).tolist()) != set(documents):
            raise ValueError(f"{index.ntotal} vectors do not belong to the {len(documents)} documents")
        self._embedding = embedding
        self._index = index
        self._documents = dict(documents)
        self._rows = {str(document.id): row for row, document in self._documents.items()}
        self._next_row = max(self._documents, default=-1) + 1
        self._lock = threading.RLock()

    @classmethod
    def empty(cls, embedding: Embeddings, dimensions: int) -> VectorStore:
        """A store without documents for vectors of ``dimensions`` numbers."""
        if dimensions < 1:
            raise ValueError(f"dimensions is {dimensions}; it must be at least 1")
        return cls(embedding, faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions)), {})

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **kwargs: Any,
    ) -> VectorStore:
        """A store of ``texts``, embedded by ``embedding``.

        Raises:
            ValueError: there is no text, so that the size of the vectors is unknown (use `empty`).
        """
        if not texts:
            raise ValueError("no texts to tell the size of the vectors by; use VectorStore.empty")
        vectors = as_unit_vectors(embedding.embed_documents(texts))
        store = cls.empty(embedding, vectors.shape[1])
        store.add_vectors(as_documents(texts, metadatas, ids), vectors)
        return store

    @property
    def embeddings(self) -> Embeddings:
        """What turns texts and queries into vectors."""
        return self._embedding

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return int(self._index.d)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, in the order in which they were added."""
        with self._lock:
            return tuple(self._documents[row] for row in sorted(self._documents))

    @property
    def vectors(self) -> Vectors:
        """The unit vectors of `documents`, in the same order: float32 ``(len(documents), dimensions)``."""
        with self._lock:
            return self._vectors_of(sorted(self._documents))

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: Sequence[str | None] | None = None,
        **kwargs: Any,
    ) -> list[str]:
        """Embed and add texts; an id that is None is made up, one that is there already is replaced.

        Returns:
            The id of each text.

        Raises:
            ValueError: ``metadatas`` or ``ids`` are not as many as the texts.
        """
        documents = as_documents(list(texts), metadatas, ids)
        if not documents:
            return []
        return self.add_vectors(documents, self._embedding.embed_documents([each.page_content for each in documents]))

    def add_vectors(self, documents: Sequence[Document], vectors: Vectors | Sequence[Sequence[float]]) -> list[str]:
        """Add documents whose vectors are known, ``(len(documents), dimensions)``; they are normalised.

        Raises:
            ValueError: the vectors are not one per document or of another size than the store's.
        """
        if not documents:
            return []
        units = as_unit_vectors(vectors)
        if units.shape != (len(documents), self.dimensions):
            raise ValueError(
                f"vectors are of shape {units.shape}; {len(documents)} documents need {len(documents), self.dimensions}"
            )
        named = [each if each.id else each.model_copy(update={"id": str(uuid.uuid4())}) for each in documents]
        # Of documents with one id in one call, the last one stays.
        last = {str(document.id): position for position, document in enumerate(named)}
        with self._lock:
            self.delete([name for name in last if name in self._rows])
            rows = np.arange(self._next_row, self._next_row + len(last), dtype=np.int64)
            self._index.add_with_ids(units[list(last.values())], rows)
            for row, (name, position) in zip(rows.tolist(), last.items(), strict=True):
                self._documents[row] = named[position]
                self._rows[name] = row
            self._next_row += len(last)
        return [str(document.id) for document in named]

    def delete(self, ids: list[str] | None = None, **kwargs: Any) -> bool:
        """Delete documents by id; unknown ids are passed over.

        Raises:
            ValueError: ``ids`` is None; deleting everything by leaving an argument out is too easy a slip.
        """
        if ids is None:
            raise ValueError("ids is None; name the documents to delete")
        with self._lock:
            rows = [self._rows.pop(name) for name in dict.fromkeys(ids) if name in self._rows]
            for row in rows:
                del self._documents[row]
            if rows:
                self._index.remove_ids(np.array(rows, dtype=np.int64))
        return True

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """The documents with these ids, in their order; unknown ids are left out."""
        with self._lock:
            return [self._documents[self._rows[name]] for name in ids if name in self._rows]

    def similarity_search(
        self, query: str, k: int = 4, *, filter: Filter | None = None, **kwargs: Any
    ) -> list[Document]:
        """The ``k`` documents nearest to ``query``, nearest first."""
        return [document for document, _ in self.similarity_search_with_score(query, k, filter=filter)]

    def similarity_search_with_score(
        self, query: str, k: int = 4, *, filter: Filter | None = None, **kwargs: Any
    ) -> list[tuple[Document, float]]:
        """The ``k`` documents nearest to ``query`` with their cosine similarity, nearest first."""
        return self.search_vector(self._embedding.embed_query(query), k, filter=filter)

    def similarity_search_by_vector(
        self, embedding: list[float], k: int = 4, *, filter: Filter | None = None, **kwargs: Any
    ) -> list[Document]:
        """The ``k`` documents nearest to a vector, nearest first."""
        return [document for document, _ in self.search_vector(embedding, k, filter=filter)]

    def search_vector(
        self, vector: Sequence[float] | Vectors, k: int, *, filter: Filter | None = None
    ) -> list[tuple[Document, float]]:
        """The ``k`` documents nearest to a vector of ``dimensions`` numbers with their cosine similarity.

        Raises:
            ValueError: ``k`` is below 1, or the vector is of another size than the store's.
        """
        with self._lock:
            return [(self._documents[row], score) for row, score in self._nearest(vector, k, filter)]

    def cosines(self, vector: Sequence[float] | Vectors, ids: Sequence[str]) -> list[float]:
        """The cosine similarity of a vector of ``dimensions`` numbers with each of these documents.

        Raises:
            KeyError: there is no document with one of the ids.
        """
        with self._lock:
            vectors = self._vectors_of([self._rows[name] for name in ids])
        # Row by row, so that the cosine with one document does not depend on which others are asked for.
        cosines: list[float] = np.einsum("ij,j->i", vectors, as_unit_vectors([vector])[0]).tolist()
        return cosines

    def max_marginal_relevance_search(
        self,
        query: str,
        k: int = 4,
        fetch_k: int = 20,
        lambda_mult: float = 0.5,
        *,
        filter: Filter | None = None,
        **kwargs: Any,
    ) -> list[Document]:
        """``k`` of the ``fetch_k`` nearest documents, near the query yet unlike each other (Carbonell, 1998)."""
        vector = as_unit_vectors([self._embedding.embed_query(query)])
        with self._lock:
            rows = [row for row, _ in self._nearest(vector[0], fetch_k, filter)]
            chosen = maximal_marginal_relevance(vector[0], list(self._vectors_of(rows)), lambda_mult, k)
            return [self._documents[rows[position]] for position in chosen]

    def save(self, folder: Path) -> None:
        """Write ``vectors.faiss`` and ``documents.json`` into a folder that is there.

        Raises:
            OSError: the files cannot be written.
            TypeError: the metadata of a document is not plain JSON.
        """
        with self._lock:
            # The bytes of faiss.write_index; written from here because FAISS only prints when a full disk
            # keeps it from closing its file.
            content = faiss.serialize_index(self._index).tobytes()
            documents = [
                {"row": row, "id": each.id, "text": each.page_content, "metadata": each.metadata}
                for row, each in sorted(self._documents.items())
            ]
        (folder / VECTORS_FILE).write_bytes(content)
        (folder / DOCUMENTS_FILE).write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, embedding: Embeddings) -> VectorStore:
        """The store that `save` wrote into ``folder``.

        Raises:
            IndexStoreError: a file is missing or damaged, or the two files do not belong together.
        """
        try:
            index = faiss.deserialize_index(np.frombuffer((folder / VECTORS_FILE).read_bytes(), dtype=np.uint8))
            entries = json.loads((folder / DOCUMENTS_FILE).read_text(encoding="utf-8"))
            documents = {
                int(entry["row"]): Document(id=entry["id"], page_content=entry["text"], metadata=entry["metadata"])
                for entry in entries
            }
            return cls(embedding, index, documents)
        # FAISS raises RuntimeError for bytes it cannot read, and an index of another kind has no id_map.
        except (OSError, RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexStoreError(f"the vector store in {folder} cannot be read: {error}; index anew") from error

    def _nearest(
        self, vector: Sequence[float] | Vectors, k: int, filter: Filter | None = None
    ) -> list[tuple[int, float]]:
        if k < 1:
            raise ValueError(f"k is {k}; it must be at least 1")
        query = as_unit_vectors([vector])
        if query.shape[1] != self.dimensions:
            raise ValueError(f"the vector has {query.shape[1]} numbers; the store's have {self.dimensions}")
        rows = faiss.vector_to_array(self._index.id_map)
        limit, parameters = len(rows), None
        if filter is not None:
            wanted = np.flatnonzero([fits(self._documents[row], filter) for row in rows.tolist()])
            # Held by a name: the parameters keep no reference of their own.
            selector = faiss.IDSelectorBatch(wanted.astype(np.int64))
            limit, parameters = len(wanted), faiss.SearchParameters()
            parameters.sel = selector
        if not limit:
            return []
        # Past the id map, whose translation of ids wakes all threads: on a busy machine, milliseconds for nothing.
        flat = faiss.downcast_index(self._index.index)
        scores, places = flat.search(query, min(k, limit), params=parameters)
        return list(zip(rows[places[0]].tolist(), scores[0].tolist(), strict=True))

    def _vectors_of(self, rows: Sequence[int]) -> Vectors:
        if not rows:
            return np.empty((0, self.dimensions), dtype=np.float32)
        found: Vectors = self._index.reconstruct_batch(np.array(rows, dtype=np.int64))
        return found

    def _select_relevance_score_fn(self) -> Callable[[float], float]:
        # LangChain's relevance runs from 0 to 1; rounding can carry a cosine a little past its ends.
        return lambda cosine: min(1.0, max(0.0, (1.0 + cosine) / 2.0))
