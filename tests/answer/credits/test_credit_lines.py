"""The forms in which newspapers credit writers, photographers and editors."""

from __future__ import annotations

import pytest

from rag.answer.credits.credit_lines import count_names, read_credits
from rag.question.asked_credit import Role


def told(line: str) -> list[tuple[str, set[Role]]]:
    return [(line[credit.span.start : credit.span.end], set(credit.roles)) for credit in read_credits(line)]


@pytest.mark.parametrize(
    ("line", "names", "role"),
    [
        ("文 | 江淮日报记者 高立群 宋晓梅", "高立群 宋晓梅", Role.AUTHOR),
        ("□ 本刊特约撰稿 沈知秋", "沈知秋", Role.AUTHOR),
        ("作者：谭北溟 孟繁星 白芷", "谭北溟 孟繁星 白芷", Role.AUTHOR),
        ("采写：童书言、乔木", "童书言、乔木", Role.AUTHOR),
        ("文 | 杂志社记者 陈 骅 龙宣辰", "陈 骅 龙宣辰", Role.AUTHOR),
        ("本报记者 王小明 摄", "王小明", Role.PHOTOGRAPHER),
        ("摄影/本报记者 程雨桐", "程雨桐", Role.PHOTOGRAPHER),
        ("本版照片均由本报记者 李刚 摄", "李刚", Role.PHOTOGRAPHER),
        ("图/王五", "王五", Role.PHOTOGRAPHER),
        ("新华社发（温博文摄）", "温博文", Role.PHOTOGRAPHER),
        ("图片由县融媒体中心提供", "县融媒体中心", Role.SUPPLIER),
        ("县水务局供图", "县水务局", Role.SUPPLIER),
        ("制图/黎晴", "黎晴", Role.ARTIST),
        ("责编丨莫小雨", "莫小雨", Role.EDITOR),
        ("本版统筹：晏子", "晏子", Role.PLANNER),
        ("来源：江淮日报", "江淮日报", Role.SOURCE),
        ("记者 向北辰 发自湘潭", "向北辰", Role.REPORTER),
    ],
)
def test_one_credit(line: str, names: str, role: Role) -> None:
    assert told(line) == [(names, {role})]


@pytest.mark.parametrize(
    ("line", "credits_told"),
    [
        ("文/庞博 夏青 图/骆阳", [("庞博 夏青", {Role.AUTHOR}), ("骆阳", {Role.PHOTOGRAPHER})]),
        ("庞博/文 骆阳/图", [("庞博", {Role.AUTHOR}), ("骆阳", {Role.PHOTOGRAPHER})]),
        (
            "本报记者 王小明 文 李刚 图",
            [("王小明", {Role.AUTHOR, Role.REPORTER}), ("李刚", {Role.PHOTOGRAPHER})],
        ),
        ("记者 姜雪 通讯员 欧阳志强", [("姜雪", {Role.REPORTER}), ("欧阳志强", {Role.CORRESPONDENT})]),
        ("编辑：温岚 校对：韩冬", [("温岚", {Role.EDITOR}), ("韩冬", {Role.PROOFREADER})]),
        ("来源：湖城晚报 责编：丁香", [("湖城晚报", {Role.SOURCE}), ("丁香", {Role.EDITOR})]),
        ("责编：米兰 灯光：苏打", [("米兰", {Role.EDITOR}), ("苏打", {Role.UNLABELLED})]),
        ("文/图 王小明", [("王小明", {Role.AUTHOR, Role.PHOTOGRAPHER})]),
        ("本栏编辑：罗布 电子邮箱：a@b.cn", [("罗布", {Role.EDITOR})]),
    ],
)
def test_several_credits(line: str, credits_told: list[tuple[str, set[Role]]]) -> None:
    assert told(line)[: len(credits_told)] == credits_told


@pytest.mark.parametrize("line", ["作者系某大学教授", "（无人机拍摄）", "发自湘潭"])
def test_nobody_is_named(line: str) -> None:
    assert told(line) == []


@pytest.mark.parametrize(
    ("line", "count"),
    [("本报记者王小明李红", 2), ("作者：欧阳志强", 1), ("文/陈 骅 龙宣辰", 2), ("作者：甲一、乙二、丙三", 3)],
)
def test_how_many_are_named(line: str, count: int) -> None:
    assert sum(count_names(line, credit) for credit in read_credits(line)) == count
