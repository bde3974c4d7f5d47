"""Write the reader as it ships: `python -m training.export --run DIR --data DIR --to rag/models/reader`.

The folder then holds an 8-bit ONNX model, the tokenizer and `reader.json`; see `training.quantization` for why the
integers are what they are.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Annotated

import numpy as np
import onnxruntime
import torch
import typer
from numpy.typing import NDArray
from onnx import ModelProto
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig

from rag.models.span_manifest import MODEL_FILE, TOKENIZER_FILE, Calibration, ReaderManifest
from training.examples import read_squad
from training.features import MOST_QUESTION_TOKENS, Features
from training.graph import layer_inputs, reader_graph
from training.model import SpanReader

log = logging.getLogger(__name__)

SAMPLE = 128
"""Windows from which the ranges of activations are taken."""
LARGEST_FLOAT_DIFFERENCE = 1e-2
_SEED = 7


class ExportError(Exception):
    """The written graph does not compute what the module computes."""


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: bytes of the folder, and how far the logits of the sample are from the module's.

    ``float_difference`` is the greatest absolute difference of the unrounded graph; ``rounding`` the root mean square
    difference of the 8-bit graph's start and end logits, relative to their standard deviation within a window.
    """

    size: int
    float_difference: float
    rounding: float


def export_reader(
    model: SpanReader,
    tokenizer: Tokenizer,
    folder: Path,
    sample: Sequence[NDArray[np.int64]],
    manifest: ReaderManifest | None = None,
) -> Export:
    """Write `model` and `tokenizer` into `folder`, which is made, and replaces a reader that lies there.

    `sample` holds windows as the model reads them, ``<s> question </s></s> context </s>``, of varied training texts;
    the ranges of activations are taken from them. `manifest` gives the limits and the calibration, not the digests.

    Raises:
        ExportError: the graph computes something else than the module.
        ValueError: `sample` is empty.
        OSError: the folder cannot be written.
    """
    if not sample:
        raise ValueError("no sample windows: the ranges of activations cannot be known")
    manifest = manifest or ReaderManifest(question_tokens=MOST_QUESTION_TOKENS)
    model = model.eval()
    expected, ranges = _observe(model, sample)
    exact = _differences(reader_graph(model, manifest.window_tokens, None), sample, expected)
    greatest = max(float(np.abs(difference).max()) for difference in exact)
    if not greatest < LARGEST_FLOAT_DIFFERENCE:
        raise ExportError(f"a logit of the graph is {greatest:.3g} from the module's")
    rounded = reader_graph(model, manifest.window_tokens, ranges)
    differences = _differences(rounded, sample, expected)
    rounding = np.mean(
        [
            np.sqrt(np.square(difference[:-1]).mean()) / np.std(logits[:-1])
            for difference, logits in zip(differences, expected, strict=True)
        ]
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL_FILE).write_bytes(rounded.SerializeToString())
    (folder / TOKENIZER_FILE).write_text(tokenizer.to_str(), encoding="utf-8")
    manifest.write(folder)
    return Export(sum(path.stat().st_size for path in folder.iterdir()), greatest, float(rounding))


def sample_windows(data: Path, tokenizer: Tokenizer, count: int = SAMPLE) -> list[NDArray[np.int64]]:
    """`count` windows drawn from the SQuAD-style files in the folder `data`.

    Raises:
        OSError, ValueError: a file cannot be read, or the folder holds none.
    """
    random = Random(_SEED)  # noqa: S311 - a sample, no secret
    paths = sorted([*data.glob("*train*.json.gz"), *data.glob("*train*.json")])
    examples = [example for path in paths for example in read_squad(path)]
    features = Features(tokenizer)
    return [features.window(example, random).ids for example in random.sample(examples, count)]


def load_run(run: Path) -> tuple[SpanReader, Tokenizer]:
    """The averaged weights of a training run's last checkpoint, and its tokenizer.

    Raises:
        OSError: the run has no checkpoint.
    """
    checkpoint = next((path for path in (run / "checkpoint", run / "checkpoint.old") if path.is_dir()), run)
    state = json.loads((checkpoint / "state.json").read_text())
    model = SpanReader(BertConfig(**state["config"]))
    model.load_state_dict(load_file(checkpoint / "average.safetensors"))
    return model.eval(), Tokenizer.from_file(str(run / "tokenizer.json"))


def _observe(
    model: SpanReader, sample: Sequence[NDArray[np.int64]]
) -> tuple[list[NDArray[np.float32]], dict[str, NDArray[np.float32]]]:
    """The logits of the module on each window, and the greatest input seen on each channel of its linear layers."""
    names = layer_inputs(model.encoder.config.num_hidden_layers)
    ranges: dict[str, Tensor] = {}
    modules = dict(model.named_modules())

    def watch(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def note(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            seen = inputs[0].detach().abs().flatten(0, -2).amax(0)
            ranges[name] = torch.maximum(ranges[name], seen) if name in ranges else seen

        return module.register_forward_pre_hook(note)

    handles = [watch(name, modules[module]) for module, name in names.items()]
    logits = []
    try:
        with torch.inference_mode():
            for ids in sample:
                row = torch.from_numpy(ids)[None]
                start, end, answerable = model(row, torch.ones_like(row))
                logits.append(torch.cat([start[0], end[0], answerable]).numpy())
    finally:
        for handle in handles:
            handle.remove()
    return logits, {name: seen.numpy() for name, seen in ranges.items()}


def _differences(
    graph: ModelProto, sample: Sequence[NDArray[np.int64]], expected: Sequence[NDArray[np.float32]]
) -> list[NDArray[np.float32]]:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
    found = []
    for ids, logits in zip(sample, expected, strict=True):
        start, end, answerable = session.run(["start", "end", "answerable"], {"input_ids": ids[None]})
        found.append(np.concatenate([start[0], end[0], answerable]) - logits)
    return found


def main(
    run: Annotated[Path, typer.Option(help="folder of a training run")],
    data: Annotated[Path, typer.Option(help="folder with the SQuAD-style training files")],
    to: Annotated[Path, typer.Option(help="folder to write; rag/models/reader for the one that ships")],
    sample: Annotated[int, typer.Option(help="windows that the ranges of activations are taken from")] = SAMPLE,
) -> None:
    """Write the reader of a training run as it ships; a calibration that lies in the folder is kept."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    model, tokenizer = load_run(run)
    calibration = ReaderManifest.read(to).calibration if (to / MODEL_FILE).exists() else Calibration()
    manifest = ReaderManifest(question_tokens=MOST_QUESTION_TOKENS, calibration=calibration)
    written = export_reader(model, tokenizer, to, sample_windows(data, tokenizer, sample), manifest)
    log.info("%s: %.1f MB, float32 graph within %.1g", to, written.size / 1e6, written.float_difference)
    log.info("rounding moves a start or end logit by %.1f %% of their spread", 100 * written.rounding)


if __name__ == "__main__":
    typer.run(main)
