"""Things that only their names tell apart: those in quotation marks, and those that end alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.chatbot import Chatbot
from rag.settings import Settings

VILLAGE = """---
title: 窑村的客栈与渡口
publisher: 窑村小报
published: 2025-05-10
---

# 窑村的客栈与渡口

窑村有两家客栈。“听雨”每晚60元，建于1988年，带一个天井。“望江”每晚90元，带两个阳台，掌柜养猫。

渡口的生意各有冷清。望月店卖茶，店主是高明，鹤鸣店卖糖，店主是木匠，已干了九年。
"""


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder: Path = tmp_path_factory.mktemp("village")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "village.md").write_text(VILLAGE, encoding="utf-8")
    return Chatbot.open(Settings(corpus_dir=folder / "corpus", index_dir=folder / "index"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("望江是哪年建的？", None),
        ("听雨是哪年建的？", "1988年"),
        ("望江带几个阳台？", "两个"),
        ("听雨带几个阳台？", None),
        ("听雨的掌柜养什么？", None),
    ],
)
def test_what_is_told_of_one_quoted_name_is_not_given_for_another(
    village: Chatbot, question: str, told: str | None
) -> None:
    assert village.ask(question).short == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("望月店的店主是谁？", "高明"),
        ("鹤鸣店卖什么？", "糖"),
        ("鹤鸣店的店主干了几年？", "九年"),
        ("望月店的店主干了几年？", None),
    ],
)
def test_what_is_told_of_one_shop_is_not_given_for_another(village: Chatbot, question: str, told: str | None) -> None:
    assert village.ask(question).short == told
