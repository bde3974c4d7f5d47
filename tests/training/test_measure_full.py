"""A tiny network with fixed weights, exported, measured beside its own unquantised self."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import pytest
import torch
from tokenizers import Tokenizer, models
from typer.testing import CliRunner

from training.checkpoint import save_checkpoint
from training.examples import Answer, Example
from training.export import export_reader
from training.features import Features
from training.measure.__main__ import app
from training.measure.loading import load_full
from training.measure.trial import TRIAL_FILE
from training.model import SpanReader, configuration

CONTEXT = "窑厂建于明代，匠人三百，年产青瓷万件。"
QUESTION = "匠人多少？"


@pytest.fixture
def model() -> tuple[SpanReader, Tokenizer]:
    torch.manual_seed(5)
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *sorted(set(CONTEXT + QUESTION))]
    tokenizer = Tokenizer(models.Unigram([(piece, -1.0) for piece in pieces], 3, False))
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    network = SpanReader(configuration(len(pieces), layers=1, hidden=32, heads=2, wide=64, epsilon=1e-12))
    return network.eval(), tokenizer


@pytest.fixture
def run(model: tuple[SpanReader, Tokenizer], tmp_path: Path) -> Path:
    network, tokenizer = model
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    save_checkpoint(folder, 1, network, {}, torch.optim.AdamW(network.parameters()))
    return folder


def test_the_full_reader_gives_the_logits_of_the_network(model: tuple[SpanReader, Tokenizer], run: Path) -> None:
    network, tokenizer = model
    example = Example(QUESTION, CONTEXT, (Answer("三百", CONTEXT.index("三百")),), "test")
    # With this seed the question is left as it is written, as the reader reads it.
    window = Features(tokenizer).window(example, Random(2))  # noqa: S311
    ids = torch.from_numpy(window.ids)[None]
    with torch.inference_mode():
        start, end, answerable = (output[0] for output in network(ids, torch.ones_like(ids)))
    [[best, *_]] = load_full(str(run)).reader.read(QUESTION, [CONTEXT])
    # Each character is a token of its own here.
    score = start[window.context + best.start] + end[window.context + best.end - 1]
    assert best.score == pytest.approx(float(score), abs=1e-4)
    assert best.null_score == pytest.approx(float(start[0] + end[0]), abs=1e-4)
    assert best.answerable == pytest.approx(float(answerable), abs=1e-4)


def test_quantised_and_full_stand_in_one_table(model: tuple[SpanReader, Tokenizer], run: Path, tmp_path: Path) -> None:
    network, tokenizer = model
    shipped = tmp_path / "reader"
    sample = Features(tokenizer).window(Example(QUESTION, CONTEXT, (), "test"), Random(1)).ids  # noqa: S311
    export_reader(network, tokenizer, shipped, [sample])
    asked = {"question": QUESTION, "answers": [{"text": "三百", "answer_start": CONTEXT.index("三百")}]}
    articles = [{"title": "窑厂", "paragraphs": [{"context": CONTEXT, "qas": [asked]}]}]
    (tmp_path / TRIAL_FILE).write_bytes(gzip.compress(json.dumps({"data": articles}).encode()))
    options = ["--data", str(tmp_path), "--reader", str(shipped), "--full", str(run), "--only", "paragraph"]
    result = CliRunner().invoke(app, [*options, "--json", str(tmp_path / "figures.json")], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    assert "lost by quantisation" in result.output
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["paragraph"].keys() == {"shipped", "full"}
    assert figures["reader"].startswith("reader@")
    assert figures["megabytes"] > 0


def test_a_folder_without_a_reader_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    (tmp_path / TRIAL_FILE).write_bytes(gzip.compress(b"{}"))
    result = CliRunner().invoke(app, ["--data", str(tmp_path), "--reader", str(empty)])
    assert result.exit_code == 1
    assert "reader.json cannot be read" in result.output
