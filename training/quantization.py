"""Eight-bit weights for products that give the same integers on every processor.

ONNX Runtime multiplies unsigned activations with signed weights. Where a processor has VNNI or AMX the sum of four
products is kept in 32 bits. Where it only has AVX2 or plain AVX-512, `vpmaddubsw` first adds two products in 16 bits
and *saturates*: 255 · 127 · 2 is too much, the sum is cut off silently, and the same model answers differently
(https://github.com/microsoft/onnxruntime/issues/6004 and /14642). With weights between -64 and 64 the greatest sum is
255 · 64 · 2 = 32,640, which 16 bits hold, so every processor gives the exact sum.

The lost bit is won back by moving the outliers of activations into the weights before rounding (SmoothQuant, Xiao et
al. 2023, https://arxiv.org/abs/2211.10438): a few channels of a BERT are many times greater than the others and would
otherwise decide how coarsely all of them are rounded. Activations are rounded with one scale a *token*, so a token's
numbers depend on nothing but itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LARGEST_WEIGHT = 64
LARGEST_ROW_VALUE = 127
SMOOTHING = 0.5
"""How much of a channel's range moves into the weights: 0 none, 1 all of it (alpha in SmoothQuant)."""
_LEAST_RANGE = 1e-4


@dataclass(frozen=True, slots=True)
class QuantizedWeights:
    """``weights * scales`` is about the matrix that takes activations times ``smoothing`` (inputs, outputs)."""

    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    smoothing: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class QuantizedRows:
    """``rows * scales`` is about the matrix, each row with a scale of its own."""

    rows: NDArray[np.int8]
    scales: NDArray[np.float32]


def quantize_weights(
    matrix: NDArray[np.float32], ranges: NDArray[np.float32], smoothing: float = SMOOTHING
) -> QuantizedWeights:
    """Round `matrix` (inputs, outputs) to integers, one scale an output.

    `ranges` holds the greatest absolute activation seen on each input.
    """
    of_weights = np.maximum(np.abs(matrix).max(axis=1), _LEAST_RANGE)
    factors = of_weights ** (1 - smoothing) / np.maximum(ranges, _LEAST_RANGE) ** smoothing
    # Only the ratios matter; around 1 nothing is lost to rounding.
    factors = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
    smooth = matrix / factors[:, None]
    scales = (np.maximum(np.abs(smooth).max(axis=0), np.float32(1e-12)) / LARGEST_WEIGHT).astype(np.float32)
    weights = np.clip(np.rint(smooth / scales), -LARGEST_WEIGHT, LARGEST_WEIGHT).astype(np.int8)
    return QuantizedWeights(weights, scales, factors)


def quantize_rows(matrix: NDArray[np.float32]) -> QuantizedRows:
    """Round a table of embeddings to integers, one scale a row. They are looked up, not multiplied: all 8 bits hold."""
    scales = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), np.float32(1e-12)) / LARGEST_ROW_VALUE
    return QuantizedRows(np.rint(matrix / scales).astype(np.int8), scales.astype(np.float32))
