"""Lines of a list: what stands in one is no answer of the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.chatbot import Chatbot
from rag.settings import Settings

FAIR = """---
title: 河湾镇的节日
publisher: 河湾周报
published: 2025-05-10
---

# 河湾镇的节日

河湾镇的节日今年办得比往年长，镇上的老少都盼着，街坊们早早把门前扫干净，又把去年的灯笼找出来，一盏一盏擦亮挂上，连河边的柳树也不例外。安排如下：

- 6月1日10:00，河滩，拔河
- 6月2日19:30，戏台，皮影戏
- 6月3日15:00，学堂，棋赛颁奖，头名奖金300元
"""


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder: Path = tmp_path_factory.mktemp("fair")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "fair.md").write_text(FAIR, encoding="utf-8")
    return Chatbot.open(Settings(corpus_dir=folder / "corpus", index_dir=folder / "index"))


@pytest.mark.parametrize(
    ("question", "told"), [("皮影戏几点开始？", "19:30"), ("拔河几点开始？", "10:00"), ("棋赛颁奖几点开始？", "15:00")]
)
def test_the_hour_of_one_line_is_not_given_for_another(fair: Chatbot, question: str, told: str) -> None:
    answer = fair.ask(question)
    assert answer.short is None or told in answer.short


def test_the_prize_of_one_line_is_not_given_for_another(fair: Chatbot) -> None:
    assert fair.ask("棋赛头名奖金多少钱？").short == "300元"
    assert fair.ask("皮影戏头名奖金多少钱？").status == "refused"


def test_an_answer_under_its_question_is_no_line_of_a_list(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    text = "# 修钟的何远\n\n问：您修钟修了多少年？\n\n答：修了四十一年。\n\n问：收过几个徒弟？\n\n答：收过六个。\n"
    (tmp_path / "corpus" / "talk.md").write_text(text, encoding="utf-8")
    chatbot = Chatbot.open(Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"))
    assert chatbot.ask("何远修钟修了多少年？").short == "四十一年"
