"""The baseline of refusing: how near the nearest sentence of a context is to the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.index.encoder import Encoder
from rag.progress import Progress, silent
from rag.text.sentences import split_sentences
from training.examples import Example


class CosineBaseline:
    """The product's embedder, asked for the best sentence's cosine. A sentence is embedded once in its life."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def scores(self, examples: Sequence[Example], progress: Progress = silent, label: str = "cosine") -> list[float]:
        """For each example the greatest cosine of its question with a sentence of its context, -1 without any."""
        sentences = [_sentences(example.context) for example in examples]
        new = [
            text for text in dict.fromkeys(text for texts in sentences for text in texts) if text not in self._vectors
        ]
        vectors = self._encoder.embed_passages(new, lambda _, done, total: progress(label, done, total))
        self._vectors |= zip(new, vectors, strict=True)
        queries = self._encoder.embed_queries([example.question for example in examples])
        return [
            float(max((self._vectors[text] @ query for text in texts), default=-1.0))
            for texts, query in zip(sentences, queries, strict=True)
        ]


def _sentences(context: str) -> list[str]:
    return [text for span in split_sentences(context) if (text := context[span.start : span.end].strip())]
