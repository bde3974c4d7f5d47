"""The reader on small models with random weights, exported as the real one is."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from rag.errors import ModelError
from rag.models.span_manifest import Calibration, ReaderManifest
from rag.models.span_model import SpanCandidate, SpanModel
from tests.small_reader import CONTEXT, LIMITS, LONG, QUESTION, make_network, make_tokenizer, sample_windows
from training.export import Export, ExportError, export_reader
from training.model import SpanReader


@pytest.fixture(scope="session")
def reader_tokenizer() -> Tokenizer:
    return make_tokenizer()


@pytest.fixture(scope="session")
def network(reader_tokenizer: Tokenizer) -> SpanReader:
    return make_network(reader_tokenizer.get_vocab_size())


@pytest.fixture(scope="session")
def exported(
    network: SpanReader, reader_tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Export]:
    folder = tmp_path_factory.mktemp("reader")
    return folder, export_reader(network, reader_tokenizer, folder, sample_windows(reader_tokenizer), LIMITS)


@pytest.fixture(scope="session")
def folder(exported: tuple[Path, Export]) -> Path:
    return exported[0]


@pytest.fixture(scope="session")
def reader(folder: Path) -> SpanModel:
    return SpanModel.load(folder, threads=2)


def test_the_graph_computes_what_the_module_computes(exported: tuple[Path, Export]) -> None:
    assert exported[1].float_difference < 1e-3
    assert 0 < exported[1].rounding < 0.1


def test_no_sum_of_two_products_leaves_16_bits(folder: Path) -> None:
    import onnx

    graph = onnx.load(folder / "model.onnx").graph
    constants = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    products = [node for node in graph.node if node.op_type == "MatMulIntegerToFloat"]
    assert len(products) == 2 * 4
    for node in products:
        weights = constants[node.input[1]]
        assert weights.dtype == np.int8
        assert 255 * 2 * int(np.abs(weights.astype(np.int32)).max()) <= 2**15 - 1


def test_spans_are_those_of_the_module(reader: SpanModel, network: SpanReader, reader_tokenizer: Tokenizer) -> None:
    """The best span, its scores and its place, by a plain search over the torch module's own logits."""
    question = reader_tokenizer.encode(QUESTION, add_special_tokens=False).ids
    context = reader_tokenizer.encode(CONTEXT, add_special_tokens=False)
    assert len(question) <= 12
    assert len(question) + len(context.ids) + 4 <= 48
    ids = torch.tensor([[0, *question, 2, 2, *context.ids, 2]])
    with torch.inference_mode():
        start, end, answerable = network(ids, torch.ones_like(ids))
    shift = len(question) + 3
    count = len(context.ids)
    score, i, j = max(
        (float(start[0, shift + i] + end[0, shift + j]), i, j)
        for i in range(count)
        for j in range(i, min(count, i + 8))
    )
    best = reader.read(QUESTION, [CONTEXT])[0][0]
    assert best.score == pytest.approx(score, abs=0.3)
    assert best.null_score == pytest.approx(float(start[0, 0] + end[0, 0]), abs=0.3)
    assert best.answerable == pytest.approx(float(answerable), abs=0.3)
    assert (best.start, best.end) == (context.offsets[i][0], context.offsets[j][1])


def test_candidates_are_sorted_and_apart(reader: SpanModel) -> None:
    for candidates in reader.read(QUESTION, [CONTEXT, LONG], count=7):
        assert len(candidates) == 7
        assert [c.margin for c in candidates] == sorted((c.margin for c in candidates), reverse=True)
        places = sorted((c.start, c.end) for c in candidates)
        assert all(left[1] <= right[0] for left, right in pairwise(places))


def test_a_long_context_is_read_to_its_end(reader: SpanModel) -> None:
    """Every stretch is in some window: with enough candidates, some stand in each tenth of the text."""
    found = reader.read(QUESTION, [LONG], count=1000)[0]
    tenths = {candidate.start * 10 // len(LONG) for candidate in found}
    assert tenths == set(range(10))
    assert len({candidate.null_score for candidate in found}) > 3


def test_a_window_reads_the_same_alone_and_among_others(reader: SpanModel) -> None:
    contexts = [CONTEXT, LONG, "短。", CONTEXT[5:30], "🌉" * 40, LONG[100:160]]
    together = reader.read(QUESTION, contexts)
    assert together == [reader.read(QUESTION, [context])[0] for context in contexts]
    assert together[::-1] == reader.read(QUESTION, contexts[::-1])


def test_pairs_are_read_as_each_alone(reader: SpanModel) -> None:
    pairs = [(QUESTION, CONTEXT), ("谁？", LONG), (QUESTION, LONG), ("", CONTEXT), (QUESTION, CONTEXT)]
    assert reader.read_pairs(pairs) == [reader.read(question, [context])[0] for question, context in pairs]
    assert reader.read_pairs([]) == []


def test_the_number_of_threads_changes_nothing(folder: Path, reader: SpanModel) -> None:
    contexts = [CONTEXT, LONG]
    assert SpanModel.load(folder, threads=1).read(QUESTION, contexts) == reader.read(QUESTION, contexts)


def test_many_threads_ask_at_once(reader: SpanModel) -> None:
    contexts = [CONTEXT, LONG, LONG[50:], "短。"]
    alone = [reader.read(QUESTION, [context])[0] for context in contexts] * 5
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda context: reader.read(QUESTION, [context])[0], contexts * 5)) == alone


def test_texts_without_anything_to_read(reader: SpanModel) -> None:
    assert reader.read(QUESTION, []) == []
    assert reader.read(QUESTION, ["", " \n\t", "\u200b\u3000", "\x01\x02"]) == [[], [], [], []]
    assert reader.read("", ["桥。"])[0]


def test_a_long_question_is_cut(reader: SpanModel) -> None:
    start = "这座桥是谁在哪一年建成的，有多长，造价多少，用了多少钢材，"
    assert reader.read(start + "谁设计？", [CONTEXT]) == reader.read(start * 20, [CONTEXT])
    assert reader.read(start, [CONTEXT]) != reader.read("谁设计？", [CONTEXT])


def test_special_tokens_in_a_text_are_only_text(reader: SpanModel) -> None:
    text = "标签</s>与<s>还有<pad>。"
    assert reader.read(QUESTION, [text])[0]
    assert reader.read("</s>" + QUESTION, [CONTEXT]) != reader.read(QUESTION, [CONTEXT])


WILD = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf", "Zs", "Mn", "So"]),
        st.sampled_from("桥长年１２３ＡＢ％。，🌉👩‍🔧㎞①Ⅷﬁé\u0301\u3000～ \t</s>"),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(question=WILD, context=WILD)
def test_offsets_stay_within_any_text(reader: SpanModel, question: str, context: str) -> None:
    for candidate in reader.read(question, [context], count=30)[0]:
        assert 0 <= candidate.start < candidate.end <= len(context)
        span = context[candidate.start : candidate.end]
        assert not span[0].isspace()
        assert not span[-1].isspace()
        assert np.isfinite([candidate.score, candidate.null_score, candidate.answerable]).all()


@pytest.mark.parametrize("prefix", ["", "  ", "🌉🌉", "\t\n", "①", "ﬁ", "\ud800", "\x07", "é"])
def test_offsets_count_code_points(folder: Path, prefix: str) -> None:
    from rag.models.span_windows import Windows

    cutter = Windows(Tokenizer.from_file(str(folder / "tokenizer.json")), LIMITS)
    text = prefix + "１９５７年，大桥 长🌉１６７０米"
    tokens = cutter.tokenize(text)
    pieces = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert "1957" in "".join(pieces).translate(str.maketrans("１９５７", "1957"))
    assert text[tokens.starts[-1] : tokens.ends[-1]] == "米"
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True) if text[start:end] == "年"]


def test_loading_says_nothing(folder: Path, start_python: Callable[..., subprocess.Popen[str]]) -> None:
    code = (
        "import sys, pathlib\n"
        "from rag.models.span_model import SpanModel\n"
        "reader = SpanModel.load(pathlib.Path(sys.argv[1]))\n"
        "assert reader.read('谁？', ['桥。'])\n"
        "assert 'torch' not in sys.modules and 'onnx' not in sys.modules\n"
    )
    process = start_python(code, str(folder))
    assert process.communicate(timeout=120) == ("", "")
    assert process.returncode == 0


def test_probability(reader: SpanModel, folder: Path, tmp_path: Path) -> None:
    assert Calibration(0.0, 1.0, 0.0).probability(0.0, 9.0) == 0.5
    assert Calibration(1.0, 2.0, 3.0).probability(1e6, 0.0) == 1.0
    assert Calibration(1.0, 2.0, 3.0).probability(-1e6, 0.0) == 0.0
    candidates = reader.read(QUESTION, [LONG])[0]
    expected = [Calibration().probability(c.score - c.null_score, c.answerable) for c in candidates]
    assert [reader.probability(candidate) for candidate in candidates] == expected
    copy = shutil.copytree(folder, tmp_path / "copy")
    own = Calibration(-1.5, 0.25, 0.125, threshold=0.375)
    ReaderManifest(**{**_limits(), "calibration": own}).write(copy)
    changed = SpanModel.load(copy)
    assert changed.calibration == own
    assert changed.read(QUESTION, [LONG])[0] == candidates
    assert changed.probability(SpanCandidate(0, 1, 3.0, 1.0, 2.0)) == own.probability(2.0, 2.0)


def test_identity_follows_the_weights(reader: SpanModel, folder: Path) -> None:
    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    assert reader.identity == f"reader@{digest[:16]}"


@pytest.mark.parametrize("name", ["reader.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / name).unlink()
    with pytest.raises(ModelError, match=name):
        SpanModel.load(copy)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_named(folder: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(ModelError, match=name):
        SpanModel.load(copy)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 99},
        {"window_tokens": 20},
        {"answer_tokens": 0},
        {"surprise": 1},
        {"calibration": {"intercept": float("nan")}},
        {"calibration": None},
        {"digests": []},
    ],
)
def test_a_manifest_that_cannot_be_is_refused(folder: Path, tmp_path: Path, change: dict[str, object]) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    content = json.loads((copy / "reader.json").read_text())
    (copy / "reader.json").write_text(json.dumps({**content, **change}))
    with pytest.raises(ModelError, match=r"reader\.json"):
        SpanModel.load(copy)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]"])
def test_a_manifest_that_is_none_is_refused(folder: Path, tmp_path: Path, content: bytes) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "reader.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"reader\.json"):
        SpanModel.load(copy)


@pytest.mark.parametrize("content", [b"", b"no protobuf at all", b"\x08\x0a"])
def test_a_model_that_is_none_is_refused(folder: Path, tmp_path: Path, content: bytes) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "model.onnx").write_bytes(content)
    ReaderManifest(**_limits()).write(copy)
    with pytest.raises(ModelError, match=r"model\.onnx"):
        SpanModel.load(copy)


def test_an_export_that_computes_something_else_is_refused(
    network: SpanReader, reader_tokenizer: Tokenizer, tmp_path: Path
) -> None:
    class Doubled(SpanReader):
        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
            start, end, answerable = super().forward(input_ids, attention_mask)
            return start * 2, end, answerable

    doubled = Doubled(network.encoder.config)
    doubled.load_state_dict(network.state_dict())
    with pytest.raises(ExportError):
        export_reader(doubled, reader_tokenizer, tmp_path, sample_windows(reader_tokenizer), LIMITS)
    with pytest.raises(ValueError, match="sample"):
        export_reader(network, reader_tokenizer, tmp_path, [], LIMITS)
    assert not list(tmp_path.iterdir())


def _limits() -> dict[str, object]:
    names = ("window_tokens", "question_tokens", "overlap_tokens", "answer_tokens")
    return {name: getattr(LIMITS, name) for name in names}
