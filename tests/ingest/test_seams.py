from __future__ import annotations

import pytest

from rag.ingest.seams import continues, glue


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("机器人表演了令人惊叹的拳击赛。在另一家机器人公", "司展台前，观众排起了队。"),
        ("他说：“今年的收成比去年好，我们打算明年", "再种五亩。”"),
        ("据《云岭县志(1949-", "2020年)》记载，小学建于1953年。"),
        ("各项运行指标一目了然、一屏掌控、", "一键调度。"),
        ("这些办法写进了一份“数字蓝图”，从顶层", "设计到具体实施，覆盖各个领域。"),
        ("近些年的参展企业中，两家本地公司一直都是", "主力。"),
        ("孩子们在操场上奔跑", "，笑声传得很远。"),
        ("the children had been waiting there since", "noon, when the bus came."),
    ],
)
def test_torn_sentences_are_joined(left: str, right: str) -> None:
    assert continues(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("打破产业边界", "科技革命需要不断推进，这是所有人的共识。"),
        ("抓住机遇迎难而上，奋力开创发展新局面", "过去一年，全县上下一心，取得了很好的成绩。"),
        ("第一段到这里就结束了，没有别的内容。", "第二段从这里开始。"),
        ("床前明月光，", "疑是地上霜。"),
        ("现将有关事项通知如下，请认真执行：", "一、总体要求"),
        ("这句话没有写完，可是下一行是一个列表的", "1. 小麦"),
        ("“第一段引文，说了许多关于春天的话。", "“第二段引文，说的是夏天。”"),
        ("——写给谁呢", "——写给没有睡的人"),
    ],
)
def test_whole_paragraphs_stay_apart(left: str, right: str) -> None:
    assert not continues(left, right)


def test_where_endings_mean_nothing_only_sure_signs_count() -> None:
    left = "周二下了一整天的雨，谁也没有出门，大家在屋里下棋喝茶聊天，一直到晚饭的时候才散"
    assert continues(left, "老陈赢了三盘。")
    assert not continues(left, "老陈赢了三盘。", endings_count=False)
    assert continues(left + "、", "老陈赢了三盘。", endings_count=False)


def test_glue() -> None:
    assert glue("人工", "智能") == "人工智能"
    assert glue("用AI", "技术") == "用AI技术"
    assert glue("machine", "learning") == "machine learning"
    assert glue("well,", "where") == "well, where"
    assert glue("", "x") == "x"
