"""The reader inside the package: small, quick to load, told of in its model card, and able to read."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rag.models.span_manifest import MODEL_FILE, TOKENIZER_FILE
from rag.models.span_model import READER_FOLDER, SpanCandidate, SpanModel

MOST_BYTES = 40_000_000
MOST_SECONDS = 3.0
"""Three times what is promised: other tests may be running beside this one."""

LIBRARY = "石门县图书馆的新馆由建筑师何远设计，2021年5月开放，藏书32万册。馆长高明说，读者比老馆多了一倍。"
BIRDS = "为了给候鸟让路，清河镇把渔船全部拖上了岸，三百多名渔民改行养蟹。"


def best_of(reader: SpanModel, question: str, context: str) -> SpanCandidate:
    [[best, *_]] = reader.read(question, [context])
    return best


def test_the_folder_is_small_and_holds_nothing_else() -> None:
    files = {path.name: path.stat().st_size for path in READER_FOLDER.iterdir()}
    assert files.keys() == {MODEL_FILE, TOKENIZER_FILE, "reader.json", "README.md"}
    assert 10_000_000 < sum(files.values()) <= MOST_BYTES


def test_it_loads_quickly_in_a_new_process() -> None:
    code = (
        "import time, onnxruntime, tokenizers; from rag.models.span_model import SpanModel; "
        "began = time.perf_counter(); SpanModel.load(); print(time.perf_counter() - began)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert float(done.stdout) < MOST_SECONDS
    assert done.stderr == ""


@pytest.mark.parametrize(
    "words", ["CMRC 2018", "DRCD", "DuReader-robust", "XQuAD", "multilingual-e5-small", "CC BY-SA", "Limits", "Licence"]
)
def test_the_model_card_names_its_data_and_its_limits(words: str) -> None:
    assert words in (READER_FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("question", "context", "answer"),
    [
        ("新馆藏书多少册？", LIBRARY, "32万册"),
        ("新馆什么时候开放？", LIBRARY, "2021年5月"),
        ("渔船为什么被拖上岸？", BIRDS, "给候鸟让路"),
    ],
)
def test_it_answers(span_model: SpanModel, question: str, context: str, answer: str) -> None:
    best = best_of(span_model, question, context)
    assert context[best.start : best.end] == answer
    assert best.margin > 0
    assert best.answerable > 0


@pytest.mark.parametrize(
    ("absent", "answered", "context"),
    [
        ("新馆的门票多少钱？", "新馆藏书多少册？", LIBRARY),
        ("清河镇的镇长是谁？", "有多少渔民改行？", BIRDS),
        ("清河镇有多少所小学？", "有多少渔民改行？", BIRDS),
        ("新馆藏书多少册？", "渔船为什么被拖上岸？", BIRDS),
    ],
)
def test_what_is_not_told_scores_below_what_is(span_model: SpanModel, absent: str, answered: str, context: str) -> None:
    missing, found = best_of(span_model, absent, context), best_of(span_model, answered, context)
    assert missing.margin < found.margin
    assert missing.answerable < found.answerable
