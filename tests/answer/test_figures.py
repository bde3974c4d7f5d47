"""Which words of a sentence belong to which of its figures."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.figures import HEADING, OWN, PARENT, SIBLING, find_figures
from tests.answer.paragraphs import figures_of, sentence_of, sentences_of

FLIGHTS = "今年上半年,全市低空飞行时长19万小时、同比增长109%,飞行架次达116万、同比增长67%。"


def test_each_figure_has_its_own_stretch() -> None:
    figures = figures_of(FLIGHTS)
    assert list(figures) == ["19万小时", "109%", "116万", "67%"]
    assert "飞行时长" in figures["19万小时"].own_text
    assert "飞行时长" not in figures["116万"].own_text
    assert figures["116万"].own_text.startswith("飞行架次")
    assert figures["67%"].own_text.startswith("同比增长67%")


@pytest.mark.parametrize(
    ("text", "child", "parent"),
    [
        (FLIGHTS, "109%", "19万小时"),
        (FLIGHTS, "67%", "116万"),
        ("产量95万辆,是2021年的6倍多。", "6倍多", "95万辆"),
        ("总产量820.2亿斤,居全国第4位。", "第4位", "820.2亿斤"),
        ("全省收购秋粮412万吨,同比增加37万吨。", "37万吨", "412万吨"),
    ],
)
def test_a_growth_or_rank_depends_on_the_figure_before_it(text: str, child: str, parent: str) -> None:
    found = figures_of(text)[child].parent
    assert found is not None
    assert found.quantity.text == parent


@pytest.mark.parametrize(
    ("text", "figure"),
    [("特展5场、讲座38场。", "38场"), ("甲公司占14.7%,乙公司占9.8%。", "14.7%"), (FLIGHTS, "116万")],
)
def test_a_figure_of_its_own_has_no_parent(text: str, figure: str) -> None:
    assert figures_of(text)[figure].parent is None


def test_the_part_and_the_whole_are_siblings() -> None:
    figures = figures_of("全馆接待观众46.8万人次,其中青少年19.2万人次。")
    part = figures["19.2万人次"]
    siblings = [part.sentence.folded[span.start : span.end] for span in part.siblings]
    assert any("46.8万人次" in text for text in siblings)
    assert "青少年" in part.own_text
    assert "青少年" not in figures["46.8万人次"].own_text


@pytest.mark.parametrize(
    ("text", "figure", "head"),
    [
        ("建成178个市级智能工厂。", "178个", "市级智能工厂"),
        ("举办讲座38场。", "38场", "讲座"),
        ("其中新能源汽车产量95万辆。", "95万辆", "新能源汽车产量"),
    ],
)
def test_the_head_says_what_is_counted(text: str, figure: str, head: str) -> None:
    assert figures_of(text)[figure].head == head


@pytest.mark.parametrize(
    ("text", "figure", "change"),
    [
        ("产量412万吨,同比增长25%。", "25%", True),
        ("产量412万吨,同比增加37万吨。", "37万吨", True),
        ("产量412万吨,同比增加37万吨。", "412万吨", False),
        ("建成138个,比2021年多出92个。", "92个", True),
        ("收费620元,比农户自己种省下155元。", "155元", True),
        ("试验点从23个增加到35个。", "35个", False),
        ("市场占有率为14.7%。", "14.7%", False),
        ("人工成本下降了约四成。", "约四成", True),
    ],
)
def test_a_change_is_told_from_an_amount(text: str, figure: str, change: bool) -> None:
    assert figures_of(text)[figure].is_change is change


def items_of(text: str) -> dict[str, str | None]:
    """What each figure of ``text`` is dealt by 分别, None where nothing is."""
    figures = figures_of(text)
    return {
        name: figure.sentence.folded[figure.item.start : figure.item.end] if figure.item else None
        for name, figure in figures.items()
    }


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("桥和隧道分别有3座、5座。", {"3座": "桥", "5座": "隧道"}),
        ("桥、隧道和车站分别建成3座、5座、8座。", {"3座": "桥", "5座": "隧道", "8座": "车站"}),
        ("桥及隧道分别增长3%和5%。", {"3%": "桥", "5%": "隧道"}),
        ("2020年和2021年产值分别为74亿元和80亿元。", {"74亿元": "2020年", "80亿元": "2021年产值"}),
        ("甲镇修桥,乙镇修路,分别投资3亿元、5亿元。", {"3亿元": "甲镇修桥,", "5亿元": "乙镇修路,"}),
        ("全市建成9座塔,桥和隧道分别有3座、5座。", {"9座": None, "3座": "桥", "5座": "隧道"}),
        ("桥、隧道和车站分别建成3座、5座。", {"3座": None, "5座": None}),
        ("桥和隧道有3座、5座。", {"3座": None, "5座": None}),
        ("桥和隧道分别通车,投资3亿元。", {"3亿元": None}),
    ],
)
def test_figures_are_dealt_out_first_to_first(text: str, items: dict[str, str | None]) -> None:
    assert items_of(text) == items


def test_a_dealt_figure_knows_whose_the_others_are() -> None:
    figure = figures_of("桥、隧道和车站分别建成3座、5座、8座。")["5座"]
    assert figure.own_text.startswith("隧道")
    assert "车站" in figure.siblings_after
    assert "桥" in {figure.sentence.folded[item.start : item.end] for item in figure.other_items}


def test_a_dealt_time_governs_its_figure() -> None:
    figures = figures_of("2020年和2021年产值分别为74亿元和80亿元。")
    times = {name: figure.time.text for name, figure in figures.items() if figure.time}
    assert times == {"74亿元": "2020年", "80亿元": "2021年"}


@pytest.mark.parametrize(
    ("text", "figure", "other"),
    [
        ("桥和隧道分别有3座、5座。", "3座", "隧道"),
        ("桥和隧道分别有3座、5座。", "5座", "桥"),
    ],
)
def test_a_dealt_figure_holds_no_item_of_another(text: str, figure: str, other: str) -> None:
    assert other not in figures_of(text)[figure].own_text


def test_calendar_times_are_no_figures() -> None:
    assert list(figures_of("2024年9月5日至8日,3座桥通车。")) == ["3座"]


def test_small_numbers_in_words_are_weak() -> None:
    figures = figures_of("他们在两个村建成3座桥。")
    assert not figures["两个"].is_strong
    assert figures["3座"].is_strong


def test_a_place_in_the_article_is_exact() -> None:
    text = "去年通车。新桥长1200米。"
    (sentence, figure) = next((s, f) for s in sentences_of(text) for f in find_figures(s))
    assert text[figure.span.start : figure.span.end] == "1200米"
    assert text[sentence.span.start : sentence.span.end] == "新桥长1200米。"


def test_words_count_less_the_farther_they_stand() -> None:
    growth = figures_of(FLIGHTS)["109%"]
    weights = {region.weight: region.text for region in growth.regions()}
    assert weights[OWN].startswith("同比增长109%")
    assert "飞行时长" in weights[PARENT]
    assert "飞行架次" in weights[SIBLING]
    assert "城市观察" in weights[HEADING]
    assert OWN > PARENT > HEADING > SIBLING


@given(
    counts=st.lists(st.integers(1, 999_999), min_size=1, max_size=5),
    mark=st.sampled_from(["、", ",", "，"]),
)
def test_stretches_hold_their_figure_and_never_overlap(counts: list[int], mark: str) -> None:
    things = ("桥", "学校", "医院", "公园", "车站")
    listed = mark.join(f"{thing}{count}座" for thing, count in zip(things, counts, strict=False))
    figures = find_figures(sentence_of(f"建成{listed}。"))
    assert [figure.quantity.value for figure in figures] == counts
    for figure, thing in zip(figures, things, strict=False):
        assert thing in figure.own_text
        assert figure.own.start <= figure.quantity.start < figure.quantity.end <= figure.own.end
    for one, following in pairwise(figures):
        assert not one.own.overlaps(following.own)
