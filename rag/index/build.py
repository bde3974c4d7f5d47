"""Make the contents of an index, embedding only what no earlier index has embedded."""

from __future__ import annotations

from rag.index.contents import IndexContents
from rag.index.context import embedded_texts, passage_vectors
from rag.index.documents import document_of
from rag.index.encoder import Encoder
from rag.index.keywords import KeywordIndex
from rag.index.manifest import Description
from rag.index.source import IndexSource
from rag.index.text_vectors import TextVectors
from rag.index.vectors import VectorStore
from rag.progress import Progress


def build_contents(
    source: IndexSource,
    description: Description,
    encoder: Encoder,
    earlier: IndexContents | None = None,
    progress: Progress | None = None,
) -> IndexContents:
    """Index a source. A passage, sentence or heading that stands in ``earlier`` is not embedded again, as long as
    ``earlier`` was made with the same encoder.

    Raises:
        ModelError: the encoder fails.
    """
    same_encoder = earlier is not None and earlier.description.embedder == encoder.name
    known = earlier.texts if earlier is not None and same_encoder else None
    texts = TextVectors.embed(embedded_texts(source.passages), encoder, known, progress)
    vectors = VectorStore.empty(encoder.as_langchain(), encoder.dimensions)
    vectors.add_vectors([document_of(each) for each in source.passages], passage_vectors(source.passages, texts))
    return IndexContents(
        description=description,
        articles=source.articles,
        passages=source.passages,
        vectors=vectors,
        keywords=KeywordIndex.build(source.terms()),
        texts=texts,
    )
