"""A sentence of a worded answer, taken apart."""

from __future__ import annotations

import pytest

from rag.answer.worded.claim import bare_words, has_mark, read_claim
from tests.answer.worded.village import PUBLISHED


@pytest.mark.parametrize(
    ("written", "cited"),
    [
        ("产量30万吨[1]。", (1,)),
        ("产量30万吨 [2] [1]。", (2, 1)),
        ("产量30万吨[1][1]。", (1,)),
        ("产量30万吨[1, 3]。", (1, 3)),
        ("产量30万吨［１］。", (1,)),
        ("产量30万吨【2】。", (2,)),
        ("产量30万吨〔1、2〕。", (1, 2)),
        ("产量30万吨[^1]。", (1,)),
        ("产量30万吨[passage 1]。", (1,)),
        ("产量30万吨[来源3]。", (3,)),
        ("产量30万吨。", ()),
    ],
)
def test_marks_are_read_in_whatever_form_and_taken_away(written: str, cited: tuple[int, ...]) -> None:
    claim = read_claim(written, PUBLISHED)
    assert claim.cited == cited
    assert claim.text == "产量30万吨。"
    assert has_mark(written) == bool(cited)


def test_brackets_that_are_no_mark_stay() -> None:
    claim = read_claim("[注]产量30万吨[2023年]。", PUBLISHED)
    assert (claim.text, claim.cited) == ("[注]产量30万吨[2023年]。", ())


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("他说“好米要慢慢种”。", ("好米要慢慢种",)),
        ("他说「好米」和『新米』。", ("好米", "新米")),
        ("《海上盐路》开展。", ("海上盐路",)),
        ('他说"好米"和"新米"。', ("好米", "新米")),
        ("“我们的《海上盐路》很好”。", ("海上盐路", "我们的《海上盐路》很好")),
        ("他说：“好米要慢慢种。", ("好米要慢慢种",)),
        ("好米要慢慢种。”他说。", ("好米要慢慢种",)),
        ("“米”字。", ()),
        ("没有引语。", ()),
        ("Li’s rice", ()),
    ],
)
def test_quotations_are_found_also_where_a_mark_is_missing(text: str, quotations: tuple[str, ...]) -> None:
    assert read_claim(text, PUBLISHED).quotations == quotations


@pytest.mark.parametrize(
    "text",
    [
        "见https://evil.example/x 。",
        "请访问evil.com。",
        "见[这里](javascript:alert(1))。",
        "<img src=x>产量。",
        "写信给a@b.cn。",
        "见www.evil.example。",
    ],
)
def test_links_and_markup_are_found(text: str) -> None:
    assert read_claim(text, PUBLISHED).links


@pytest.mark.parametrize("text", ["产量30.5万吨，增长1.2%。", "版本3.0的系统。", "一、二、三。", "3<5万吨"])
def test_figures_are_no_links(text: str) -> None:
    assert not read_claim(text, PUBLISHED).links


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30—50家", "3050家"),
        ("第3、5名", "第35名"),
        ("5℃", "5%"),
        ("5℃", "-5℃"),
        ("¥5亿", "$5亿"),
        ("3/4", "34"),
        ("10:30", "1030"),
        ("1.5万", "15万"),
    ],
)
def test_what_belongs_to_a_number_is_kept(one: str, other: str) -> None:
    assert bare_words(one) != bare_words(other)


def test_punctuation_and_width_do_not_count() -> None:
    assert bare_words("“产量”，３０万吨。") == bare_words("产量30万吨")


def test_a_mark_between_two_full_stops_leaves_one() -> None:
    assert read_claim("产量30万吨。[1]。", PUBLISHED).text == "产量30万吨。"
