"""The unquantised torch model, read the way the shipped one is: same windows, same search, other numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from numpy.typing import NDArray

from rag.models.span_manifest import ReaderManifest
from rag.models.span_model import SpanModel
from rag.models.span_windows import Windows
from training.export import load_run
from training.features import MOST_QUESTION_TOKENS
from training.model import SpanReader

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class TorchSession:
    """A float32 model behind the one method of an ONNX session that the reader calls."""

    def __init__(self, model: SpanReader) -> None:
        self._model = model.eval()

    def run(self, names: Sequence[str], inputs: Mapping[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        """The outputs of those names for one batch of token ids without padding."""
        ids = torch.from_numpy(inputs["input_ids"])
        with torch.inference_mode():
            start, end, answerable = self._model(ids, torch.ones_like(ids))
        outputs = {"start": start.numpy(), "end": end.numpy(), "answerable": answerable.numpy()}
        return [outputs[name] for name in names]


def load_full_reader(run: Path) -> SpanModel:
    """The averaged weights of a training run's last checkpoint as a reader; its probabilities are not calibrated.

    Raises:
        OSError: the run has no checkpoint.
    """
    model, tokenizer = load_run(run)
    # Rounding float32 to bfloat16 inside matrix products would not be the full model.
    torch.set_float32_matmul_precision("highest")
    manifest = ReaderManifest(question_tokens=MOST_QUESTION_TOKENS)
    return SpanModel(cast("InferenceSession", TorchSession(model)), Windows(tokenizer, manifest), manifest)
