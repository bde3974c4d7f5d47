"""The reader as an ONNX graph, written node by node so that every product and every fused step is chosen, not guessed.

Reads one window at a time (or several of one length), without padding, so attention needs no mask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from training.model import SpanReader
from training.quantization import quantize_rows, quantize_weights

CONTRIBUTED = "com.microsoft"
OPSET, IR_VERSION = 21, 10
_ZERO_POINT = 128
_LARGEST_ACTIVATION = 127

Weights = dict[str, NDArray[np.float32]]


def reader_graph(model: SpanReader, positions: int, ranges: Mapping[str, NDArray[np.float32]] | None) -> ModelProto:
    """The graph of `model` for windows of at most `positions` tokens.

    With `ranges`, the greatest absolute input on each channel by the name of the linear layer, its encoder is in
    8-bit integers; without, all is in float32.
    """
    graph = _Graph({name: tensor.detach().float().cpu().numpy() for name, tensor in model.state_dict().items()}, ranges)
    config = model.encoder.config
    hidden = graph.embeddings(positions, config.layer_norm_eps)
    for layer in range(config.num_hidden_layers):
        hidden = graph.layer(
            f"encoder.encoder.layer.{layer}.", hidden, config.num_attention_heads, config.layer_norm_eps
        )
    graph.heads(hidden)
    return graph.finish()


def layer_inputs(layers: int) -> dict[str, str]:
    """The linear layers whose inputs `reader_graph` needs the ranges of: its name for each, by the module's name.

    Query, key and value read the same input and are one product.
    """
    return {
        f"encoder.encoder.layer.{layer}.{module}": f"encoder.encoder.layer.{layer}.{name}"
        for layer in range(layers)
        for module, name in (
            ("attention.self.query", "attention.self"),
            ("attention.output.dense", "attention.output.dense"),
            ("intermediate.dense", "intermediate.dense"),
            ("output.dense", "output.dense"),
        )
    }


class _Graph:
    def __init__(self, weights: Weights, ranges: Mapping[str, NDArray[np.float32]] | None) -> None:
        self._weights = weights
        self._ranges = ranges
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def embeddings(self, positions: int, epsilon: float) -> str:
        names = "word_embeddings", "position_embeddings", "token_type_embeddings"
        words, places, types = (self._weights[f"encoder.embeddings.{name}.weight"] for name in names)
        if self._ranges is None:
            word = self._node("Gather", self._constant(words), "input_ids")
        else:
            table = quantize_rows(words)
            rows = self._node(
                "Cast", self._node("Gather", self._constant(table.rows), "input_ids"), to=TensorProto.FLOAT
            )
            word = self._node("Mul", rows, self._node("Gather", self._constant(table.scales), "input_ids"))
        zero, one, two = (self._constant(np.array([number])) for number in range(3))
        length = self._node("Slice", self._node("Shape", "input_ids"), one, two)
        place = self._node("Slice", self._constant(places[:positions] + types[0]), zero, length, zero)
        total = self._node("Add", word, place)
        scale, bias = self._tensors("encoder.embeddings.LayerNorm.")
        return self._node("LayerNormalization", total, scale, bias, axis=-1, epsilon=epsilon)

    def layer(self, prefix: str, hidden: str, heads: int, epsilon: float) -> str:
        attention = f"{prefix}attention.self"
        parts = [f"{attention}.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([self._weights[f"{part}.weight"] for part in parts])
        bias = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        product = self._product(hidden, matrix, attention)
        split = self._nodes_out("Split", [product], 3, axis=-1, num_outputs=3)
        attended = self._node("MultiHeadAttention", *split, self._constant(bias), domain=CONTRIBUTED, num_heads=heads)
        hidden = self._residual(attended, hidden, f"{prefix}attention.output.", epsilon)
        name = f"{prefix}intermediate.dense"
        wide = self._product(hidden, self._weights[f"{name}.weight"], name)
        wide = self._node("BiasGelu", wide, self._constant(self._weights[f"{name}.bias"]), domain=CONTRIBUTED)
        return self._residual(wide, hidden, f"{prefix}output.", epsilon)

    def heads(self, hidden: str) -> None:
        matrix, bias = self._linear("span")
        logits = self._node("Add", self._node("MatMul", hidden, matrix), bias)
        last = self._constant(np.array([-1]))
        for name, column in zip(
            ("start", "end"), self._nodes_out("Split", [logits], 2, axis=-1, num_outputs=2), strict=True
        ):
            self._node("Squeeze", column, last, out=name)
        first = self._node("Gather", hidden, self._constant(np.array(0)), axis=1)
        inner = self._node("Tanh", self._node("Gemm", first, *self._linear("dense")))
        self._node("Squeeze", self._node("Gemm", inner, *self._linear("answerable")), last, out="answerable")

    def finish(self) -> ModelProto:
        def value(name: str, kind: int, *shape: str) -> ValueInfoProto:
            return helper.make_tensor_value_info(name, kind, shape)

        graph = helper.make_graph(
            self._nodes,
            "span_reader",
            [value("input_ids", TensorProto.INT64, "windows", "tokens")],
            [
                value("start", TensorProto.FLOAT, "windows", "tokens"),
                value("end", TensorProto.FLOAT, "windows", "tokens"),
                value("answerable", TensorProto.FLOAT, "windows"),
            ],
            self._constants,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="juwen")

    def _residual(self, inner: str, hidden: str, prefix: str, epsilon: float) -> str:
        name = f"{prefix}dense"
        product = self._product(inner, self._weights[f"{name}.weight"], name)
        bias = self._constant(self._weights[f"{name}.bias"])
        scale, shift = self._tensors(f"{prefix}LayerNorm.")
        return self._node(
            "SkipLayerNormalization", product, hidden, scale, shift, bias, domain=CONTRIBUTED, epsilon=epsilon
        )

    def _product(self, hidden: str, matrix: NDArray[np.float32], name: str) -> str:
        """The input times the transposed `matrix`, in integers where ranges are known."""
        if self._ranges is None:
            return self._node("MatMul", hidden, self._constant(matrix.T))
        quantized = quantize_weights(matrix.T, self._ranges[name])
        smooth = self._node("Mul", hidden, self._constant(quantized.smoothing))
        largest = self._node("ReduceMax", self._node("Abs", smooth), self._constant(np.array([-1])), keepdims=1)
        # A token whose every channel is 0 has nothing to divide by.
        largest = self._node("Max", largest, self._constant(np.float32(1e-12)))
        relative = self._node("Mul", smooth, self._node("Reciprocal", largest))
        step = self._constant(np.float32(1 / _LARGEST_ACTIVATION))
        zero = self._constant(np.array(_ZERO_POINT, np.uint8))
        integers = self._node("QuantizeLinear", relative, step, zero)
        weights, scales = self._constant(quantized.weights), self._constant(quantized.scales)
        product = self._node("MatMulIntegerToFloat", integers, weights, step, scales, zero, domain=CONTRIBUTED)
        return self._node("Mul", product, largest)

    def _linear(self, name: str) -> tuple[str, str]:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return self._constant(weight.T), self._constant(bias)

    def _tensors(self, prefix: str) -> tuple[str, str]:
        return self._constant(self._weights[f"{prefix}weight"]), self._constant(self._weights[f"{prefix}bias"])

    def _constant(self, array: NDArray[np.generic] | np.generic) -> str:
        name = f"constant_{len(self._constants)}"
        # Not ascontiguousarray, which makes a vector of a scalar.
        self._constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def _node(self, kind: str, *inputs: str, out: str = "", domain: str = "", **attributes: Any) -> str:
        return self._nodes_out(kind, list(inputs), 1, out=out, domain=domain, **attributes)[0]

    def _nodes_out(
        self, kind: str, inputs: list[str], count: int, *, out: str = "", domain: str = "", **attributes: Any
    ) -> list[str]:
        outputs = [out] if out else [f"{kind}_{len(self._nodes)}_{number}" for number in range(count)]
        self._nodes.append(helper.make_node(kind, inputs, outputs, None, None, domain, **attributes))
        return outputs
