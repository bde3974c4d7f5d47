"""The plain recipe's way to split: LangChain's recursive splitter, with separators for Chinese.

The bench, the baselines and the reader's measures each build the recipe on a store of their own; it is the same recipe
because all of them split here and show as many chunks. Nothing heavy is imported: the bench measures memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.errors import JuwenError

if TYPE_CHECKING:
    from langchain_core.documents import Document

SEPARATORS = ("\n\n", "\n", "。", "！", "？", "；", "，", "")
CHUNK_CHARS = 300
OVERLAP_CHARS = 50
SHOWN = 4
"""Chunks that are shown for a question, the nearest ones."""
SPLITTER_PACKAGE = "langchain_text_splitters"


class SplitterMissingError(JuwenError):
    """The plain recipe's splitter is not installed."""

    code = "splitter_missing"


def split_plainly(texts: Sequence[str]) -> list[Document]:
    """The chunks of the texts, each a slice of its text; ``start_index`` in its metadata says where it starts there.

    Raises:
        SplitterMissingError: the splitter is not installed.
    """
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ModuleNotFoundError as error:
        if error.name != SPLITTER_PACKAGE:
            raise
        raise SplitterMissingError(
            "the plain recipe needs LangChain's splitter, which is not installed; pip install langchain-text-splitters"
        ) from error
    splitter = RecursiveCharacterTextSplitter(
        separators=list(SEPARATORS),
        keep_separator="end",
        chunk_size=CHUNK_CHARS,
        chunk_overlap=OVERLAP_CHARS,
        add_start_index=True,
    )
    return splitter.create_documents(list(texts))
