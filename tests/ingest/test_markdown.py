from __future__ import annotations

import pytest

from rag.ingest.markdown import markdown_fragments
from rag.ingest.repair import repair
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


def test_an_item_that_ends_without_a_mark_is_not_joined_to_the_next() -> None:
    items = [
        "6月1日10:00，河滩，拔河，头名奖金八千元，请各村提前三天报名并带好鞋",
        "6月2日19:30，戏台，皮影戏，演两个钟头，来得晚的只能站在后面看",
    ]
    fragments = markdown_fragments("安排如下：\n\n" + "\n".join(f"- {item}" for item in items) + "\n\n欢迎大家。")
    repaired = repair(fragments)
    texts = [repaired.text[block.start : block.end] for block in repaired.blocks]
    assert texts[-3:] == [*items, "欢迎大家。"]
    assert repaired.blocks[-2].kind is BlockKind.PARAGRAPH
