"""Written articles as questions to measure by, with the real reader and index."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.models.span_model import SpanModel
from rag.settings import Settings
from training.judged import guard_names
from training.unseen import UNSEEN, judge_unseen
from training.written.reading import FOLDER, read_articles

TEXT = """# 松岭茶会
P 松岭茶会2023年由女教师江问梅发起，每月第一个周六在旧粮仓里办，到场的人从十二个涨到八十个。
Q 茶会是谁办起来的
A 江问梅
Q 松岭茶会的门票多少钱
A -
# 第二篇
P 这一篇不在抽取之列。
Q 这一篇在不在
A 不在
"""


def test_each_question_is_asked_of_its_article_alone(span_model: SpanModel, tmp_path: Path) -> None:
    for name in UNSEEN:
        (tmp_path / f"{name}.txt").write_text(TEXT if name == UNSEEN[0] else "", encoding="utf-8")
    first, second = judge_unseen(span_model, Settings(), guard_names(), every=2, folder=tmp_path)
    assert (first.case.id, first.case.article, first.case.kind) == ("causes-1-1", "causes-1", "paraphrase")
    assert first.is_right(first.judged[0])
    (article,) = first.material.articles.values()
    assert (article.title, article.published and article.published.year) == ("松岭茶会", 2023)
    assert (second.case.answerable, second.case.kind) == (False, "near_miss")
    assert not any(second.is_right(one) for one in second.judged)


@pytest.mark.parametrize("name", UNSEEN)
def test_the_unseen_articles_are_there(name: str) -> None:
    assert next(read_articles(FOLDER / f"{name}.txt")).asked
