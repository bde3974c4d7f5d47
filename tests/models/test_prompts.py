from __future__ import annotations

import pytest

from rag.models.prompts import Prompts, choose_prompts
from rag.settings import Settings

BGE_ZH = "为这个句子生成表示以用于检索相关文章："


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("intfloat/multilingual-e5-large", Prompts("query: ", "passage: ")),
        ("intfloat/e5-base-v2", Prompts("query: ", "passage: ")),
        ("/srv/models/multilingual_e5_small", Prompts("query: ", "passage: ")),
        ("BAAI/bge-small-zh-v1.5", Prompts(BGE_ZH, "")),
        ("BAAI/bge-large-zh", Prompts(BGE_ZH, "")),
        ("hub/models--BAAI--bge-base-zh-v1.5/snapshots/0f1e2d", Prompts(BGE_ZH, "")),
        ("BAAI/bge-small-en-v1.5", Prompts("Represent this sentence for searching relevant passages: ", "")),
        ("BAAI/bge-m3", Prompts("", "")),
        ("thenlper/gte-base-zh", Prompts("", "")),
        ("/data/bge-zh-news/gte-base", Prompts("", "")),
        ("sentence-transformers/all-MiniLM-L6-v2", Prompts("", "")),
        ("some/model5e5x", Prompts("", "")),
    ],
)
def test_the_family_decides_where_nothing_else_is_said(name: str, expected: Prompts):
    assert choose_prompts(Settings(), name, {"query": "", "document": ""}) == expected


def test_an_instruction_model_of_the_e5_family_gets_its_instruction():
    prompts = choose_prompts(Settings(), "intfloat/multilingual-e5-large-instruct", {})
    assert prompts.query.startswith("Instruct: ")
    assert prompts.query.endswith("\nQuery: ")
    assert prompts.passage == ""


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        ({"query": "q: ", "document": "d: "}, Prompts("q: ", "d: ")),
        ({"query": "q: ", "passage": "p: "}, Prompts("q: ", "p: ")),
        ({"query": "q: ", "document": ""}, Prompts("q: ", "")),
        ({"document": "d: "}, Prompts("", "d: ")),
        ({"query": "q: ", "document": None}, Prompts("q: ", "")),
        ({"clustering": "c: "}, Prompts("query: ", "passage: ")),
    ],
)
def test_the_prompts_that_a_model_saves_win_over_its_family(saved: dict[str, str | None], expected: Prompts):
    assert choose_prompts(Settings(), "intfloat/e5-base-v2", saved) == expected


def test_the_settings_win_over_all():
    settings = Settings(query_prompt="问：", passage_prompt="")
    assert choose_prompts(settings, "intfloat/e5-base-v2", {"query": "q: ", "document": "d: "}) == Prompts("问：", "")


def test_one_setting_leaves_the_other_side_alone():
    assert choose_prompts(Settings(query_prompt="问："), "intfloat/e5-base-v2", {}) == Prompts("问：", "passage: ")
