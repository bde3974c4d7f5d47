"""The whole of a wider or a narrower place is not the asked one."""

from __future__ import annotations

import pytest

from rag.answer.guards.scope import another_scope, asked_rank
from rag.text.normalise import fold
from tests.answer.guards.test_rivals import pieces_of


@pytest.mark.parametrize(
    ("question", "rank"),
    [
        ("石桥镇有多少人?", 4),
        ("河口县石桥镇有多少人?", 4),
        ("河口县有多少人?", 3),
        ("广州市有多少人?", 2),
        ("江苏省有多少人?", 1),
        ("全国有多少人?", 0),
        ("全村有多少人?", 5),
        ("每个镇有多少人?", None),
        ("农村居民有多少人?", None),
        ("超市有多少家?", None),
        ("义乌市场有多少家商户?", None),
        ("上市公司有多少家?", None),
        ("广州有多少人?", None),
        ("大理白族自治州有多少人?", 2),
    ],
)
def test_the_narrowest_place_that_is_named_counts(question: str, rank: int | None) -> None:
    assert asked_rank(question) == rank


@pytest.mark.parametrize(
    ("question", "text", "words", "expected"),
    [
        ("石桥镇倒塌房屋多少间?", "洪水造成全县受灾,倒塌房屋134间。", "134间", True),
        ("石桥镇倒塌房屋多少间?", "洪水造成全县受灾,石桥镇倒塌房屋40间。", "40间", False),
        ("石桥镇倒塌房屋多少间?", "石桥镇在全县受灾最重,倒塌房屋40间。", "40间", False),
        ("石桥镇转移多少人?", "搜救结束,全镇转移4310人。", "4310人", False),
        ("石桥镇转移多少人?", "全县受灾。该镇转移4310人。", "4310人", False),
        ("河口县有多少亩茶园?", "全村茶园2640亩。", "2640亩", True),
        ("河口县有多少亩茶园?", "全县茶园3万亩。", "3万亩", False),
        ("全县有多少亩茶园?", "全村茶园2640亩。", "2640亩", True),
        ("石桥镇产茶多少吨?", "产茶5万吨,居全国第一。", "5万吨", False),
        ("石桥镇产茶多少吨?", "石桥镇产茶5万吨,占全县的一成。", "5万吨", False),
        ("石桥镇有多少人?", "全县人口30万人。", "30万人", True),
        ("石桥镇有多少家企业?", "面向全市场招商,引来企业30家。", "30家", False),
        ("省里财政出多少钱?", "其中县财政出85元。", "85元", True),
        ("县里出多少钱?", "其中县财政出85元。", "85元", False),
        ("省级财政出多少钱?", "省级财政出90元,县财政出85元。", "85元", True),
        ("财政出多少钱?", "其中县财政出85元。", "85元", False),
        ("广州接待多少游客?", "全省接待游客3亿人次。", "3亿人次", False),
    ],
)
def test_the_nearest_whole_counts(question: str, text: str, words: str, expected: bool) -> None:
    assert another_scope(fold(question), pieces_of(text, words)) is expected
