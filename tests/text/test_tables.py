"""Tables are read back cell by cell, each an exact slice; what only looks like one is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.markdown import markdown_fragments
from rag.ingest.read import read_article
from rag.ingest.repair import repair
from rag.text.tables import find_tables, is_row
from rag.types import Article

_WORD = st.text(alphabet="金木水火土甲乙丙丁赤橙青", min_size=1, max_size=6)
_FIGURE = st.builds("{}{}".format, st.decimals(0, 9999, places=1), st.sampled_from(["", "元", "吨", "%", "公里"]))
_LIKE_PROSE = st.sampled_from(
    [
        "（图左一",
        "记者 王山 摄",
        "一、概况",
        "山上的柿子今年红得早，收购站十月就开门了，价钱也比往年要好，",
        "来源：县志",
    ]
)
_CELL = st.one_of(_WORD, _FIGURE, _LIKE_PROSE, st.just(""), st.just("—"))


_TITLE = "# 山里的行情"
_LEAD_IN = "这一周的价钱如下，都是收购站的牌价："
_AFTER = "下一周还要看天气，站长说多半要涨）。"


@st.composite
def _written(draw: st.DrawFn) -> tuple[list[list[str]], str]:
    """A table and how it is written in Markdown."""
    width = draw(st.integers(2, 5))
    head = draw(st.lists(_WORD, min_size=width, max_size=width, unique=True))
    rows = draw(st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=6))
    rows = [[draw(_WORD), *row[1:]] for row in rows]
    lines = [head, ["---"] * width, *rows]
    return [head, *rows], "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _article(tmp_path: Path, body: str, suffix: str = "md") -> Article:
    path = tmp_path / f"text.{suffix}"
    path.write_text(body, encoding="utf-8")
    return read_article(path, tmp_path)


@given(_written(), st.booleans())
def test_a_table_is_read_back_cell_by_cell(written: tuple[list[list[str]], str], led_in: bool) -> None:
    cells, markdown = written
    repaired = repair(markdown_fragments("\n\n".join([_TITLE, *([_LEAD_IN] if led_in else []), markdown, _AFTER])))
    (table,) = find_tables(repaired.text, repaired.blocks)
    rows = [table.head, *table.rows]
    assert [[cell.text for cell in row.cells] for row in rows] == cells
    for row in rows:
        for cell in row.cells:
            assert repaired.text[cell.span.start : cell.span.end] == cell.text
            assert table.span.covers(cell.span)
            assert row.span.covers(cell.span)


@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_the_lines_that_lead_a_table_in_are_kept_with_it(tmp_path: Path, suffix: str) -> None:
    article = _article(
        tmp_path,
        "# 柿子\n\n## 行情\n\n今年天旱。收购价见下表（单位：元）。\n\n"
        "| 等级 | 价 |\n| --- | --- |\n| 甲等 | 3 |\n| 乙等 | 2 |\n\n"
        "价钱每天早上八点在收购站门口的黑板上更新，过了中午就不再改动了。\n",
        suffix,
    )
    (table,) = find_tables(article.text, article.blocks)
    assert [article.text[span.start : span.end] for span in table.captions] == ["收购价见下表（单位：元）。"]
    assert [cell.text for row in table.rows for cell in row.cells] == ["甲等", "3", "乙等", "2"]


def test_a_bracket_left_open_in_a_cell_joins_no_rows(tmp_path: Path) -> None:
    rows = "| 等级 | 价 |\n| --- | --- |\n| 甲等（大 | 3 |\n| 乙等 | 2 |"
    article = _article(tmp_path, f"# 柿子\n\n{rows}\n\n价钱每天早上八点更新，过了中午就不再改动）了。\n")
    (table,) = find_tables(article.text, article.blocks)
    assert [row.cells[0].text for row in table.rows] == ["甲等（大", "乙等"]


@pytest.mark.parametrize(
    "lines",
    [
        "| 只有一行 | 不是表 |",
        "| 等级 | 价 |\n| 甲等 | 3 | 多一格 |",
        "| 3元 | 2元 |\n| 5元 | 4元 |",
        "| 价 | 价 |\n| 3元 | 2元 |",
        "他说|笑着|就走了\n她说|哭着|也走了",
    ],
)
def test_other_lines_with_strokes_are_no_table(tmp_path: Path, lines: str) -> None:
    article = _article(tmp_path, f"# 柿子\n\n{lines}\n\n山上的柿子今年红得早，收购站十月就开门了。\n")
    assert list(find_tables(article.text, article.blocks)) == []


def test_a_row_has_strokes_at_both_ends_and_between() -> None:
    assert is_row("| 甲 | 3 |")
    assert not is_row("| 甲 |")
    assert not is_row("甲 | 3")
