"""The vector of every text that was embedded, by the hash of the text, so that none is embedded twice."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.errors import IndexStoreError
from rag.index.encoder import Encoder
from rag.index.unit_vectors import Vectors
from rag.progress import Progress

KEYS_FILE = "texts.json"
VECTORS_FILE = "texts.npy"


@dataclass(frozen=True, slots=True)
class TextVectors:
    """Unit vectors, float32 ``(texts, dimensions)``, and the row of each text by the hash of the text."""

    rows: dict[str, int]
    vectors: Vectors

    def __post_init__(self) -> None:
        """Check that there is a vector for each text."""
        if self.vectors.ndim != 2 or len(self.rows) != len(self.vectors):
            raise ValueError(f"vectors of shape {self.vectors.shape} do not belong to {len(self.rows)} texts")

    @classmethod
    def embed(
        cls,
        texts: Sequence[str],
        encoder: Encoder,
        earlier: TextVectors | None = None,
        progress: Progress | None = None,
    ) -> TextVectors:
        """The vectors of distinct texts: taken over from ``earlier``, of the same encoder, or else embedded.

        All that is new is embedded in one call, so that texts of like length share a batch.

        Raises:
            ModelError: the encoder fails.
        """
        by_key = {text_hash(text): text for text in texts if text}
        known = earlier.rows.keys() & by_key.keys() if earlier is not None else set()
        new = [key for key in by_key if key not in known]
        kept = [key for key in by_key if key in known]
        parts = []
        if earlier is not None and kept:
            parts.append(earlier.vectors[[earlier.rows[key] for key in kept]])
        if new:
            parts.append(encoder.embed_passages([by_key[key] for key in new], progress))
        vectors = np.concatenate(parts) if parts else np.empty((0, encoder.dimensions), np.float32)
        return cls({key: row for row, key in enumerate([*kept, *new])}, vectors)

    def of(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, ``(len(texts), dimensions)``; zeros for an empty text.

        Raises:
            KeyError: a text was not embedded.
        """
        found = np.zeros((len(texts), self.vectors.shape[1]), np.float32)
        for row, text in enumerate(texts):
            if text:
                found[row] = self.vectors[self.rows[text_hash(text)]]
        return found

    def save(self, folder: Path) -> None:
        """Write ``texts.json`` (hashes) and ``texts.npy`` (vectors) into a folder that is there.

        Raises:
            OSError: a file cannot be written.
        """
        # Through memory: numpy does not say when a full disk cuts off the end of an array it writes to a file.
        array = io.BytesIO()
        np.save(array, self.vectors, allow_pickle=False)
        (folder / VECTORS_FILE).write_bytes(array.getvalue())
        (folder / KEYS_FILE).write_text(json.dumps(list(self.rows)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TextVectors:
        """What `save` wrote into ``folder``.

        Raises:
            IndexStoreError: a file is missing or damaged.
        """
        try:
            with (folder / VECTORS_FILE).open("rb") as file:
                vectors = np.load(file, allow_pickle=False)
            keys = json.loads((folder / KEYS_FILE).read_text(encoding="utf-8"))
            return cls({key: row for row, key in enumerate(keys)}, vectors)
        except (OSError, EOFError, ValueError, TypeError) as error:
            raise IndexStoreError(f"the vectors of texts in {folder} cannot be read: {error}; index anew") from error


def text_hash(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
