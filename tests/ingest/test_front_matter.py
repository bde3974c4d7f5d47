from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.front_matter import FrontMatter, split_front_matter


def test_all_fields() -> None:
    text = (
        "---\ntitle: '春天: 一'\nsubtitle: ——二\nauthors: [王小明, 李红]\npublisher: 某刊\nsource: https://example.org/1\n"
        "published: 2025-09-08\ntags: [a, {b: c}]\n---\n正文。\n"
    )
    front_matter, body = split_front_matter(text)
    assert front_matter == FrontMatter(
        "春天: 一", "——二", ("王小明", "李红"), "某刊", "https://example.org/1", date(2025, 9, 8)
    )
    assert body == "正文。\n"


def test_without_front_matter_all_is_body() -> None:
    assert split_front_matter("春天\n---\n正文。") == (FrontMatter(), "春天\n---\n正文。")


def test_empty_front_matter_and_empty_fields() -> None:
    assert split_front_matter("---\n---\n正文。") == (FrontMatter(), "正文。")
    assert split_front_matter("---\ntitle:\npublished: null\n---\n")[0] == FrontMatter()


def test_values_stay_as_they_were_typed() -> None:
    front_matter, _ = split_front_matter("---\ntitle: 2025\nsubtitle: yes\nauthors: 王小明\n---\n")
    assert (front_matter.title, front_matter.subtitle, front_matter.authors) == ("2025", "yes", ("王小明",))


@pytest.mark.parametrize(
    "written", ["2025-09-08", "2025-9-8", "2025/9/8", "2025年9月8日", "2025-09-08 10:30:00", "'2025-09-08'"]
)
def test_dates(written: str) -> None:
    assert split_front_matter(f"---\npublished: {written}\n---\n")[0].published == date(2025, 9, 8)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_any_date_comes_back(day: date) -> None:
    assert split_front_matter(f"---\npublished: {day.isoformat()}\n---\n")[0].published == day


@given(st.text("ab春： :-#[]{}'\"\n&*!|>", max_size=40))
def test_any_front_matter_is_read_or_refused_in_one_line(block: str) -> None:
    try:
        split_front_matter(f"---\n{block}\n---\n正文。")
    except ValueError as error:
        reason = str(error)
    else:
        reason = "front matter"
    assert "front matter" in reason
    assert "\n" not in reason


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("title: 春天", "no second '---'"),
        ("title：春天\n---\n", "no mapping"),
        ("- a\n- b\n---\n", "no mapping"),
        ("title: 春天: 二\n---\n", "line 2: mapping values"),
        ("title: [一, 二]\n---\n", "'title' must be one text .line 2"),
        ("authors: [{a: b}]\n---\n", "'authors' must be one text"),
        ("title: a\ntitle: b\n---\n", "'title' twice .line 3"),
        ("published: 2025-13-45\n---\n", "'2025-13-45', which is no date"),
        ("published: 去年\n---\n", "'去年', which is no date"),
        ("published: 2025\n---\n", "'2025', which is no date"),
        ("title: *nobody\n---\n", "no YAML"),
        ("a: " + "[" * 600 + "\n---\n", "no YAML"),
        ("a: " + "春" * 10_000 + "\n---\n", "10000 at most"),
    ],
)
def test_refuses(block: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        split_front_matter(f"---\n{block}")
    assert "\n" not in str(caught.value)
