"""Search by the words that two texts share: BM25, kept on disk as numpy arrays and JSON."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from rag.errors import IndexStoreError

# bm25s opens its logger for debug messages when it is imported; no parameter turns them off, so whoever has set up
# logging for himself would read one on every build.
logging.getLogger("bm25s").setLevel(logging.WARNING)


class KeywordIndex:
    """Documents as lists of terms, ranked by BM25 (Robertson and Zaragoza, 2009; the variant of Lucene).

    A document is known by its position in what it was built from. Safe to use from several threads.

    Example:
        >>> index = KeywordIndex.build([["智能", "工厂"], ["低空", "经济"]])
        >>> [position for position, score in index.search(["低空", "物流"], k=5)]
        [1]
    """

    def __init__(self, scores: Any) -> None:
        """Take a `bm25s.BM25` that has been built or loaded; `build` and `load` make one."""
        self._scores = scores
        self._vocabulary: dict[str, int] = {term: number for term, number in scores.vocab_dict.items() if term}

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]]) -> KeywordIndex:
        """An index of documents, each the list of its terms (repeated as often as they stand in it).

        Raises:
            ValueError: there is no document.
        """
        if not documents:
            raise ValueError("no documents to index by keyword")
        # The numpy backends give the same arrays on every machine, whatever else is installed there.
        scores = bm25s.BM25(method="lucene", backend="numpy", csc_backend="numpy")
        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in terms] for terms in documents]
        if not vocabulary:
            # A corpus of punctuation alone; bm25s needs at least one term, so each document gets the empty one.
            vocabulary[""] = 0
            ids = [[0] for _ in documents]
        scores.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        return cls(scores)

    @property
    def size(self) -> int:
        """Documents in the index."""
        return int(self._scores.scores["num_docs"])

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """The positions of at most ``k`` documents with their BM25 score, best first.

        Only documents that hold at least one of the terms are returned, so there may be none; equal scores
        stand in the order of the documents.

        Raises:
            ValueError: ``k`` is below 1.
        """
        if k < 1:
            raise ValueError(f"k is {k}; it must be at least 1")
        known = [self._vocabulary[term] for term in terms if term in self._vocabulary]
        if not known:
            return []
        scores = self._scores.get_scores_from_ids(known)
        best = np.argsort(-scores, kind="stable")[:k]
        return [(int(position), float(scores[position])) for position in best if scores[position] > 0]

    def document_frequency(self, term: str) -> int:
        """How many documents hold the term."""
        number = self._vocabulary.get(term)
        if number is None:
            return 0
        starts = self._scores.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``, which is made where it is missing.

        Raises:
            OSError: the files cannot be written.
        """
        self._scores.save(folder, allow_pickle=False, show_progress=False)
        for path in folder.glob("*.npy"):
            # numpy does not say when a full disk cuts off the end of an array it writes to a file.
            try:
                np.load(path, mmap_mode="r", allow_pickle=False)
            except (ValueError, EOFError) as error:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """The index that `save` wrote into ``folder``.

        Raises:
            IndexStoreError: a file is missing or damaged.
        """
        try:
            return cls(bm25s.BM25.load(folder, allow_pickle=False, show_progress=False))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise IndexStoreError(f"the keyword index in {folder} cannot be read: {error}; index anew") from error
