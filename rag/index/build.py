"""Make the contents of an index, embedding only what no earlier index has embedded."""

from __future__ import annotations

import numpy as np

from rag.index.contents import IndexContents
from rag.index.documents import document_of
from rag.index.encoder import Encoder
from rag.index.keywords import KeywordIndex
from rag.index.manifest import Description
from rag.index.source import IndexSource, content_hash
from rag.index.vectors import VectorStore
from rag.progress import Progress


def build_contents(
    source: IndexSource,
    description: Description,
    encoder: Encoder,
    earlier: IndexContents | None = None,
    progress: Progress | None = None,
) -> IndexContents:
    """Index a source.

    A passage or sentence whose text and context stand in ``earlier``, an index of the same encoder, keeps its
    vector. All others are embedded in one call, so that texts of one length share a batch, and a text that
    stands twice is embedded once.

    Raises:
        ModelError: the encoder fails.
    """
    inputs = source.inputs()
    keys = tuple(content_hash(text) for text in inputs)
    known = {}
    if earlier is not None and earlier.description.embedder == encoder.name:
        known = earlier.vectors_by_key()
    new = {key: text for key, text in zip(keys, inputs, strict=True) if key not in known}
    if new:
        known |= zip(new, encoder.embed_passages(list(new.values()), progress), strict=True)
    vectors = np.stack([known[key] for key in keys])
    passages = len(source.passages)
    store = VectorStore.empty(encoder.as_langchain(), encoder.dimensions)
    store.add_vectors([document_of(passage) for passage in source.passages], vectors[:passages])
    return IndexContents(
        description=description,
        articles=source.articles,
        passages=source.passages,
        vectors=store,
        keywords=KeywordIndex.build(source.terms()),
        sentences=vectors[passages:],
        keys=keys,
    )
