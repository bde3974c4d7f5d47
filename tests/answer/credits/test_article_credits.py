"""Who wrote an article, who edited it, where it comes from and when it came out."""

from __future__ import annotations

import pytest

from rag.answer.credits.article_credits import tell
from rag.question.asked_credit import Role
from rag.types import Article, Block, BlockKind

BYLINE, PARAGRAPH = BlockKind.BYLINE, BlockKind.PARAGRAPH
BODY = (PARAGRAPH, "村里通了自来水，老支书打开龙头，接了满满一缸。")


def article_of(*lines: tuple[BlockKind, str], authors: tuple[str, ...] = ()) -> Article:
    blocks = []
    start = 0
    for kind, text in lines:
        blocks.append(Block(kind, start, start + len(text)))
        start += len(text) + 2
    return Article("x", "题", "\n\n".join(text for _, text in lines), tuple(blocks), authors=authors)


def told(article: Article, role: Role, wording: str = "") -> str | None:
    found = tell(article, role, wording)
    return article.text[found[0].span.start : found[0].span.end] if found else None


@pytest.mark.parametrize(
    ("line", "role", "answer"),
    [
        ((BYLINE, "作者：谭北溟 孟繁星 白芷"), Role.AUTHOR, "谭北溟 孟繁星 白芷"),
        ((BYLINE, "平远日报记者 高立群 通讯员 宋晓梅"), Role.AUTHOR, "高立群 通讯员 宋晓梅"),
        ((BYLINE, "平远日报记者 高立群 通讯员 宋晓梅"), Role.REPORTER, "高立群"),
        ((BYLINE, "平远日报记者 高立群 通讯员 宋晓梅"), Role.CORRESPONDENT, "宋晓梅"),
        ((BYLINE, "平远日报记者 高立群 通讯员 宋晓梅"), Role.SOURCE, "平远日报"),
        ((BYLINE, "□ 苗语桐"), Role.AUTHOR, "苗语桐"),
        ((PARAGRAPH, "本报讯（记者 姜雪 通讯员 欧阳志强）荷塘开了。"), Role.AUTHOR, "姜雪 通讯员 欧阳志强"),
        ((PARAGRAPH, "新华社兰州6月9日电（记者 费明远、鲍春雷）隧道贯通。"), Role.AUTHOR, "费明远、鲍春雷"),
        ((PARAGRAPH, "新华社兰州6月9日电（记者 费明远、鲍春雷）隧道贯通。"), Role.SOURCE, "新华社"),
        ((PARAGRAPH, "新华社兰州6月9日电（记者 费明远、鲍春雷）隧道贯通。"), Role.PUBLISHED, "6月9日"),
        ((BYLINE, "2025-02-11 09:15 来源：河洛晚报"), Role.PUBLISHED, "2025-02-11"),
        ((BYLINE, "2025-02-11 09:15 来源：河洛晚报"), Role.SOURCE, "河洛晚报"),
        ((PARAGRAPH, "（责任编辑：钟灵）"), Role.EDITOR, "钟灵"),
        ((BYLINE, "文/甲一 图/乙二"), Role.AUTHOR, "甲一"),
        ((BYLINE, "本报记者 王小明"), Role.SOURCE, None),
        ((BYLINE, "记者 王小明 实习生 李红"), Role.SOURCE, None),
        ((PARAGRAPH, "时间：2024年3月5日 地点：文化馆"), Role.PUBLISHED, None),
        ((BYLINE, "本报记者 王小明"), Role.EDITOR, None),
        ((BYLINE, "编辑：温岚 校对：韩冬"), Role.AUTHOR, None),
        ((BYLINE, "编辑：温岚 校对：韩冬"), Role.PROOFREADER, "韩冬"),
        ((PARAGRAPH, "书的作者（王小明）说了话，他是记者。"), Role.AUTHOR, None),
    ],
)
def test_what_one_line_tells(line: tuple[BlockKind, str], role: Role, answer: str | None) -> None:
    assert told(article_of(line, BODY), role) == answer
    assert told(article_of(BODY, line), role) == answer or role in (Role.SOURCE, Role.PUBLISHED)


@pytest.mark.parametrize(
    ("wording", "answer"), [("三审是谁?", "单鸿"), ("终审是谁?", "单鸿"), ("审核是谁?", "焦阳"), ("初审是谁?", "焦阳")]
)
def test_the_round_of_checking_that_is_asked(wording: str, answer: str) -> None:
    article = article_of((BYLINE, "一审：焦阳 二审：骆雁 三审：单鸿"), BODY)
    assert told(article, Role.REVIEWER, wording) == answer


def test_a_round_that_is_not_told() -> None:
    assert told(article_of((BYLINE, "一审：焦阳"), BODY), Role.REVIEWER, "终审是谁?") is None


def test_a_bare_name_counts_where_the_front_matter_knows_it() -> None:
    lines = ((BlockKind.HEADING, "叶知春"), BODY)
    assert told(article_of(*lines, authors=("叶知春",)), Role.AUTHOR) == "叶知春"
    assert told(article_of(*lines), Role.AUTHOR) is None
