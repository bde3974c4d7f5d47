"""Metrics against values worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from rag.types import Span


def test_segments_drop_punctuation_and_keep_figures_whole() -> None:
    assert metrics.segments("《粮仓》，产量48.9万吨！") == ["粮", "仓", "产", "量", "48.9", "万", "吨"]
    assert metrics.segments("５Ｇ 专网。") == ["5g", "专", "网"]
    assert metrics.segments("……") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("62万株", Decimal(620_000)),
        ("六十二万株", Decimal(620_000)),
        ("超过720家", Decimal(720)),
        ("1846件（套）", Decimal(1846)),
        ("每日6万吨", Decimal(60_000)),
    ],
)
def test_a_sole_figure_is_read(text: str, value: Decimal) -> None:
    figure = metrics.sole_figure(text)
    assert figure is not None
    assert figure.value == value


@pytest.mark.parametrize("text", ["定远县", "310万株，其中62万株", "2018年", "春天送到各县的一共是40个", ""])
def test_other_answers_are_no_sole_figure(text: str) -> None:
    assert metrics.sole_figure(text) is None


@pytest.mark.parametrize(
    ("said", "accepted", "exact"),
    [
        ("62万株", ["62万株"], 1.0),
        ("620,000株", ["62万株"], 1.0),
        ("六十二万株", ["62万株"], 1.0),
        ("310万株", ["62万株"], 0.0),
        ("62万吨", ["62万株"], 0.0),
        ("25%", ["百分之二十五"], 1.0),
        ("2018年", ["2018年"], 1.0),
        ("2019年", ["2018年"], 0.0),
        ("《海上盐路》", ["海上盐路"], 1.0),
        ("林怀瑾", ["顾北辰", "林怀瑾"], 1.0),
        ("馆长林怀瑾", ["林怀瑾"], 0.0),
        ("62万株，是2016年的4倍多", ["62万株"], 0.0),
        (None, ["林怀瑾"], 0.0),
        ("林怀瑾", [], 0.0),
        ("", ["林怀瑾"], 0.0),
    ],
)
def test_exact_match(said: str | None, accepted: list[str], exact: float) -> None:
    assert metrics.exact_match(said, accepted) == exact


def test_f1_is_over_the_longest_common_run() -> None:
    # 林怀瑾 is all 3 of 3 wanted characters and 3 of 5 said: 2 · 1 · 0.6 / 1.6
    assert metrics.f1("馆长林怀瑾", ["林怀瑾"]) == pytest.approx(0.75)
    assert metrics.f1("阜阳和亳州", ["阜阳、亳州"]) == pytest.approx(2 * (2 / 5) * (2 / 4) / (2 / 5 + 2 / 4))
    assert metrics.f1("顾北辰", ["林怀瑾"]) == 0.0
    assert metrics.f1("顾北辰", ["林怀瑾", "建筑师顾北辰"]) == pytest.approx(2 / 3)


def test_f1_gives_nothing_for_a_look_alike_figure() -> None:
    assert metrics.f1("310万株", ["62万株"]) == 0.0
    assert metrics.f1("约62万株", ["62万株"]) == 1.0


@given(st.text(alphabet="粮仓定远县62万株，", max_size=12), st.text(alphabet="粮仓定远县62万株，", max_size=12))
def test_scores_stay_in_range_and_exact_is_full(said: str, wanted: str) -> None:
    exact, f1 = metrics.exact_match(said, [wanted]), metrics.f1(said, [wanted])
    assert 0.0 <= exact <= 1.0
    assert 0.0 <= f1 <= 1.0
    if exact == 1.0 and metrics.segments(wanted):
        assert f1 == 1.0


def test_first_ranks() -> None:
    assert metrics.first_ranks([["b"], ["x", "c"], ["y"]], ["a", "b", "c", "d"]) == [2, 3, None]


def test_share_held_wants_half_of_a_sentence() -> None:
    evidence = [Span(0, 10), Span(20, 30)]
    assert metrics.share_held(evidence, [Span(0, 5)]) == 0.5
    assert metrics.share_held(evidence, [Span(0, 4)]) == 0.0
    assert metrics.share_held(evidence, [Span(0, 3), Span(7, 22), Span(27, 40)]) == 1.0
    assert metrics.share_held(evidence, []) == 0.0
    assert metrics.share_held([], [Span(0, 5)]) == 0.0


def test_precision_and_recall() -> None:
    assert metrics.precision_recall([True, True, False, False], [True, False, True, True]) == (0.5, 1 / 3)
    assert metrics.precision_recall([False], [True]) == (None, 0.0)
    assert metrics.precision_recall([True], [False]) == (0.0, None)


def test_figures_are_held_against_the_quotes() -> None:
    quotes = ["其中胡杨林62万株，同比增长18%。"]
    assert metrics.check_figures("去年是620000株[1]，增长18%。", quotes) == (2, [])
    assert metrics.check_figures("去年是26万株[1]。", quotes) == (1, ["26万株"])
    assert metrics.check_figures("推算为48万株。", quotes, results=["48万株"]) == (1, [])
    assert metrics.check_figures("没有数字。", quotes) == (0, [])


def test_a_figure_of_a_cell_takes_its_unit_from_another_line_of_the_table() -> None:
    row, head = "木桨 | 7.10 | 6.50", "产值（万元）如下："
    assert metrics.check_figures("7.10万元[1]", [row, head]) == (1, [])
    assert metrics.check_figures("7.10万元[1]", [row]) == (1, ["7.10万元"])
    assert metrics.check_figures("7.10万元[1]", [row, "产值（吨）如下："]) == (1, ["7.10万元"])
    assert metrics.check_figures("10万元[1]", [row, head]) == (1, ["10万元"])
    assert metrics.check_figures("7.10万元[1]", ["共7.10，另6.50", head]) == (1, ["7.10万元"])


def test_percentiles_are_nearest_ranks() -> None:
    values = [float(value) for value in range(20, 0, -1)]
    assert metrics.percentile(values, 0.5) == 10.0
    assert metrics.percentile(values, 0.95) == 19.0
    assert metrics.percentile([7.0], 0.95) == 7.0
    with pytest.raises(ValueError, match="0 values"):
        metrics.percentile([], 0.5)
    with pytest.raises(ValueError, match=r"and 1\.5"):
        metrics.percentile([1.0], 1.5)


def test_the_mean_of_nothing_is_none() -> None:
    assert metrics.mean([]) is None
    assert metrics.mean([0.0, 1.0]) == 0.5


def test_share_showing_counts_the_citations_of_other_articles() -> None:
    evidence = [Span(10, 20)]
    assert metrics.share_showing([], evidence) is None
    assert metrics.share_showing([Span(12, 18), Span(0, 11)], evidence) == 0.5
    assert metrics.share_showing([Span(10, 20)], evidence, citations=4) == 0.25


@pytest.mark.parametrize(
    ("text", "accepted", "expected"),
    [
        ("62万株[1]", ["62万株"], True),
        ("620000株", ["62万株"], True),
        ("310万株，其中62万株", ["62万株"], False),
        ("310万株", ["62万株"], False),
        ("62万株，占20%", ["62万株"], True),
        ("馆长林怀瑾", ["林怀瑾"], True),
        ("很多", ["62万株"], False),
        ("18公里", ["18千米"], True),
        ("全长20公里，其中隧道18千米", ["18公里"], False),
        ("18名", ["18人"], True),
        ("25人，其中老师18名", ["18人"], False),
        ("三成", ["30%"], True),
        ("720家", ["720个"], True),
        ("12个县的720家", ["720家"], True),
        ("62万株，见第3页", ["62万株"], True),
    ],
)
def test_says_only(text: str, accepted: list[str], expected: bool) -> None:
    assert metrics.says_only(text, accepted) is expected
