from __future__ import annotations

import pytest

from rag.ingest.markdown import markdown_fragments
from rag.types import BlockKind

TITLE, HEADING, CAPTION = BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION


def read(text: str) -> list[tuple[BlockKind | None, str]]:
    return [(fragment.kind, fragment.text) for fragment in markdown_fragments(text)]


def test_headings() -> None:
    text = "# 题 #\n## 一 ##\n### C#\n副题\n----\n#标签\n# 第二个\n####### 七"
    assert read(text) == [
        (TITLE, "题"),
        (HEADING, "一"),
        (HEADING, "C#"),
        (HEADING, "副题"),
        (None, "#标签"),
        (HEADING, "第二个"),
        (None, "####### 七"),
    ]
    assert read("题\n===") == [(TITLE, "题")]


def test_neighbouring_lines_are_one_paragraph() -> None:
    assert read("春天\n来了\n\nIt\nrains") == [(None, "春天来了"), (None, "It rains")]


def test_images_are_captions_and_leave_the_sentence_whole() -> None:
    assert read("一直都是![花 图/王五](a.png)主力。") == [(None, "一直都是主力。"), (CAPTION, "花 图/王五")]
    assert read('![花](a.png "张三 摄")') == [(CAPTION, "花 张三 摄")]
    assert read("![](a.png)") == []


def test_lists_quotes_rules_and_tables() -> None:
    text = "- 一\n- 二\n1. 三\n2. 四\n\n> 引\n> 文\n\n***\n```\nx = 1\n```\n| 年 | 量 |\n|---|---|\n| 2024 | 95 |"
    assert [words for _, words in read(text)] == [
        "一",
        "二",
        "1. 三",
        "2. 四",
        "引文",
        "x = 1",
        "| 年 | 量 |",
        "| 2024 | 95 |",
    ]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**95万辆**和*一*、__二__、_三_、~~四~~", "95万辆和一、二、三、四"),
        ("[链接](https://example.org 'x')", "链接"),
        ("`a*b*c` \\*不斜\\*", "a*b*c *不斜*"),
        ("2*3*4=24, a_b_c", "2*3*4=24, a_b_c"),
        ("***重***", "重"),
        ("5 * 3 * 2", "5 * 3 * 2"),
    ],
)
def test_inline_marks(marked: str, plain: str) -> None:
    assert read(marked) == [(None, plain)]
