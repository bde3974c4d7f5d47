from __future__ import annotations

import logging
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.models.embedder import CACHED_QUERIES, Embedder
from rag.settings import Settings

TinyModel = Callable[..., Path]
Start = Callable[..., subprocess.Popen[str]]


def test_vectors_are_float32_rows_of_length_one(embedder: Embedder):
    for vectors in (embedder.embed_queries(["问题", "question"]), embedder.embed_passages(["文章", "passage"])):
        assert vectors.dtype == np.float32
        assert vectors.shape == (2, embedder.dimensions) == (2, 384)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_texts_give_no_rows(embedder: Embedder):
    assert embedder.embed_queries([]).shape == embedder.embed_passages([]).shape == (0, 384)


def test_questions_and_passages_get_their_own_prompts(embedder: Embedder):
    plain = embedder._model.encode(["query: 产量", "passage: 产量"], normalize_embeddings=True)
    assert np.allclose(embedder.embed_queries(["产量"])[0], plain[0], atol=1e-6)
    assert np.allclose(embedder.embed_passages(["产量"])[0], plain[1], atol=1e-6)
    assert not np.allclose(plain[0], plain[1], atol=1e-2)


def test_a_question_is_nearest_to_the_passage_that_answers_it(embedder: Embedder):
    passages = embedder.embed_passages(
        ["苹果是一种水果，富含维生素。", "这款机器人每小时可以分拣两千件包裹。", "明天有雨。"]
    )
    assert int(np.argmax(passages @ embedder.embed_queries(["机器人分拣包裹有多快？"])[0])) == 1


def test_order_is_kept_whatever_the_lengths(embedder: Embedder):
    texts = [f"{number}" + "字" * (number * 31 % 60) for number in range(37)]
    together = embedder.embed_passages(texts)
    for number in (0, 17, 36):
        assert np.allclose(together[number], embedder.embed_passages([texts[number]])[0], atol=1e-5)


def test_progress_rises_to_the_total(embedder: Embedder):
    steps: list[tuple[str, int, int]] = []
    embedder.embed_passages([f"第{number}段" for number in range(70)], lambda *step: steps.append(step))
    done = [step[1] for step in steps]
    assert done == sorted(set(done))
    assert len(done) > 1
    assert steps[-1] == ("embedding", 70, 70)


def test_a_remembered_question_is_the_same_and_a_copy(embedder: Embedder):
    first = embedder.embed_queries(["记得我吗", "记得我吗"])
    assert np.array_equal(first[0], first[1])
    first[:] = 0
    assert np.linalg.norm(embedder.embed_queries(["记得我吗"])) == pytest.approx(1)


def test_memory_of_questions_is_bounded(tiny_model: TinyModel):
    tiny = Embedder.load(Settings(embedder=str(tiny_model("tiny"))))
    tiny.embed_queries([f"q{number}" for number in range(CACHED_QUERIES + 50)])
    assert len(tiny._queries) == CACHED_QUERIES
    assert tiny.embed_queries([f"q{number}" for number in range(CACHED_QUERIES + 50)]).shape[0] == CACHED_QUERIES + 50


def test_very_long_and_empty_texts_embed(embedder: Embedder):
    vectors = embedder.embed_passages(["长" * 20_000, "", " ", "\x00\ud7ff\ufdd0"])
    assert np.isfinite(vectors).all()


def test_many_threads_get_right_answers(embedder: Embedder):
    texts = [f"第{number}个问题" + "长" * number for number in range(24)]
    expected = embedder.embed_passages(texts)
    failures: list[str] = []

    def ask(number: int) -> None:
        if not np.allclose(embedder.embed_passages([texts[number]])[0], expected[number], atol=1e-5):
            failures.append(texts[number])
        embedder.embed_queries([texts[number]])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_langchain_keeps_the_prompts_on_both_sides(embedder: Embedder):
    adapter = embedder.as_langchain()
    assert np.allclose(adapter.embed_query("产量"), embedder.embed_queries(["产量"])[0])
    assert np.allclose(adapter.embed_documents(["产量", "增长"]), embedder.embed_passages(["产量", "增长"]), atol=1e-6)
    assert all(type(value) is float for value in adapter.embed_query("产量"))
    assert adapter.embed_documents([]) == []


def test_computes_in_float32_on_the_cpu(embedder: Embedder):
    import torch

    parameter = next(embedder._model.parameters())
    assert (parameter.dtype, parameter.device.type) == (torch.float32, "cpu")
    assert torch.get_float32_matmul_precision() == "highest"


def test_a_setting_chooses_the_threads(tiny_model: TinyModel):
    import torch

    before = torch.get_num_threads()
    try:
        Embedder.load(Settings(embedder=str(tiny_model("tiny")), threads=1))
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


def test_any_folder_works_with_its_saved_prompts(tiny_model: TinyModel):
    folder = tiny_model("anything", prompts={"query": "Q ", "document": "D "})
    tiny = Embedder.load(Settings(embedder=str(folder)))
    assert tiny.dimensions == 16
    plain = tiny._model.encode(["Q text", "D text"], normalize_embeddings=True)
    assert np.allclose(tiny.embed_queries(["text"])[0], plain[0], atol=1e-6)
    assert np.allclose(tiny.embed_passages(["text"])[0], plain[1], atol=1e-6)


def test_a_family_gets_its_prompts_without_being_told(tiny_model: TinyModel):
    tiny = Embedder.load(Settings(embedder=str(tiny_model("bge-small-zh-v1.5"))))
    plain = tiny._model.encode(["为这个句子生成表示以用于检索相关文章：text", "text"], normalize_embeddings=True)
    assert np.allclose(tiny.embed_queries(["text"])[0], plain[0], atol=1e-6)
    assert np.allclose(tiny.embed_passages(["text"])[0], plain[1], atol=1e-6)


def test_the_name_changes_with_weights_and_prompts(tiny_model: TinyModel):
    folder = str(tiny_model("tiny"))
    name = Embedder.load(Settings(embedder=folder)).name
    assert Embedder.load(Settings(embedder=folder)).name == name
    assert Embedder.load(Settings(embedder=folder, query_prompt="问：")).name != name
    assert Embedder.load(Settings(embedder=folder, passage_prompt="文：")).name != name
    other = tiny_model("other", seed=1)
    (Path(folder) / "model.safetensors").write_bytes((other / "model.safetensors").read_bytes())
    assert Embedder.load(Settings(embedder=folder)).name != name


def test_the_name_does_not_change_with_the_folder(tiny_model: TinyModel, tmp_path: Path):
    folder = tiny_model("tiny")
    name = Embedder.load(Settings(embedder=str(folder))).name
    (tmp_path / "moved").mkdir()
    moved = folder.rename(tmp_path / "moved" / "tiny")
    assert Embedder.load(Settings(embedder=str(moved))).name == name


def test_a_missing_folder_is_one_clear_line():
    with pytest.raises(ModelError, match=r"folder '/no/such/model' is not there; set JUWEN_EMBEDDER"):
        Embedder.load(Settings(embedder="/no/such/model"))


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path):
    with pytest.raises(ModelError, match="cannot be loaded as a sentence-transformers model") as caught:
        Embedder.load(Settings(embedder=str(tmp_path)))
    assert "\n" not in str(caught.value)


def test_damaged_weights_are_one_clear_line(tiny_model: TinyModel):
    folder = tiny_model("tiny")
    (folder / "model.safetensors").write_bytes(b"\x10\x00\x00")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        Embedder.load(Settings(embedder=str(folder)))
    assert "\n" not in str(caught.value)


def test_loading_leaves_logging_as_it_was(tiny_model: TinyModel):
    from transformers.utils import logging as transformers_logging

    folder = tiny_model("tiny")
    logging.getLogger("sentence_transformers").setLevel(logging.INFO)
    transformers_logging.set_verbosity(logging.INFO)
    try:
        Embedder.load(Settings(embedder=str(folder)))
        assert logging.getLogger("sentence_transformers").level == logging.INFO
        assert transformers_logging.get_verbosity() == logging.INFO
    finally:
        logging.getLogger("sentence_transformers").setLevel(logging.NOTSET)
        transformers_logging.set_verbosity(logging.WARNING)


LOAD = """
import sys, time
from rag.errors import ModelError
from rag.models.embedder import Embedder
from rag.settings import Settings
heavy = {"torch", "transformers", "sentence_transformers", "langchain_core", "tokenizers"} & set(sys.modules)
assert not heavy, heavy
started = time.monotonic()
try:
    Embedder.load(Settings(embedder=sys.argv[1])).embed_queries(["a question"])
except ModelError as error:
    print(error)
    assert time.monotonic() - started < 30
"""


@pytest.mark.slow
def test_loading_and_embedding_write_nothing_to_the_terminal(start_python: Start):
    output, errors = start_python(LOAD, "multilingual-e5-small").communicate(timeout=120)
    assert (output, errors) == ("", "")


@pytest.mark.parametrize(
    "environment", [{"HF_ENDPOINT": "http://127.0.0.1:9"}, {"HF_HUB_OFFLINE": "1"}], ids=["no network", "told offline"]
)
def test_a_model_that_is_nowhere_says_at_once_what_to_do(
    start_python: Start, tmp_path: Path, environment: dict[str, str]
):
    process = start_python(LOAD, "BAAI/bge-small-zh-v1.5", HF_HOME=str(tmp_path), **environment)
    output, errors = process.communicate(timeout=60)
    assert errors == ""
    assert output.startswith("embedder 'BAAI/bge-small-zh-v1.5' is not on this machine")
    assert "hf download BAAI/bge-small-zh-v1.5" in output
    assert len(output.splitlines()) == 1


@pytest.mark.slow
def test_a_model_in_the_hub_cache_needs_no_network(start_python: Start, tiny_model: TinyModel, tmp_path: Path):
    commit = "0123456789abcdef0123456789abcdef01234567"
    repository = tmp_path / "hub" / "models--someone--tiny"
    (repository / "snapshots").mkdir(parents=True)
    tiny_model("tiny").rename(repository / "snapshots" / commit)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit)
    process = start_python(LOAD, "someone/tiny", HF_HOME=str(tmp_path), HF_ENDPOINT="http://127.0.0.1:9")
    assert process.communicate(timeout=120) == ("", "")
