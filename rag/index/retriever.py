"""The index as a LangChain retriever."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from rag.index.documents import document_of
from rag.types import ScoredPassage


@runtime_checkable
class PassageSearch(Protocol):
    """Finds passages for a query; `rag.index.index.Index` is one."""

    def retrieve(self, query: str, k: int) -> list[ScoredPassage]:
        """At most ``k`` passages, best first."""
        ...


class PassageRetriever(BaseRetriever):
    """The passages for a query as documents, best first.

    Metadata: article_id, title, section, start, end, kind, sentences (as ``[start, end]`` in the article) and
    score, the fused score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    search: PassageSearch = Field(repr=False)
    k: int = Field(ge=1)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        documents = []
        for scored in self.search.retrieve(query, self.k):
            document = document_of(scored.passage)
            documents.append(document.model_copy(update={"metadata": {**document.metadata, "score": scored.score}}))
        return documents
