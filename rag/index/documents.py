"""LangChain documents: a passage as one and back without loss, and what a search may return."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from langchain_core.documents import Document

from rag.types import BlockKind, Passage, Span

Filter = Mapping[str, Any] | Callable[[Document], bool]
"""Which documents a search may return: metadata values that must be equal, or a function that says yes or no."""


def document_of(passage: Passage) -> Document:
    """The passage as a document: its text is the content, all else is metadata of plain JSON types."""
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "article_id": passage.article_id,
            "title": passage.title,
            "section": passage.section,
            "start": passage.start,
            "end": passage.end,
            "kind": passage.kind.value,
            "sentences": [[sentence.start, sentence.end] for sentence in passage.sentences],
        },
    )


def passage_of(document: Document) -> Passage:
    """The passage that `document_of` made into this document.

    Raises:
        KeyError, TypeError, ValueError: the document was not made from a passage.
    """
    metadata = document.metadata
    return Passage(
        id=str(document.id),
        article_id=metadata["article_id"],
        title=metadata["title"],
        section=metadata["section"],
        kind=BlockKind(metadata["kind"]),
        text=document.page_content,
        start=metadata["start"],
        end=metadata["end"],
        sentences=tuple(Span(start, end) for start, end in metadata["sentences"]),
    )


def as_documents(
    texts: Sequence[str], metadatas: Sequence[dict[str, Any]] | None, ids: Sequence[str | None] | None
) -> list[Document]:
    """Documents of texts with their metadata and ids, where given.

    Raises:
        ValueError: ``metadatas`` or ``ids`` are not as many as the texts.
    """
    for name, values in (("metadatas", metadatas), ("ids", ids)):
        if values is not None and len(values) != len(texts):
            raise ValueError(f"{len(values)} {name} for {len(texts)} texts; give one each")
    return [
        Document(
            page_content=text,
            metadata=dict(metadatas[position]) if metadatas else {},
            id=ids[position] if ids else None,
        )
        for position, text in enumerate(texts)
    ]


def fits(document: Document, wanted: Filter) -> bool:
    """Whether a search with this filter may return the document."""
    if callable(wanted):
        return bool(wanted(document))
    return all(name in document.metadata and document.metadata[name] == value for name, value in wanted.items())
